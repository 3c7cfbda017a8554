"""What every act on an assessment begins with: nobody else acts meanwhile, and somebody may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from totalplace import refusal
from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.readiness.queries.assessments import assessment
from totalplace.readiness.queries.rows import AssessmentRow
from totalplace.readiness.queries.unseen import sides_of
from totalplace.readiness.rules.scale import Side
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused

SCORE: Final = {Side.PLACE: Act.SCORE_FOR_PLACE, Side.CENTRE: Act.SCORE_FOR_CENTRE}
AGREE: Final = {
    Side.PLACE: Act.AGREE_READINESS_FOR_PLACE,
    Side.CENTRE: Act.AGREE_READINESS_FOR_CENTRE,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment that nobody else acts on meanwhile, and under which power it is acted on."""

    row: AssessmentRow
    day: date
    by: Who
    on: datetime
    power: str

    @property
    def said(self) -> dict[str, object]:
        """Who says it, when, and on which day in England: as every table keeps it."""
        return {"by": self.by.name, "on": self.on, "day": self.day}

    def write(self, verb: str, *, citing: str = "", about: Citation | None = None) -> None:
        """Put the act on the record."""
        record.write(
            self.by.name, verb, about=about or self.row.citation, on=self.on, power=self.power,
            citing=citing,
        )  # fmt: skip


def one_at_a_time() -> None:
    """Wait for other writers of readiness, until this transaction ends."""
    take_turn("totalplace.readiness")


def opened(citation: str, *, act: Act | None = None, by: Who, on: datetime) -> Opened:
    """An assessment to act on, about its place. Raises Refused where they may not."""
    one_at_a_time()
    row = assessment(citation)
    power = places.power(by, act or Act.GIVE_EVIDENCE, place=row.place, on=on)
    return Opened(row, local_day(on), by, on, power)


def opened_for(
    citation: str, side: Side, acts: dict[Side, Act], *, by: Who, on: datetime
) -> Opened:
    """An assessment to act on for a side.

    Raises Refused where they may not, and for an officer who holds mandates of both sides.
    """
    one_at_a_time()
    row = assessment(citation)
    power = power_for(side, acts, place=row.place, centre=row.centre, by=by, on=on)
    if isinstance(by, Officer) and len(sides_of(by, row, on=on)) > 1:
        raise Refused(
            f"{by.name} cannot act for the {side}",
            why="they hold mandates of both sides, and the two sides judge apart",
            next_step="Let an officer act who has a mandate of one side alone",
        )
    return Opened(row, local_day(on), by, on, power)


def power_for(
    side: Side, acts: dict[Side, Act], *, place: str, centre: str, by: Who, on: datetime
) -> str:
    """The power under which somebody acts for a side. Raises Refused where they may not."""
    if side is Side.PLACE:
        return places.power(by, acts[side], place=place, on=on)
    return places.power(by, acts[side], agency=centre, on=on)


def said_reason(reason: str, what: str) -> str:
    """A reason, or Refused where none is given."""
    return refusal.said_reason(reason, what, next_step="Give it in a sentence; it is kept")
