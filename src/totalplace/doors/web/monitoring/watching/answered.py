"""Where the answers to findings stand, in a sentence, and where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from totalplace.monitoring.queries.answering import ResponseRow, responses


@dataclass(frozen=True, slots=True)
class Answers:
    """The responses of a place by the number of their finding, as they stand on a day."""

    by_number: Mapping[int, ResponseRow]
    on: date

    def words(self, number: int) -> str:
        """How the answer to a finding stands; empty where none was opened."""
        row = self.by_number.get(number)
        if row is None:
            return ""
        stage = str(row.course.stage)
        late = sorted({f"the {clock.side}" if clock.side else "both sides"
                       for clock in row.late(self.on)})  # fmt: skip
        told = f"{stage[:1].upper()}{stage[1:]}"
        return f"{told}; late: {', '.join(late)}" if late else told

    def href(self, number: int) -> str:
        """Where the answer to a finding is read; empty where none was opened."""
        row = self.by_number.get(number)
        return f"/monitoring/{row.place}/answers/{row.number}/" if row else ""


def answers_of(place: str, on: date) -> Answers:
    """The responses of a place, as they stand on a day."""
    return Answers({row.number: row for row in responses(place)}, on)
