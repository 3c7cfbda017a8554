"""How long the formula sandbox takes. Run: python benchmarks/formula_sandbox.py."""

from __future__ import annotations

import random
import time
from fractions import Fraction

from totalplace.agreements.rules.formula import Formula, Place, reckon

SEED = 20261126
INDICATORS = ("residents", "poor", "old", "sparse")


def places(number: int, chance: random.Random) -> list[Place]:
    """Areas by chance, with amounts to the hundredth."""
    return [
        Place(
            f"area-{n}", f"Area {n}",
            {name: Fraction(chance.randrange(1, 10**7), 100) for name in INDICATORS},
            Fraction(chance.randrange(900, 1200), 1000),
            chance.randrange(10**9, 10**10),
            chance.randrange(1, 10**5),
        )
        for n in range(number)
    ]  # fmt: skip


def main() -> None:
    """Three years with a floor and a ceiling, for more and more areas."""
    chance = random.Random(SEED)  # noqa: S311  (areas by chance, no secret)
    print(f"seed {SEED}; {len(INDICATORS)} indicators, three years, a floor and a ceiling")
    for number in (20, 300, 2_000):
        some = places(number, chance)
        weights = {name: Fraction(chance.randrange(1, 1000), 10) for name in INDICATORS}
        formula = Formula(
            6 * 10**9 * number,
            weights,
            Fraction(-5, 2),
            Fraction(60),
            (Fraction(2), Fraction(5, 2)),
        )
        began = time.perf_counter()
        years = reckon(formula, some)
        took = time.perf_counter() - began
        exact = all(sum(s.pence for s in year.shares) == year.quantum_pence for year in years)
        print(f"{number:>5} areas: {took:.2f} s; comes to the sum to the penny: {exact}")


if __name__ == "__main__":
    main()
