"""The same as `rules.devolution`, under the name that this room's own modules use.

Other rooms import from `rules.devolution` or `queries.devolution`: a path with `models` in it is
one of tables, which no other room touches.
"""

from __future__ import annotations

from totalplace.agreements.rules.devolution import (
    About,
    Addition,
    Between,
    CarryForward,
    Clause,
    Model,
    Movement,
    Opening,
    Power,
    Savings,
    SetBy,
    Side,
    Targets,
    Theme,
    YearEnd,
    movement_limit,
    opens,
    refuse_addition,
    refuse_designations,
    refuse_switch,
    shortfalls,
)

__all__ = [
    "About", "Addition", "Between", "CarryForward", "Clause", "Model", "Movement", "Opening",
    "Power", "Savings", "SetBy", "Side", "Targets", "Theme", "YearEnd", "movement_limit", "opens",
    "refuse_addition", "refuse_designations", "refuse_switch", "shortfalls",
]  # fmt: skip
