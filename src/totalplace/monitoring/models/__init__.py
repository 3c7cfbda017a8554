"""The tables of the room. Only added to."""

from __future__ import annotations

from totalplace.monitoring.models.answering import (
    Hook,
    HookEnd,
    HookSending,
    Response,
    ResponseMove,
)
from totalplace.monitoring.models.capacity import CapacityReturn
from totalplace.monitoring.models.partnership import (
    PartnershipAnswer,
    PartnershipClosing,
    PartnershipRound,
)
from totalplace.monitoring.models.watching import Finding, Rebase, Watch

__all__ = [
    "CapacityReturn",
    "Finding",
    "Hook",
    "HookEnd",
    "HookSending",
    "PartnershipAnswer",
    "PartnershipClosing",
    "PartnershipRound",
    "Rebase",
    "Response",
    "ResponseMove",
    "Watch",
]
