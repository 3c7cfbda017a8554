"""/api/v1/monitoring/answers/: who answers a finding by when, what came, and who is on time."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.web.showing import now
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.queries.answering import MoveRow, ResponseRow

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


@reads(router, "", answers=Listed[Answer])
def every_answer(
    _: Asker, *, place: Place = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every response, by place and number."""
    rows = queries.responses(place)
    return page(rows, lambda row: row.citation.id, _answer, after=after or None, limit=limit)


@reads(router, "/on-time", answers=list[AnswersOnTime])
def answers_on_time(_: Asker, *, place: Place = "") -> list[AnswersOnTime]:
    """How each side keeps its days, in one place or in all."""
    return [
        AnswersOnTime(
            side=one.side.value, due=one.due, in_time=one.in_time, late=one.late,
            unanswered=one.unanswered, median_working_days=one.median_days,
        )
        for one in queries.on_time(place or None, on=local_day(now()))
    ]  # fmt: skip


@reads(router, "/{place}/{number}", answers=AnswerWhole)
def one_answer(_: Asker, *, place: Code, number: Number) -> AnswerWhole:
    """One response, with everything that either side did."""
    row = there(lambda: queries.response(place, number))
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
