"""Working on a draft: kept for its own side, and on the record only as that it was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.stepping import opened, write
from totalplace.agreements.queries.drafts import DraftRow, draft, drafts_of
from totalplace.agreements.queries.negotiations import offers
from totalplace.agreements.rules.devolution import Addition, Side, refuse_addition
from totalplace.agreements.rules.lines import check_code, check_codes
from totalplace.agreements.rules.moves import Stage
from totalplace.agreements.rules.offers import Working, check_text, numbered, text_of
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused


@transaction.atomic
def keep_draft(
    number: int, side: Side, working: Working, *, by: Who, on: datetime
) -> DraftRow | None:
    """Keep what a side works on. It may be half done: it is held to the rules once it is offered.

    Raises Refused where they are not of that side, where the negotiation is over, where nothing was
    changed, for codes that are none, and for a target that the model does not let the side ask for.
    """
    this = opened(number, side, by=by, on=on)
    if this.row.stage in (Stage.AGREED, Stage.ENDED):
        raise Refused(
            "The draft cannot be changed",
            why=f"the negotiation is {this.row.stage}",
            next_step="Open another negotiation",
        )
    check_codes(working.terms.lines)
    check_code(*(one.code for one in working.terms.lifts))
    if working.terms.targets:
        refuse_addition(this.row.model, side, Addition.TARGET)
    text = text_of(replace(working, terms=numbered(working.terms)))
    check_text(text)
    before = draft(number, side, by=by, on=on)
    answered = before and this.row.offered and this.row.offered[-1].on > before.on
    if before is not None and not answered and text_of(before.working) == text:
        raise Refused(
            "The draft was not changed",
            why="it is what it was",
            next_step="Change something, or leave it as it is",
        )
    turn = before.turn + 1 if before else 1
    with drafts_of(this.row.id, side):
        models.WorkingDraft.objects.create(
            negotiation_id=this.row.id, side=side.value, turn=turn, text=text, by=by.name, on=on
        )
    write(this, "worked on a draft", citing=f"for the {side}")
    return draft(number, side, by=by, on=on)


def begun(number: int, side: Side, *, by: Who, on: datetime) -> Working:
    """Where a side goes on from: its draft, or else the last offer that was made, or nothing.

    Raises Refused where they are not of that side.
    """
    held = draft(number, side, by=by, on=on)
    made = offers(number, by=by, on=on)
    if held is not None and not (made and made[-1].on > held.on):
        return held.working
    kept = held.working if held else Working()
    return replace(kept, terms=made[-1].terms) if made else kept
