"""The tables of the room. Only added to."""

from __future__ import annotations

from totalplace.readiness.models.assessments import (
    Assessment,
    Consent,
    Fact,
    Followed,
    HandIn,
    Proposal,
    ProposalLevel,
    Score,
    ScoreEvidence,
    Withdrawal,
)
from totalplace.readiness.models.evidence import Evidence, EvidenceEnd, Waiver, WaiverConsent

__all__ = [
    "Assessment",
    "Consent",
    "Evidence",
    "EvidenceEnd",
    "Fact",
    "Followed",
    "HandIn",
    "Proposal",
    "ProposalLevel",
    "Score",
    "ScoreEvidence",
    "Waiver",
    "WaiverConsent",
    "Withdrawal",
]
