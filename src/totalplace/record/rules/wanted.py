"""Which entries of the record somebody wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who, what and when; what is empty is not asked. Days are those in England, both included."""

    by: str = ""
    verb: str = ""
    kind: str = ""
    id: str = ""
    words: str = ""  # stand anywhere in power or citing, in any case
    first_day: date | None = None
    last_day: date | None = None

    def check(self) -> None:
        """Raise Refused where the days are the wrong way round."""
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise Refused(
                "The record cannot be searched for those days",
                why=f"{self.last_day} is before {self.first_day}",
                next_step="Give the earlier day first",
            )
