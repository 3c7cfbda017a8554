"""Giving notice of a decision, or having it agreed that there is no time for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.actions.moving import (
    Opened,
    agreeing,
    move,
    opened,
    said_reason,
)
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.queries.bodies import offices
from totalplace.decisions.queries.decisions import DecisionRow
from totalplace.decisions.rules.bodies import Office, Period
from totalplace.decisions.rules.days import Counting, first_day_after, in_words
from totalplace.decisions.rules.moves import Verb
from totalplace.decisions.rules.standing import check_cannot_wait, waived
from totalplace.decisions.rules.taking_part import holders
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused


@transaction.atomic
def give_notice(
    citation: str, *, planned_on: date | None = None, by: Who, on: datetime
) -> DecisionRow:
    """Publish notice of a decision; it may be taken once the clear days of its law have passed.

    `planned_on` is another day for it than was said before. Raises Refused where that day is too
    early, with the first that is not, and where its body needs no notice.
    """
    this = opened(citation, Verb.GIVE_NOTICE, by=by, on=on)
    period = this.law.notice
    if period is None:
        raise _needs_none(this)
    opens_on = _opens_on(this, period, stricter=this.own.working_days)
    planned = planned_on or this.row.planned_on
    if planned < opens_on:
        raise Refused(
            f"Notice given today is too late for {in_words(planned)}",
            why=f"{period} must lie between, by {period.law}",
            next_step=f"Plan it for {in_words(opens_on)} or later, or use the general exception",
        )
    return move(
        this, Verb.GIVE_NOTICE, reason=f"{period}, {period.law}", opens_on=opens_on,
        planned_on=planned,
    )  # fmt: skip


@transaction.atomic
def use_general_exception(
    citation: str, *, reason: str, planned_on: date | None = None, by: Who, on: datetime
) -> DecisionRow:
    """Give the shorter notice of the general exception, saying why the full one is impracticable.

    The chair of scrutiny is told: their name stands with the move. SI 2012/2089 regulation 10.
    Raises Refused without a reason, for a day that is too early even so, and for a decision that
    is not key.
    """
    this = opened(citation, Verb.USE_EXCEPTION, by=by, on=on)
    period = this.law.general_exception
    if period is None:
        raise _needs_none(this)
    check_cannot_wait(this.row.steps, on=this.day, key=this.row.key)
    said_reason(reason, Verb.USE_EXCEPTION)
    opens_on = _opens_on(this, period, stricter=False)
    planned = planned_on or max(this.row.planned_on, opens_on)
    if planned < opens_on:
        raise Refused(
            f"Notice given today is too late for {in_words(planned)}",
            why=f"{period} must lie between even so, by {period.law}",
            next_step=f"Plan it for {in_words(opens_on)} or later, or have urgency agreed",
        )
    told = holders(offices(this.row.body.agency), Office.SCRUTINY_CHAIR, on=this.day)
    return move(
        this, Verb.USE_EXCEPTION, reason=reason, names=told, opens_on=opens_on, planned_on=planned
    )


@transaction.atomic
def agree_urgency(
    citation: str, *, reason: str, agreed_by: str = "", unable: str = "", by: Who, on: datetime
) -> DecisionRow:
    """Agree that a decision is urgent and cannot reasonably be deferred: it needs no notice then.

    It is for the chair of scrutiny, or for the next in turn where `unable` says why those before
    cannot act. An officer agrees in their own name. SI 2012/2089 regulation 11.
    """
    this = opened(citation, Verb.AGREE_URGENCY, by=by, on=on)
    check_cannot_wait(this.row.steps, on=this.day, key=this.row.key)
    said_reason(reason, Verb.AGREE_URGENCY)
    who = agreeing(this, agreed_by, unable)
    why = f"{reason.strip()} ({unable.strip()})" if unable.strip() else reason
    return move(this, Verb.AGREE_URGENCY, reason=why, names=[who])


@transaction.atomic
def waive_call_in(
    citation: str, *, reason: str, agreed_by: str = "", unable: str = "", by: Who, on: datetime
) -> DecisionRow:
    """Agree, before it is taken, that a decision is too urgent to wait for a call-in.

    By whom is as for special urgency; that a constitution provides for it is for the reason to
    say. Raises Refused where no call-in would apply, or that was agreed before.
    """
    this = opened(citation, Verb.WAIVE_CALL_IN, by=by, on=on)
    if this.own.call_in is None or waived(this.row.steps):
        raise Refused(
            "The call-in cannot be waived",
            why="none applies to this body's decisions, or that has been agreed already",
            next_step="Take the decision when it may be taken",
        )
    said_reason(reason, Verb.WAIVE_CALL_IN)
    who = agreeing(this, agreed_by, unable)
    last = this.row.steps[-1] if this.row.steps else None
    return move(
        this, Verb.WAIVE_CALL_IN, reason=reason, names=[who],
        opens_on=last.opens_on if last else None,
    )  # fmt: skip


def _opens_on(this: Opened, period: Period, *, stricter: bool) -> date:
    counting = Counting.WORKING if stricter else period.counting
    return first_day_after(this.day, period.days, counting, definitions.proclaimed())


def _needs_none(this: Opened) -> Refused:
    return Refused(
        "No such notice can be given",
        why=f"this decision of {this.row.body.name} needs none",
        next_step="Take the decision",
    )
