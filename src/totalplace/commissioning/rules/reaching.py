"""What a plan brings each outcome, year by year, in what the outcome is counted in.

Points add outcomes up, weighted and discounted. Here nothing is: an effect is felt in the year that
it falls into, from the money of that year and of those before it, whatever was spent before the
plan among them (what is spent now, year after year).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from totalplace.commissioning.rules.case import Case, Effect, Option, Rule, Wanted
from totalplace.commissioning.rules.problem import Aim, Line

# A line that an aim needs and that has no points (its outcome has no weight, or two of its effects
# cancel out) gets a millionth of what others get: too little to choose by, enough to be counted.
NO_POINTS: Final = 1e-6
_WHOLE: Final = 100  # from here on, parts of one are no news


@dataclass(frozen=True, slots=True)
class Felt:
    """What money of one year of the plan brings an outcome in another year, for each unit bought.

    `year` is that of the money, from 0; below 0 it was spent before the plan.
    """

    option: int  # its place in the case
    year: int
    each: float


@dataclass(frozen=True, slots=True)
class Brought:
    """An outcome in one year: what today's spending would bring it, and what the plan does.

    All are in what the outcome is counted in; `gap` is the whole way to its target.
    """

    outcome: Wanted
    year: int  # from 0
    today: float
    planned: float
    low: float
    high: float

    @property
    def past_target(self) -> bool:
        """Whether the plan brings more, beyond today's spending, than the whole way."""
        return self.planned - self.today > float(self.outcome.gap)


def felt(case: Case, outcome: tuple[str, str], year: int, *, of: str = "mid") -> Iterator[Felt]:
    """What is felt of an outcome in a year of the plan, effect by effect and year of money.

    `of` is the low, the mid or the high of each effect.
    """
    for place, option in enumerate(case.options):
        if not option.movable:
            continue
        for effect in option.driven:
            if (effect.indicator, effect.area) == outcome:
                for after in range(effect.lasts_years):
                    each = float(getattr(effect, of)) * float(effect.kept) ** after
                    yield Felt(place, year - effect.lag_years - after, each)


def units(option: Option, pence: float, *, harms: bool = False) -> float:
    """How many units a sum buys, each later one counted for as much as its returns leave of it.

    What does harm does it without returns, as in `building`.
    """
    if not option.unit_pence:
        return 0.0
    bought = max(0.0, pence - option.fixed_pence) / option.unit_pence
    if option.saturates_units is None or harms:
        return bought
    return option.saturates_units * (1 - exp(-bought / option.saturates_units))


def brought(case: Case, pence: Sequence[int], lines: Sequence[Line]) -> tuple[Brought, ...]:
    """What a plan brings each outcome that is wanted in each of its years.

    `pence` and `lines` are those of the case's problem, year by year. The range is that of all its
    effects at their low, and at their high, together: wider than 95 chances in 100.
    """
    count = len(case.options)
    found: list[Brought] = []
    for outcome in case.wanted:
        for year in range(case.years):
            sums = {"mid": 0.0, "low": 0.0, "high": 0.0, "today": 0.0}
            for of in ("low", "mid", "high"):
                for one in felt(case, outcome.key, year, of=of):
                    option = case.options[one.option]
                    line = lines[max(one.year, 0) * count + one.option]
                    harms = line.slope < 0
                    now = one.each * units(option, option.now_pence, harms=harms)
                    before = one.year < 0
                    spent = option.now_pence if before else pence[one.year * count + one.option]
                    sums[of] += one.each * units(option, spent, harms=harms)
                    if of == "mid":
                        sums["today"] += now
            low, high = sorted((sums["low"], sums["high"]))
            found.append(Brought(outcome, year, sums["today"], sums["mid"], low, high))
    return tuple(found)


def counted_told(number: float) -> str:
    """A number of people or things as it is read: 4,224; 12.3; 0.05."""
    size = abs(number)
    if size >= _WHOLE or size == 0:
        return f"{number:,.0f}"
    return f"{number:.1f}" if size >= 1 else f"{number:.2g}"


def aim_of(case: Case, rule: Rule, year: int, code: str, lines: Sequence[Line]) -> Aim:
    """A target for an outcome in a year of the plan, from the options that its rule names."""
    wanted = next(one for one in case.wanted if one.key == rule.outcome)
    within = {place for place, one in enumerate(case.options) if one.code in set(rule.options)}
    amount = float(rule.least) if rule.least is not None else 0.0
    found: dict[int, float] = {}
    for one in felt(case, wanted.key, year):
        if one.option not in within:
            continue
        option = case.options[one.option]
        if one.year < 0:
            amount -= one.each * units(option, option.now_pence)
            continue
        at = one.year * len(case.options) + one.option
        if option.unit_pence and lines[at].slope:
            # a point of this line is so much of the outcome itself
            part = one.each / option.unit_pence / lines[at].slope
            found[at] = found.get(at, 0.0) + part
    return Aim(
        code, rule.title, tuple(found), tuple(found.values()), amount, wanted.counted_in,
        rule.source,
    )  # fmt: skip


def counted_by_aims(case: Case, effects: Sequence[Rule]) -> frozenset[int]:
    """The places of the options that some target counts on."""
    named = {(code, rule.outcome) for rule in effects for code in rule.options}
    return frozenset(
        place
        for place, option in enumerate(case.options)
        if option.movable and any((option.code, _key(one)) in named for one in option.driven)
    )


def _key(effect: Effect) -> tuple[str, str]:
    return effect.indicator, effect.area
