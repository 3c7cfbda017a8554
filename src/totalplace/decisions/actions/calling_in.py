"""Calling a decision in before it takes effect, and answering the call-in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.decisions.actions.moving import Opened, move, opened, said_reason
from totalplace.decisions.actions.taking import taking_part
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.queries.decisions import DecisionRow, effective
from totalplace.decisions.rules.days import Counting, last_day_of
from totalplace.decisions.rules.moves import Verb
from totalplace.decisions.rules.proposals import Taking
from totalplace.decisions.rules.standing import Effect, check_can_be_called_in
from totalplace.decisions.rules.taking_part import check_signatures, same
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused

ANSWERS: Final = (Verb.UPHOLD, Verb.REFER_BACK, Verb.REFER_TO_COUNCIL)
RECONSIDERED: Final = (Verb.CONFIRM, Verb.RESCIND)


@transaction.atomic
def call_in(
    citation: str, *, reason: str, members: Sequence[str], by: Who, on: datetime
) -> DecisionRow:
    """Call in a decision within its window: it takes no effect until the call-in is answered.

    Raises Refused outside the window, for fewer members than the body's rules ask for, and for a
    member who took the decision. LGA 2000 s.9F(4) and 9FA(3); LDEDCA 2009 schedule 5A.
    """
    this = opened(citation, Verb.CALL_IN, by=by, on=on)
    said_reason(reason, Verb.CALL_IN)
    check_can_be_called_in(this.row.steps, on=this.day)
    taken = next(m for m in reversed(this.row.moves) if m.step.verb is Verb.TAKE)
    window = this.row.body.rules_on(taken.taken_on or taken.step.day).call_in
    names = check_signatures(members, window.members if window else 1)
    for name in names:
        if any(same(name, one) for one in taken.names):
            raise Refused(
                f"{name} cannot call this decision in",
                why="they took part in taking it",
                next_step="Name members who did not",
            )
    lasts = this.law.call_in.lasts_days if this.law.call_in else None
    closes_on = None
    if lasts is not None:
        closes_on = last_day_of(this.day, lasts, Counting.CALENDAR, definitions.proclaimed())
    return move(this, Verb.CALL_IN, reason=reason, names=names, closes_on=closes_on)


@transaction.atomic
def answer_call_in(citation: str, verb: Verb, *, reason: str, by: Who, on: datetime) -> DecisionRow:
    """Answer a call-in: uphold the decision, refer it back, or refer it to the full council.

    Upheld, it takes effect on that day. Raises Refused for any other verb, once the call-in no
    longer holds, and for a full council that no law gives it to.
    """
    _check_one_of(verb, ANSWERS)
    this = opened(citation, verb, by=by, on=on)
    said_reason(reason, verb)
    _check_still_holds(this)
    law = this.law.call_in
    if verb is Verb.REFER_TO_COUNCIL and not (law and law.council):
        raise Refused(
            "The decision cannot be referred to the full council",
            why=f"no law gives {this.row.body.name}'s decisions to one",
            next_step="Uphold it, or refer it back",
        )
    return move(this, verb, reason=reason)


@transaction.atomic
def reconsider(citation: str, verb: Verb, taking: Taking, *, by: Who, on: datetime) -> DecisionRow:
    """Confirm a decision that was referred back, or rescind it; it is not called in again.

    To change it, rescind it and propose another that says what is new. Raises Refused for any
    other verb and where somebody took part who may not.
    """
    _check_one_of(verb, RECONSIDERED)
    this = opened(citation, verb, by=by, on=on)
    said_reason(taking.reason, verb)
    names = taking_part(this, taking)
    return move(this, verb, reason=taking.reason, names=names, options=taking.options.strip())


def _check_one_of(verb: Verb, verbs: Sequence[Verb]) -> None:
    if verb not in verbs:
        raise Refused(
            f"'{verb}' is no answer here",
            why=f"one can {' or '.join(verbs)}",
            next_step="Choose one of them",
        )


def _check_still_holds(this: Opened) -> None:
    if effective(this.row, this.day).effect is not Effect.NOT_YET:
        raise Refused(
            "The call-in cannot be answered any more",
            why="it held the decision up for as long as the law allows, and no longer does",
            next_step="Scrutiny may recommend a new decision",
        )
