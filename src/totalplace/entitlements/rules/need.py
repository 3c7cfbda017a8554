"""What a guarantee comes to for a whole population: persons, volume and cost, with an interval.

The low and the high are bounds, not a confidence interval: each holds where the bounds of every
group's count hold. People of whom it cannot be said are in the high and not in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from totalplace.entitlements.rules.columns import Answers, Crowd, Said, Whole, answers, worths
from totalplace.entitlements.rules.facts import Answer
from totalplace.entitlements.rules.guarantee import Guarantee, Kind
from totalplace.entitlements.rules.language import Expression
from totalplace.entitlements.rules.one_person import Setting
from totalplace.money.pence import pounds
from totalplace.refusal import Refused

_SUM_FITS = 2**62


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody, as columns of facts; each row is one person, or so many who are alike.

    `persons` counts those of each row (None: one each); `low` and `high` bound a count that is an
    estimate (None: it is exact). A column may be a list, in which None is not known, or a numpy
    array. Facts without a column are known of nobody.

    Rows of one of `groups` are one count whose split among them is a guess, as of people of one age
    among the days on which they may be born: then the bounds are those of every way to split it.
    """

    columns: Mapping[str, Said]
    persons: Sequence[int] | None = None
    low: Sequence[int] | None = None
    high: Sequence[int] | None = None
    source: str = ""
    groups: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """How many are eligible, how much that is in a year, and what it costs in pence.

    `cannot_say` are persons of whom not enough is known: they are within `high` alone. Volume is
    None where the guarantee has no amount to add up, pence where nobody has said what one costs.
    """

    code: str
    on: date
    persons: int
    low: int
    high: int
    cannot_say: int
    volume: int | None
    volume_low: int | None
    volume_high: int | None
    unit: str
    pence: int | None
    pence_low: int | None
    pence_high: int | None
    steps: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Counted:
    """Who is eligible of each row, and how many each row is."""

    yes: Answers
    middle: Whole
    low: Whole
    high: Whole
    groups: Whole | None

    def total(self, each: tuple[Whole, Whole, Whole]) -> tuple[int, int, int]:
        """A number of each person, added up: middle, low and high."""
        sure, maybe = self.yes == Answer.YES, self.yes != Answer.NO
        middle, low, high = each
        if self.groups is not None:
            sure_low, sure_high = self._split(self.groups, low, high)
            return _added(middle[sure], self.middle[sure]), sure_low, sure_high
        return (
            _added(middle[sure], self.middle[sure]),
            _added(low[sure], self.low[sure]),
            _added(high[maybe], self.high[maybe]),
        )

    def _split(self, of: Whole, low: Whole, high: Whole) -> tuple[int, int]:
        """The bounds of numbers of each person, however the count of a group is split.

        At the least all are of the row that gets least, and that is nothing where one is not
        surely eligible; at the most all are of the row that gets most.
        """
        groups, at = np.unique(of, return_inverse=True)
        least = np.full(len(groups), np.iinfo(np.int64).max)
        most = np.zeros(len(groups), dtype=np.int64)
        np.minimum.at(least, at, np.where(self.yes == Answer.YES, low, 0))
        np.maximum.at(most, at, np.where(self.yes != Answer.NO, high, 0))
        counts = [np.zeros(len(groups), dtype=np.int64) for _ in range(2)]
        np.add.at(counts[0], at, self.low)
        np.add.at(counts[1], at, self.high)
        return _added(least, counts[0]), _added(most, counts[1])


def _added(each: Whole, how_many: Whole) -> int:
    """Products added up; in Python's own numbers where 64 bits would not hold them."""
    most = int(np.abs(each).max(initial=0)) * int(how_many.max(initial=0)) * max(len(each), 1)
    if most < _SUM_FITS:
        return int((each * how_many).sum())
    return sum(a * b for a, b in zip(each.tolist(), how_many.tolist(), strict=True))


