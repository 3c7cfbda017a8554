"""A published effect of a kind of service, as the register has it: what, how sure, from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from totalplace.commissioning.rules.case import ONE, Effect, Grade


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit cost somewhere, and where a stranger can see that."""

    pence: int
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Registered:
    """An effect of one unit of a service in one year, with 95 chances in 100 from low to high.

    `interval` says how low and high were come to. What was not `checked` at its source has no
    address, and so moves no money by itself.
    """

    code: str
    title: str
    service: str
    unit: str
    outcome: str
    counted_in: str
    low: Decimal
    mid: Decimal
    high: Decimal
    interval: str
    grade: Grade
    source: str
    address: str
    checked: bool
    as_of: date
    limits: str
    lag_years: int = 0
    lasts_years: int = 1
    kept: Decimal = ONE
    cost: Cost | None = None  # None: the place's own has to be put in

    def effect_on(self, indicator: str, area: str) -> Effect:
        """The effect on an outcome of a place, which has to be counted in the same thing."""
        return Effect(
            indicator, area, self.counted_in, self.low, self.mid, self.high, self.grade,
            self.source, self.address, self.lag_years, self.lasts_years, self.kept,
        )  # fmt: skip
