"""How long the watch waits, beside its peers at the same false alarms, and beside the best.

    python benchmarks/watch_delay.py [--series 4000] [--seed 8] [--check]

Every series has 24 quiet points, and is watched for 24 more. Each method's limit is set on the same
quiet series so that the same share of them raises an alarm in the 24 that are watched: 5 in 100,
and what the NHS rules and Nelson's rules raise, which cannot be set. Then the same numbers get
worse at the 25th point, or at the 37th after twelve quiet ones, by a step of 0.5, 1 or 2 spreads or
by a slide, and what is printed is the share found within 12 points, and the points waited: the
mean, a series that is never found counting as found after the points that there are.

The watch has learnt what chance is like from a quiet dashboard of 100 other series. The best is
told with the size known: "from 24 points" with neither the mean nor the spread known, "all known"
with both. The first has the limit that waits least for a change at that point: for one at once a
limit that as many quiet series pass at each look, for a later one the same limit at every look.
`--check` prints the peers' known numbers first, which shows that they are written right.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import watch_best as best
import watch_peers as peers
from watch_made import Floats, Places, shifted
from watch_ours import plan_from, scores_ours

from totalplace.monitoring.rules.charts.xmr import xmr_chart
from totalplace.outcomes.rules.indicators import Better

BASE: Final = 24
AFTER: Final = 24
SIZE: Final = BASE + AFTER
CHANGES: Final = ((0.5, 0.0), (1.0, 0.0), (2.0, 0.0), (0.0, 0.05), (0.0, 0.1))
WITHIN: Final = 12
EVEN: Final = "best, same at each look"  # as a promise shared evenly by looks has it
_CALM, _CALM_SEED = 10_000, 88  # quiet series that show how the best procedure's score grows
Scores = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Method:
    """A method: a score at each point, of which a high one is an alarm."""

    name: str
    scores: Scores


def plug_in(values: Floats) -> Floats:
    """Every series less its first points' mean, over their spread."""
    some = values[:, :BASE]
    spread = some.std(axis=1, ddof=1, keepdims=True)
    return (values - some.mean(axis=1, keepdims=True)) / spread


def summed(values: Floats, k: float) -> Floats:
    """A cumulated sum over standard scores, from the end of the baseline on."""
    return best.known(values, BASE, k)


def averaged(values: Floats, weight: float) -> Floats:
    """A moving average over standard scores, from the end of the baseline on."""
    found = np.full(values.shape, -np.inf)
    level = np.zeros(len(values))
    for t in range(BASE, values.shape[1]):
        level = level + weight * (values[:, t] - level)
        found[:, t] = level
    return found


def by_moves(values: Floats) -> Floats:
    """How many spreads by moving ranges a point lies above the mean of the first ones (XmR)."""
    found = np.full(values.shape, -np.inf)
    for i, row in enumerate(values):
        mean, spread = peers.lines(row, BASE)
        found[i, BASE:] = (row[BASE:] - mean) / spread
    return found


METHODS: Final = (
    Method("XmR", by_moves),
    Method("plug-in CUSUM k=0.5", lambda v: summed(plug_in(v), 0.5)),
    Method("plug-in CUSUM k=0.25", lambda v: summed(plug_in(v), 0.25)),
    Method("plug-in EWMA 0.2", lambda v: averaged(plug_in(v), 0.2)),
    Method("self-starting CUSUM 0.5", lambda v: summed(peers.self_started(v), 0.5)),
    Method("self-starting CUSUM 0.25", lambda v: summed(peers.self_started(v), 0.25)),
)


def limit_for(scores: Floats, share: float) -> float:
    """The limit that this share of quiet series passes anywhere in the points that are watched."""
    return float(np.quantile(scores[:, BASE:].max(axis=1), 1 - share))


def first(scores: Floats, limit: float) -> Places:
    """The place of the first score above a limit, or the length."""
    above = scores[:, BASE:] > limit
    return np.where(above.any(axis=1), above.argmax(axis=1) + BASE, scores.shape[1])


@dataclass(frozen=True)
class Waited:
    """Of series that were quiet until the change: the share found in time, and the mean wait."""

    within: float
    mean: float

    def __str__(self) -> str:
        return f"{self.within:5.3f} {self.mean:6.2f}"