def need(guarantee: Guarantee, population: Population, *, on: date) -> Need:
    """What a guarantee comes to for a population on a day.

    Raises Refused for a floor of spending, for columns that it does not ask or that do not fit,
    and for counts that are below nought or out of their own bounds.
    """
    if guarantee.who is None:
        raise Refused(
            f"Nobody is eligible for '{guarantee.title}'",
            why="it is the least that is spent in a place, on nobody in particular",
            next_step="Ask what it comes to in a place",
        )
    at = guarantee.setting(on)
    crowd = Crowd.of(population.columns, guarantee.facts)
    counted = _counted(answers(guarantee.who, crowd, at), population)
    ones = np.ones(crowd.rows, dtype=np.int64)
    persons, low, high = counted.total((ones, ones, ones))
    unsure = counted.yes == Answer.CANNOT_SAY
    volume = _volume(guarantee, crowd, at, counted)
    pence = _pence(guarantee, crowd, at, counted, volume)
    return Need(
        guarantee.code, on, persons, low, high, int(counted.middle[unsure].sum()),
        *volume, guarantee.gives.unit, *pence,
        _told(guarantee, (persons, low, high), pence, crowd),
    )  # fmt: skip


Three = tuple[int | None, int | None, int | None]
_NONE: Three = (None, None, None)


def _volume(guarantee: Guarantee, crowd: Crowd, at: Setting, counted: _Counted) -> Three:
    """Amounts added up, where adding them up means anything: hours and sums do, waits do not."""
    amount = guarantee.gives.amount
    if amount is None or guarantee.gives.kind not in (Kind.VOLUME, Kind.SUM):
        return _NONE
    each = _known(amount, crowd, at, counted)
    return counted.total((each, each, each))


def _known(one: Expression, crowd: Crowd, at: Setting, counted: _Counted) -> Whole:
    """A number of each person who may be eligible. Raises Refused where one's is not known."""
    values, known = worths(one, crowd, at)
    lacking = int(((counted.yes == Answer.YES) & ~known).sum())
    if lacking:
        raise Refused(
            "What they get cannot be added up",
            why=f"not enough is known of {lacking:,} rows of people who are eligible",
            next_step="Give the columns that the amount asks for, or leave those people out",
        )
    # Of those of whom it cannot be said, what is not known is held to be the most of the others.
    return np.where(known, values, values[known].max(initial=0))


def _pence(
    guarantee: Guarantee, crowd: Crowd, at: Setting, counted: _Counted, volume: Three
) -> Three:
    cost = guarantee.cost
    if cost is None:
        return volume if guarantee.gives.kind is Kind.SUM else _NONE
    each, low, high = (_known(one, crowd, at, counted) for one in (cost.each, cost.low, cost.high))
    return counted.total((each, low, high))


def _counted(yes: Answers, population: Population) -> _Counted:
    middle = _counts(population.persons, len(yes))
    low = middle if population.low is None else _counts(population.low, len(yes))
    high = middle if population.high is None else _counts(population.high, len(yes))
    if bool((low < 0).any() or (low > middle).any() or (middle > high).any()):
        raise Refused(
            "The population cannot be read",
            why="a count is below nought, or not between its own low and high",
            next_step="Put the counts right",
        )
    groups = None if population.groups is None else _counts(population.groups, len(yes))
    return _Counted(yes, middle, low, high, groups)


def _counts(said: Sequence[int] | None, rows: int) -> Whole:
    if said is None:
        return np.ones(rows, dtype=np.int64)
    found = np.asarray(said, dtype=np.int64)
    if len(found) != rows:
        raise Refused(
            "The population cannot be read",
            why=f"there are {len(found):,} counts for {rows:,} rows",
            next_step="Give one count for each row",
        )
    return found


def _told(
    guarantee: Guarantee, persons: tuple[int, int, int], pence: Three, crowd: Crowd
) -> tuple[str, ...]:
    middle, low, high = persons
    said = [f"{crowd.rows:,} rows of people were asked about '{guarantee.title}'"]
    said.append(f"{middle:,} persons are eligible, {low:,} at the least and {high:,} at the most")
    if pence[0] is not None and pence[1] is not None and pence[2] is not None:
        sums = [pounds(one).removesuffix(".00") for one in (pence[0], pence[1], pence[2])]
        said.append(f"It costs {sums[0]} a year, {sums[1]} at the least and {sums[2]} at the most")
    elif guarantee.cost is None:
        said.append("What one costs is not said, so the cost is not known")
    return tuple(said)
