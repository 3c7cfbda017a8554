"""What one party owes another under an agreement: so far as it can be told whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What is promised."""

    PAY = "pay"  # money into the pool
    DO = "do"  # an act
    REPORT = "report"  # figures given in
    LIFT = "lift"  # a rule lifted, by a change in law, guidance or a system
    SPEND = "spend at least"  # a floor on a line


class SettledBy(StrEnum):
    """Where it is read whether a promise was kept. Never what somebody says of it."""

    BOOK = "the book"  # postings on the line, by the agency, by the day
    RECORD = "the record"  # an entry of the record whose verb and subject the promise names


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. `line` and `pence` are of money; `verb` and `about` of what the record shows."""

    number: int  # within its agreement, never used again
    by: str  # the agency that owes
    to: str  # the agency that is owed
    kind: Kind
    what: str
    due: date
    pence: int | None = None
    line: str = ""
    verb: str = ""
    about: str = ""  # the kind and id of a citation, as "return wexshire/2026-q1"
    cure_days: int = 0
    targets: tuple[str, ...] = ()  # outcomes whose targets stand still while it is not kept

    @property
    def settled_by(self) -> SettledBy:
        """Where it is read whether it was kept."""
        return SettledBy.BOOK if self.kind in (Kind.PAY, Kind.SPEND) else SettledBy.RECORD
