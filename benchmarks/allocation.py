"""Dividing a grant over lines, beside what else a place would pick, on the same instance.

    python benchmarks/allocation.py [--rounds 5] [--seed 2026] [--places 300] [--without pymoo]

It needs cvxpy, scipy, pymoo and numba, which Total Place does not (`pip install cvxpy scipy pymoo
numba` in an environment of its own, and PYTHONPATH=src).

One place has 1,000 lines with diminishing returns, 40 agencies with a least and a most each, and a
grant. Ways take turns in one process, each for a fifth of a second or once: ours on arrays (whole
columns of numpy; compiled by numba), ours from the problem to whole pence with every check, cvxpy
with Clarabel (the curves as they are), HiGHS and SciPy on 20 straight pieces a curve, a genetic
algorithm mended to be feasible, a cut for all and a ranked list. Each answer is rounded and checked
in whole pence by a checker that none of them uses; what it reaches is counted on the curves. Then
the country: 300 places of 1,000 lines, eight agencies each. Answers are asserted to agree before a
time is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from allocation_peers import (
    PIECES,
    Place,
    reached,
    with_cvxpy,
    with_highs,
    with_pymoo,
    with_scipy,
)

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import Demand, Impossible, Line, Problem, Solved
from totalplace.commissioning.rules.solving import by_priority, pro_rata, solve
from totalplace.commissioning.rules.solving.nesting import forest_of, tree_of
from totalplace.commissioning.rules.solving.parts import parts_of
from totalplace.commissioning.rules.solving.reducing import reduced
from totalplace.commissioning.rules.solving.waterfill import Forest, bound, filled, filled_many


def made_up(lines: int, agencies: int, seed: int) -> Place:
    """A place of made-up figures: sums of ten thousand to a million pounds a line."""
    chance = random.Random(seed)  # noqa: S311  (made-up figures need chance, not secrecy)
    now = [chance.randrange(10**6, 10**8) for _ in range(lines)]
    found = tuple(
        Line(
            f"line {at}", 0, f"agency {at % agencies}", sum_, sum_ * 6 // 10, sum_ * 3,
            slope=chance.uniform(1, 9) / 1e9, scale=sum_ * chance.uniform(0.3, 3),
        )
        for at, sum_ in enumerate(now)
    )  # fmt: skip
    grant = sum(now) * 97 // 100
    demands = [
        Demand("grant", "the grant", Kind.GRANT, tuple(range(lines)), None, None, Fraction(grant))
    ]
    for agency in range(agencies):
        its = tuple(range(agency, lines, agencies))
        held = sum(now[at] for at in its)
        ends = Fraction(held * 85 // 100), Fraction(held * 108 // 100)
        demands.append(Demand(f"ring {agency}", "ring-fence", Kind.RING_FENCE, its, None, *ends))
    problem = Problem(found, tuple(demands))
    left = reduced(problem)
    assert not isinstance(left, Impossible)
    (part,) = parts_of(left)
    tree = tree_of(part)
    assert tree is not None
    forest, order = forest_of(part, tree)
    return Place(
        problem, part.curves.slope, part.curves.scale, *part.within,
        np.arange(lines) % agencies,
        np.array([float(one.least or 0) for one in demands[1:]]),
        np.array([float(one.most or 0) for one in demands[1:]]),
        grant, forest, np.array(order),
    )  # fmt: skip


def broken(place: Place, pence: Any) -> int:
    """By how many pence a plan, rounded to whole pence, breaks the demand it breaks most."""
    whole = [round(float(sum_)) for sum_ in pence]
    worst = sum(whole) - place.grant
    for at, sum_ in enumerate(whole):
        worst = max(worst, int(place.low[at]) - sum_, sum_ - int(place.high[at]))
    for agency in range(len(place.least)):
        total = sum(whole[agency :: len(place.least)])
        worst = max(worst, int(place.least[agency]) - total, total - int(place.most[agency]))
    return max(worst, 0)


def ours(place: Place, *, compiled: bool) -> tuple[Any, float]:
    """Arrays in, sums with fractions and the bound out."""
    its = filled(place.forest, compiled=compiled)
    pence = np.empty(len(its.pence))
    pence[place.order] = its.pence
    return pence, bound(place.forest, its)


def from_problem(place: Place) -> Any:
    """The problem in, whole pence with every demand checked out."""
    its = solve(place.problem)
    assert isinstance(its, Solved)
    return its.pence


def clocked(way: Callable[[], Any], *, at_least: float = 0.0) -> tuple[float, Any]:
    """Seconds that a way takes, and what it finds; again and again for at least so many seconds."""
    began, calls = time.perf_counter(), 0
    while True:
        found = way()
        calls += 1
        took = time.perf_counter() - began
        if took >= at_least:
            return took / calls, found


def one_place(rounds: int, seed: int, without: set[str]) -> None:
    """One place of 1,000 lines, every way in turn."""
    place = made_up(1_000, 40, seed)
    ways: dict[str, Callable[[], Any]] = {
        "ours, compiled (numba)": lambda: ours(place, compiled=True)[0],
        "ours, whole columns (numpy)": lambda: ours(place, compiled=False)[0],
        "ours, from problem to checked pence": lambda: from_problem(place),
        "cvxpy with Clarabel, exact curves": lambda: with_cvxpy(place),
        f"HiGHS, {PIECES} pieces a curve": lambda: with_highs(place),
        f"SciPy linprog, {PIECES} pieces": lambda: with_scipy(place),
        "ranked list": lambda: by_priority(place.problem),
        "cut for all": lambda: pro_rata(place.problem),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    plans: dict[str, Any] = {name: way() for name, way in ways.items()}  # what compiles, compiles
    for _ in range(rounds):
        for name, way in ways.items():
            took, plans[name] = clocked(way, at_least=0.2)
            times[name].append(took)
    if "pymoo" not in without:
        name = "genetic algorithm (pymoo), mended; once"
        took, plans[name] = clocked(lambda: with_pymoo(place, seed))
        times[name] = [took]
    top = ours(place, compiled=False)[1]
    floor = reached(place, plans["cut for all"])
    exact, peer = (reached(place, plans[name]) for name in list(ways)[2:4])
    assert broken(place, plans["ours, from problem to checked pence"]) == 0
    assert (top - exact) / (top - floor) <= 1e-6
    assert abs(exact - peer) / (top - floor) <= 1e-6, "cvxpy and ours do not agree"
    base = statistics.median(times["ours, compiled (numba)"])
    print(f"one place, 1,000 lines, 40 agencies; {rounds} rounds in turn; bound {top:.9f}")
    for name, took in times.items():
        points = reached(place, plans[name])
        median = statistics.median(took)
        print(
            f"  {name:42} {median * 1e3:10.3f} ms  x {median / base:10.1f}"
            f"  gap {(top - points) / top:8.1e}"
            f"  of the gain lost {(top - points) / (top - floor):8.1e}"
            f"  breaks by {broken(place, plans[name])} pence"
        )
    slopes = place.forest.curves.slope * np.random.default_rng(seed).uniform(
        0.5, 1.5, (1_000, 1_000)
    )
    took, _ = clocked(lambda: filled_many(place.forest, slopes))
    print(f"  1,000 draws of every slope: {took:.3f} s")


def joined(places: list[Place]) -> Forest:
    """Places side by side as one forest."""
    from totalplace.commissioning.rules.solving.curves import Curves
    from totalplace.commissioning.rules.solving.waterfill import Level

    forests = [place.forest for place in places]
    shifts = np.cumsum([0, *(len(one.low) for one in forests[:-1])])

    def of(pick: Callable[[Forest], Any]) -> Any:
        return np.concatenate([pick(one) for one in forests])

    levels = []
    for depth in range(2):
        outer = np.arange(len(forests)) if depth else np.zeros(len(forests), dtype=np.int64)
        its = [one.levels[depth] for one in forests]
        levels.append(
            Level(
                np.concatenate([one.starts + by for one, by in zip(its, shifts, strict=True)]),
                np.concatenate([one.ends + by for one, by in zip(its, shifts, strict=True)]),
                np.concatenate([one.least for one in its]),
                np.concatenate([one.most for one in its]),
                np.concatenate([one.around + by for one, by in zip(its, outer, strict=True)]),
            )
        )
    width = len(forests[0].levels[1].starts)
    places_of = [one.innermost[1] + width * at for at, one in enumerate(forests)]
    curves = Curves(
        of(lambda one: one.curves.slope), of(lambda one: one.curves.scale),
        of(lambda one: one.curves.fixed), of(lambda one: one.curves.straight),
    )  # fmt: skip
    return Forest(
        curves, of(lambda one: one.low), of(lambda one: one.high), of(lambda one: one.now),
        tuple(levels), (of(lambda one: one.innermost[0]), np.concatenate(places_of)),
    )  # fmt: skip


def country(rounds: int, seed: int, count: int) -> None:
    """Every place of the country at once."""
    places = [made_up(1_000, 8, seed + at) for at in range(count)]
    forest = joined(places)
    times: dict[bool, list[float]] = {True: [], False: []}
    tops: dict[bool, float] = {}
    for _ in range(rounds):
        for how in (True, False):
            took, its = clocked(lambda how=how: filled(forest, compiled=how))  # type: ignore[misc]
            times[how].append(took)
            tops[how] = bound(forest, its)
            points = float(forest.curves.points(its.pence).sum())
            assert tops[how] - points <= 1e-9 * points
    swift, plain = (statistics.median(times[how]) for how in (True, False))
    floor = sum(reached(place, pro_rata(place.problem)) for place in places)
    print(f"the country: {count} places of 1,000 lines, {8 * count} agencies; {rounds} rounds")
    print(f"  ours, compiled (numba)       {swift:8.3f} s")
    print(f"  ours, whole columns (numpy)  {plain:8.3f} s")
    took, plans = clocked(lambda: [from_problem(place) for place in places])
    assert all(broken(place, plan) == 0 for place, plan in zip(places, plans, strict=True))
    reach = sum(reached(place, plan) for place, plan in zip(places, plans, strict=True))
    lost = (tops[False] - reach) / (tops[False] - floor)
    print(f"  ours, problems to checked pence, one after another, once {took:8.3f} s")
    print(f"    of the gain lost {lost:.1e}, none breaks a penny")
    seconds = max(30.0, min(120.0, 100 * swift))
    whole = _as_one(places)
    took, found = clocked(lambda: with_highs(whole, count=10, seconds=seconds))
    said = (
        "finished" if found is not None else f"had not finished at its time-out of {seconds:.0f} s"
    )
    print(f"  HiGHS, 10 pieces a curve, once: {said} ({took:.1f} s with building)")


def _as_one(places: list[Place]) -> Place:
    """Places as one with many agencies; their grants are left out, which is easier for a peer."""
    first = places[0]
    agencies = np.concatenate([one.agency + 8 * at for at, one in enumerate(places)])

    def of(pick: Callable[[Place], Any]) -> Any:
        return np.concatenate([pick(one) for one in places])

    return Place(
        first.problem, of(lambda one: one.slope), of(lambda one: one.scale),
        of(lambda one: one.low), of(lambda one: one.high), agencies,
        of(lambda one: one.least), of(lambda one: one.most),
        sum(one.grant for one in places), first.forest, first.order,
    )  # fmt: skip


def main() -> None:
    """Run both, and say on what kind of moment."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--seed", type=int, default=2026)
    ask.add_argument("--places", type=int, default=300)
    ask.add_argument("--without", nargs="*", default=[])
    said = ask.parse_args()
    print(
        f"seed {said.seed}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    one_place(said.rounds, said.seed, set(said.without))
    if said.places:
        country(said.rounds, said.seed, said.places)


if __name__ == "__main__":
    sys.exit(main())
