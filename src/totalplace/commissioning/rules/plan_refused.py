"""The refusal of a case of which no plan can be made, in the words of the room."""

from __future__ import annotations

from totalplace.commissioning.rules.problem import Problem
from totalplace.refusal import Refused


def refused_of(problem: Problem) -> Refused:
    """Why no plan meets every demand of a problem: the smallest set that cannot be met together."""
    return Refused(
        "No plan can be made from this case",
        why=f"its {len(problem.demands)} demands cannot all be met together",
        next_step="Give more money, or lower one of the demands",
    )
