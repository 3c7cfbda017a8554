"""Problems drawn at random, small enough to be looked at whole, and the best of them by looking."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import inf

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import Aim, Demand, Line, Problem
from totalplace.commissioning.rules.solving import check


def line(least: int, most: int, slope: float = 1.0, **more: object) -> Line:
    """A line of one agency, in the first year."""
    said = {"option": "service", "year": 0, "agency": "council", "now": least, **more}
    return Line(least=least, most=most, slope=slope, **said)  # type: ignore[arg-type]


def demand(
    lines: tuple[int, ...], least: float | None = None, most: float | None = None, **more: object
) -> Demand:
    """A demand in pence, or in what `each` says."""
    said = {"code": "demand", "title": "a demand", "kind": Kind.RING_FENCE, **more}
    ends = [None if end is None else Fraction(end) for end in (least, most)]
    return Demand(lines=lines, least=ends[0], most=ends[1], **said)  # type: ignore[arg-type]


def drawn_lines(chance: random.Random, count: int, most: int, *, closing: bool) -> list[Line]:
    """Lines of every sort: straight, curved, idle, harmful, fixed, and such as may close."""
    found: list[Line] = []
    for number in range(count):
        low = chance.choice([0, 0, chance.randint(0, most)])
        closes = closing and chance.random() < 0.5
        scale = chance.choice([inf, chance.uniform(0.3, 2) * most])
        slope = chance.choice([1.0, 2.0, chance.uniform(0.01, 3), 0.0, -chance.uniform(0.1, 1)])
        found.append(
            line(
                low,
                low + chance.choice([0, chance.randint(0, most), most]),
                slope,
                scale=scale if slope >= 0 else inf,
                now=chance.randint(0, most),
                fixed=chance.randint(0, low) if low else 0,
                may_close=closes,
                option=f"service {number}",
            )
        )
    return found


def drawn_bounds(
    chance: random.Random, lines: list[Line], chosen: list[int], slack: float = 0.0
) -> tuple[int | None, int | None]:
    """Bounds of a sum that leave something to do, and now and then cannot be met."""
    least = sum(0 if lines[at].may_close else lines[at].least for at in chosen)
    most = sum(lines[at].most for at in chosen)
    spread = max(1, round((most - least) * (0.1 + slack)))
    middle = chance.randint(least, max(least, most))
    low = middle - chance.randint(0, spread) if chance.random() < 0.6 else None
    high = middle + chance.randint(0, spread) if chance.random() < 0.7 or low is None else None
    return low, high


def nested(seed: int, *, count: int = 4, most: int = 5, depth: int = 3) -> Problem:
    """A problem whose demands nest, some of them several deep."""
    chance = random.Random(seed)
    lines = drawn_lines(chance, count, most, closing=False)
    demands: list[Demand] = []
    groups = [list(range(count))]
    chance.shuffle(groups[0])
    for _ in range(depth):
        inner: list[list[int]] = []
        for group in groups:
            if group and chance.random() < 0.8:
                demands.append(demand(tuple(group), *drawn_bounds(chance, lines, group, 0.4)))
            cut = chance.randint(0, len(group))
            inner += [group[:cut], group[cut:]]
        groups = [group for group in inner if len(group) > 1]
    return Problem(tuple(lines), tuple(demands))


def tangled(seed: int, *, count: int = 4, most: int = 5, closing: bool = True) -> Problem:
    """A problem whose demands overlap, count in units, and may have lines that close, and aims."""
    chance = random.Random(seed)
    lines = drawn_lines(chance, count, most, closing=closing)
    demands = [demand(tuple(range(count)), None, chance.randint(most, count * most))]
    for _ in range(chance.randint(1, 3)):
        chosen = sorted(chance.sample(range(count), chance.randint(1, count)))
        low, high = drawn_bounds(chance, lines, chosen, 0.5)
        if chance.random() < 0.5:
            demands.append(demand(tuple(chosen), low, high))
            continue
        each = [Fraction(chance.choice([1, 1, 2, -1]), chance.choice([1, 2, 3])) for _ in chosen]
        opened = [one * lines[at].fixed for one, at in zip(each, chosen, strict=True)]
        low = None if low is None else low // 3
        demands.append(demand(tuple(chosen), low, high, each=tuple(each), opened=tuple(opened)))
    aims: list[Aim] = []
    if chance.random() < 0.4:
        chosen = sorted(chance.sample(range(count), chance.randint(1, count)))
        useful = [at for at in chosen if lines[at].slope > 0]
        reach = sum(lines[at].points(lines[at].most) for at in useful)
        aims.append(
            Aim("aim", "an aim", tuple(useful), (1.0,) * len(useful), 0.6 * reach, "children")
        )
    return Problem(tuple(lines), tuple(demands), tuple(aims))


def every_plan(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every plan in whole pence within the lines' own bounds."""
    choices = [
        sorted({*range(one.least, one.most + 1), *([0] if one.may_close else [])})
        for one in problem.lines
    ]
    return product(*choices)


def best_by_looking(problem: Problem) -> float | None:
    """The most points of all plans that meet every demand; None where none does."""
    points = [
        problem.points(plan)
        for plan in every_plan(problem)
        if all(one.met for one in check(problem, plan))
    ]
    return max(points, default=None)


def scaled(problem: Problem, times: int) -> Problem:
    """The same problem with every sum so many times as large, and every penny worth as much less.

    Points are as before; what was a whole penny is many, so that rounding matters little.
    """
    lines = tuple(
        replace(
            one,
            least=one.least * times,
            most=one.most * times,
            now=one.now * times,
            fixed=one.fixed * times,
            scale=one.scale * times,
            slope=one.slope / times,
        )
        for one in problem.lines
    )
    demands = tuple(
        replace(
            one,
            least=None if one.least is None else one.least * times,
            most=None if one.most is None else one.most * times,
            opened=None if one.opened is None else tuple(its * times for its in one.opened),
        )
        for one in problem.demands
    )
    return Problem(lines, demands, problem.aims)
