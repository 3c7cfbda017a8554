"""A million series of 60 points at every point: the watch beside its peers, in one run.

    python benchmarks/watch_peers_speed.py [--series 1000000] [--rounds 3] [--seed 8]

The same numbers, the ways in turn, the median of the rounds; compiled ones have been loaded before.
Of the slow ways fewer series are run, and the time is said for a million. A CUSUM and the NHS rules
take lines from the first 24 points and stop at a series' first alarm; the watch looks at each of
the points from the fifth on with every earlier point as a possible beginning, from no baseline.
What the same work is worth is printed too: each series is read once (a copy of the memory).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Final

import numba as nb
import numpy as np
import pandas as pd
import polars as pl
import watch_peers as peers
from watch_made import Floats, Places

from totalplace.monitoring.definitions.limits.reading import limits
from totalplace.monitoring.rules.detecting.nulls import Rhythm
from totalplace.monitoring.rules.detecting.quickly import first_told

POINTS: Final = 60
BASE: Final = 24
CHANCE: Final = 4.0 / 200 / 12


@nb.njit(parallel=True, cache=True)
def cusum_compiled(values: Floats) -> Places:
    """A CUSUM of 0.5 and 4.77 with the first points' lines, on every processor."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in nb.prange(len(values)):
        mean, spread = peers.plain_lines(values[i], BASE)
        up = 0.0
        for t in range(BASE, values.shape[1]):
            up = max(0.0, up + (values[i, t] - mean) / spread - 0.5)
            if up > 4.77:
                found[i] = t
                break
    return found


@nb.njit(parallel=True, cache=True)
def nhs_compiled(values: Floats) -> Places:
    """The NHS rules with the first points' lines, on every processor."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in nb.prange(len(values)):
        mean, spread = peers.lines(values[i], BASE)
        for t in range(BASE, values.shape[1]):
            if peers.nhs_at(values[i], t, mean, spread) == 1:
                found[i] = t
                break
    return found


def cusum_plain(values: Floats) -> Places:
    """The same CUSUM in NumPy, point by point over all series."""
    some = values[:, :BASE]
    scores = (values - some.mean(axis=1, keepdims=True)) / some.std(axis=1, ddof=1, keepdims=True)
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    up = np.zeros(len(values))
    for t in range(BASE, values.shape[1]):
        up = np.maximum(0.0, up + scores[:, t] - 0.5)
        found = np.where((up > 4.77) & (found == values.shape[1]), t, found)
    return found


def in_polars(values: Floats) -> pl.DataFrame:
    """The NHS rules as windows over a long table."""
    rows, points = values.shape
    table = pl.DataFrame({
        "series": np.repeat(np.arange(rows), points),
        "at": np.tile(np.arange(points), rows),
        "value": values.ravel(),
    })  # fmt: skip
    moves = (pl.col("value").diff().abs()).over("series")
    base = pl.col("at") < BASE
    table = table.with_columns(
        mean=pl.col("value").filter(base).mean().over("series"),
        move=moves,
    ).with_columns(moving=pl.col("move").filter(base).mean().over("series"))
    gap = pl.col("value") - pl.col("mean")
    rises = (pl.col("value").diff() > 0).cast(pl.Int32)
    near = (gap > 2 * 2.66 / 3 * pl.col("moving")).cast(pl.Int32)
    return table.with_columns(
        alarm=(gap > 2.66 * pl.col("moving"))
        | ((gap > 0).cast(pl.Int32).rolling_sum(7).over("series") == 7)
        | (rises.rolling_sum(6).over("series") == 6)
        | (near.rolling_sum(3).over("series") >= 2)
    )


def in_pandas(values: Floats) -> list[int]:
    """The NHS rules series by series, as analysts write them."""
    found = []
    for row in values:
        series = pd.Series(row)
        mean, moving = series[:BASE].mean(), series[:BASE].diff().abs().mean()
        gap = series - mean
        marks = gap > 2.66 * moving
        marks |= (gap > 0).rolling(7).sum() == 7
        marks |= (series.diff() > 0).rolling(6).sum() == 6
        marks |= (gap > 2 * 2.66 / 3 * moving).rolling(3).sum() >= 2
        at = np.flatnonzero(marks.to_numpy())
        found.append(int(at[0]) if len(at) else -1)
    return found


def main() -> None:
    """Time the ways in turn."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--series", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seed", type=int, default=8)
    given = asked.parse_args()
    rng = np.random.default_rng(given.seed)
    values = rng.standard_normal((given.series, POINTS))
    down, tables = -values, limits()

    def watch(rows: Floats, *, compiled: bool = True) -> object:
        return first_told(rows, tables, rhythm=Rhythm.YEARLY, chance=CHANCE, compiled=compiled)

    ways: tuple[tuple[str, int, Callable[[int], object]], ...] = (
        ("memory, once", given.series, lambda n: values[:n].copy()),
        ("CUSUM, compiled", given.series, lambda n: cusum_compiled(values[:n])),
        ("NHS rules, compiled", given.series, lambda n: nhs_compiled(values[:n])),
        ("the watch, compiled", given.series, lambda n: watch(down[:n])),
        ("CUSUM in NumPy", 200_000, lambda n: cusum_plain(values[:n])),
        ("the watch in NumPy", 20_000, lambda n: watch(down[:n], compiled=False)),
        ("NHS rules in polars", 20_000, lambda n: in_polars(values[:n])),
        ("NHS rules in pandas", 200, lambda n: in_pandas(values[:n])),
    )
    for _, _, way in ways:
        way(100)  # loads and compiles
    times: dict[str, list[float]] = {name: [] for name, _, _ in ways}
    used: dict[str, list[float]] = {name: [] for name, _, _ in ways}
    for _ in range(given.rounds):
        for name, many, way in ways:
            begun, processor = time.perf_counter(), time.process_time()
            way(min(many, given.series))
            share = 1e6 / min(many, given.series)
            times[name].append((time.perf_counter() - begun) * share)
            used[name].append((time.process_time() - processor) * share)
    fast = float(np.median(times["the watch, compiled"]))
    print(f"seed {given.seed}; seconds for a million series of {POINTS} points, the median of "
          f"{given.rounds}; of processor; and beside the watch")  # fmt: skip
    for name, each in times.items():
        took = float(np.median(each))
        print(f"  {name:<22}{took:10.3f}{float(np.median(used[name])):10.3f}{took / fast:12.4g}")


if __name__ == "__main__":
    main()
