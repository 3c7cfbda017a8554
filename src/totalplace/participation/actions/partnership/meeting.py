"""Meetings: planned, called with notice, opened, closed, minuted, their minutes approved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.days import in_words, local_day
from totalplace.participation import models
from totalplace.participation.actions.partnership.opening import (
    Opened,
    as_secretary,
    one_at_a_time,
    speaker,
    speaking,
)
from totalplace.participation.queries.partnership.meetings import meeting_of
from totalplace.participation.queries.partnership.who import partnership
from totalplace.participation.rules.partnership.meetings import (
    Stage,
    Verb,
    after,
    check_approving,
    check_notice,
)
from totalplace.participation.rules.partnership.members import check_short, seat_of
from totalplace.participation.rules.partnership.papers import media_of
from totalplace.participation.rules.partnership.seen import Meeting
from totalplace.participation.rules.partnership.taking_part import (
    check_close,
    check_declare,
    check_sits,
)
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused, said_reason


@dataclass(frozen=True, slots=True)
class NewItem:
    """An agenda item as it is asked for; `cites` may be an edition, a hearing or an offer."""

    title: str
    purpose: str
    cites: Citation | None = None
    late: str = ""  # why it is put on after the call


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper as it is given: its title, the name of its file, and its bytes."""

    title: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewInterest:
    """An interest as it is declared; a conflict takes the seat's vote on the item."""

    nature: str
    conflict: bool


@transaction.atomic
def plan_meeting(
    place: str, *, title: str, starts_at: datetime, where: str, by: Who, on: datetime
) -> Meeting:
    """Plan a meeting. Raises Refused for one without a title or a room, or on a day gone by."""
    this = as_secretary(place, by=by, on=on)
    what = "The meeting cannot be planned"
    if not title.strip() or not where.strip():
        raise Refused(
            what, why="it has no title or no place", next_step="Say what it is and where it is"
        )
    check_short(what, title)
    if starts_at.tzinfo is None or local_day(starts_at) < this.day:
        raise Refused(what, why="its day has gone", next_step="Give a day to come, and an hour")
    this.row.rules_on(local_day(starts_at))
    number = models.Meeting.objects.filter(partnership_id=this.row.id).count() + 1
    models.Meeting.objects.create(
        partnership_id=this.row.id, number=number, title=title.strip(), starts_at=starts_at,
        where=where.strip(), by=by.name, on=on,
    )  # fmt: skip
    found = meeting_of(this.row, number)
    this.write("planned", about=found.citation, citing=f"{found.title}, {in_words(found.day)}")
    return found


@transaction.atomic
def add_item(place: str, number: int, new: NewItem, *, by: Who, on: datetime) -> Meeting:
    """Put an item on an agenda; after the call only with the reason why it cannot wait.

    Raises Refused for an item without a title or a purpose, and once the meeting has closed.
    """
    this, found = _of(place, number, by=by, on=on)
    what = "The item cannot be put on the agenda"
    if not new.title.strip() or not new.purpose.strip():
        raise Refused(what, why="it has no title or no purpose", next_step="Say both in a sentence")
    check_short(what, new.title)
    late = found.stage in (Stage.CALLED, Stage.OPEN)
    if (late and not new.late.strip()) or not (late or found.stage is Stage.PLANNED):
        raise Refused(
            what,
            why="the agenda was given with the call" if late else f"it is at '{found.stage}'",
            next_step="Say why it cannot wait for the next meeting" if late else "Plan another",
        )
    models.AgendaItem.objects.create(
        meeting=_row(found), number=len(found.items) + 1, title=new.title.strip(),
        purpose=new.purpose.strip(), late=new.late.strip() if late else "",
        cites_kind=new.cites.kind if new.cites else "",
        cites_id=new.cites.id if new.cites else "", by=by.name, on=on,
    )  # fmt: skip
    this.write("put on the agenda", about=found.citation, citing=new.title.strip())
    return meeting_of(this.row, number)


