"""The only readers of the room: frozen rows, never models."""

from __future__ import annotations

from totalplace.readiness.queries.assessments import agreed_assessment, assessment, assessments
from totalplace.readiness.queries.evidence import (
    evidence,
    evidence_item,
    followed,
    items,
    waiver,
    waivers,
)
from totalplace.readiness.queries.gate import (
    database_lacks,
    known,
    lacking,
    rests,
    supported_until,
    what_followed,
)
from totalplace.readiness.queries.rows import (
    AssessmentRow,
    EvidenceRow,
    FactRow,
    FollowedRow,
    HandInRow,
    ProposalRow,
    WaiverRow,
)
from totalplace.readiness.queries.unseen import gaps_of, scores, sides_of
from totalplace.readiness.rules.gate import needs_text

__all__ = [
    "AssessmentRow",
    "EvidenceRow",
    "FactRow",
    "FollowedRow",
    "HandInRow",
    "ProposalRow",
    "WaiverRow",
    "agreed_assessment",
    "assessment",
    "assessments",
    "database_lacks",
    "evidence",
    "evidence_item",
    "followed",
    "gaps_of",
    "items",
    "known",
    "lacking",
    "needs_text",
    "rests",
    "scores",
    "sides_of",
    "supported_until",
    "waiver",
    "waivers",
    "what_followed",
]
