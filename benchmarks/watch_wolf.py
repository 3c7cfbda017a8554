"""How often the Making Data Count rules cry wolf: the table of `rules/charts/crying_wolf.py`.

    python benchmarks/watch_wolf.py [--charts 200000] [--seed 8]

Draws charts on which nothing happened, of independent points and of points that follow each other,
with the lines that the published rules draw from all points of a chart, and prints of each length
the share on which at least one point is called a concern; the largest error of a share; and the
share if the chart is drawn anew each period from the twelfth point on, as a board meets it.
"""

from __future__ import annotations

import argparse
from typing import Final

import numba as nb
import numpy as np
import watch_peers as peers
from watch_made import Floats, following

LENGTHS: Final = (4, 6, 8, 10, 12, 15, 18, 21, 24, 30, 36, 48, 60, 84, 120)
FOLLOWS: Final = (0.0, 0.2, 0.4, 0.6)
_AT_ONCE: Final = 20_000


@nb.njit(cache=True)
def concerned(values: Floats) -> int:
    """On how many charts, drawn once from all of their points, a point is called a concern."""
    found = 0
    for i in range(len(values)):
        mean, moving = peers.moving_limits(values[i], True)
        for t in range(values.shape[1]):
            if peers.nhs_at(values[i], t, mean, moving * 2.66 / 3) == 1:
                found += 1
                break
    return found


def share(length: int, follows: float, charts: int, rng: np.random.Generator) -> float:
    """The share of healthy charts of a length on which a point is called a concern."""
    found = 0
    for _ in range(charts // _AT_ONCE):
        found += concerned(following(rng, _AT_ONCE, length, follows))
    return found / (charts // _AT_ONCE * _AT_ONCE)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--charts", type=int, default=200_000)
    asked.add_argument("--seed", type=int, default=8)
    given = asked.parse_args()
    rng = np.random.default_rng(given.seed)
    error = 1.96 * 0.5 / np.sqrt(given.charts)
    print(f"seed {given.seed}; {given.charts} charts of each; no share is out by more than "
          f"{error:.4f}, 95 times in 100")  # fmt: skip
    print("points  " + "".join(f"{follows:>10}" for follows in FOLLOWS))
    for length in LENGTHS:
        shares = [share(length, follows, given.charts, rng) for follows in FOLLOWS]
        print(f"{length:>6}  " + "".join(f"{one:>10.4f}" for one in shares))
    print("drawn anew each period, from the 12th point to the 36th:")
    for follows in FOLLOWS:
        values = following(rng, given.charts // 10, 36, follows)
        anew = float((peers.first_nhs_growing(values, 11, 1) < values.shape[1]).mean())
        print(f"  follows itself {follows}: {anew:.3f}")


if __name__ == "__main__":
    main()
