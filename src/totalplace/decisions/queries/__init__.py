"""The only way that other rooms and doors read bodies and decisions."""

from __future__ import annotations

from totalplace.decisions.queries.bodies import BodyRow, bodies, body, offices
from totalplace.decisions.queries.decisions import (
    AdviceRow,
    DecisionRow,
    InterestRow,
    MoveRow,
    PaperRow,
    decision,
    decisions,
    effective,
    in_effect,
    latest,
    require_in_effect,
)
from totalplace.decisions.queries.plan import (
    Waiting,
    forward_plan,
    open_verbs,
    waiting,
    waiting_for,
    waits,
)

__all__ = [
    "AdviceRow",
    "BodyRow",
    "DecisionRow",
    "InterestRow",
    "MoveRow",
    "PaperRow",
    "Waiting",
    "bodies",
    "body",
    "decision",
    "decisions",
    "effective",
    "forward_plan",
    "in_effect",
    "latest",
    "offices",
    "open_verbs",
    "require_in_effect",
    "waiting",
    "waiting_for",
    "waits",
]