def waited(found: Places, at: int) -> Waited:
    """How long a change at a point took to be found; those told before it are left out."""
    after = found[found >= at]
    points = np.where(after < SIZE, after - at + 1, SIZE - at)
    return Waited(float((after < at + WITHIN).mean()), float(points.mean()))


def optimum(name: str, at: int, size: float, ramp: float) -> Method:
    """The best procedure for one change, that knows its size; `at` is where it may begin."""
    if name == "known":
        k = size / 2 if size else ramp * WITHIN / 2
        return Method("best, all known", lambda v: best.known(v, BASE, k))

    def shape(points: int, at: int) -> Floats:
        return best.step(points, at, size) if size else best.slide(points, at, ramp)

    if name == "invariant" and at > BASE:
        return Method("best from 24 points", lambda v: best.invariant(v, BASE, shape))
    calm = np.random.default_rng(_CALM_SEED).standard_normal((_CALM, SIZE))
    usual = np.sort(best.invariant(calm, BASE, shape), axis=0)
    named = "best from 24 points" if name == "invariant" else EVEN
    return Method(named, lambda v: evened(best.invariant(v, BASE, shape), usual))


def evened(scores: Floats, usual: Floats) -> Floats:
    """Scores by how rare they are at their own look; `usual` are those of quiet series, sorted.

    Above the highest they go on as they go.
    """
    found = np.full(scores.shape, -np.inf)
    for t in range(BASE, scores.shape[1]):
        above = len(usual) - np.searchsorted(usual[:, t], scores[:, t])
        further = np.maximum(0.0, scores[:, t] - usual[-1, t])
        found[:, t] = further - np.log(np.maximum(above, 0.5) / len(usual))
    return found


def ruled(name: str) -> Callable[[Floats], Places]:
    """The rules that have no limit to set."""
    if name == "NHS rules":
        return lambda v: peers.first_nhs(v, BASE, BASE, 1)
    return lambda v: peers.first_nelson(v, BASE, BASE, 1)


@dataclass(frozen=True)
class Scored:
    """A method's scores: of quiet series and of changed ones, by where they change and how.

    Of the best procedures the quiet scores differ by the change that they know.
    """

    name: str
    quiet: dict[tuple[int, float, float], Floats]
    changed: dict[tuple[int, float, float], Floats]

    def row(self, at: int, share: float) -> list[str]:
        """What is waited for each change, at one share of false alarms."""
        found = []
        for size, ramp in CHANGES:
            limit = limit_for(self.quiet[at, size, ramp], share)
            found.append(str(waited(first(self.changed[at, size, ramp], limit), at)))
        return found


def scored(quiet: Floats, methods: Sequence[Method]) -> list[Scored]:
    """The scores of every method, and of the best ones, on the same numbers."""
    found = []
    places = [(at, *change) for at in (BASE, BASE + WITHIN) for change in CHANGES]
    for method in methods:
        scores = method.scores(quiet)
        changed = {key: method.scores(shifted(quiet, *key)) for key in places}
        found.append(Scored(method.name, dict.fromkeys(places, scores), changed))
    for name in ("invariant", "even", "known"):
        knowing = {key: optimum(name, *key) for key in places}
        found.append(
            Scored(
                knowing[places[0]].name,
                {key: knowing[key].scores(quiet) for key in places},
                {key: knowing[key].scores(shifted(quiet, *key)) for key in places},
            )
        )
    return found


def table(quiet: Floats, every: Sequence[Scored], at: int, share: float, rules: str) -> None:
    """Print one table: every method at one share of false alarms, a change at one point."""
    said = [f"{size:g} step" if size else f"{ramp:g} a point" for size, ramp in CHANGES]
    print(f"\nfalse alarms on {share:.3f} of quiet series in {AFTER} points; the change comes "
          f"after {at} points; share found within {WITHIN}, and mean wait")  # fmt: skip
    print(" " * 26 + "".join(f"{one:>16}" for one in said))
    if rules:
        row = [str(waited(ruled(rules)(shifted(quiet, at, *change)), at)) for change in CHANGES]
        print(f"{rules:<26}" + "".join(f"{one:>16}" for one in row))
    for one in every:
        if one.name == EVEN and at == BASE:
            continue  # there the best has such a limit by itself
        print(f"{one.name:<26}" + "".join(f"{each:>16}" for each in one.row(at, share)))


