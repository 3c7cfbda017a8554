"""Targets for tests, and what somebody wants them to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.targets import Baseline, Outcome, Step, Target
from totalplace.outcomes.rules.wanted import Wanted, made

ABSENCE = Outcome(
    "persistent-absence", "E10000017", "Pupils who miss a tenth of school", "%", Better.LOWER
)
FIRST, LAST = date(2027, 4, 1), date(2030, 3, 31)


def a_wanted(**other: Any) -> Wanted:
    """Persistent absence from 12.3 to 9 in 100, moved by the council and the health board."""
    said: dict[str, Any] = {
        "indicator": ABSENCE.indicator,
        "area": ABSENCE.area,
        "baseline": Baseline(Decimal("12.3"), "2024/25", "DfE, Pupil absence, March 2026"),
        "steps": (
            Step(date(2028, 3, 31), Decimal(11)),
            Step(date(2029, 3, 31), Decimal("9.5")),
            Step(date(2030, 3, 31), Decimal(9)),
        ),
        "shares": {"wex": Decimal(50), "icb": Decimal(30)},
        "pence": {"wex": 1_200_000_00},
        "why": "Children who miss school fall behind.",
    }
    return Wanted(**(said | other))


def a_target(outcome: Outcome = ABSENCE, **other: Any) -> Target:
    """The target that is wanted."""
    return made(a_wanted(indicator=outcome.indicator, area=outcome.area, **other), outcome)
