"""Disputes: what notice was given of, how far up the ladder it is, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.agreements import models
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.ladder import Course, Stage, Step, Verb
from totalplace.agreements.rules.terms import Rung
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "dispute"  # of its citation


@dataclass(frozen=True, slots=True)
class DisputeMoveRow:
    """One move of a dispute."""

    step: Step
    agency: str
    agency_name: str
    words: str
    evidence: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute with all of its moves."""

    id: int
    agreement: str
    number: int
    promise: int | None
    since: date | None
    title: str
    words: str
    giver: str
    giver_name: str
    against: str
    against_name: str
    course: Course
    by: str
    on: datetime
    moves: tuple[DisputeMoveRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: dispute wexshire/1/2."""
        return Citation(KIND, f"{self.agreement}/{self.number}")

    @property
    def place(self) -> str:
        """Of which place the agreement is."""
        return self.agreement.partition("/")[0]

    def side_of(self, agency: str) -> Side:
        """On which side of it an agency is: that of whoever gave notice, or the other."""
        other = Side.CENTRE if self.course.giver is Side.PLACE else Side.PLACE
        return self.course.giver if agency == self.giver else other


def disputes(
    agreement: str = "", *, place: str = "", promise: int | None = None
) -> list[DisputeRow]:
    """Every dispute, or those of an agreement, a place or one promise; the latest first."""
    rows = models.Dispute.objects.select_related("giver", "against")
    if agreement:
        rows = rows.filter(agreement=agreement)
    if place:
        rows = rows.filter(agreement__startswith=f"{place}/")
    if promise is not None:
        rows = rows.filter(promise=promise)
    rows = rows.prefetch_related("moves__agency").order_by("-pk")
    return [_row(row) for row in rows]


def dispute(agreement: str, number: int) -> DisputeRow:
    """One dispute. Raises Refused where the agreement has none of that number."""
    for row in disputes(agreement):
        if row.number == number:
            return row
    raise Refused(
        f"Agreement {agreement} has no dispute {number}",
        why="no notice of that number was given",
        next_step="Choose one from the page of promises of the place",
    )


def _row(row: models.Dispute) -> DisputeRow:
    moves = tuple(
        DisputeMoveRow(
            Step(Verb(one.verb), Stage(one.after), Side(one.side), one.rung, one.day),
            one.agency.code, one.agency.name, one.words, one.evidence, one.by, one.on,
        )
        for one in row.moves.all()
    )  # fmt: skip
    rungs = tuple(
        Rung(number, str(who), int(days)) for number, (who, days) in enumerate(row.ladder, 1)
    )
    course = Course(Side(row.side), row.day, rungs, tuple(move.step for move in moves))
    return DisputeRow(
        row.pk, row.agreement, row.number, row.promise, row.since, row.title, row.words,
        row.giver.code, row.giver.name, row.against.code, row.against.name, course, row.by, row.on,
        moves,
    )  # fmt: skip
