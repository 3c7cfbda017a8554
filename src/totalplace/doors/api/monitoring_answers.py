"""/api/v1/monitoring/answers/: who answers a finding by when, what came, and each move of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.agreements.rules.devolution import Side
from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalLine, OptionalWords, Said, Words
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.showing import now
from totalplace.monitoring.actions import answering as actions
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.queries.answering import MoveRow, ResponseRow
from totalplace.monitoring.queries.findings import finding
from totalplace.monitoring.rules.answering import Verb
from totalplace.places.rules.mandates import Act, Officer

router = Router()
Place = Annotated[str, Field(max_length=64, description="Only those of this place.")]


class AnswerClock(Schema):
    """What is owed, by `place`, `centre` or `both`, from when, by when, and when it came."""

    owes: str
    what: str
    since: date
    due: date
    met: date | None = Field(description="Null: nothing came.")
    stands: str


class AnswerMove(Schema):
    """One thing that a side did. What rests on the figures carries the digest of their text."""

    turn: int
    side: str
    verb: str
    day: date
    words: str
    evidence: str
    whom: str
    due_on: date | None
    paid_by: str
    promises: list[str]
    level: float | None = Field(description="In the unit of the series; null: none was agreed.")
    review_on: date | None
    ground: str
    shown: str
    digest: str
    decision: str


class Answer(Schema):
    """A response to a finding, which has the finding's own number."""

    response: str
    title: str
    area: str
    sign: str
    protected: bool
    stage: str
    opened: date
    closed: date | None
    local: str
    central: str
    agreement: str
    at: str = Field(description="With whom it is, on the ladder.")
    clocks: list[AnswerClock]


class AnswerWhole(Answer):
    """A response with every move."""

    moves: list[AnswerMove]


class AnswersOnTime(Schema):
    """How a side keeps its days. What both owe together is counted to neither."""

    side: str
    due: int
    in_time: int
    late: int
    unanswered: int
    median_working_days: float | None = Field(description="Of those that came; null: none did.")


class Moving(StrEnum):
    """What a side does in a response; closing it is another act, with its own address."""

    ACKNOWLEDGE = Verb.ACKNOWLEDGE.value
    DIAGNOSE = Verb.DIAGNOSE.value
    PROPOSE = Verb.PROPOSE.value
    AGREE = Verb.AGREE.value
    DECLINE = Verb.DECLINE.value
    REVIEW = Verb.REVIEW.value
    KEEP_OPEN = Verb.KEEP_OPEN.value
    ESCALATE = Verb.ESCALATE.value


class MovingAnswer(Said):
    """What a side does, in words that the public sees. What follows `decision` is of a remedy."""

    verb: Moving
    words: Words
    evidence: OptionalWords = Field("", description="Needed to say the cause.")
    decision: OptionalLine = Field("", description="That follows from it, as BODY/NUMBER.")
    whom: OptionalLine = Field("", description="Who does it.")
    due_on: Day | None = Field(None, description="By when it is done.")
    review_on: Day | None = Field(None, description="When both look at what it did.")
    paid_by: OptionalLine = Field("", description="Who pays; where it costs nothing, say so.")
    promises: list[Line] = Field(
        default_factory=list, max_length=30, description="That pay, as PLACE/NUMBER/PROMISE."
    )
    level: float | None = Field(None, description="At which it is enough, in its own unit.")


class ClosingAnswer(Said):
    """For which side a response is to close, and in words why: what its series shows is added."""

    side: Side
    words: Words


_ONE = "/{place}/{number}"


