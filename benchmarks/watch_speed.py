"""How fast is the watch: a million series at every point, and a night of 400 places.

    python benchmarks/watch_speed.py [--series 1000000] [--places 20] [--rounds 3]

One run, one machine: ours compiled, ours in NumPy, and the rules of the National Health Service in
a loop over pandas series, as analysts write them. That the compiled and the plain give the same
answers is checked before a time is printed. Of the slower only a part is run, and said per series.
Loading the compiler is counted apart. Prints its seed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from totalplace.monitoring.definitions.limits.reading import limits
from totalplace.monitoring.rules.detecting import DEFAULT_PROMISE, plan_of, watch
from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm
from totalplace.monitoring.rules.detecting.quickly import first_told
from totalplace.monitoring.rules.watched import Point, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import lasting, months_on

SEED: Final = 20261126
POINTS: Final = 60
CHANCE: Final = 4.0 / 200 / 12  # of a false alarm at a monthly look: four a year over 200 series
A_PLACE: Final = 200
_BASELINE: Final = 24


def timed(run: Callable[[], object], rounds: int) -> float:
    """The median of so many runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def first_by_rules(series: pd.Series[float]) -> int:
    """The first point that a rule marks as worse: a limit, seven one side, seven falling, two of 3.

    Limits are the mean and 2.66 mean moving ranges of the first 24 points.
    """
    start = series.iloc[:_BASELINE]
    middle, moving = start.mean(), start.diff().abs().mean()
    near, limit = middle - 2 / 3 * 2.66 * moving, middle - 2.66 * moving
    below = series < middle
    marks = series < limit
    marks |= below.rolling(7).sum() == 7
    marks |= (series.diff() < 0).rolling(6).sum() == 6
    marks |= ((series < near).rolling(3).sum() >= 2) & (series < near)
    found = np.flatnonzero(marks.to_numpy())
    return int(found[0]) if len(found) else -1


def by_rules(y: Numbers) -> list[int]:
    """The same of each series, in a loop."""
    return [first_by_rules(pd.Series(row)) for row in y]


def dashboard(rng: np.random.Generator, places: int) -> list[Watched]:
    """Series of so many places: months, quarters and years, one in ten of them worse of late."""
    found = []
    for n in range(places * A_PLACE):
        months, points = ((1, 60), (3, 28), (12, 12))[n % 3]
        values = rng.normal(50, 3, points) - (n % 10 == 0) * 6 * (np.arange(points) > points - 4)
        made = tuple(
            Point(lasting(months_on(date(2014, 1, 1), months * k), months), float(value))
            for k, value in enumerate(values)
        )
        found.append(Watched(
            code=f"outcome/{n}", title="One", subject=Subject.OUTCOME, place="wexshire",
            area="E1", area_name="Wexshire", unit="%", better=Better.HIGHER, months=months,
            points=made,
        ))  # fmt: skip
    return found


def main() -> None:
    """Run and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--series", type=int, default=1_000_000)
    ask.add_argument("--places", type=int, default=20)
    ask.add_argument("--rounds", type=int, default=3)
    told = ask.parse_args()
    print(f"seed {SEED}; {told.series:,} series of {POINTS} points; median of {told.rounds}")
    rng = np.random.default_rng(SEED)
    y = rng.standard_normal((told.series, POINTS))
    y[::20, 40:] -= 1.0
    few, table = y[:2000], limits()

    def ours(rows: Numbers, *, compiled: bool = True) -> object:
        return first_told(rows, table, rhythm=Rhythm.YEARLY, chance=CHANCE, compiled=compiled)

    start = time.perf_counter()
    np.testing.assert_array_equal(ours(few), ours(few, compiled=False))
    print(f"compiled = NumPy on {len(few):,} series; compiling {time.perf_counter() - start:.1f} s")
    used = time.process_time()
    fast = timed(lambda: ours(y), told.rounds)
    used = (time.process_time() - used) / told.rounds
    plain = timed(lambda: ours(y[:20_000], compiled=False), 1) / 20_000
    rules = timed(lambda: by_rules(y[:200]), 1) / 200
    print(f"ours, every look from the 5th point: {fast:.2f} s ({used:.2f} s of processor)")
    print(f"ours in NumPy: {plain * 1e6:.1f} s a million; {plain * told.series / fast:.0f} times")
    print(f"pandas loop: {rules * 1e6:.0f} s a million; {rules * told.series / fast:.0f} times")
    series = dashboard(rng, told.places)
    start, used = time.perf_counter(), time.process_time()
    plan = plan_of(DEFAULT_PROMISE * told.places, series)
    seen = watch(series, plan)
    took, used = time.perf_counter() - start, time.process_time() - used
    print(
        f"a night: {len(seen):,} series of {told.places} places replayed in {took:.1f} s "
        f"({used:.1f} s of processor); 400 places: {took * 400 / told.places / 60:.1f} minutes"
    )


if __name__ == "__main__":
    main()
