"""From the numbers of an appraisal to what is paid and gained in each year.

A gain in a year is: eligible x take-up x (1 - attrition) x success x (1 - deadweight) x pounds
x (1 - optimism), for each intake from its lag on as long as it lasts, times (1 - drop-off) for
each year that it has lasted. A cost is what is written x (1 + optimism). Both at the prices of the
base. Source: HM Treasury (2014), chapters 6 and 7.

The same rules work for one value of each number and for thousands drawn at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from totalplace.commissioning.rules.appraisal.rates import Method, Schedule
from totalplace.commissioning.rules.appraisal.terms import (
    Appraisal,
    Cost,
    Gain,
    Gives,
    Outcome,
    Pays,
    What,
    numbers_of,
)

Floats = npt.NDArray[np.float64]
Values = Mapping[str, float | Floats]
PENCE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Flow:
    """What one cost or gain comes to: pence year by year, and what that is worth in the first year.

    `cash` is the share of it that is money in or out of a budget. For one value of each number
    `yearly` is (years,) and `worth` a single number; for many at once `worth` has one for each,
    and `yearly` is left empty, for thousands of draws over centuries would not fit. Costs are
    above nought, as gains are.
    """

    who: str
    code: str
    title: str
    gives: Gives | None  # None: a cost
    yearly: Floats
    worth: Floats
    cash: float | Floats


@dataclass(frozen=True, slots=True)
class Sums:
    """Present values in pence, of one value of each number or of many drawn."""

    costs: Floats
    cash_costs: Floats
    fiscal: Floats
    cashable: Floats
    other: Floats  # economic and social

    @property
    def net(self) -> Floats:
        """Net present public value: all gains of all kinds less all costs."""
        return self.fiscal + self.other - self.costs

    @property
    def fiscal_net(self) -> Floats:
        """Fiscal gains less all costs."""
        return self.fiscal - self.costs

    @property
    def cash_net(self) -> Floats:
        """What can be taken out of budgets less the cash that is put in."""
        return self.cashable - self.cash_costs


def middles(appraisal: Appraisal) -> dict[str, float]:
    """The middle of every number, by its key."""
    return {one.key: float(one.number.mid) for one in numbers_of(appraisal)}


def flows(
    appraisal: Appraisal, values: Values, method: Method, *, only: Schedule | None = None
) -> tuple[Flow, ...]:
    """Every cost and gain. With `only`, everything is discounted at that one schedule.

    Raises ValueError where a price year has no index, and KeyError for a grade that is unknown.
    """
    found = [_of_cost(appraisal, cost, values, method, only) for cost in appraisal.costs]
    for outcome in appraisal.outcomes:
        found += _of_outcome(appraisal, outcome, values, method, only)
    return tuple(found)


def sums(of: tuple[Flow, ...]) -> Sums:
    """What flows come to together, in pence of the first year."""
    nought = np.zeros(())

    def added(parts: Iterator[Floats]) -> Floats:
        return sum(parts, nought)

    costs = [one for one in of if one.gives is None]
    gains = [one for one in of if one.gives is not None]
    fiscal = [one for one in gains if one.gives is Gives.FISCAL]
    return Sums(
        costs=added(one.worth for one in costs),
        cash_costs=added(one.worth * one.cash for one in costs),
        fiscal=added(one.worth for one in fiscal),
        cashable=added(one.worth * one.cash for one in fiscal),
        other=added(one.worth for one in gains if one.gives is not Gives.FISCAL),
    )


def _of_cost(
    appraisal: Appraisal, cost: Cost, values: Values, method: Method, only: Schedule | None
) -> Flow:
    written = np.zeros(appraisal.years)
    written[: len(cost.pence)] = cost.pence[: appraisal.years]
    up = (1 + float(method.optimism[cost.grade])) * float(appraisal.in_base(cost.price_year))
    factors = _factors(only or method.standard, appraisal.years)
    scale = np.asarray(values[f"cost {cost.code}"]) * up
    cash = 0.0 if cost.pays is Pays.IN_KIND else 1.0
    yearly = _yearly(scale, written)
    return Flow(cost.who, cost.code, cost.title, None, yearly, scale * (written @ factors), cash)


def _of_outcome(
    appraisal: Appraisal, outcome: Outcome, values: Values, method: Method, only: Schedule | None
) -> Iterator[Flow]:
    profile = _profile(outcome, values, appraisal.years)
    each = _successes(outcome, values) * (1 - float(method.optimism[outcome.grade])) * PENCE
    for gain in outcome.gains:
        schedule = only or (method.health if gain.health else method.standard)
        factors = _factors(schedule, appraisal.years)
        pounds = np.asarray(values[f"gain {gain.code}"])
        scale = each * pounds * float(appraisal.in_base(gain.price_year))
        yield Flow(
            gain.who, gain.code, gain.title, gain.gives, _yearly(scale, profile),
            scale * (profile @ factors), _cash(gain, values),
        )  # fmt: skip


@lru_cache(maxsize=256)
def _factors(schedule: Schedule, years: int) -> Floats:
    return np.array(schedule.factors(years))


def _yearly(scale: Floats, profile: Floats) -> Floats:
    """Each year's, for one value of each number; nothing for many."""
    return np.zeros(0) if scale.ndim or profile.ndim > 1 else scale * profile


def _cash(gain: Gain, values: Values) -> float | Floats:
    return values[f"cashable {gain.code}"] if gain.gives is Gives.FISCAL else 0.0


def _successes(outcome: Outcome, values: Values) -> Floats:
    """How many more succeed out of one intake than would have otherwise."""
    of = {what: np.asarray(values[f"{outcome.code} {what.value}"]) for what in What}
    reached = of[What.ELIGIBLE] * of[What.TAKE_UP] * (1 - of[What.ATTRITION])
    successes: Floats = reached * of[What.SUCCESS] * (1 - of[What.DEADWEIGHT])
    return successes


def _profile(outcome: Outcome, values: Values, years: int) -> Floats:
    """How much of one intake's effect is felt in each year, of all intakes together."""
    kept = 1 - np.asarray(values[f"{outcome.code} {What.DROP_OFF.value}"])
    ages = np.arange(years) - outcome.lag_years
    felt = (ages >= 0) & (ages < outcome.lasts_years)
    one = np.where(felt, kept[..., None] ** np.where(felt, ages, 0), 0.0)
    together = np.cumsum(one, axis=-1)
    if outcome.intakes < years:
        gone = np.zeros_like(together)
        gone[..., outcome.intakes :] = together[..., : years - outcome.intakes]
        together = together - gone
    return together
