"""What a year's delay takes off: the stepped rates of the Green Book, and their cumulative factor.

Source: HM Treasury, The Green Book (2026), annex on discounting. A rate holds for the years of its
step; a factor is the product of all years before it, never the last rate alone to the power.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

NEVER: int = 10_000  # the year to which the last step holds


@dataclass(frozen=True, slots=True)
class Step:
    """A rate, as a fraction, up to and with a year."""

    until: int
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rates of one kind of effect."""

    code: str
    title: str
    steps: tuple[Step, ...]

    def rate(self, year: int) -> Decimal:
        """What is taken off from the year before to this one; years count from 0, the first."""
        return next(step.rate for step in self.steps if year <= step.until)

    def factors(self, years: int) -> tuple[float, ...]:
        """What a pound in each of so many years is worth in the first."""
        rates = (1 / (1 + float(self.rate(year))) for year in range(1, years))
        return tuple(accumulate(rates, lambda so_far, one: so_far * one, initial=1.0))


@dataclass(frozen=True, slots=True)
class Method:
    """All that the published method fixes: rates, and what optimism takes off by grade.

    `optimism` is grade -> share taken off gains and added to costs. `beyond` is the number of
    years from which the lower rates are shown beside.
    """

    standard: Schedule
    health: Schedule
    lower: Schedule
    beyond: int
    optimism: Mapping[int, Decimal]
    rates_as_of: str
    sources: tuple[str, ...]
