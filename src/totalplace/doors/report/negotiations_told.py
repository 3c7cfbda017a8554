"""A negotiation, an offer and a difference as plain values, for the command line and the API."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from totalplace.agreements.queries.negotiations import NegotiationRow, OfferRow
from totalplace.agreements.rules.costs import Cost
from totalplace.agreements.rules.differences import Difference
from totalplace.agreements.rules.offers import Working, text_of

Plain = dict[str, Any]


def plain_negotiation(row: NegotiationRow, on: date) -> Plain:
    """What anybody may know of a negotiation."""
    return {
        "number": row.number,
        "place": row.place,
        "host": row.host,
        "model": row.model.code,
        "title": row.title,
        "departments": list(row.departments),
        "years": row.years,
        "edition": row.edition,
        "stage": row.stage.value,
        "to_move": row.to_move.value if row.to_move else None,
        "answer_by": row.answer_by,
        "lapsed": row.lapsed(on),
        "digest": row.digest,
        "opened_on": row.on,
        "steps": [
            {
                "turn": step.turn, "verb": step.verb.value, "side": step.side.value,
                "number": step.number, "day": step.day, "answer_by": step.answer_by,
                "digest": step.digest, "published": step.turn <= row.published,
            }
            for step in row.steps
        ],
    }  # fmt: skip


def plain_offer(row: OfferRow) -> Plain:
    """An offer with all that it says."""
    said: Plain = {
        "negotiation": row.negotiation, "number": row.number, "side": row.side.value,
        "day": row.day, "answer_by": row.answer_by, "reason": row.reason, "digest": row.digest,
        "published": row.published,
    }  # fmt: skip
    terms: Plain = json.loads(text_of(row.terms))
    return said | terms


def plain_working(working: Working) -> Plain:
    """A draft with all that it says, for its own side alone."""
    said: Plain = json.loads(text_of(working))
    return said


def plain_difference(one: Difference) -> Plain:
    """One difference of two offers; pence of null is not about money, or is not stated."""
    return {
        "about": one.about.value, "code": one.code, "title": one.title, "what": one.what,
        "how": one.how, "before": one.before, "after": one.after, "pence": one.pence,
    }  # fmt: skip


def plain_cost(one: Cost) -> Plain:
    """What one difference comes to; pence of null is not known."""
    return asdict(one)