def check(rng: np.random.Generator) -> None:
    """Print average run lengths with everything known, beside published ones."""
    quiet = rng.standard_normal((4000, 3000))
    rows: tuple[tuple[str, Callable[[Floats], Places], str], ...] = (
        ("XmR, 3 spreads", lambda v: peers.first_xmr(v, peers.KNOWN, 0, 2), "370.4"),
        ("NHS rules", lambda v: peers.first_nhs(v, peers.KNOWN, 0, 2), "85.9 measured before"),
        ("Nelson's rules", lambda v: peers.first_nelson(v, peers.KNOWN, 0, 2), "72.5 before"),
        ("CUSUM 0.5/4.77", lambda v: peers.first_cusum(v, peers.KNOWN, 0, 2, 0.5, 4.77), "370"),
        ("EWMA 0.2/2.86", lambda v: peers.first_ewma(v, peers.KNOWN, 0, 2, 0.2, 2.86), "370"),
    )
    print("average run length, two-sided, mean and spread known (cut at 3000)")
    for name, found, said in rows:
        runs = np.minimum(found(quiet) + 1, quiet.shape[1])
        error = 1.96 * runs.std() / np.sqrt(len(runs))
        print(f"  {name:<18}{runs.mean():7.1f} +- {error:.1f}   ({said})", flush=True)
    charts = rng.standard_normal((1000, SIZE))
    same = sum(fires(row) == fires_here(row) for row in charts)
    print(f"  NHS rules fire on the same charts as the product's own: {same} of {len(charts)}")
    short = rng.standard_normal((40_000, SIZE))
    print("share of quiet series that alarm in 24 points, either way, with lines from 24 points")
    for name, rule, said in (
        ("NHS rules", lambda v: peers.first_nhs(v, BASE, BASE, 2), "0.356 without the baseline"),
        ("XmR, 3 spreads", lambda v: peers.first_xmr(v, BASE, BASE, 2), "0.159, without screening"),
        ("CUSUM 0.5/4.77", lambda v: peers.first_cusum(v, BASE, BASE, 2, 0.5, 4.77), "0.160"),
        ("self-starting", lambda v: peers.first_cusum(peers.self_started(v), peers.KNOWN, BASE, 2,
         0.5, 4.77), "0.050"),
    ):  # fmt: skip
        print(f"  {name:<18}{(rule(short) < SIZE).mean():7.3f}   ({said})", flush=True)


def fires(row: Floats) -> bool:
    """Whether the product's own rules call any point of a chart out of the ordinary."""
    chart = xmr_chart(row.tolist(), better=Better.HIGHER)
    return any(point.rules for point in chart.points)


def fires_here(row: Floats) -> bool:
    """The same by the peers' rules, with the lines of all points."""
    mean, spread = peers.lines(row, SIZE)
    return any(peers.nhs_at(row, t, mean, spread) for t in range(SIZE))


def main() -> None:
    """Print how long each method waits."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--series", type=int, default=4000)
    asked.add_argument("--seed", type=int, default=8)
    asked.add_argument("--check", action="store_true")
    given = asked.parse_args()
    print(f"seed {given.seed}; {given.series} series of {SIZE} points, {BASE} of them a baseline")
    rng = np.random.default_rng(given.seed)
    begun = time.perf_counter()
    if given.check:
        check(rng)
    plan = plan_from(rng.standard_normal((100, SIZE)))
    ours = Method("the watch", lambda v: scores_ours(v, BASE, plan))
    quiet = rng.standard_normal((given.series, SIZE))
    every = scored(quiet, (*METHODS, ours))
    table(quiet, every, BASE, 0.05, "")
    table(quiet, every, BASE + WITHIN, 0.05, "")
    for rules in ("NHS rules", "Nelson's rules"):
        share = float((ruled(rules)(quiet) < SIZE).mean())
        table(quiet, every, BASE, share, rules)
    print(f"\n{time.perf_counter() - begun:.0f} seconds")


if __name__ == "__main__":
    main()
