"""What every act on a plan does: open it for one writer, write a version, make a move."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from totalplace import refusal
from totalplace.commissioning import models
from totalplace.commissioning.queries.plans import PlanRow, plan
from totalplace.commissioning.queries.plans_heard import stage_of
from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.candidates import Candidate
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_text import text_of
from totalplace.commissioning.rules.plan_moves import Stage, Verb, after
from totalplace.commissioning.rules.solving import paid_from
from totalplace.commissioning.rules.sorts import PROPOSABLE, Sort
from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan that nobody else acts on meanwhile, and under which power it is acted on."""

    row: PlanRow
    stage: Stage
    day: date
    by: Who
    on: datetime
    power: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which candidate is put to the people concerned, and why; said by an officer."""

    sort: Sort
    because: str


@dataclass(frozen=True, slots=True)
class Written:
    """A version to be written: its case and candidates, its number, why, and out of what."""

    case: Case
    candidates: Sequence[Candidate]
    number: int
    reason: str
    because: int | None = None
    chosen: Chosen | None = None


def one_at_a_time() -> None:
    """Wait for other writers of plans, until this transaction ends."""
    take_turn("totalplace.plans")


def opened(
    citation: str, *, act: Act = Act.PLAN, agency: str = "", by: Who, on: datetime
) -> Opened:
    """A plan to act on. Raises Refused where there is none, or they may not."""
    one_at_a_time()
    row = plan(citation)
    power = places.power(by, act, agency=agency, place=row.place, on=on)
    day = local_day(on)
    return Opened(row, stage_of(row, on=day), day, by, on, power)


def move(this: Opened, verb: Verb, *, reason: str, citing: str = "") -> None:
    """Make a move and put it on the record."""
    following = after(this.stage, verb)
    models.PlanMove.objects.create(
        plan_id=this.row.id,
        turn=len(this.row.moves) + 1,
        verb=verb.value,
        before=this.row.kept.value,
        after=following.value,
        day=this.day,
        reason=reason,
        by=this.by.name,
        on=this.on,
    )
    write(this, verb.value, citing="; ".join(filter(None, (reason, citing))))


def write(this: Opened, verb: str, *, citing: str) -> None:
    """Put an act about a plan on the record."""
    record.write(
        this.by.name, verb, about=this.row.citation, on=this.on, power=this.power, citing=citing
    )


def said_reason(reason: str) -> str:
    """A reason, or Refused where none is given."""
    return refusal.said_reason(reason, "Nothing was done to the plan")


def digest_of(text: str) -> str:
    """The SHA-256 of a case's text, in hexadecimals, as the database works it out too."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_version(plan_id: int, turn: int, written: Written, *, by: Who, on: datetime) -> str:
    """Keep a version with its candidates, their lines and who pays them; gives its digest."""
    text = text_of(written.case)
    version = models.PlanVersion.objects.create(
        plan_id=plan_id, turn=turn, number=written.number, because=written.because,
        reason=written.reason, text=text, digest=digest_of(text),
        first_year=written.case.first_year, years=written.case.years,
        chosen=written.chosen.sort.value if written.chosen else "",
        chosen_because=written.chosen.because if written.chosen else "", by=by.name, on=on,
    )  # fmt: skip
    agencies = {
        code: places.agency(code).id for code in {one.agency for one in written.case.options}
    }
    for one in written.candidates:
        row = models.PlanCandidate.objects.create(
            version=version, sort=one.sort.value, reason=one.reason, points=one.points,
            bound=one.bound, method=one.method, moved_pence=one.moved_pence, broken=one.broken,
        )  # fmt: skip
        _write_lines(row, written.case, one, agencies)
    return version.digest


def _write_lines(
    row: models.PlanCandidate, case: Case, one: Candidate, agencies: dict[str, int]
) -> None:
    lines = {
        (option.code, year): models.PlanLine(
            candidate=row, line=line_number(case, place, year), option=option.code,
            agency_id=agencies[option.agency], year=case.first_year + year,
            pence=one.pence[line_number(case, place, year)], now=option.now_pence,
        )
        for year in range(case.years)
        for place, option in enumerate(case.options)
    }  # fmt: skip
    models.PlanLine.objects.bulk_create(lines.values(), batch_size=2_000)
    if one.sort not in PROPOSABLE:
        return
    models.PlanPayment.objects.bulk_create(
        (
            models.PlanPayment(line=lines[key], fund=fund, pence=pence)
            for key, paid in paid_from(case, one.pence).items()
            for fund, pence in paid.items()
        ),
        batch_size=2_000,
    )