@reads(router, "", answers=Listed[Answer])
def every_answer(
    _: Asker, *, place: Place = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every response, by place and number."""
    rows = there(lambda: queries.responses(place))
    return page(rows, lambda row: row.citation.id, _answer, after=after or None, limit=limit)


@reads(router, "/on-time", answers=list[AnswersOnTime])
def answers_on_time(_: Asker, *, place: Place = "") -> list[AnswersOnTime]:
    """How each side keeps its days, in one place or in all."""
    found = there(lambda: queries.on_time(place or None, on=local_day(now())))
    return [
        AnswersOnTime(
            side=one.side.value, due=one.due, in_time=one.in_time, late=one.late,
            unanswered=one.unanswered, median_working_days=one.median_days,
        )
        for one in found
    ]  # fmt: skip


@reads(router, "/{place}/{number}", answers=AnswerWhole)
def one_answer(_: Asker, *, place: Code, number: Number) -> AnswerWhole:
    """One response, with everything that either side did."""
    return _whole(there(lambda: queries.response(place, number)))


@writes(
    router, _ONE + "/open-for-place", act=Act.ANSWER_FINDING_FOR_PLACE, answers=AnswerWhole,
    status=201,
)  # fmt: skip
def open_for_place(by: Officer, *, place: Code, number: Number) -> AnswerWhole:
    """Ask for the place that both sides answer a finding; one that is open already is told."""
    return _opened(by, place, number)


@writes(
    router, _ONE + "/open-for-centre", act=Act.ANSWER_FINDING_FOR_CENTRE, answers=AnswerWhole,
    status=201,
)  # fmt: skip
def open_for_centre(by: Officer, *, place: Code, number: Number) -> AnswerWhole:
    """Ask for the centre that both sides answer a finding; one that is open already is told."""
    return _opened(by, place, number)


@writes(router, _ONE + "/place-moves", act=Act.ANSWER_FINDING_FOR_PLACE, answers=AnswerWhole)
def move_for_place(by: Officer, *, place: Code, number: Number, said: MovingAnswer) -> AnswerWhole:
    """Do one thing in a response for the place: say the cause, propose a remedy, and so on."""
    return _moved(by, place, number, Side.PLACE, said)


@writes(router, _ONE + "/centre-moves", act=Act.ANSWER_FINDING_FOR_CENTRE, answers=AnswerWhole)
def move_for_centre(by: Officer, *, place: Code, number: Number, said: MovingAnswer) -> AnswerWhole:
    """Do one thing in a response for the centre: say the cause, propose a remedy, and so on."""
    return _moved(by, place, number, Side.CENTRE, said)


@writes(router, _ONE + "/ask-to-close", act=Act.CLOSE_FINDING, answers=AnswerWhole)
def ask_to_close(by: Officer, *, place: Code, number: Number, said: ClosingAnswer) -> AnswerWhole:
    """Ask to close a response; refused until its series bears it out."""
    return _closing(by, place, number, Verb.ASK_TO_CLOSE, said)


@writes(router, _ONE + "/close", act=Act.CLOSE_FINDING, answers=AnswerWhole)
def agree_to_close(by: Officer, *, place: Code, number: Number, said: ClosingAnswer) -> AnswerWhole:
    """Agree to close a response, as the other side asked; refused until its series bears it out."""
    return _closing(by, place, number, Verb.CLOSE, said)


def _opened(by: Officer, place: str, number: int) -> AnswerWhole:
    there(lambda: finding(f"{place}/{number}"))
    return _whole(actions.open_for(place, number, by=by, on=now()))


def _moved(by: Officer, place: str, number: int, side: Side, said: MovingAnswer) -> AnswerWhole:
    there(lambda: queries.response(place, number))
    new = actions.Said(
        side, said.words, said.evidence, said.whom, said.due_on, said.review_on, said.paid_by,
        tuple(said.promises), said.level, said.decision,
    )  # fmt: skip
    verb = Verb(said.verb.value)
    return _whole(actions.move(place, number, verb, new, home=home(), by=by, on=now()))


def _closing(by: Officer, place: str, number: int, verb: Verb, said: ClosingAnswer) -> AnswerWhole:
    there(lambda: queries.response(place, number))
    new = actions.Said(said.side, said.words)
    return _whole(actions.move(place, number, verb, new, home=home(), by=by, on=now()))


def _whole(row: ResponseRow) -> AnswerWhole:
    return AnswerWhole(**_answer(row).dict(), moves=[_move(move) for move in row.moves])


def _answer(row: ResponseRow) -> Answer:
    on = local_day(now())
    return Answer(
        response=row.citation.id, title=row.about.title, area=row.about.area,
        sign=row.sign.value, protected=row.protected, stage=row.course.stage.value,
        opened=row.course.day, closed=row.course.closed_on, local=row.owners.local_name,
        central=row.owners.central_name, agreement=row.agreement, at=row.course.rung.who,
        clocks=[
            AnswerClock(
                owes=clock.side.value if clock.side else "both", what=clock.owed.value,
                since=clock.since, due=clock.due, met=clock.met, stands=clock.kept(on).value,
            )
            for clock in row.clocks
        ],
    )  # fmt: skip


def _move(row: MoveRow) -> AnswerMove:
    return AnswerMove(
        turn=row.turn, side=row.step.side.value, verb=row.step.verb.value, day=row.step.day,
        words=row.words, evidence=row.evidence, whom=row.whom, due_on=row.due_on,
        paid_by=row.paid_by, promises=list(row.pays), level=row.level,
        review_on=row.step.review_on, ground=row.ground, shown=row.shown, digest=row.digest,
        decision=row.decision,
    )  # fmt: skip
