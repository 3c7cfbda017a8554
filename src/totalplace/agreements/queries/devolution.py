"""Models of devolution as other rooms and doors ask for them."""

from __future__ import annotations

from totalplace.agreements.definitions.reading import model
from totalplace.agreements.definitions.reading import models as models_by_code
from totalplace.agreements.rules.devolution import (
    Addition,
    Clause,
    Model,
    Opening,
    Power,
    Side,
    movement_limit,
    opens,
    refuse_addition,
    refuse_designations,
    refuse_switch,
)
from totalplace.agreements.rules.devolution_told import rows
from totalplace.readiness.definitions.reading import fact_rules

__all__ = [
    "Addition", "Clause", "Model", "Opening", "Power", "Side", "every_model", "model",
    "models_by_code", "movement_limit", "opens", "refuse_addition", "refuse_designations",
    "refuse_switch", "told",
]  # fmt: skip


def told(one: Model) -> list[tuple[str, str]]:
    """Each thing that a model settles, and how, in words; the same things for every model."""
    return rows(one, {code: rule.title for code, rule in fact_rules().items()})


def every_model() -> tuple[Model, ...]:
    """Every model of devolution that ships, the mission's first."""
    return tuple(models_by_code().values())