@transaction.atomic
def add_paper(
    place: str, number: int, item: int, new: NewPaper, *, by: Who, on: datetime
) -> Meeting:
    """Give a meeting a paper for an item; its bytes are kept under their hash, once.

    Raises Refused for a file of no kind that is taken, and once the meeting has closed.
    """
    this, found = _of(place, number, by=by, on=on)
    at = found.item(item)
    title = new.title.strip() or new.name
    check_short("The paper cannot be added", title)
    media = media_of(new.name, new.content)
    if found.stage not in (Stage.PLANNED, Stage.CALLED, Stage.OPEN):
        raise Refused(
            "The paper cannot be added",
            why=f"the meeting is at '{found.stage}'",
            next_step="Give it to the next meeting",
        )
    digest = hashlib.sha256(new.content).hexdigest()
    held = models.PaperBytes.objects.filter(sha256=digest).first()
    if held is None:
        held = models.PaperBytes.objects.create(
            sha256=digest, content=new.content, by=by.name, on=on
        )
    models.MeetingPaper.objects.create(
        item=models.AgendaItem.objects.get(meeting=_row(found), number=item), held=held,
        number=len(at.papers) + 1, title=title, media=media, size=len(new.content),
        by=by.name, on=on,
    )  # fmt: skip
    this.write("added a paper", about=found.citation, citing=f"{title}: {digest}")
    return meeting_of(this.row, number)


@transaction.atomic
def call_meeting(place: str, number: int, *, why_short: str = "", by: Who, on: datetime) -> Meeting:
    """Call a meeting: from now on its agenda is given. Its members are told by whoever calls it.

    Raises Refused for too few clear days without a reason, and for an agenda of nothing.
    """
    this, found = _of(place, number, by=by, on=on)
    after(found.stage, Verb.CALL)
    if not found.items:
        raise Refused(
            "The meeting cannot be called",
            why="its agenda is empty",
            next_step="Put an item on the agenda",
        )
    check_notice(this.day, found.day, found.rules, proclaimed(), why_short=why_short)
    return _move(this, found, Verb.CALL, reason=why_short)


@transaction.atomic
def open_meeting(place: str, number: int, *, chair: int, by: Who, on: datetime) -> Meeting:
    """Open a meeting on its day, with the seat that presides. Raises Refused on another day."""
    this, found = _of(place, number, by=by, on=on)
    after(found.stage, Verb.OPEN)
    presiding = seat_of(chair, this.row.seats)
    what = "The meeting cannot be opened"
    if found.day != this.day:
        raise Refused(
            what,
            why=f"it was called for {in_words(found.day)}",
            next_step="Open it on that day, or call another",
        )
    if not presiding.votes or not presiding.people(found.day):
        raise Refused(
            what,
            why=f"nobody with a vote sits in {presiding.name} today",
            next_step="Choose another seat to preside",
        )
    row = models.Seat.objects.get(partnership_id=this.row.id, number=chair)
    return _move(this, found, Verb.OPEN, chair=row)


@transaction.atomic
def attend(
    place: str, number: int, *, seat: int | None = None, sitting: int | None = None,
    here: bool = True, by: Who, on: datetime,
) -> Meeting:  # fmt: skip
    """Mark who is there for a seat, or that they left; a member may mark themself.

    Raises Refused while the meeting does not sit, and for somebody who does not sit in that seat.
    """
    one_at_a_time()
    row = partnership(place)
    found = meeting_of(row, number)
    check_sits(found, "Nobody can be marked as present")
    if sitting is None:
        who = speaker(row, found, seat, by=by, on=on)
        this = Opened(row, by, on, who.power)
        chosen, sitting, name = who.seat.number, who.sitting.number, who.name
    else:
        this = as_secretary(place, by=by, on=on)
        chosen = seat or 0
        people = seat_of(chosen, row.seats).people(found.day)
        there = next((one for one in people if one.number == sitting), None)
        if there is None:
            raise Refused(
                "They cannot be marked as present",
                why="nobody of that number sits in that seat on that day",
                next_step="Say who sits in it first",
            )
        name = there.name
    models.Attendance.objects.create(
        meeting=_row(found), seat=models.Seat.objects.get(partnership_id=row.id, number=chosen),
        sitting_id=sitting, here=here, by=by.name, on=on,
    )  # fmt: skip
    verb = "marked as present" if here else "marked as gone"
    this.write(verb, about=found.citation, citing=f"seat {chosen}: {name}")
    return meeting_of(this.row, number)


