"""Ten thousand series at once: how many told are false, and how many of the worse are told.

    python benchmarks/watch_many.py [--series 10000] [--times 20] [--seed 8]

Every series has 24 quiet months; then one in twenty gets worse by 1, 1.5 or 2 spreads, and twelve
months later it is decided which to tell. Printed are the share of those told who are false, the
share of the worse who are told (both with their standard error over the times), and how many are
told. The same is done where every series has a unit of its own, so that spreads differ a
hundredfold between them.

"Time known" knows when series would have changed, and nothing else (a t-test); "all known" knows
mean and spread as well. Both are cut, as the watch is, at one in ten false (Benjamini and Hochberg
1995).
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Final

import numpy as np
import watch_best as best
import watch_peers as peers
from scipy import stats
from watch_made import Floats, shifted

from totalplace.monitoring.rules.detecting.many import chances, worst
from totalplace.monitoring.rules.detecting.nulls import Rhythm

BASE: Final = 24
AFTER: Final = 12
SIZE: Final = BASE + AFTER
WORSE: Final = 0.05
SHIFTS: Final = (1.0, 1.5, 2.0)
FALSE: Final = 0.10
NULLS: Final = 400_000
DRAWS: Final = 50_000  # quiet series that the watch compares with: chances of one in ten thousand
Told = dict[str, np.ndarray]


def self_starting_sum(values: Floats) -> Floats:
    """The self-starting CUSUM at its last month, summed over the last twelve."""
    return best.known(peers.self_started(values), BASE, 0.5)[:, -1]


def known_time(values: Floats) -> Floats:
    """Chances by a t-test of the last twelve months against the first 24."""
    found = stats.ttest_ind(values[:, BASE:], values[:, :BASE], axis=1, alternative="greater")
    return np.asarray(found.pvalue)


def told_by(values: Floats, own: Floats, quiet: Floats, seed: int) -> Told:
    """Which series each procedure tells. `own` are the same numbers in one unit."""
    rules: dict[str, Callable[[], np.ndarray]] = {
        "NHS rules": lambda: peers.first_nhs(values, BASE, BASE, 1) < SIZE,
        "NHS rules, either way": lambda: peers.first_nhs(values, BASE, BASE, 2) < SIZE,
        "plug-in CUSUM 0.5/4.77": lambda: (
            peers.first_cusum(values, BASE, BASE, 1, 0.5, 4.77) < SIZE
        ),
        "self-starting CUSUM + BH": lambda: worst(
            (1 + len(quiet) - np.searchsorted(quiet, self_starting_sum(values)))
            / (1 + len(quiet)), share_false=FALSE
        ),
        "the watch + BH": lambda: worst(
            chances(-values, rhythm=Rhythm.MONTHLY, seed=seed, lately=AFTER, draws=DRAWS),
            share_false=FALSE
        ),
        "time known + BH": lambda: worst(known_time(values), share_false=FALSE),
        "all known + BH": lambda: worst(
            stats.norm.sf(own[:, BASE:].mean(axis=1) * np.sqrt(AFTER)), share_false=FALSE
        ),
    }  # fmt: skip
    return {name: rule() for name, rule in rules.items()}


def main() -> None:
    """Count what is told, and what of it is false."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--series", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=20)
    asked.add_argument("--seed", type=int, default=8)
    given = asked.parse_args()
    begun = time.perf_counter()
    rng = np.random.default_rng(given.seed)
    print(f"seed {given.seed}; {given.series} series, {given.times} times, {WORSE:.0%} worse; "
          f"to be told with at most {FALSE:.0%} false")  # fmt: skip
    quiet = np.sort(self_starting_sum(rng.standard_normal((NULLS, SIZE))))
    for own_units in (False, True):
        for shift in SHIFTS:
            several(rng, given.series, given.times, (shift, own_units), quiet)
    print(f"\n{time.perf_counter() - begun:.0f} seconds")


def several(
    rng: np.random.Generator, series: int, times: int, what: tuple[float, bool], quiet: Floats
) -> None:
    """Print what came of one size, over so many times."""
    shift, own_units = what
    false: dict[str, list[float]] = defaultdict(list)
    power: dict[str, list[float]] = defaultdict(list)
    many: dict[str, list[float]] = defaultdict(list)
    for n in range(times):
        values = rng.standard_normal((series, SIZE))
        worse = np.arange(series) < round(series * WORSE)
        values[worse] = shifted(values[worse], BASE, shift)
        units = 10 ** rng.uniform(-1, 1, (series, 1)) if own_units else np.ones((series, 1))
        levels = rng.uniform(-50, 50, (series, 1)) if own_units else np.zeros((series, 1))
        for name, told in told_by(values * units + levels, values, quiet, n).items():
            false[name].append(float((told & ~worse).sum() / max(1, told.sum())))
            power[name].append(float((told & worse).sum() / worse.sum()))
            many[name].append(float(told.sum()))
    units_said = "each in a unit of its own" if own_units else "all in one unit"
    print(f"\nworse by {shift:g} spreads, {units_said}: share false, share of the worse told, told")
    for name, each in false.items():
        error = np.std(each, ddof=1) / np.sqrt(times) if times > 1 else float("nan")
        reach = np.std(power[name], ddof=1) / np.sqrt(times) if times > 1 else float("nan")
        print(f"  {name:<26}{np.mean(each):6.3f} +-{error:.3f}   {np.mean(power[name]):6.3f} "
              f"+-{reach:.3f}  {np.mean(many[name]):8.0f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
