"""Opening and closing a round on the partnership, and each person's own answers in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.definitions.partnership import questions
from totalplace.monitoring.queries.partnership import (
    RoundRow,
    can_be_asked,
    own_answers,
    round_of,
    rounds,
)
from totalplace.monitoring.rules.partnership import Asked
from totalplace.monitoring.rules.questions import digest_of, text_of
from totalplace.monitoring.rules.rounds import (
    NOT_KEPT,
    NOT_OPENED,
    check_answers,
    check_round,
)
from totalplace.outcomes.rules.periods import Period
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.readiness.rules.scale import Side
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason

_TURN = "totalplace.partnership"
_NOT_CLOSED = "The round was not closed"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answers about a relation, for which body; 0 is that they cannot say."""

    agency: str
    about: str
    steps: Mapping[str, int]


@transaction.atomic
def open_round(
    place: str, quarter: Period, *, closes_on: date, bodies: Sequence[str], by: Who, on: datetime
) -> RoundRow:
    """Ask people of these bodies about the partnership in a quarter, until the end of a day.

    Raises Refused where `by` may not, the quarter was asked about already, or a body cannot be
    asked: who is neither a member of the place nor a department.
    """
    power = places.power(by, Act.ASK_PARTNERSHIP, place=place, on=on)
    day, here = local_day(on), places.place(place)
    take_turn(_TURN)
    asked = _asked(place, bodies, day)
    check_round(quarter, asked, closes_on, day=day)
    before = rounds(place)
    if any(one.quarter.first_day == quarter.first_day for one in before):
        raise Refused(
            NOT_OPENED,
            why=f"{quarter.said} was asked about already",
            next_step="A quarter is judged once; ask about the next",
        )
    text = text_of(questions())
    number = len(before) + 1
    models.PartnershipRound.objects.create(
        place_id=here.id, number=number, first_day=quarter.first_day, last_day=quarter.last_day,
        day=day, closes_on=closes_on,
        asked=[{"agency": o.agency, "side": o.side.value, "people": o.people} for o in asked],
        questions=text, digest=digest_of(text), by=by.name, on=on,
    )  # fmt: skip
    row = round_of(f"{place}/{number}")
    record.write(
        by.name, "asked about the partnership", about=row.citation, on=on, power=power,
        citing=f"{quarter.said}, until {closes_on}: {', '.join(bodies)}",
    )  # fmt: skip
    return row


@transaction.atomic
def close_round(citation: str, *, reason: str, by: Who, on: datetime) -> None:
    """Close a round before its day, with a reason; what was answered stands.

    Raises Refused where `by` may not, or it is not open.
    """
    row, day = round_of(citation), local_day(on)
    power = places.power(by, Act.ASK_PARTNERSHIP, place=row.place, on=on)
    why = said_reason(reason, _NOT_CLOSED)
    take_turn(_TURN)
    if not round_of(citation).is_open(day):
        raise Refused(_NOT_CLOSED, why="it is not open", next_step="Read what it says")
    models.PartnershipClosing.objects.create(
        round_id=row.id, day=day, reason=why, by=by.name, on=on
    )
    record.write(
        by.name, "closed the round early", about=row.citation, on=on, power=power, citing=why
    )


@transaction.atomic
def answer(citation: str, said: Said, *, by: Who, on: datetime) -> None:
    """Keep a person's own answers, beside those that they gave before; a later one takes its place.

    The record says that they answered, and not what. Raises Refused where `by` may not answer for
    that body, answered for another one, or the round is not open.
    """
    row = round_of(citation)
    power = places.power(
        by, Act.JUDGE_PARTNERSHIP, agency=said.agency, place=row.place, on=on
    )  # fmt: skip
    if not isinstance(by, Officer):
        raise Refused(
            NOT_KEPT,
            why="a person answers for themself",
            next_step="Sign in with your own account, and answer there",
        )
    take_turn(_TURN)
    row = round_of(citation)
    if not row.is_open(local_day(on)):
        raise Refused(NOT_KEPT, why="the round is not open", next_step="Wait for the next round")
    side = next((one.side for one in row.asked if one.agency == said.agency), Side.PLACE)
    check_answers(row.questions, side, said.about, said.steps, asked=row.asked, agency=said.agency)
    _keep(row, said, side, by=by, on=on)
    record.write(by.name, "answered about the partnership", about=row.citation, on=on, power=power)


def _keep(row: RoundRow, said: Said, side: Side, *, by: Officer, on: datetime) -> None:
    own = own_answers(row, by)
    if own is not None and own.agency != said.agency:
        raise Refused(
            NOT_KEPT,
            why=f"you answered for {own.agency} in this round, and a person answers once",
            next_step=f"Change what you answered for {own.agency}",
        )
    before = dict(own.steps.get(said.about, {})) if own else {}
    kept = models.PartnershipAnswer.objects.filter(
        round_id=row.id, person=by.name, about=said.about
    )
    models.PartnershipAnswer.objects.create(
        round_id=row.id, person=by.name, agency_id=places.agency(said.agency).id, side=side.value,
        about=said.about, turn=kept.count() + 1, steps=before | dict(said.steps), on=on,
    )  # fmt: skip


def _asked(place: str, bodies: Sequence[str], day: date) -> list[Asked]:
    known = {one.agency: one for one in can_be_asked(place, on=day)}
    strange = next((code for code in bodies if code not in known), None)
    if strange is not None:
        raise Refused(
            NOT_OPENED,
            why=f"{strange} is neither a member of {place} on that day nor a department",
            next_step=f"Name some of: {', '.join(known)}",
        )
    return [known[code] for code in bodies]
