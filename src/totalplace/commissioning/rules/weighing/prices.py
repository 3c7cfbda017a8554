"""What each demand costs in outcomes, and between which amounts that price holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import Impossible, Method, Problem, Solved
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.prices_duals import duals
from totalplace.commissioning.rules.weighing.prices_words import price_told
from totalplace.commissioning.rules.weighing.refusals_giving import given_way
from totalplace.commissioning.rules.weighing.refusals_solver import Key
from totalplace.commissioning.rules.weighing.refusals_tree import Search, search_of
from totalplace.commissioning.rules.weighing.refusals_words import amount_of, asked

# A price holds while each pound costs within a tenth of it: returns bend, so it is never flat.
HOLDS: Final = 0.1
LOOKS: Final = 5  # plans solved again on each side to find how far a price holds
BEYOND: Final = 32  # into so many parts a change is cut to see what the next pound costs
MOST_PRICED: Final = 12  # bounds of lines whose prices are given, the dearest
STEP: Final = Fraction(1, 100)  # of an amount, where a price is the difference of two plans
FAR: Final = 10**15  # more than any sum: a demand that is this far off asks nothing


class How(StrEnum):
    """How a price was found."""

    DUAL = "dual"
    RESOLVED = "re-solved"


@dataclass(frozen=True, slots=True)
class Price:
    """What one demand costs in outcomes, in points.

    `points_per` is what would be won for each pound (or each unit of it) by which it asked less, or
    allowed more; `points_tighter` what would be lost for each the other way (None: there is no plan
    then, or it was not worked out). `low` and `high` are the amounts between which the next pound
    costs within a tenth of that. `whole_cost_points` is what plans without it reach, less what this
    one does; it may be out by `out_by_points`, by which neither plan is proved.
    """

    demand: str
    side: str
    title: str
    kind: Kind | None  # None: a line's own bound
    unit: str
    amount: Fraction
    points_per: float
    points_tighter: float | None
    low: Fraction | None
    high: Fraction | None
    whole_cost_points: float | None
    out_by_points: float
    how: How
    told: str

    @property
    def costs_nothing(self) -> bool:
        """Whether it holds nothing back, as far as can be told."""
        if self.whole_cost_points is None:
            # What a little of it wins, all of it does no more than, only where nothing shuts.
            return self.points_per <= 0 and self.how is How.DUAL
        return self.points_per <= 0 and self.whole_cost_points <= self.out_by_points


def prices(
    problem: Problem,
    solved: Solved,
    *,
    titles: Mapping[str, str] | None = None,
    looks: int = LOOKS,
    seconds: float = 10.0,
) -> tuple[Price, ...]:
    """The price of every demand and aim, and of every line's bound that costs something.

    The dearest stand first. Points are estimates, as the plan's are. `looks` is how many plans are
    solved on each side of a demand to find how far its price holds (0: none, and no range);
    `seconds` is for each of them. Where services close or an aim stands, prices are differences of
    solved plans.
    """
    search = search_of(problem)
    convex = solved.method is not Method.BRANCHED and not search.reading.closing
    its = duals(search, solved.pence) if convex and not problem.aims else {}
    found: list[Price] = []
    for key in _dearest(search, its, solved, convex=convex and not problem.aims):
        dear = its.get(key, (0.0, 0.0))
        asking = _Asking(search, solved, key, seconds)
        if key in its or (convex and not problem.aims):
            found.append(_of_dual(asking, dear, titles or {}, looks))
        else:
            found.append(_of_difference(asking, titles or {}))
    return tuple(sorted(found, key=lambda one: (-_cost(one), one.demand)))


def _cost(price: Price) -> float:
    return price.whole_cost_points or price.points_per * float(abs(price.amount)) / (
        100 if price.unit == "pence" else 1
    )


def _dearest(
    search: Search, its: Mapping[Key, tuple[float, float]], solved: Solved, *, convex: bool
) -> list[Key]:
    """Every demand and aim, and the bounds of lines that hold something back."""
    demands = [key for key in search.keys if not key[0].startswith("line ")]
    lines = [key for key in its if key[0].startswith("line ")]
    if not convex:
        lines = [
            key for key in search.keys if key[0].startswith("line ") and _holds(search, solved, key)
        ]
    lines.sort(key=lambda key: -its.get(key, (0.0, 0.0))[0] * float(amount_of(search, key)))
    return [*demands, *lines[:MOST_PRICED]]


def _holds(search: Search, solved: Solved, key: Key) -> bool:
    """Whether a line's bound is where the plan's money stops, and it could be otherwise."""
    place = int(key[0].split()[1])
    line = search.problem.lines[place]
    return line.least < line.most and solved.pence[place] == amount_of(search, key)


@dataclass(frozen=True, slots=True)
class _Asking:
    """One demand, with plans solved again where it asks otherwise."""

    search: Search
    solved: Solved
    key: Key
    seconds: float

    def otherwise(self, by: Fraction) -> Solved | None:
        """The plan where it asks less (or allows more) by so much of its own unit."""
        changed = given_way(self.search.problem, {self.key: by})
        found = solve(changed, seconds=self.seconds)
        return None if isinstance(found, Impossible) else found


def _whole(asking: _Asking) -> tuple[float, float] | None:
    """What plans without the demand reach over this one, and how far that may be out."""
    name, side = asking.key
    demand = asking.search.reading.demands.get(name)
    if demand is not None and side == "most" and demand.code.startswith("money "):
        return None  # without it money would be without end
    amount = amount_of(asking.search, asking.key)
    off = Fraction(FAR) if side == "most" else max(amount, Fraction(0)) + FAR
    if name.startswith("line "):
        off = Fraction(FAR) if side == "most" else amount
    found = asking.otherwise(off)
    if found is None:
        return None
    return max(0.0, found.points - asking.solved.points), found.gap + asking.solved.gap


def _per(key_unit: str) -> int:
    """How many of a demand's own unit a price is for: a pound is a hundred pence."""
    return 100 if key_unit == "pence" else 1


