"""/api/v1/commissioning/weighing/: what a plan costs, protects and rests on, and its money."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
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
from totalplace.doors.api.commissioning_weighing_shown import (
    FinancialPlanTold,
    FrontierTold,
    KnownTold,
    MoneyGiven,
    MoneyKept,
    PressureTold,
    PricesTold,
    WhyTold,
)
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.problems import there, there_is_none
from totalplace.doors.report.plan_weighed import (
    frontier_told,
    known_told,
    money_told,
    pressure_told,
    prices_told,
    why_told,
)
from totalplace.doors.report.plan_worked import (
    Worked,
    frontier_of,
    how_known,
    pressure_of,
    prices_of,
    why_of,
)
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

router = Router()
Option = Annotated[str, Field(min_length=1, max_length=100, description="Its code in the case.")]


@reads(router, "/{place}/{number}/known", answers=KnownTold)
def plan_known(by: Asker, *, place: Code, number: Number) -> KnownTold:
    """How much of a plan is known: what its pounds rest on, its chance, whether it holds."""
    _, _, weighed = _opened(by, place, number)
    it = how_known(weighed)
    return KnownTold(**{**known_told(weighed, it.value, it.seed), **_when(weighed, it)})


@reads(router, "/{place}/{number}/prices", answers=PricesTold)
def plan_prices(by: Asker, *, place: Code, number: Number) -> PricesTold:
    """What each ring-fence, guarantee, floor and target of a plan costs in outcomes."""
    _, _, weighed = _opened(by, place, number)
    it = prices_of(weighed)
    return PricesTold(**{"prices": prices_told(it.value), **_when(weighed, it)})


@reads(router, "/{place}/{number}/frontier", answers=FrontierTold)
def plan_frontier(by: Asker, *, place: Code, number: Number) -> FrontierTold:
    """Plans to walk to: with more or less money, and fairer between areas."""
    _, _, weighed = _opened(by, place, number)
    it = frontier_of(weighed)
    return FrontierTold(**frontier_told(it.value), **_when(weighed, it))


@reads(router, "/{place}/{number}/pressure", answers=PressureTold)
def plan_pressure(by: Asker, *, place: Code, number: Number) -> PressureTold:
    """What goes first, and what is protected, as money falls by up to a fifth."""
    _, _, weighed = _opened(by, place, number)
    it = pressure_of(weighed)
    return PressureTold(**pressure_told(it.value), **_when(weighed, it))


@reads(router, "/{place}/{number}/why/{option}", answers=WhyTold)
def plan_why(by: Asker, *, place: Code, number: Number, option: Option) -> WhyTold:
    """Why an option gets what it gets, with the numbers of the plan."""
    _, _, weighed = _opened(by, place, number)
    if weighed.option(option) is None:
        raise there_is_none(f"There is no option {option} in plan {place}/{number}")
    it = why_of(weighed, option)
    return WhyTold(**why_told(weighed, it.value), **_when(weighed, it))


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
