"""/api/v1/participation/hearings: who is heard on what, what they said, how it was answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Router, Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.affected import affected_by
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import OptionalLine, OptionalWords, Pence, Reason, Said, Words
from totalplace.doors.web.showing import now
from totalplace.participation import actions, queries
from totalplace.participation.queries import AnswerRow, HearingRow, PointRow, ReplyRow
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.replies import Answered
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

router = Router()
Filter = Annotated[str, Field(max_length=64, description="Only those of this one.")]
Name = Annotated[str, Field(max_length=200, description="Of the citation.")]
_ONE = "/hearings/{number}"


class HearingPaper(Schema):
    """A paper that people are given, with its hash; `late` where it was added after the opening."""

    number: int
    title: str
    file_name: str
    sha256: str
    size: int = Field(description="Bytes.")
    late: date | None


class Consultee(Schema):
    """Who was asked, and what is at stake for them. An empty agency is somebody who is none."""

    agency: str
    name: str
    by_right: bool
    stake_pence: int | None
    stake: str
    day: date


class AgencyReply(Schema):
    """What an agency replied; it stands until that agency replies again in time."""

    turn: int
    agency: str
    stance: str
    words: str
    pence: int | None
    late: bool
    stands: bool
    day: date


class PointAnswer(Schema):
    """What was answered: whether it changed, by how many pence, and where the change stands."""

    number: int
    changed: bool
    words: str
    pence: int | None
    led_to: str
    day: date


class HearingPoint(Schema):
    """Something that must be answered, with the answer that stands."""

    number: int
    kind: str
    words: str
    said_by: str
    stands: bool
    answer: PointAnswer | None


class Hearing(Schema):
    """A hearing with all that was asked and said."""

    number: int
    place: str
    agency: str = Field(description="The accountable body.")
    about_kind: str
    about_id: str
    title: str
    question: str
    stage: str
    first_day: date | None
    closing_day: date | None
    concluded_on: date | None
    digest: str = Field(description="SHA-256 of all that was frozen when it opened.")
    asks_public: bool
    asks_partnership: bool
    papers: list[HearingPaper]
    asked: list[Consultee]
    replies: list[AgencyReply]
    silent: list[str]
    points: list[HearingPoint]


class Lacking(Schema):
    """Something that is lacking: what, why it is needed, and what to do."""

    what: str
    why: str
    next_step: str


class LackingAll(Schema):
    """What is lacking before a proposal can be adopted; nothing: it was heard."""

    about_kind: str
    about_id: str
    lacking: list[Lacking]


class Replying(Said):
    """What an agency says: agree, agree if, or object, with its reasons."""

    agency: Code
    stance: Literal["agree", "agree if", "object"]
    words: OptionalWords = ""
    pence: Pence | None = None


class Answering(Said):
    """What changed, by how many pence and where, or why nothing did."""

    changed: bool
    words: Words
    pence: Pence | None = None
    led_to_kind: OptionalLine = ""
    led_to_id: OptionalLine = ""


class Finishing(Said):
    """How a part of a hearing is whole."""

    words: Words


@reads(router, "/hearings", answers=Listed[Hearing])
def every_hearing(
    by: Asker, *, place: Filter = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Hearings that are open, closed or concluded, by number; drafts to those who prepare them."""
    rows = [row for row in reversed(queries.hearings(place=place)) if _seen(by, row)]
    begin = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    return page(rows, lambda row: row.number, hearing_of, after=begin, limit=limit)


@reads(router, _ONE, answers=Hearing)
def one_hearing(by: Asker, *, number: Number) -> Hearing:
    """A hearing: what is asked, who was asked, who replied what, and how each was answered."""
    row = there(lambda: queries.hearing(number))
    return hearing_of(row if _seen(by, row) else there(lambda: queries.hearing(0)))


@reads(router, "/lacking", answers=LackingAll)
def lacking(_: Asker, *, kind: Name = "", id: Name = "") -> LackingAll:  # noqa: A002  (as a citation has it)
    """What is lacking today before a proposal can be adopted, as the gate itself has it."""
    about = Citation(kind, id)
    affected = {one.agency for one in there(lambda: affected_by(about))}
    found = queries.lacking(about, affected=affected, on=local_day(now()))
    lacks = [Lacking(what=one.what, why=one.why, next_step=one.next_step) for one in found]
    return LackingAll(about_kind=kind, about_id=id, lacking=lacks)


