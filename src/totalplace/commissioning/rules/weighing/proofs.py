"""Whether a refusal is right: its multipliers are added up in fractions, by nothing but sums.

A proof takes some of the demands, each so many times. Added up, what is left of the lines is
nothing, yet it has to be more than nothing: so no plan can meet them all. Nothing here knows the
solver. Names: a demand by its code; "line 3 least" and "line 3 most" are a line's own bounds, "line
3 nought" that nobody spends less than nothing, "line 3 open" that a service is open or shut, from 0
to 1; "straight 0" is the first straight line laid over an aim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, gcd, inf, lcm, log
from typing import Final

from totalplace.commissioning.rules.problem import (
    Aim,
    Branch,
    Certificate,
    Demand,
    Line,
    Problem,
    Straight,
)

# An aim is a float: what misses it by less than this share of it is not called impossible.
NEAR: Final = Fraction(1, 10**9)
# The logarithm of the machine is right to about 1 part in 10^16; 2^-40 more is surely no less.
ABOVE: Final = Fraction(1, 2**40)


@dataclass(frozen=True, slots=True)
class Sum:
    """Pence of lines, and 1 for each line that is open: so much of each is at least `least`."""

    pence: dict[int, Fraction]
    opened: dict[int, Fraction]
    least: Fraction


def proves(problem: Problem, certificate: Certificate) -> bool:
    """Whether a certificate shows that no plan in whole pence meets the problem.

    Farkas (1902): sums that add up to 0 >= something above 0 cannot all be kept. Every branch has
    to add up so, and the branches have to be all the ways in which services can be open or shut.
    """
    read = Reading(problem, certificate.straights)
    try:
        added = all(_adds_up(read, branch) for branch in certificate.branches)
    except (KeyError, IndexError, OverflowError, ValueError):
        return False  # it names what is not there
    return added and _covers(certificate.branches, frozenset(), frozenset())


def _adds_up(read: Reading, branch: Branch) -> bool:
    left: dict[tuple[str, int], Fraction] = {}
    right = Fraction(0)
    for its in branch.multipliers:
        if its.by <= 0:
            return False
        one = read.within(its.demand, its.side, frozenset(branch.shut), frozenset(branch.open))
        for kind, parts in (("pence", one.pence), ("open", one.opened)):
            for line, each in parts.items():
                left[kind, line] = left.get((kind, line), Fraction(0)) + its.by * each
        right += its.by * one.least
    return not any(left.values()) and right > 0


def _covers(branches: Iterable[Branch], shut: frozenset[int], opened: frozenset[int]) -> bool:
    """Whether with these shut and these open, every way for the others is in some branch."""
    fit = [one for one in branches if not (shut & set(one.open) or opened & set(one.shut))]
    undecided: set[int] = set()
    for branch in fit:
        undecided = (set(branch.shut) - shut) | (set(branch.open) - opened)
        if not undecided:
            return True
    if not undecided:
        return False
    line = min(undecided)
    return _covers(fit, shut | {line}, opened) and _covers(fit, shut, opened | {line})


class Reading:
    """A problem as sums that are at least so much; what is at most so much is turned round."""

    def __init__(self, problem: Problem, straights: Sequence[Straight] = ()) -> None:
        self.problem, self.straights = problem, straights
        self.demands: dict[str, Demand] = {}
        for place, demand in enumerate(problem.demands):
            again = demand.code in self.demands
            self.demands[f"{demand.code} #{place}" if again else demand.code] = demand
        self.aims: dict[str, Aim] = {aim.code: aim for aim in problem.aims}
        self.closing: frozenset[int] = _closing(problem)

    def sum_of(self, name: str, side: str) -> Sum:
        """What a name stands for. Raises KeyError, IndexError or ValueError where nothing does."""
        word, _, rest = name.partition(" ")
        if name in self.demands:
            return _of_demand(self.demands[name], side)
        if word == "straight" and side == "least":
            straight = self.straights[int(rest)]
            return _of_aim(self.problem, self.aims[straight.aim], straight.steep)
        number, _, bound = rest.partition(" ")
        if word != "line" or not number.isdecimal():
            raise KeyError(name)
        return self._bound(int(number), bound, side)

    def _bound(self, place: int, bound: str, side: str) -> Sum:
        line, closes = self.problem.lines[place], place in self.closing
        one = Fraction(1)
        match bound, side:
            case "nought", "least":
                return Sum({place: one}, {}, Fraction(0))
            case "least", "least":
                if closes:  # at least so much if open, and nought if shut
                    return Sum({place: one}, {place: Fraction(-line.least)}, Fraction(0))
                return Sum({place: one}, {}, Fraction(line.least))
            case "most", "most":
                if closes:
                    return Sum({place: -one}, {place: Fraction(line.most)}, Fraction(0))
                # What is only the money that there is a demand says: here, what no money raises.
                if line.ceiling is None:
                    raise KeyError(bound)
                return Sum({place: -one}, {}, Fraction(-line.ceiling))
            case "open", "least":
                return Sum({}, {place: one}, Fraction(0))
            case "open", "most":
                return Sum({}, {place: -one}, -one)
        raise KeyError(bound)

    def within(self, name: str, side: str, shut: AbstractSet[int], opened: AbstractSet[int]) -> Sum:
        """What a name stands for where some lines are shut and others open, in whole pence."""
        one = self.sum_of(name, side)
        pence = {line: each for line, each in one.pence.items() if each and line not in shut}
        free: dict[int, Fraction] = {}
        least = one.least
        for line, each in one.opened.items():
            if line in opened or line not in self.closing:
                least -= each  # what cannot close is open, as `solving.checking` reads it too
            elif each and line not in shut:
                free[line] = each
        found = Sum(pence, free, least)
        return found if name.startswith("straight ") else _in_whole(found)


def _in_whole(one: Sum) -> Sum:
    """The same sum in whole numbers without a common part: then what is asked is whole too.

    Pence are whole, and so is open or shut: what is at least 2.5 is at least 3.
    """
    parts = [*one.pence.values(), *one.opened.values()]
    if not parts:
        return one
    by = Fraction(lcm(*(part.denominator for part in parts)))
    by /= gcd(*(int(part * by) for part in parts))
    return Sum(
        {line: each * by for line, each in one.pence.items()},
        {line: each * by for line, each in one.opened.items()},
        Fraction(ceil(one.least * by)),
    )


def _of_demand(demand: Demand, side: str) -> Sum:
    asked = {"least": demand.least, "most": demand.most}[side]
    if asked is None:
        raise KeyError(side)
    turned = 1 if side == "least" else -1
    each = demand.each or (Fraction(1),) * len(demand.lines)
    opened = demand.opened or (Fraction(0),) * len(demand.lines)
    pence: dict[int, Fraction] = {}
    at: dict[int, Fraction] = {}
    for line, one, off in zip(demand.lines, each, opened, strict=True):
        pence[line] = pence.get(line, Fraction(0)) + turned * one
        at[line] = at.get(line, Fraction(0)) - turned * off
    return Sum(pence, at, turned * asked)


def _of_aim(problem: Problem, aim: Aim, steep: Sequence[Fraction]) -> Sum:
    """A straight line above what the lines reach of an aim; all of it in fractions.

    Where the next penny reaches the share e of what the first did, the tangent of a curve of slope
    s and scale k is s k (1 - e + e ln e) + s e x, x above the fixed cost. It lies above the curve
    for every e from 0 to 1 (at 0 it is all that the curve ever reaches), so that e need not be
    exact; its logarithm is taken too great.
    """
    pence: dict[int, Fraction] = {}
    at: dict[int, Fraction] = {}
    for place, share, e in zip(aim.lines, aim.each, steep, strict=True):
        line = problem.lines[place]
        worth = Fraction(share) * Fraction(line.slope)
        if line.scale == inf:
            over, each = Fraction(0), worth
        elif worth > 0:
            if not 0 <= e <= 1:
                raise ValueError(e)
            logarithm = Fraction(log(e)) + ABOVE if e else Fraction(0)
            over = worth * Fraction(line.scale) * (1 - e + e * logarithm)
            each = worth * e
        else:  # what does harm to it with diminishing returns does no less than along a chord
            over, each = _chord(line, worth)
        pence[place] = pence.get(place, Fraction(0)) + each
        at[place] = at.get(place, Fraction(0)) + over - each * line.fixed
    amount = Fraction(aim.amount)
    return Sum(pence, at, amount - NEAR * abs(amount))


def _chord(line: Line, worth: Fraction) -> tuple[Fraction, Fraction]:
    """A chord below a line's curve from its least to its most: its height at the start, its rise.

    `worth` is below nought. The reach at either end is taken too small, as the harm is then.
    """
    scale, ends = Fraction(line.scale), (max(0, line.least - line.fixed), line.most - line.fixed)
    reach = [
        max(Fraction(0), scale * (1 - Fraction(exp(-above / line.scale)) - ABOVE)) for above in ends
    ]
    if ends[1] <= ends[0]:
        return worth * reach[0], Fraction(0)
    each = worth * (reach[1] - reach[0]) / (ends[1] - ends[0])
    return worth * reach[0] - each * ends[0], each


def _closing(problem: Problem) -> frozenset[int]:
    """The lines for which it makes a difference whether they are open or shut."""
    fixed = {
        line
        for demand in problem.demands
        for line, off in zip(demand.lines, demand.opened or (), strict=False)
        if off
    }
    return frozenset(
        place
        for place, line in enumerate(problem.lines)
        if line.may_close and (line.least > 0 or line.most < 0 or place in fixed)
    )
