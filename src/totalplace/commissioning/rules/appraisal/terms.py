"""The terms of an appraisal: what an option costs, whom it reaches, and who gains by it.

Costs and gains are sums in a year. Shares are fractions of one. Every number has a source; one
without is a guess, and is counted as one. Method: HM Treasury, "Supporting public service
transformation: cost benefit analysis guidance for local partnerships" (2014).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

NOUGHT: Final = Decimal(0)
ONE: Final = Decimal(1)
MOST_YEARS: Final = 300  # as far as the Green Book tabulates its rates


class Shape(StrEnum):
    """How a number is drawn between its low and its high."""

    TRIANGLE = "triangle"  # most often near the middle
    FLAT = "flat"  # anywhere alike
    BELL = "bell"  # normal: 95 chances in 100 from low to high


class Gives(StrEnum):
    """What kind of gain or cost it is, as the guidance of 2014 parts them."""

    FISCAL = "fiscal"  # to the public purse
    ECONOMIC = "economic"  # to people and firms: earnings, growth
    SOCIAL = "social"  # health, safety and wellbeing, in money's worth


class Pays(StrEnum):
    """With what a cost is met."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    IN_KIND = "in kind"  # time and rooms that are there anyway: a cost, but no cash


class What(StrEnum):
    """The numbers of an outcome, in the order in which they are multiplied."""

    ELIGIBLE = "eligible"
    TAKE_UP = "take-up"
    ATTRITION = "attrition"
    SUCCESS = "success"
    DEADWEIGHT = "deadweight"
    DROP_OFF = "drop-off"


IN_WORDS: Final = {
    What.ELIGIBLE: "who could be reached each year",
    What.TAKE_UP: "share of them who take it up",
    What.ATTRITION: "share of those who leave before the end",
    What.SUCCESS: "share of those who stay for whom it works",
    What.DEADWEIGHT: "share of those who would have got there anyway",
    What.DROP_OFF: "share of the effect lost each further year",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is not known for certain, and where it is from."""

    low: Decimal
    mid: Decimal
    high: Decimal
    shape: Shape = Shape.TRIANGLE
    source: str = ""
    address: str = ""

    @property
    def guess(self) -> bool:
        """Whether nothing says where it is from."""
        return not self.source

    @property
    def certain(self) -> bool:
        """Whether it has no spread."""
        return self.low == self.high

    @classmethod
    def known(cls, value: Decimal | int, source: str = "", address: str = "") -> Number:
        """A number without a spread."""
        value = Decimal(value)
        return cls(value, value, value, Shape.TRIANGLE, source, address)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one party pays, in pence year by year from the first, at prices of `price_year`.

    `grade` is of how well it is known (1 best, 6 least): the optimism bias that is added follows
    from it. `low` and `high` say by which factor the whole of it may turn out otherwise.
    """

    code: str
    title: str
    who: str
    pays: Pays
    pence: tuple[int, ...]
    grade: int
    price_year: int
    low: Decimal = ONE
    high: Decimal = ONE
    source: str = ""
    address: str = ""

    @property
    def factor(self) -> Number:
        """How much of what is written it comes to."""
        return Number(self.low, ONE, self.high, Shape.TRIANGLE, self.source, self.address)


@dataclass(frozen=True, slots=True)
class Gain:
    """What one more success is worth to one party in a year, in pounds, and of which kind.

    `cashable` is the share that can be taken out of a budget: only a fiscal gain has one. `health`
    gains (no cash) are discounted at the health rates.
    """

    code: str
    title: str
    who: str
    gives: Gives
    pounds: Number
    cashable: Number
    price_year: int
    health: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change for people: how many it reaches, for how many it works, and what comes of it.

    `intakes` is for how many years new people are taken in; an effect begins `lag_years` after, is
    felt `lasts_years`, and from each year to the next loses its drop-off.
    """

    code: str
    title: str
    counted_in: str
    grade: int
    numbers: dict[What, Number]
    gains: tuple[Gain, ...]
    intakes: int = 1
    lag_years: int = 0
    lasts_years: int = 1
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Prices:
    """What the same basket cost in a year, against other years of the same index."""

    year: int
    index: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """An option appraised: against what would happen otherwise, over some years, in one price base.

    `may_not_pay` names parties that may receive from others but give nothing away, such as one
    whose money is fixed by law.
    """

    title: str
    option: str
    otherwise: str
    first_year: int
    years: int
    price_year: int
    costs: tuple[Cost, ...]
    outcomes: tuple[Outcome, ...]
    prices: tuple[Prices, ...] = ()
    may_not_pay: tuple[str, ...] = ()
    notes: str = ""

    @property
    def parties(self) -> tuple[str, ...]:
        """All who pay or gain, in the order in which they are first named."""
        named = [cost.who for cost in self.costs]
        named += [gain.who for outcome in self.outcomes for gain in outcome.gains]
        return tuple(dict.fromkeys(named))

    def in_base(self, price_year: int) -> Decimal:
        """By what a sum at prices of a year is multiplied to be at the prices of the base.

        Raises ValueError where no index is given for either year.
        """
        if price_year == self.price_year:
            return ONE
        index = {one.year: one.index for one in self.prices}
        if price_year not in index or self.price_year not in index:
            raise ValueError("no index of prices is given for that year and the base")
        return index[self.price_year] / index[price_year]


@dataclass(frozen=True, slots=True)
class Named:
    """A number by the key under which it is drawn, and what it is in words."""

    key: str
    words: str
    number: Number
    share: bool  # lies between nought and one


def numbers_of(appraisal: Appraisal) -> tuple[Named, ...]:
    """Every number that an appraisal rests on, each once, in the order in which they stand."""
    return tuple(_numbers(appraisal))


def _numbers(appraisal: Appraisal) -> Iterator[Named]:
    for cost in appraisal.costs:
        words = f"{cost.title} ({cost.who}): times what is written"
        yield Named(f"cost {cost.code}", words, cost.factor, share=False)
    for outcome in appraisal.outcomes:
        for what, number in outcome.numbers.items():
            words = f"{outcome.title}: {IN_WORDS[what]}"
            share = what is not What.ELIGIBLE
            yield Named(f"{outcome.code} {what.value}", words, number, share)
        for gain in outcome.gains:
            words = f"{gain.title} ({gain.who}): pounds a year for each"
            yield Named(f"gain {gain.code}", words, gain.pounds, share=False)
            if gain.gives is Gives.FISCAL:
                words = f"{gain.title} ({gain.who}): share that can be cashed"
                yield Named(f"cashable {gain.code}", words, gain.cashable, share=True)


def guesses(appraisal: Appraisal) -> tuple[Named, ...]:
    """The numbers without a source."""
    return tuple(one for one in numbers_of(appraisal) if one.number.guess)
