"""The forward plan, what can be done next, and what waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from totalplace.decisions.queries.decisions import (
    DecisionRow,
    effective,
    undecided,
    unsettled,
)
from totalplace.decisions.rules.acting import ACTS
from totalplace.decisions.rules.moves import MOVES, Mover, Stage, Verb, verbs
from totalplace.decisions.rules.standing import (
    Effect,
    Standing,
    check_can_be_called_in,
    check_can_be_taken,
    check_cannot_wait,
    waived,
)
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused

_OPEN = (Stage.PROPOSED, Stage.UNDER_NOTICE, Stage.URGENT)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that waits for somebody, and until when it can."""

    decision: DecisionRow
    stands: Standing
    mover: Mover
    verbs: tuple[Verb, ...]
    until: date | None

    @property
    def decided(self) -> bool:
        """Whether it has been taken, and waits to take effect."""
        return self.decision.stage not in _OPEN


def forward_plan(*, agency: str = "", place: str = "", on: date) -> list[DecisionRow]:
    """What is yet to be decided, the soonest first: by an agency, a place's agencies, or all.

    SI 2012/2089 regulation 9; SI 2017/68 article 11.
    """
    coming = _in_place(undecided(agency=agency), place, on)
    return sorted(coming, key=lambda row: (row.planned_on, row.body.code, row.number))


def open_verbs(row: DecisionRow, *, on: date, by: Who | None = None) -> list[Verb]:
    """What can be done to a decision on a day, what leads on first; with `by`, what they may do.

    The same rules guard the actions, so a page draws its buttons from this.
    """
    can = [verb for verb in verbs(row.stage) if _is_open(row, verb, on)]
    if by is None:
        return can
    return [verb for verb in can if places.may(by, ACTS[verb], agency=row.body.agency, on=on)]


def waiting(*, agency: str = "", place: str = "", on: date) -> list[Waiting]:
    """What waits for whom, the most pressing first.

    A decision waits for its clerk, its body, scrutiny or the full council; one that may still be
    called in waits for members until a day, and then for nobody.
    """
    rows = _in_place(unsettled(agency=agency, on=on), place, on)
    found = [one for row in rows if (one := waits(row, on=on)) is not None]
    return sorted(found, key=lambda w: (w.until or date.max, w.decision.citation.id))


def waits(row: DecisionRow, *, on: date) -> Waiting | None:
    """For whom a decision waits on a day; None where it has come to rest."""
    stands = effective(row, on)
    if stands.effect is not Effect.NOT_YET:
        return None
    can = open_verbs(row, on=on)
    whose = _whose_move(row, can)
    if whose is None:
        return None
    theirs = tuple(verb for verb in can if MOVES[row.stage, verb][1] is whose)
    until = stands.day or (row.planned_on if row.stage in _OPEN else None)
    return Waiting(row, stands, whose, theirs, until)


def waiting_for(by: Who, *, on: date) -> list[Waiting]:
    """What waits for somebody, who may do one of the things that it waits for."""
    asked: dict[tuple[Verb, str], bool] = {}

    def may(verb: Verb, agency: str) -> bool:
        if (verb, agency) not in asked:
            asked[verb, agency] = places.may(by, ACTS[verb], agency=agency, on=on)
        return asked[verb, agency]

    return [
        one
        for one in waiting(on=on)
        if any(may(verb, one.decision.body.agency) for verb in one.verbs)
    ]


def _in_place(rows: list[DecisionRow], place: str, on: date) -> list[DecisionRow]:
    if not place:
        return rows
    codes = {member.agency.code for member in places.members(place, on=on)}
    return [row for row in rows if row.body.agency in codes]


def _whose_move(row: DecisionRow, can: list[Verb]) -> Mover | None:
    """Whose move leads on from here: the body's once it may decide, or else the clerk's."""
    movers = [MOVES[row.stage, verb][1] for verb in can]
    if Verb.TAKE in can:
        return Mover.BODY
    for mover in (Mover.CLERK, Mover.MEMBERS, Mover.SCRUTINY, Mover.COUNCIL, Mover.BODY):
        if mover in movers:
            # Under notice there is nothing to do but wait, though notice may be given anew.
            return Mover.BODY if row.stage is Stage.UNDER_NOTICE else mover
    return None


def _is_open(row: DecisionRow, verb: Verb, on: date) -> bool:
    try:
        own, law = row.body.rules_on(on), row.body.law_on(on)
    except Refused:
        return verb is Verb.WITHDRAW
    match verb:
        case Verb.GIVE_NOTICE:
            return law.notice is not None
        case Verb.USE_EXCEPTION:
            return law.general_exception is not None and _hurried(row, on)
        case Verb.AGREE_URGENCY:
            return law.special_urgency is not None and _hurried(row, on)
        case Verb.WAIVE_CALL_IN:
            has = own.call_in is not None and law.special_urgency is not None
            return has and not waived(row.steps)
        case Verb.TAKE:
            return _holds(lambda: check_can_be_taken(row.steps, taken_on=on, key=row.key))
        case Verb.CALL_IN:
            return _holds(lambda: check_can_be_called_in(row.steps, on=on))
        case Verb.UPHOLD | Verb.REFER_BACK:
            return effective(row, on).effect is Effect.NOT_YET
        case Verb.REFER_TO_COUNCIL:
            council = law.call_in is not None and law.call_in.council
            return council and effective(row, on).effect is Effect.NOT_YET
        case _:
            return True


def _hurried(row: DecisionRow, on: date) -> bool:
    return _holds(lambda: check_cannot_wait(row.steps, on=on, key=row.key))


def _holds(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True