def _of_dual(
    asking: _Asking, dear: tuple[float, float], titles: Mapping[str, str], looks: int
) -> Price:
    worth = dear[0] > 0 or dear[1] > 0
    whole = _whole(asking) if dear[0] > 0 and looks else None
    if not worth:
        whole = 0.0, asking.solved.gap
    low = high = None
    if dear[0] > 0 and looks:
        ends = _range(asking, dear[0], looks)
        low, high = sorted(ends) if None not in ends else (None, None)  # type: ignore[type-var]
    return _priced(asking, titles, dear, (low, high), whole, How.DUAL)


def _priced(
    asking: _Asking,
    titles: Mapping[str, str],
    dear: tuple[float, float | None],
    ends: tuple[Fraction | None, Fraction | None],
    whole: tuple[float, float] | None,
    how: How,
) -> Price:
    said = asked(asking.search, asking.key, titles)
    per = _per(said.unit)
    cost, out = (None, asking.solved.gap) if whole is None else whole
    price = Price(
        said.demand, said.side, said.title, said.kind, said.unit,
        amount_of(asking.search, asking.key), dear[0] * per,
        None if dear[1] is None else dear[1] * per, *ends, cost, out, how, "",
    )  # fmt: skip
    return replace(price, told=price_told(price))


def _of_difference(asking: _Asking, titles: Mapping[str, str]) -> Price:
    """A price as the difference of two plans, where services close or what is asked bends."""
    amount = amount_of(asking.search, asking.key)
    step = max(abs(amount) * STEP, Fraction(1))
    looser = asking.otherwise(step)
    tighter = asking.otherwise(-step)
    won = 0.0 if looser is None else max(0.0, looser.points - asking.solved.points)
    lost = None if tighter is None else max(0.0, asking.solved.points - tighter.points)
    out = asking.solved.gap + (0.0 if looser is None else looser.gap)
    won = 0.0 if won <= out else won
    dear = won / float(step), None if lost is None else lost / float(step)
    whole = _whole(asking)
    ends = (amount, amount + step) if asking.key[1] == "most" else (amount - step, amount)
    return _priced(asking, titles, dear, ends if won else (None, None), whole, How.RESOLVED)


def _range(asking: _Asking, price: float, looks: int) -> tuple[Fraction | None, Fraction | None]:
    """The amounts up to which the next pound still costs within a tenth of that, on either side."""
    amount = amount_of(asking.search, asking.key)
    if not amount:
        return None, None
    turned = 1 if asking.key[1] == "most" else -1
    ends = [amount + turned * side * _how_far(asking, side, price, looks) for side in (1, -1)]
    return ends[0], ends[1]


def _how_far(asking: _Asking, side: int, price: float, looks: int) -> Fraction:
    """By how much the amount can change before the next pound costs a tenth more, or less."""
    good, bad = Fraction(0), abs(amount_of(asking.search, asking.key))
    step = bad
    for _ in range(looks):
        if _holds_at(asking, side * step, price):
            good = step
            if step == bad:
                return good
        else:
            bad = step
        step = bad / 8 if good == 0 else (good + bad) / 2
        step = step if step.denominator == 1 else Fraction(max(1, round(step)))
    return good


def _holds_at(asking: _Asking, change: Fraction, price: float) -> bool:
    """Whether the next pound beyond a change of the amount costs within a tenth of a price.

    What a plan reaches bends one way only as the amount changes (it is concave where nothing opens
    or shuts), so that what the pounds beyond cost together is at least as far off as the next one.
    """
    turned = 1 if asking.key[1] == "most" else -1
    nought = amount_of(asking.search, asking.key) + turned * change == 0
    # Below nought nothing is asked: there it is what the last pounds before it cost.
    beyond = -change / (32 * BEYOND) if nought else change / BEYOND
    here, there = asking.otherwise(change), asking.otherwise(change + beyond)
    if here is None or there is None:
        return False
    each = (there.points - here.points) / float(beyond)
    out = (here.gap + there.gap) / float(abs(beyond))
    return abs(each - price) + out <= HOLDS * price
