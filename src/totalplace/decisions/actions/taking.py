"""Taking a decision, refusing it, or withdrawing it before it is taken."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.actions.moving import Opened, move, names_once, opened, said_reason
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.queries.bodies import offices
from totalplace.decisions.queries.decisions import DecisionRow
from totalplace.decisions.rules.acting import names_of
from totalplace.decisions.rules.bodies import ALONE, Finance, check_may_decide
from totalplace.decisions.rules.days import in_words, last_day_of
from totalplace.decisions.rules.moves import Verb
from totalplace.decisions.rules.proposals import Taking
from totalplace.decisions.rules.standing import check_can_be_taken, waived
from totalplace.decisions.rules.taking_part import check_decides_for, check_may_take_part
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Officer, Who
from totalplace.refusal import Refused


@transaction.atomic
def take(citation: str, taking: Taking, *, by: Who, on: datetime) -> DecisionRow:
    """Take a decision: it takes effect at once, or when nobody has called it in within the window.

    Raises Refused before its notice has run, by a body that may not decide it, without the chief
    finance officer's comment where one is needed, and where somebody took part who may not.
    """
    this = opened(citation, Verb.TAKE, by=by, on=on)
    said_reason(taking.reason, Verb.TAKE)
    day = taking.taken_on or this.day
    if day > this.day:
        raise Refused(
            f"The decision cannot have been taken on {in_words(day)}",
            why="that day has not come",
            next_step="Give the day of the meeting, once it has been held",
        )
    check_can_be_taken(this.row.steps, taken_on=day, key=this.row.key)
    _check_body(this, day)
    _check_finance(this, day)
    names = taking_part(this, taking)
    return move(
        this, Verb.TAKE, reason=taking.reason, names=names, closes_on=_closes_on(this, day),
        options=taking.options.strip(), taken_on=day, taken_by_id=this.row.body.id,
    )  # fmt: skip


@transaction.atomic
def refuse(citation: str, taking: Taking, *, by: Who, on: datetime) -> DecisionRow:
    """Decide not to do what was proposed. Raises Refused where somebody took part who may not."""
    this = opened(citation, Verb.REFUSE, by=by, on=on)
    said_reason(taking.reason, Verb.REFUSE)
    names = taking_part(this, taking)
    options = taking.options.strip()
    return move(this, Verb.REFUSE, reason=taking.reason, names=names, options=options)


@transaction.atomic
def withdraw(citation: str, *, reason: str, by: Who, on: datetime) -> DecisionRow:
    """Withdraw what was proposed before it is taken."""
    this = opened(citation, Verb.WITHDRAW, by=by, on=on)
    return move(this, Verb.WITHDRAW, reason=reason)


def taking_part(this: Opened, taking: Taking) -> list[str]:
    """Who took part, each once. Raises Refused where nobody did, or somebody who may not."""
    names = names_once(taking.took_part)
    alone = this.row.body.kind in ALONE
    if alone and not names:
        names = names_of(this.by)[:1]
    if not names:
        raise Refused(
            "The decision cannot be recorded",
            why="it is not said who took part",
            next_step="Name the members who took part in it",
        )
    deciders = offices(this.row.body.agency, body=this.row.body.code)
    acting = names_of(this.by) if isinstance(this.by, Officer) and alone else names
    day = taking.taken_on or this.day
    check_decides_for(this.row.body.name, acting, deciders, on=day)
    # Somebody may be named by the code of their account: an interest stands under their name.
    known = {one.code.casefold(): one.full_name for one in places.officers()}
    checked = names + [known[name.casefold()] for name in names if name.casefold() in known]
    checked += names_of(this.by) if alone else []
    check_may_take_part(checked, [one.interest for one in this.row.interests])
    return names


def _check_body(this: Opened, day: date) -> None:
    row = this.row
    check_may_decide(
        row.matter, row.body.kind, row.body.rules_on(day), amount_pence=row.amount_pence,
        name=row.body.name,
    )  # fmt: skip


def _check_finance(this: Opened, day: date) -> None:
    asked = this.row.body.rules_on(day).finance
    needed = asked is Finance.ALWAYS or (asked is Finance.KEY and this.row.key)
    if needed and not any(one.finance for one in this.row.advice):
        raise Refused(
            "The decision cannot be taken",
            why="the chief finance officer has not commented on it",
            next_step="Ask them to; the comment stands with the decision",
        )


def _closes_on(this: Opened, day: date) -> date | None:
    """The last day of the window for a call-in: counted from the day of publication, this one."""
    window = this.row.body.rules_on(day).call_in
    if window is None or waived(this.row.steps):
        return None
    return last_day_of(this.day, window.days, window.counting, definitions.proclaimed())