@transaction.atomic
def declare_interest(
    place: str, number: int, item: int, new: NewInterest, *, seat: int | None = None, by: Who,
    on: datetime,
) -> Meeting:  # fmt: skip
    """Declare an interest of a seat in an agenda item; a conflict takes its vote on that item.

    Raises Refused outside the meeting, after the seat voted on the item, and without its nature.
    """
    this, found, who = speaking(place, number, seat, by=by, on=on)
    check_declare(found, found.item(item), who.seat)
    if not new.nature.strip():
        raise Refused(
            "The interest cannot be declared",
            why="it is not said what it is",
            next_step="Say it in a sentence; the public reads it",
        )
    models.MeetingInterest.objects.create(
        item=models.AgendaItem.objects.get(meeting=_row(found), number=item), conflict=new.conflict,
        seat=models.Seat.objects.get(partnership_id=this.row.id, number=who.seat.number),
        nature=new.nature.strip(), name=who.name, by=by.name, on=on,
    )  # fmt: skip
    verb = "declared a conflict of interest" if new.conflict else "declared an interest"
    said = f"seat {who.seat.number}, item {item}: {new.nature.strip()}"
    this.write(verb, about=found.citation, citing=said)
    return meeting_of(this.row, number)


@transaction.atomic
def close_meeting(place: str, number: int, *, by: Who, on: datetime) -> Meeting:
    """Close a meeting. Raises Refused while something that was moved is not settled."""
    this, found = _of(place, number, by=by, on=on)
    after(found.stage, Verb.CLOSE)
    check_close(found)
    return _move(this, found, Verb.CLOSE)


@transaction.atomic
def draft_minutes(place: str, number: int, words: str, *, by: Who, on: datetime) -> Meeting:
    """Draft the minutes, or draft them anew. Raises Refused once they are approved."""
    this, found = _of(place, number, by=by, on=on)
    after(found.stage, Verb.DRAFT)
    if not words.strip():
        raise Refused(
            "The minutes cannot be drafted", why="they say nothing", next_step="Write them"
        )
    models.MeetingMinutes.objects.create(
        meeting=_row(found), version=len(found.minutes) + 1, words=words.strip(), by=by.name, on=on
    )
    return _move(this, found, Verb.DRAFT)


@transaction.atomic
def approve_minutes(place: str, number: int, *, at: int, by: Who, on: datetime) -> Meeting:
    """Put on record that a later meeting approved the minutes; they never change again.

    Raises Refused unless that meeting sits.
    """
    this, found = _of(place, number, by=by, on=on)
    after(found.stage, Verb.APPROVE)
    check_approving(number, at, meeting_of(this.row, at).stage)
    row = models.Meeting.objects.get(partnership_id=this.row.id, number=at)
    return _move(this, found, Verb.APPROVE, at_meeting=row, citing=f"at meeting {at}")


@transaction.atomic
def cancel_meeting(place: str, number: int, *, reason: str, by: Who, on: datetime) -> Meeting:
    """Cancel a meeting before it is opened. Raises Refused without a reason."""
    this, found = _of(place, number, by=by, on=on)
    after(found.stage, Verb.CANCEL)
    said_reason(reason, "The meeting cannot be cancelled", next_step="Say it in a sentence")
    return _move(this, found, Verb.CANCEL, reason=reason)


def _of(place: str, number: int, *, by: Who, on: datetime) -> tuple[Opened, Meeting]:
    this = as_secretary(place, by=by, on=on)
    return this, meeting_of(this.row, number)


def _row(found: Meeting) -> models.Meeting:
    return models.Meeting.objects.get(partnership__place__code=found.place, number=found.number)


def _move(
    this: Opened, found: Meeting, verb: Verb, *, reason: str = "", citing: str = "", **said: Any
) -> Meeting:
    following = after(found.stage, verb)
    models.MeetingMove.objects.create(
        meeting=_row(found), turn=len(found.steps) + 1, verb=verb.value,
        before=found.stage.value, after=following.value, reason=reason.strip(), by=this.by.name,
        on=this.on, **said,
    )  # fmt: skip
    this.write(f"{verb}", about=found.citation, citing=citing or reason.strip())
    return meeting_of(this.row, found.number)
