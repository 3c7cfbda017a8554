"""Pounds, and what a pound reaches, in words that can be set side by side."""

from __future__ import annotations

from typing import Final

from totalplace.commissioning.rules.weighing.prices_words import points_in_words
from totalplace.money.pence import pounds

# Of how many pounds it is told what they reach: the first that reach a tenth of a point or more.
STEPS: Final = (1, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)


def pounds_told(pence: int) -> str:
    """Whole pounds without their pence: £1,200; £0.05."""
    return pounds(pence).removesuffix(".00")


def step_for(per_pound: float) -> int:
    """Of how many pounds it is plainest to tell what they reach."""
    return next((step for step in STEPS if abs(per_pound) * step >= 0.1), STEPS[-1])


def reach_told(per_pound: float, step: int | None = None) -> str:
    """What a pound reaches, told of so many pounds: 1.3 points for each £1,000."""
    if per_pound == 0:
        return "nothing"
    its = step or step_for(per_pound)
    return f"{points_in_words(per_pound * its)} for each £{its:,}"
