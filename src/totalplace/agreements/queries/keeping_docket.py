"""The docket of changes of rules: each item, how it stands, and what it costs meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.agreements import models
from totalplace.agreements.rules.docket import (
    OVER,
    Change,
    Clock,
    Stage,
    Step,
    Verb,
    clock,
    stage_of,
)
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "docket"  # of its citation


@dataclass(frozen=True, slots=True)
class DocketMoveRow:
    """One move of an item."""

    step: Step
    reason: str
    evidence: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class DocketRow:
    """A rule that stands in the way, with all that was done about it."""

    id: int
    place: str
    place_name: str
    number: int
    change: Change
    title: str
    rule: str
    owner: str
    owner_name: str
    owner_is_department: bool
    asker: str
    asker_name: str
    lifted_by: str
    heard: str
    deadline: date | None
    cost_pence: int | None
    cost_source: str
    agreement: str
    promise: int | None
    day: date
    by: str
    on: datetime
    moves: tuple[DocketMoveRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: docket wexshire/3."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its moves as rules read them."""
        return tuple(move.step for move in self.moves)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.steps)

    @property
    def stands(self) -> bool:
        """Whether the rule is still in the way."""
        return self.stage not in OVER

    def clock(self, on: date) -> Clock:
        """How long it has stood by a day, how long is left, and what that cost."""
        return clock(
            self.day, self.steps, deadline=self.deadline, cost_pence=self.cost_pence, on=on
        )


def docket(place: str = "", *, agreement: str = "") -> list[DocketRow]:
    """Every item of the docket, or those of a place or an agreement: the soonest due first."""
    rows = models.DocketItem.objects.select_related("place", "owner", "asker")
    if place:
        rows = rows.filter(place__code=place)
    if agreement:
        rows = rows.filter(agreement=agreement)
    found = [_row(row) for row in rows.prefetch_related("moves").order_by("pk")]
    return sorted(found, key=lambda row: (not row.stands, row.deadline or date.max, row.number))


def docket_item(place: str, number: int) -> DocketRow:
    """One item. Raises Refused where the docket of the place has none of that number."""
    for row in docket(place):
        if row.number == number:
            return row
    raise Refused(
        f"The docket of {place} has no item {number}",
        why="nothing of that number was raised",
        next_step="Choose one from the docket of the place",
    )


def _row(row: models.DocketItem) -> DocketRow:
    moves = tuple(
        DocketMoveRow(
            Step(Verb(one.verb), Stage(one.after), one.day), one.reason, one.evidence, one.by,
            one.on,
        )
        for one in row.moves.all()
    )  # fmt: skip
    return DocketRow(
        row.pk, row.place.code, row.place.name, row.number, Change(row.change), row.title, row.rule,
        row.owner.code, row.owner.name, row.owner.kind == "department", row.asker.code,
        row.asker.name, row.lifted_by, row.heard, row.deadline, row.cost_pence, row.cost_source,
        row.agreement, row.promise, row.day, row.by, row.on, moves,
    )  # fmt: skip
