"""How often a funnel lets a unit stand out of which nothing is to be said.

    python benchmarks/watch_funnel.py [--times 400] [--seed 8]

Draws units of sizes from 30 to 3,000 whose share is one in ten: all of one share; with levels of
their own about it (a spread of 2 or 5 in 100), of which none is an exception; and with events that
come three or ten together. Prints the share of funnels in which any unit stands out, of which one
in ten is promised, and the share of units beyond the 95 per cent limits.
"""

from __future__ import annotations

import argparse
from typing import Final

import numpy as np

from totalplace.monitoring.rules.charts.funnel import Unit, funnel
from totalplace.outcomes.rules.indicators import Better

KINDS: Final = (("one share", 0.0, 1), ("own levels, 2 in 100", 0.02, 1),
                ("own levels, 5 in 100", 0.05, 1), ("three together", 0.0, 3),
                ("ten together", 0.0, 10))  # fmt: skip
SHARE: Final = 0.10


def drawn(rng: np.random.Generator, count: int, between: float, together: int) -> list[Unit]:
    """Units of which none is an exception."""
    sizes = np.exp(rng.uniform(np.log(30), np.log(3000), count)).astype(int)
    groups = np.maximum(1, sizes // together)
    shares = np.clip(SHARE + between * rng.standard_normal(count), 0.001, 0.999)
    events = rng.binomial(groups, shares) * together
    return [
        Unit(f"u{n}", f"Unit {n}", float(top), float(size))
        for n, (top, size) in enumerate(zip(events, groups * together, strict=True))
    ]


def main() -> None:
    """Print how often a unit stands out for nothing."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=400)
    asked.add_argument("--seed", type=int, default=8)
    given = asked.parse_args()
    rng = np.random.default_rng(given.seed)
    print(f"seed {given.seed}; {given.times} funnels of each; one in ten is promised")
    print(f"{'':<24}{'units':>6}{'any stands out':>16}{'beyond 95':>11}")
    for name, between, together in KINDS:
        for count in (10, 30, 100, 300):
            out, beyond = 0, 0.0
            for _ in range(given.times):
                found = funnel(drawn(rng, count, between, together), better=Better.LOWER)
                out += bool(found.standing_out)
                beyond += sum(one.band > 0 for one in found.units) / count
            print(f"{name:<24}{count:>6}{out / given.times:>16.3f}{beyond / given.times:>11.3f}",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
