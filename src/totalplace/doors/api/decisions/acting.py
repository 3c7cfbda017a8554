"""Every verb that moves a decision: proposing, notice, taking, calling in, answering."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.moves import Verb
from totalplace.decisions.rules.proposals import Proposal
from totalplace.decisions.rules.proposals import Taking as TakingSaid
from totalplace.doors.api.decisions.shown import Decision, decision_of
from totalplace.doors.api.frame import Code, Number, writes
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import (
    Day,
    Line,
    OptionalLine,
    OptionalWords,
    Pence,
    Reason,
    Said,
    Words,
)
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

router = Router()
_ONE = "/decisions/{body}/{number}"
Names = Annotated[list[Line], Field(max_length=200, description="One name each.")]


class Proposing(Said):
    """What is to be decided. A sum or a number of wards that is not known is null, never nought."""

    title: Line
    summary: Words
    matter: Code
    planned_on: Day
    amount_pence: Pence | None = None
    wards: Annotated[int, Field(ge=0, le=10_000)] | None = None
    significant: OptionalLine = ""
    about_kind: Annotated[str, Field(max_length=64)] = ""
    about_id: Annotated[str, Field(max_length=200)] = ""
    contact: OptionalLine = ""


class Notice(Said):
    """For which day notice is given, if for another than was planned."""

    planned_on: Day | None = None


class ShorterNotice(Reason):
    """Why full notice is impracticable, and for which day."""

    planned_on: Day | None = None


class Agreeing(Reason):
    """Why it cannot wait, and why those first in turn cannot agree."""

    unable: OptionalLine = ""


class Taking(Reason):
    """What was decided and why, who took part, and what else was considered."""

    took_part: Names = Field(default_factory=list)
    options: OptionalWords = ""


class TakingOn(Taking):
    """The same, and on which day if not on that of the act."""

    taken_on: Day | None = None


class CallingIn(Reason):
    """Why it should be looked at again, and which members say so."""

    members: Names


@writes(router, "/bodies/{code}/decisions", act=Act.PROPOSE, answers=Decision, status=201)
def propose(by: Officer, *, code: Code, body: Proposing) -> Decision:
    """Propose a decision to a body; whether it is a key decision is worked out and kept."""
    there(lambda: queries.body(code))
    about = Citation(body.about_kind, body.about_id) if body.about_kind and body.about_id else None
    proposal = Proposal(
        body.title, body.summary, body.matter, body.planned_on, body.amount_pence, body.wards,
        body.significant, about, body.contact,
    )  # fmt: skip
    return decision_of(actions.propose(code, proposal, by=by, on=now()))


@writes(router, _ONE + "/give-notice", act=Act.GIVE_NOTICE, answers=Decision)
def give_notice(by: Officer, *, body: Code, number: Number, said: Notice) -> Decision:
    """Publish notice of a decision; it may be taken once the clear days of its law have passed."""
    return _done(
        actions.give_notice(_at(body, number), planned_on=said.planned_on, by=by, on=now())
    )


@writes(router, _ONE + "/use-the-general-exception", act=Act.GIVE_NOTICE, answers=Decision)
def use_general_exception(
    by: Officer, *, body: Code, number: Number, said: ShorterNotice
) -> Decision:
    """Give the shorter notice of the general exception, saying why full notice is impracticable."""
    return _done(
        actions.use_general_exception(
            _at(body, number), reason=said.reason, planned_on=said.planned_on, by=by, on=now()
        )
    )


@writes(router, _ONE + "/agree-urgency", act=Act.AGREE_URGENCY, answers=Decision)
def agree_urgency(by: Officer, *, body: Code, number: Number, said: Agreeing) -> Decision:
    """Agree, in your own name, that a decision is urgent and cannot reasonably be deferred."""
    return _done(
        actions.agree_urgency(
            _at(body, number), reason=said.reason, unable=said.unable, by=by, on=now()
        )
    )


@writes(router, _ONE + "/waive-call-in", act=Act.AGREE_URGENCY, answers=Decision)
def waive_call_in(by: Officer, *, body: Code, number: Number, said: Agreeing) -> Decision:
    """Agree, before it is taken, that a decision is too urgent to wait for a call-in."""
    return _done(
        actions.waive_call_in(
            _at(body, number), reason=said.reason, unable=said.unable, by=by, on=now()
        )
    )


@writes(router, _ONE + "/take", act=Act.DECIDE, answers=Decision)
def take(by: Officer, *, body: Code, number: Number, said: TakingOn) -> Decision:
    """Take a decision: it takes effect at once, or when nobody has called it in in time."""
    taking = TakingSaid(said.reason, said.took_part, said.options, said.taken_on)
    return _done(actions.take(_at(body, number), taking, by=by, on=now()))


@writes(router, _ONE + "/refuse", act=Act.DECIDE, answers=Decision)
def refuse(by: Officer, *, body: Code, number: Number, said: Taking) -> Decision:
    """Decide not to do what was proposed."""
    return _done(actions.refuse(_at(body, number), _taking(said), by=by, on=now()))


@writes(router, _ONE + "/withdraw", act=Act.PROPOSE, answers=Decision)
def withdraw_decision(by: Officer, *, body: Code, number: Number, said: Reason) -> Decision:
    """Withdraw what was proposed before it is taken."""
    return _done(actions.withdraw(_at(body, number), reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/call-in", act=Act.CALL_IN, answers=Decision)
def call_in(by: Officer, *, body: Code, number: Number, said: CallingIn) -> Decision:
    """Call in a decision within its window: it takes no effect until that is answered."""
    return _done(
        actions.call_in(
            _at(body, number), reason=said.reason, members=said.members, by=by, on=now()
        )
    )


@writes(router, _ONE + "/uphold", act=Act.ANSWER_CALL_IN, answers=Decision)
def uphold(by: Officer, *, body: Code, number: Number, said: Reason) -> Decision:
    """Answer a call-in: uphold the decision, which takes effect on that day."""
    return _answered(by, _at(body, number), Verb.UPHOLD, said)


@writes(router, _ONE + "/refer-back", act=Act.ANSWER_CALL_IN, answers=Decision)
def refer_back(by: Officer, *, body: Code, number: Number, said: Reason) -> Decision:
    """Answer a call-in: refer the decision back to its body."""
    return _answered(by, _at(body, number), Verb.REFER_BACK, said)


@writes(router, _ONE + "/refer-to-the-full-council", act=Act.ANSWER_CALL_IN, answers=Decision)
def refer_to_council(by: Officer, *, body: Code, number: Number, said: Reason) -> Decision:
    """Answer a call-in: refer the decision to the full council."""
    return _answered(by, _at(body, number), Verb.REFER_TO_COUNCIL, said)


@writes(router, _ONE + "/confirm", act=Act.DECIDE, answers=Decision)
def confirm(by: Officer, *, body: Code, number: Number, said: Taking) -> Decision:
    """Confirm a decision that was referred back; it is not called in again."""
    at = _at(body, number)
    return _done(actions.reconsider(at, Verb.CONFIRM, _taking(said), by=by, on=now()))


@writes(router, _ONE + "/rescind", act=Act.DECIDE, answers=Decision)
def rescind(by: Officer, *, body: Code, number: Number, said: Taking) -> Decision:
    """Rescind a decision that was referred back."""
    at = _at(body, number)
    return _done(actions.reconsider(at, Verb.RESCIND, _taking(said), by=by, on=now()))


def _at(body: str, number: int) -> str:
    """The decision of an address, as it is cited. Raises a 404 where there is none."""
    row: queries.DecisionRow = there(lambda: queries.decision(f"{body}/{number}"))
    return row.citation.id


def _answered(by: Officer, citation: str, verb: Verb, said: Reason) -> Decision:
    return _done(actions.answer_call_in(citation, verb, reason=said.reason, by=by, on=now()))


def _taking(said: Taking) -> TakingSaid:
    return TakingSaid(said.reason, said.took_part, said.options)


def _done(row: Any) -> Decision:
    return decision_of(row)
