"""The tables of the room. Only added to."""

from __future__ import annotations

from totalplace.agreements.models.agreement import (
    Agreement,
    AgreementConsent,
    AgreementMove,
    AgreementParty,
    AgreementSignature,
    AgreementVersion,
)
from totalplace.agreements.models.keeping import (
    Dispute,
    DisputeMove,
    DocketItem,
    DocketMove,
    PromiseSaying,
    RemedyPosted,
)
from totalplace.agreements.models.negotiation import (
    Negotiation,
    NegotiationDepartment,
    NegotiationStep,
    PublishConsent,
    SideKey,
    WorkingDraft,
)

__all__ = [
    "Agreement",
    "AgreementConsent",
    "AgreementMove",
    "AgreementParty",
    "AgreementSignature",
    "AgreementVersion",
    "Dispute",
    "DisputeMove",
    "DocketItem",
    "DocketMove",
    "Negotiation",
    "NegotiationDepartment",
    "NegotiationStep",
    "PromiseSaying",
    "PublishConsent",
    "RemedyPosted",
    "SideKey",
    "WorkingDraft",
]  # fmt: skip