@writes(router, _ONE + "/replies", act=Act.REPLY, answers=Hearing, status=201)
def reply(by: Officer, *, number: Number, said: Replying) -> Hearing:
    """Reply to a hearing for an agency."""
    there(lambda: queries.hearing(number))
    row = actions.reply(
        number, said.agency, said.stance, said.words, pence=said.pence, by=by, on=now()
    )
    return hearing_of(row)


@writes(router, _ONE + "/points/{point}/answer", act=Act.ANSWER_HEARD, answers=Hearing)
def answer(by: Officer, *, number: Number, point: Number, said: Answering) -> Hearing:
    """Answer a point of a hearing that is closed."""
    there(lambda: queries.hearing(number))
    led_to = Citation(said.led_to_kind, said.led_to_id) if said.led_to_kind else None
    answered = Answered(said.changed, said.words, said.pence, led_to)
    return hearing_of(actions.answer(number, point, answered, by=by, on=now()))


@writes(router, _ONE + "/parts/agencies/finish", act=Act.CONCLUDE_HEARING, answers=Hearing)
def finish_agencies(by: Officer, *, number: Number, said: Finishing) -> Hearing:
    """Say that the agencies' part of a hearing is whole."""
    there(lambda: queries.hearing(number))
    return hearing_of(actions.finish_part(number, "agencies", said.words, by=by, on=now()))


@writes(router, _ONE + "/conclude", act=Act.CONCLUDE_HEARING, answers=Hearing)
def conclude(by: Officer, *, number: Number, said: Reason) -> Hearing:
    """Conclude a hearing in which all was answered."""
    there(lambda: queries.hearing(number))
    return hearing_of(actions.conclude(number, reason=said.reason, by=by, on=now()))


def _seen(by: Asker, row: HearingRow) -> bool:
    if row.held is not Stage.DRAFT and row.opened_on is not None:
        return True
    return by.may(Act.PREPARE_HEARING, place=row.place, on=now())


def hearing_of(row: HearingRow) -> Hearing:
    """A hearing as it is told today."""
    return Hearing(
        number=row.number,
        place=row.place,
        agency=row.agency,
        about_kind=row.about.kind,
        about_id=row.about.id,
        title=row.title,
        question=row.draft.question.question,
        stage=row.stage(local_day(now())).value,
        first_day=row.first_day,
        closing_day=row.closing_day,
        concluded_on=row.concluded_on,
        digest=row.digest,
        asks_public=row.asks_public,
        asks_partnership=row.asks_partnership,
        papers=[
            HearingPaper(
                number=p.number, title=p.title, file_name=p.file_name, sha256=p.sha256,
                size=p.size, late=p.late,
            )
            for p in row.papers
        ],
        asked=[
            Consultee(
                agency=c.agency, name=c.name, by_right=c.by_right, stake_pence=c.stake_pence,
                stake=c.stake, day=c.day,
            )
            for c in row.consultees
        ],
        replies=[_reply(one) for one in row.replies],
        silent=[one.agency for one in row.silent],
        points=[_point(one) for one in row.points],
    )  # fmt: skip


def _reply(r: ReplyRow) -> AgencyReply:
    return AgencyReply(
        turn=r.turn, agency=r.agency, stance=r.stance.value, words=r.words, pence=r.pence,
        late=r.late, stands=r.stands, day=r.day,
    )  # fmt: skip


def _point(p: PointRow) -> HearingPoint:
    return HearingPoint(
        number=p.number, kind=p.kind.value, words=p.words, said_by=p.said_by, stands=p.stands,
        answer=_answer(p.answer) if p.answer else None,
    )  # fmt: skip


def _answer(a: AnswerRow) -> PointAnswer:
    return PointAnswer(
        number=a.number, changed=a.changed, words=a.words, pence=a.pence,
        led_to=str(a.led_to) if a.led_to else "", day=a.day,
    )  # fmt: skip
