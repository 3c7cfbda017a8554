"""Meetings of a partnership with all that happened in them, and the papers that they were given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from totalplace.decisions.rules.days import local_day
from totalplace.participation import models
from totalplace.participation.queries.partnership.who import PartnershipRow, partnership
from totalplace.participation.rules.partnership import meetings as meeting_rules
from totalplace.participation.rules.partnership import motions as motion_rules
from totalplace.participation.rules.partnership.meetings import Stage
from totalplace.participation.rules.partnership.seen import (
    Dissent,
    Interest,
    Item,
    Meeting,
    MeetingStep,
    Minutes,
    Motion,
    MotionStep,
    Paper,
    Present,
)
from totalplace.participation.rules.partnership.votes import Ballot, Side, Tally
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """A paper with its bytes."""

    paper: Paper
    content: bytes


def meetings(place: str) -> list[Meeting]:
    """The meetings of a place's partnership, in the order in which they were planned."""
    whole = partnership(place)
    return [_meeting(whole, row) for row in _rows(whole)]


def meeting(place: str, number: int) -> Meeting:
    """One meeting. Raises Refused where there is none of that number."""
    return meeting_of(partnership(place), number)


def meeting_of(whole: PartnershipRow, number: int) -> Meeting:
    """One meeting of a partnership that was read already. Refused: none has that number."""
    row = _rows(whole).filter(number=number).first()
    if row is None:
        raise Refused(
            f"There is no meeting {whole.place}/{number}",
            why=f"{whole.name} has none of that number",
            next_step="See its meetings on the partnership's page",
        )
    return _meeting(whole, row)


def next_of(planned: Iterable[Meeting], *, on: date) -> Meeting | None:
    """The meeting that sits, or the first that was called for a day to come."""
    found = [one for one in planned if one.stage in (Stage.OPEN, Stage.CALLED)]
    coming = [one for one in found if one.day >= on or one.stage is Stage.OPEN]
    return min(coming, key=lambda one: one.starts_at, default=None)


def motion(place: str, number: int) -> tuple[Meeting, Motion]:
    """A motion and the meeting in which it was moved. Raises Refused where there is none."""
    whole = partnership(place)
    row = (
        models.Motion.objects.filter(partnership_id=whole.id, number=number)
        .values_list("item__meeting__number", flat=True)
        .first()
    )
    if row is None:
        raise Refused(
            f"There is no motion {place}/{number}",
            why="the partnership has none of that number",
            next_step="See the meetings on the partnership's page",
        )
    found = meeting_of(whole, row)
    return found, next(one for one in found.motions if one.number == number)


def paper(place: str, number: int, item: int, paper_number: int) -> PaperHeld:
    """A paper of a meeting with its bytes. Raises Refused where there is none."""
    row = (
        models.MeetingPaper.objects.select_related("held")
        .filter(item__meeting__partnership__place__code=place, item__meeting__number=number)
        .filter(item__number=item, number=paper_number)
        .first()
    )
    if row is None:
        raise Refused(
            "There is no such paper",
            why=f"item {item} of meeting {place}/{number} has no paper {paper_number}",
            next_step="See the agenda on the meeting's page",
        )
    return PaperHeld(_paper(row), bytes(row.held.content))


def _rows(whole: PartnershipRow) -> QuerySet[models.Meeting]:
    # Of a paper its hash is enough here: its bytes may be many.
    papers = models.MeetingPaper.objects.select_related("held").defer("held__content")
    motions = models.Motion.objects.select_related("moved_by", "amends").prefetch_related(
        Prefetch("moves", models.MotionMove.objects.select_related("seat")),
        Prefetch("votes", models.MotionVote.objects.select_related("seat")),
        Prefetch("dissents", models.MotionDissent.objects.select_related("seat")),
    )
    items = models.AgendaItem.objects.prefetch_related(
        Prefetch("papers", papers),
        Prefetch("interests", models.MeetingInterest.objects.select_related("seat")),
        Prefetch("motions", motions),
    )
    return (
        models.Meeting.objects.filter(partnership_id=whole.id)
        .order_by("number")
        .prefetch_related(
            Prefetch("items", items),
            Prefetch("moves", models.MeetingMove.objects.select_related("chair", "at_meeting")),
            Prefetch("attendance", models.Attendance.objects.select_related("seat", "sitting")),
            "minutes",
        )
    )


def _meeting(whole: PartnershipRow, row: models.Meeting) -> Meeting:
    day = local_day(row.starts_at)
    items = list(row.items.all())
    motions = [_motion(one, item.number) for item in items for one in item.motions.all()]
    return Meeting(
        place=whole.place,
        number=row.number,
        title=row.title,
        starts_at=row.starts_at,
        day=day,
        where=row.where,
        rules=whole.rules_on(day),
        seats=whole.seats,
        steps=tuple(
            MeetingStep(
                meeting_rules.Verb(one.verb), Stage(one.after), one.reason, one.by, one.on,
                one.chair.number if one.chair else None,
                one.at_meeting.number if one.at_meeting else None,
            )
            for one in row.moves.all()
        ),
        items=tuple(map(_item, items)),
        attendance=tuple(
            Present(one.seat.number, one.sitting.pk, one.sitting.name, one.sitting.deputy, one.here)
            for one in row.attendance.all()
        ),
        motions=tuple(sorted(motions, key=lambda one: one.number)),
        minutes=tuple(
            Minutes(one.version, one.words, one.by, one.on) for one in row.minutes.all()
        ),
    )  # fmt: skip


def _item(row: models.AgendaItem) -> Item:
    return Item(
        number=row.number,
        title=row.title,
        purpose=row.purpose,
        cites=Citation(row.cites_kind, row.cites_id) if row.cites_kind else None,
        late=row.late,
        papers=tuple(map(_paper, row.papers.all())),
        interests=tuple(
            Interest(one.seat.number, one.nature, one.conflict, one.name)
            for one in row.interests.all()
        ),
    )


def _paper(row: models.MeetingPaper) -> Paper:
    return Paper(row.number, row.title, row.media, row.held.sha256, row.size, row.on)


def _motion(row: models.Motion, item: int) -> Motion:
    return Motion(
        number=row.number,
        item=item,
        kind=motion_rules.Kind(row.kind),
        text=row.text,
        moved_by=row.moved_by.number,
        amends=row.amends.number if row.amends else None,
        text_before=row.text_before,
        cites=Citation(row.cites_kind, row.cites_id) if row.cites_kind else None,
        answer_by=row.answer_by,
        by=row.by,
        on=row.on,
        steps=tuple(map(_step, row.moves.all())),
        votes=tuple(
            Ballot(one.seat.number, Side(one.side), one.weight, one.name) for one in row.votes.all()
        ),
        dissents=tuple(
            Dissent(one.seat.number, one.words, one.name, one.on) for one in row.dissents.all()
        ),
    )


def _step(row: models.MotionMove) -> MotionStep:
    counted = None
    if row.votes_for is not None and row.votes_against is not None:
        counted = Tally(row.votes_for, row.votes_against, row.abstained or 0)
    return MotionStep(
        verb=motion_rules.Verb(row.verb),
        after=motion_rules.Stage(row.after),
        seat=row.seat.number if row.seat else None,
        reason=row.reason,
        by=row.by,
        on=row.on,
        counted=counted,
        casting=Side(row.casting) if row.casting else None,
    )
