"""The only way that other rooms and doors read hearings, what was said, and the partnership."""

from __future__ import annotations

from totalplace.participation.queries.gate import (
    answers,
    decided,
    facts,
    lacking,
    require_decided,
    require_heard,
    today,
)
from totalplace.participation.queries.hearings import (
    counting,
    frozen,
    hearing,
    hearings,
    paper_bytes,
)
from totalplace.participation.queries.rows import (
    AnswerRow,
    ConsulteeRow,
    HearingMoveRow,
    HearingRow,
    PaperRow,
    PartRow,
    PointRow,
    ReplyRow,
)
from totalplace.participation.rules.gate import Lack

__all__ = [
    "AnswerRow",
    "ConsulteeRow",
    "HearingMoveRow",
    "HearingRow",
    "Lack",
    "PaperRow",
    "PartRow",
    "PointRow",
    "ReplyRow",
    "answers",
    "counting",
    "decided",
    "facts",
    "frozen",
    "hearing",
    "hearings",
    "lacking",
    "paper_bytes",
    "require_decided",
    "require_heard",
    "today",
]
