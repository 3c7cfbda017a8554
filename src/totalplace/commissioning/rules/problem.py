"""A plan as numbers: lines that money is put on, demands that it must meet, and what it reaches.

A *line* is one option in one year. A *demand* is a sum over lines, at least or at most so much, and
is exact: pence and fractions, no float. Points are floats: they are estimates. 100 points are every
wanted outcome brought the whole way to its target for one year.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import exp, expm1, inf

from totalplace.commissioning.rules.case import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One option in one year. Sums are pence.

    Spending x reaches `slope * scale * (1 - exp(-(x - fixed) / scale))` points above `fixed`
    (`slope * (x - fixed)` where the scale is endless), and none at or below it. It lies between
    `least` and `most`, both at or above `fixed`; where it `may_close` it may be nought instead.

    `most_from_money`: the most is but the money that there is for it, which demands say as well;
    with more money it could be more, up to `capacity` (None: without end).
    """

    option: str
    year: int  # from 0
    agency: str
    now: int
    least: int
    most: int
    slope: float = 0.0  # points for the first penny above the fixed cost
    scale: float = inf  # pence
    fixed: int = 0
    may_close: bool = False
    most_from_money: bool = False
    capacity: int | None = None  # pence; of a line whose most is from money

    @property
    def ceiling(self) -> int | None:
        """The most that it can take in pence, whatever money there is; None: without end."""
        return self.capacity if self.most_from_money else self.most

    def points(self, pence: float) -> float:
        """What a sum reaches, in points."""
        above = pence - self.fixed
        if above <= 0 or self.slope == 0:
            return 0.0
        if self.scale == inf:
            return self.slope * above
        return -self.slope * self.scale * expm1(-above / self.scale)

    def marginal(self, pence: float) -> float:
        """What the next penny reaches, in points."""
        if self.scale == inf:
            return self.slope
        return self.slope * exp(-max(0.0, pence - self.fixed) / self.scale)


@dataclass(frozen=True, slots=True)
class Demand:
    """At least or at most so much of some lines together.

    `lines` are places in the problem's own; `each` is what one penny on each counts for (None: one,
    so that the demand is in pence). `opened` is taken off for each line that is open (spends
    anything), for a fixed cost buys no units: what is found is the sum of each * pence - opened.
    """

    code: str
    title: str
    kind: Kind
    lines: tuple[int, ...]
    each: tuple[Fraction, ...] | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    unit: str = "pence"
    source: str = ""
    opened: tuple[Fraction, ...] | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """At least so much of an outcome, from what lines reach: `each` per point of each line.

    `amount` is in what the outcome is counted in. It bends with returns, so it is no `Demand`.
    """

    code: str
    title: str
    lines: tuple[int, ...]
    each: tuple[float, ...]
    amount: float
    unit: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be solved: the most points, within every demand and aim."""

    lines: tuple[Line, ...]
    demands: tuple[Demand, ...]
    aims: tuple[Aim, ...] = ()

    def points(self, pence: tuple[int, ...] | list[int] | list[float]) -> float:
        """What a plan reaches, in points."""
        return sum(line.points(x) for line, x in zip(self.lines, pence, strict=True))


class Method(StrEnum):
    """How a plan was found."""

    EXACT = "one price for the whole of the money, agency by agency, exact"
    CUTS = "straight lines laid over the curves, as many as are needed"
    BRANCHED = "straight lines laid over the curves, services open or closed"


@dataclass(frozen=True, slots=True)
class Check:
    """A demand as a plan meets it, in exact numbers. `short` is what is lacking; nought: met."""

    demand: str
    found: Fraction
    short: Fraction

    @property
    def met(self) -> bool:
        """Whether the plan keeps it."""
        return self.short == 0


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan with its proof: whole pence, what they reach, and what no plan can exceed.

    `checks` are of every demand, every aim (in rounded float) and every line's own bounds, made by
    another rule than that which found the plan.
    """

    pence: tuple[int, ...]
    points: float
    bound: float
    method: Method
    checks: tuple[Check, ...] = ()

    @property
    def gap(self) -> float:
        """By how many points a better plan could at most be better."""
        return max(0.0, self.bound - self.points)

    def share_lost(self, beside: float) -> float:
        """The share of what could be gained over another plan's points that this may lack."""
        attainable = self.bound - beside
        return 0.0 if attainable <= 0 else self.gap / attainable


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A demand's part in a proof; `side` is "least" or "most", `by` is above nought."""

    demand: str  # of a line's own bound: "line 3 least", "line 3 most"; see `weighing.proofs`
    side: str
    by: Fraction


@dataclass(frozen=True, slots=True)
class Branch:
    """With these lines shut and these open, the multipliers add up to 0 >= something above 0."""

    shut: tuple[int, ...]
    open: tuple[int, ...]
    multipliers: tuple[Multiplier, ...]


@dataclass(frozen=True, slots=True)
class Straight:
    """A straight line that no plan's reach of an aim can exceed: a tangent of each line's curve.

    `steep` is, for each line of the aim, which tangent: that where the next penny reaches this
    share of what the first did (above 0, at most 1). Multipliers name it "straight 0" and so on.
    """

    aim: str
    steep: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A proof that no plan exists, which anybody can add up: one branch where nothing can close."""

    branches: tuple[Branch, ...]
    straights: tuple[Straight, ...] = ()


@dataclass(frozen=True, slots=True)
class Impossible:
    """No plan meets every demand. Why not is `weighing.refusals.refusal_of`'s to say."""

    told: str = ""
