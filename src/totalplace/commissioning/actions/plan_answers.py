"""What agencies answer to their part of a plan, what is replied, and the finance officer's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from totalplace.commissioning import models
from totalplace.commissioning.actions.plan_moves import Opened, opened, write
from totalplace.commissioning.queries.answers import (
    AnswerRow,
    StatementRow,
    answers,
    statements,
)
from totalplace.commissioning.queries.plans import PlanRow, stakes
from totalplace.commissioning.rules.plan_moves import Verb, after
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused, said_reason


@dataclass(frozen=True, slots=True)
class Intent:
    """What an agency will commission with an option, for which outcome; pence over all years."""

    option: str
    outcome: tuple[str, str]  # indicator and area
    words: str
    pence: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether an agency accepts its part, in its words, and what it will commission with it."""

    accepts: bool
    words: str
    intents: Sequence[Intent] = ()


@transaction.atomic
def answer(citation: str, agency: str, said: Answer, *, by: Who, on: datetime) -> AnswerRow:
    """Accept or contest an agency's part of a plan as it stands. A later answer takes its place.

    Raises Refused for an agency that has no part, without words, for an option that is not its own,
    an outcome that the plan does not want, and more money than its part.
    """
    this = opened(citation, act=Act.ANSWER_PLAN, agency=agency, by=by, on=on)
    after(this.stage, Verb.ANSWER)
    _check_part(this.row, agency)
    words = said_reason(
        said.words, "Nothing was answered", next_step="Say why, or what is to be known about it"
    )
    for intent in said.intents:
        _check_intent(this.row, agency, intent)
    number = models.PlanAnswer.objects.filter(plan_id=this.row.id).count() + 1
    row = models.PlanAnswer.objects.create(
        plan_id=this.row.id, version_id=this.row.last.id, number=number,
        agency_id=places.agency(agency).id, accepts=said.accepts, words=words, power=this.power,
        by=by.name, on=on,
    )  # fmt: skip
    models.PlanIntent.objects.bulk_create(
        models.PlanIntent(
            answer=row, line=line, option=one.option, indicator=one.outcome[0],
            area=one.outcome[1], pence=one.pence, words=one.words.strip(),
        )
        for line, one in enumerate(said.intents, start=1)
    )  # fmt: skip
    verb = "accepted its part" if said.accepts else "contested its part"
    write(this, verb, citing=f"for {agency}, version {this.row.last.number}: {words}")
    return answers(this.row)[-1]


@transaction.atomic
def reply(
    citation: str, number: int, *, words: str, changed: bool, by: Who, on: datetime
) -> AnswerRow:
    """Answer a part that an agency contests: it changed in the version as it stands, or why not.

    Raises Refused for an answer that accepts or has a reply, without words, and where something is
    said to have changed and no later version was made.
    """
    this = opened(citation, by=by, on=on)
    after(this.stage, Verb.ANSWER)
    its = _answer(this.row, number)
    last = this.row.last
    if its.accepts or its.reply is not None:
        raise _no_reply(number, "it accepts its part" if its.accepts else "it has a reply already")
    if changed and last.number <= its.version:
        raise _no_reply(
            number, "nothing changed since", "Revise the plan first, or say why nothing changed"
        )
    words = said_reason(words, "Nothing was replied", next_step="Say what changed, or why not")
    models.PlanReply.objects.create(
        answer_id=its.id, version_id=last.id if changed else None, words=words, by=by.name, on=on
    )
    what = f"version {last.number}" if changed else "nothing changed"
    write(this, f"replied to answer {number}", citing=f"{what}: {words}")
    return _answer(this.row, number)


@transaction.atomic
def state(citation: str, *, robustness: str, reserves: str, by: Who, on: datetime) -> StatementRow:
    """State on the robustness of a plan's estimates and the adequacy of its reserves.

    It is the chief finance officer's report under section 25 of the Local Government Act 2003, on
    the very version that stands. Raises Refused without words on both.
    """
    this = _opened_by_finance(citation, by=by, on=on)
    after(this.stage, Verb.STATE)
    what, next_step = "Nothing was stated", "Say both in full sentences; the public reads them"
    robust = said_reason(robustness, what, next_step=next_step)
    adequate = said_reason(reserves, what, next_step=next_step)
    last = this.row.last
    models.PlanStatement.objects.create(
        version_id=last.id, digest=last.digest, day=this.day, robustness=robust,
        reserves=adequate, power=this.power, by=by.name, on=on,
    )  # fmt: skip
    write(this, "stated on it", citing=f"version {last.number}, case {last.digest}: {robust}; "
          f"{adequate}")  # fmt: skip
    return statements(this.row)[-1]


def _opened_by_finance(citation: str, *, by: Who, on: datetime) -> Opened:
    """A plan to state on, for the agency that is accountable for it."""
    from totalplace.commissioning.queries.plans import plan

    accountable = plan(citation).agency
    return opened(citation, act=Act.STATE_ROBUSTNESS, agency=accountable, by=by, on=on)


def _check_part(row: PlanRow, agency: str) -> None:
    affected = stakes(row.last)
    if agency not in affected:
        raise Refused(
            f"{agency} cannot answer to plan {row.citation.id}",
            why="it has no money in it, now or as it is proposed",
            next_step=f"Those that can are {', '.join(sorted(affected))}",
        )


def _check_intent(row: PlanRow, agency: str, intent: Intent) -> None:
    case, what = row.last.case, f"What {agency} says it will commission cannot be kept"
    options = {one.code for one in case.options if one.agency == agency}
    outcomes = {one.key for one in case.wanted}
    if intent.option not in options:
        raise Refused(
            what, why=f"{intent.option} is no service of it in this plan",
            next_step=f"Choose from: {', '.join(sorted(options))}",
        )  # fmt: skip
    if intent.outcome not in outcomes:
        raise Refused(
            what, why=f"the plan does not want {'/'.join(intent.outcome)}",
            next_step="Choose from: " + ", ".join("/".join(one) for one in sorted(outcomes)),
        )  # fmt: skip
    part = stakes(row.last)[agency][0]
    if not intent.words.strip() or (intent.pence is not None and not 0 <= intent.pence <= part):
        raise Refused(
            what, why="it is not said what, or its sum is below nought or more than its part",
            next_step="Say what will be commissioned, and at most the money of its part",
        )  # fmt: skip


def _answer(row: PlanRow, number: int) -> AnswerRow:
    for one in answers(row):
        if one.number == number:
            return one
    raise _no_reply(number, "nobody gave an answer of that number", "Choose one that was given")


def _no_reply(number: int, why: str, next_step: str = "Reply to one that is contested") -> Refused:
    return Refused(f"Answer {number} cannot be replied to", why=why, next_step=next_step)
