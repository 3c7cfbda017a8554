"""Make the tables of limits: what quiet series pass with exactly a given chance at each look.

    python benchmarks/watch_limits.py [--series 60000] [--rhythm yearly] [--out FOLDER]

For each rhythm and each named prior, quiet series of that strength are drawn and looked at from
the fifth point on; and with the first of them series whose points are now and then far out. For
each chance apart, a series that has passed once, either way, is looked at no more; the limit of one
way is what is passed that way, which by symmetry both ways show. The quantiles are smoothed over
neighbouring looks, and the rarest by the tail's own line.
Prints its seed.
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting import wildness
from totalplace.monitoring.rules.detecting.calming import calmed
from totalplace.monitoring.rules.detecting.evidence import Batch, weigh
from totalplace.monitoring.rules.detecting.lenses import lens
from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm, covariance, grid, named

SEED: Final = 20261126
CHANCES: Final = (0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)
POINTS: Final = (5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 30, 36, 48, 60, 72, 84)
LAST: Final = 87
_AT_ONCE: Final = 2500
_FIRST_CHANGE: Final = 3
_SEEN: Final = 0.02  # belief in a null below which it is not looked at
_RARE: Final = 0.01  # chances up to here leave enough series till the end
_ENOUGH_LEFT: Final = 0.6
_FEWEST: Final = 40  # that must lie beyond a quantile, for it to be read off


def evidence(series: Numbers, n: int, rhythm: Rhythm, believed: Numbers) -> Numbers:
    """The weight of evidence at n points, of each series: for worse, and for better (two rows)."""
    nulls = [(null, w) for null, w in zip(grid(rhythm), believed, strict=True) if w >= _SEEN]
    lenses = [lens(range(n), null, rhythm.a_round) for null, _ in nulls]
    weights = np.array([w for _, w in nulls])
    found = []
    for start in range(0, len(series), _AT_ONCE):
        y = series[start : start + _AT_ONCE, :n]
        none = np.full((len(y), 0), -1)
        batch = Batch(calmed(y, none), none, np.zeros(len(y)))
        seen = weigh(batch, lenses, weights, np.full(len(y), _FIRST_CHANGE))
        found.append(np.array([seen.worse, seen.better]))
    return np.concatenate(found, axis=1)


def quantile(found: Numbers, chance: float) -> float:
    """What is passed with a chance; rarer than can be read off, by the tail's straight line."""
    beyond = chance * len(found)
    if beyond >= _FEWEST:
        return float(np.log(np.quantile(found, 1 - chance)))
    shares = np.array([_FEWEST, 2 * _FEWEST, 4 * _FEWEST]) / len(found)
    logs = np.log(np.quantile(found, 1 - shares))
    slope = np.polyfit(-np.log(shares), logs, 1)[0]
    return float(logs[0] + slope * np.log(shares[0] / chance))


def drawn(rng: np.random.Generator, how_many: int, *, wild: bool) -> Numbers:
    """Chance of so many series, of spread one where it is normal."""
    if wild:
        return rng.standard_t(wildness.DEGREES, (how_many, LAST))
    return rng.standard_normal((how_many, LAST))


def table(
    rhythm: Rhythm, k: int, how_many: int, rng: np.random.Generator, *, wild: bool
) -> Numbers:
    """Logarithms of limits of one named prior: looks by chances."""
    root: Numbers = np.linalg.cholesky(covariance(range(LAST), grid(rhythm)[k], rhythm.a_round))
    rare = [chance for chance in CHANCES if chance <= _RARE]
    parts = [
        looked_at(rhythm, k, [chance], drawn(rng, how_many // 8, wild=wild), root, rng)
        for chance in CHANCES
        if chance > _RARE
    ]
    parts.append(looked_at(rhythm, k, rare, drawn(rng, how_many, wild=wild), root, rng))
    return np.hstack(parts)


def looked_at(
    rhythm: Rhythm,
    k: int,
    chances: list[float],
    shocks: Numbers,
    root: Numbers,
    rng: np.random.Generator,
) -> Numbers:
    """Look at quiet series from the fifth point on; of each chance apart those not yet passed.

    Where few are left of the most frequent chance, those that passed start again from the past of
    one that did not, with a future of their own.
    """
    alive = np.ones((len(chances), len(shocks)), dtype=bool)
    rows = []
    for n in range(5, LAST + 1):
        found = evidence(shocks[:, :n] @ root[:n, :n].T, n, rhythm, named(rhythm)[k])
        row = [quantile(found[:, alive[i]].ravel(), chance) for i, chance in enumerate(chances)]
        for i, limit in enumerate(row):
            alive[i] &= (found <= np.exp(limit)).all(axis=0)
        rows.append(row)
        if len(chances) == 1 and alive[0].mean() < _ENOUGH_LEFT:
            gone = np.flatnonzero(~alive[0])
            shocks[gone, :n] = shocks[rng.choice(np.flatnonzero(alive[0]), len(gone)), :n]
            alive[:] = True
    return np.array(rows)


def smoothed(rows: Numbers) -> Numbers:
    """At the points that are kept, the mean over the looks beside them; the further, the more."""
    looks = np.arange(5, LAST + 1)
    kept = []
    for n in POINTS:
        wide = 0 if n < 9 else (1 if n < 14 else (2 if n < 30 else 3))
        near = np.abs(looks - n) <= wide
        kept.append(rows[near].mean(axis=0))
    return np.maximum.accumulate(np.array(kept), axis=1)


def main() -> None:
    """Make the tables asked for."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--series", type=int, default=60_000)
    ask.add_argument("--rhythm", default="")
    ask.add_argument(
        "--out", type=Path, default=Path("src/totalplace/monitoring/definitions/limits")
    )
    told = ask.parse_args()
    print(f"seed {SEED}, {told.series} quiet series of each strength")
    for rhythm in Rhythm:
        if told.rhythm and told.rhythm != rhythm.value:
            continue
        start = time.perf_counter()
        with (told.out / f"{rhythm.value}.csv").open("w", encoding="utf-8", newline="") as file:
            write = csv.writer(file, lineterminator="\n")
            write.writerow(["follows", "season", "wild", "points", *CHANCES])
            every = [(k, null, False) for k, null in enumerate(grid(rhythm))]
            for k, null, wild in (*every, (0, grid(rhythm)[0], True)):
                rng = np.random.default_rng([SEED, list(Rhythm).index(rhythm), k, wild])
                rows = smoothed(table(rhythm, k, told.series, rng, wild=wild))
                for n, row in zip(POINTS, rows, strict=True):
                    logs = (f"{one:.3f}" for one in row)
                    write.writerow([null.follows, null.season, int(wild), n, *logs])
                file.flush()
                said = f"{rhythm.value} {null}{' far out' if wild else ''}"
                print(said, f"{time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
