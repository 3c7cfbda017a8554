"""The only way that other rooms and doors read the partnership."""

from __future__ import annotations

from totalplace.participation.queries.partnership.asked import Spoke, asked
from totalplace.participation.queries.partnership.meetings import (
    PaperHeld,
    meeting,
    meetings,
    motion,
    next_of,
    paper,
)
from totalplace.participation.queries.partnership.said import (
    advice,
    advice_of,
    offer,
    offers,
    one_advice,
    overdue,
)
from totalplace.participation.queries.partnership.support import (
    one_support,
    support,
    support_years,
    supports,
)
from totalplace.participation.queries.partnership.who import (
    PartnershipRow,
    contact_of,
    partnership,
    partnership_if_any,
    partnerships,
)

__all__ = [
    "PaperHeld",
    "PartnershipRow",
    "Spoke",
    "advice",
    "advice_of",
    "asked",
    "contact_of",
    "meeting",
    "meetings",
    "motion",
    "next_of",
    "offer",
    "offers",
    "one_advice",
    "one_support",
    "overdue",
    "paper",
    "partnership",
    "partnership_if_any",
    "partnerships",
    "support",
    "support_years",
    "supports",
]
