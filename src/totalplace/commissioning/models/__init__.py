"""The tables of the room. Only added to."""

from __future__ import annotations

from totalplace.commissioning.models.appraisal import (
    AcceptedEffect,
    Appraisal,
    AppraisalPublished,
    AppraisalVersion,
    EffectTakenBack,
)
from totalplace.commissioning.models.plan_answers import (
    Allocation,
    AllocationPosting,
    PlanAnswer,
    PlanIntent,
    PlanReply,
    PlanStatement,
)
from totalplace.commissioning.models.plan_money import PlanMoney
from totalplace.commissioning.models.plans import (
    Plan,
    PlanCandidate,
    PlanLine,
    PlanMove,
    PlanPayment,
    PlanVersion,
)

__all__ = [
    "AcceptedEffect",
    "Allocation",
    "AllocationPosting",
    "Appraisal",
    "AppraisalPublished",
    "AppraisalVersion",
    "EffectTakenBack",
    "Plan",
    "PlanAnswer",
    "PlanCandidate",
    "PlanIntent",
    "PlanLine",
    "PlanMoney",
    "PlanMove",
    "PlanPayment",
    "PlanReply",
    "PlanStatement",
    "PlanVersion",
]
