"""Where the answers to findings stand, in a sentence, and where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from totalplace.agreements.rules.devolution import Side
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
        late = _late({clock.side for clock in row.late(self.on)})
        told = f"{stage[:1].upper()}{stage[1:]}"
        return f"{told}; {late}" if late else told

    def href(self, number: int) -> str:
        """Where the answer to a finding is read; empty where none was opened."""
        row = self.by_number.get(number)
        return f"/monitoring/{row.place}/answers/{row.number}/" if row else ""


def _late(sides: set[Side | None]) -> str:
    """Who is late, in words; None among them is both together."""
    if not sides:
        return ""
    if None in sides or len(sides) == len(Side):
        return "both sides are late"
    return f"the {next(iter(sides))} is late"


def answers_of(place: str, on: date) -> Answers:
    """The responses of a place, as they stand on a day."""
    return Answers({row.number: row for row in responses(place)}, on)
