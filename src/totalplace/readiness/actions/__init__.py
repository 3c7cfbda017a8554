"""The only writers of the room: one verb an action."""

from __future__ import annotations

from totalplace.readiness.actions.agreeing import consent, propose
from totalplace.readiness.actions.assessing import begin, hand_in, state_facts, withdraw
from totalplace.readiness.actions.evidence import give, withdraw_evidence
from totalplace.readiness.actions.waiving import (
    FollowedSaid,
    WaiverSaid,
    agree_waiver,
    offer_waiver,
    say_followed,
)

__all__ = [
    "FollowedSaid",
    "WaiverSaid",
    "agree_waiver",
    "begin",
    "consent",
    "give",
    "hand_in",
    "offer_waiver",
    "propose",
    "say_followed",
    "state_facts",
    "withdraw",
    "withdraw_evidence",
]
