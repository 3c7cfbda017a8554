"""/api/v1/commissioning/weighing/: what a plan costs, protects and rests on, and its money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.commissioning.actions.plan_money import say_money
from totalplace.commissioning.queries.plans import PlanRow, VersionRow, plan
from totalplace.commissioning.queries.weighing import (
    agency_names,
    money_beside,
    version_to_read,
    weighed_version,
)
from totalplace.commissioning.rules.finance import Money
from totalplace.commissioning.rules.finance_paid import finance_of
from totalplace.commissioning.rules.finance_sheet import read
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.problems import there, there_is_none
from totalplace.doors.report.plan_weighed import known_told, money_told
from totalplace.doors.report.plan_worked import Worked, how_known
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

router = Router()


class WorkedOut(Schema):
    """When it was worked out, from which seed, and from which case and amounts."""

    cited: str
    digest: str = Field(description="SHA-256 of the case and the amounts.")
    worked_out_at: datetime
    seed: int | None


class PoundsKnown(Schema):
    """Pence by what their effects rest on; the share is from 0 to 1, null without money."""

    openable_pence: int
    accepted_pence: int
    without_pence: int
    openable_share: float | None


class AgencyPounds(Schema):
    """The same of one agency."""

    agency: str
    now: PoundsKnown
    planned: PoundsKnown


class ChanceTold(Schema):
    """The share of draws in which the plan reaches more than today's spending, and the gain."""

    beats: float
    beats_low: float
    beats_high: float
    mean_points: float
    low_points: float
    high_points: float
    draws: int
    distribution: str


class DirectionTold(Schema):
    """The share of moved pence that keep their direction; null where nothing is moved."""

    kept: float | None
    error: float
    moved_pence: int
    impossible: int
    draws: int


class SourceTold(Schema):
    """A source, how well it knows, and the services that rest on it."""

    source: str
    address: str
    grade: str
    services: list[str]


class LeftTold(Schema):
    """A service that is left where it is, for nothing is known of its effect."""

    title: str
    agency: str
    pence: int


class KnownTold(WorkedOut):
    """How much of a plan is known."""

    words: str = Field(description="What the plan may be called.")
    best_may_be_said: bool
    now: PoundsKnown
    planned: PoundsKnown
    agencies: list[AgencyPounds]
    chance: ChanceTold
    direction: DirectionTold
    sentences: list[str]
    sources: list[SourceTold]
    left_where_it_is: list[LeftTold]


class MoneyLine(Schema):
    """A row of the financial plan; pence by year, null where it is not known."""

    part: str
    title: str
    whose: str = Field(description="Whose budget; empty: the accountable body's.")
    pence: list[int | None]
    note: str


class MoneyTotal(Schema):
    """The sum of a part by year."""

    part: str
    pence: list[int | None]


class BalanceTold(Schema):
    """Whether a budget is in balance in a year; null where that is not known."""

    whose: str
    year: str
    balanced: bool | None
    words: str


class ReserveTold(Schema):
    """A reserve by year, and by how much it is below its least level."""

    title: str
    opening: list[int | None]
    closing: list[int | None]
    below_least: list[int | None]
    least_pence: int | None


class FinancialPlanTold(Schema):
    """All the money of a plan, year by year."""

    cited: str
    years: list[str]
    balanced: bool | None
    rows: list[MoneyLine]
    totals: list[MoneyTotal]
    comes_in: list[int | None]
    goes_out: list[int | None]
    tied: list[int | None]
    left: list[int | None]
    balances: list[BalanceTold]
    reserves: list[ReserveTold]
    noticed: list[str]


class MoneyGiven(Schema):
    """The money beside a plan: the sheets of its workbook, headings first, and why."""

    reason: str = Field(max_length=2_000)
    sheets: dict[str, list[list[str]]] = Field(
        description="By the names of the workbook: Resources, Spending, Pressures, Savings, "
        "Reserves. Sums are pounds as they are written; a blank cell is not known."
    )


class MoneyKept(Schema):
    """That it was kept: the plan, and the digest of what stands beside it now."""

    citation: str
    digest: str


@reads(router, "/{place}/{number}/known", answers=KnownTold)
def plan_known(by: Asker, *, place: Code, number: Number) -> KnownTold:
    """How much of a plan is known: what its pounds rest on, its chance, whether it holds."""
    _, _, weighed = _opened(by, place, number)
    it = how_known(weighed)
    return KnownTold(**{**known_told(weighed, it.value, it.seed), **_when(weighed, it)})


@reads(router, "/{place}/{number}/money", answers=FinancialPlanTold)
def plan_money(by: Asker, *, place: Code, number: Number) -> FinancialPlanTold:
    """The financial plan: all the money year by year, and whether it is in balance."""
    row, version, weighed = _opened(by, place, number)
    beside = money_beside(row, version)
    found = finance_of(weighed, beside.money if beside else Money(), accountable=row.agency)
    names = {"": row.agency_name, **agency_names()}
    return FinancialPlanTold(cited=weighed.cited, **money_told(found, names))


@writes(router, "/{place}/{number}/money", act=Act.PLAN, answers=MoneyKept, status=201)
def say_plan_money(by: Officer, *, place: Code, number: Number, given: MoneyGiven) -> MoneyKept:
    """Say the money beside a plan: other resources, spending, pressures, savings, reserves."""
    row = there(lambda: plan(f"{place}/{number}"))
    last = row.last
    money, faults = read(given.sheets, first_year=last.first_year, years=last.years)
    if faults:
        raise Refused(
            "The money beside the plan was not kept",
            why=f"it has {len(faults)} faults, of which the first is: {str(faults[0]).rstrip('.')}",
            next_step="Put each cell right, and try again",
        )
    digest = say_money(row.citation.id, money, reason=given.reason, by=by, on=now())
    return MoneyKept(citation=row.citation.id, digest=digest)


def _opened(by: Asker, place: str, number: int) -> tuple[PlanRow, VersionRow, Weighed]:
    """A plan and the version that the asker may read. Raises a 404 where there is none."""
    row = there(lambda: plan(f"{place}/{number}"))
    version = version_to_read(row, by.reading(Act.READ_UNPUBLISHED), local_day(now()))
    if version is None:
        raise there_is_none(f"There is no plan {place}/{number}")
    return row, version, weighed_version(row, version)


def _when(weighed: Weighed, it: Worked[Any]) -> dict[str, Any]:
    return {
        "cited": weighed.cited,
        "digest": it.digest,
        "worked_out_at": it.at,
        "seed": it.seed,
    }
