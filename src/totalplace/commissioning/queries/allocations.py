"""Allocations: what was adopted, line by line, for later stages to cite; never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from totalplace.commissioning import models
from totalplace.commissioning.rules.plan_posting import AllocationLine
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

ALLOCATION = "allocation"  # of its citation


@dataclass(frozen=True, slots=True)
class PostingRow:
    """To which book it was posted, and as which postings."""

    book: str
    first: int
    last: int
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """An adopted plan: its lines, and what they rest on."""

    id: int
    place: str
    number: int  # that of its plan
    agency: str  # which is accountable
    title: str
    version: int
    digest: str  # of the case
    decision: Citation
    hearing: str
    statement: int
    day: date
    in_force: bool
    lines: tuple[AllocationLine, ...]
    posting: PostingRow | None

    @property
    def citation(self) -> Citation:
        """As it is cited: allocation wexshire/1."""
        return Citation(ALLOCATION, f"{self.place}/{self.number}")

    @property
    def plan(self) -> Citation:
        """The plan that was adopted."""
        return Citation("plan", self.citation.id)

    @property
    def pence(self) -> int:
        """All of it, over all years, in pence."""
        return sum(line.pence for line in self.lines)


def allocation(citation: Citation | str) -> AllocationRow:
    """The allocation that is cited: allocation PLACE/NUMBER. Raises Refused where there is none."""
    said = str(citation)
    place, _, number = said.removeprefix(f"{ALLOCATION} ").rpartition("/")
    row = None
    if code_is_sound(place) and number.isascii() and number.isdecimal() and len(number) < 10:
        row = _rows().filter(plan__place__code=place, plan__number=int(number)).first()
    if row is None:
        raise Refused(
            f"There is no {said}",
            why="no plan of that number was adopted there",
            next_step="See which plans were with: totalplace plan list",
        )
    return _row(row)


def allocation_in_force(place: str) -> AllocationRow | None:
    """The allocation of a place that holds; None where none was adopted."""
    row = _rows().filter(plan__place__code=place).order_by("-pk").first()
    return _row(row) if row else None


def allocated_to(plan: int) -> AllocationRow | None:
    """The allocation that a plan became, by the plan's own id; None where it was not adopted."""
    row = _rows().filter(plan_id=plan).first()
    return _row(row) if row else None


def posted_to(book: str) -> list[AllocationRow]:
    """The allocations that were posted to a book, the latest first."""
    return [_row(row) for row in _rows().filter(posting__book=book).order_by("-posting__pk")]


def _rows() -> QuerySet[models.Allocation]:
    return models.Allocation.objects.select_related(
        "plan__place", "plan__agency", "version", "posting"
    )


def _row(row: models.Allocation) -> AllocationRow:
    later = models.Allocation.objects.filter(plan__place_id=row.plan.place_id, pk__gt=row.pk)
    posting = getattr(row, "posting", None)
    return AllocationRow(
        id=row.pk,
        place=row.plan.place.code,
        number=row.plan.number,
        agency=row.plan.agency.code,
        title=row.plan.title,
        version=row.version.number,
        digest=row.version.digest,
        decision=Citation("decision", row.decision),
        hearing=row.hearing,
        statement=row.statement_id,
        day=row.day,
        in_force=not later.exists(),
        lines=_lines(row),
        posting=PostingRow(posting.book, posting.first, posting.last, posting.by, posting.on)
        if posting
        else None,
    )


def _lines(row: models.Allocation) -> tuple[AllocationLine, ...]:
    """The payments of the chosen candidate: the allocation has no lines but those that stood."""
    paid = models.PlanPayment.objects.filter(
        line__candidate__version_id=row.version_id, line__candidate__sort=row.version.chosen
    ).select_related("line__agency")
    return tuple(
        AllocationLine(one.line.option, one.line.agency.code, one.line.year, one.fund, one.pence)
        for one in paid.order_by("line__line", "pk")
    )
