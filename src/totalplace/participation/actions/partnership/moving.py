"""Motions: moved, amended, seconded, put, voted on in the open, carried or lost; dissent kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from totalplace.participation import models
from totalplace.participation.actions.partnership.advising import advise
from totalplace.participation.actions.partnership.opening import (
    Opened,
    Speaker,
    as_secretary,
    speaking,
)
from totalplace.participation.queries.partnership.meetings import motion as motion_of
from totalplace.participation.queries.partnership.said import offer
from totalplace.participation.rules.partnership import taking_part
from totalplace.participation.rules.partnership.advice import answer_day
from totalplace.participation.rules.partnership.motions import (
    Kind,
    Verb,
    after,
    check_amendment,
    check_cites,
    check_text,
)
from totalplace.participation.rules.partnership.seen import Meeting, Motion
from totalplace.participation.rules.partnership.votes import Side, carried, tally
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class NewMotion:
    """A motion as it is moved; `answer_by` is for advice: by when the body is to answer."""

    kind: Kind
    text: str
    cites: Citation | None = None
    answer_by: date | None = None


def citation_of(place: str, number: int) -> Citation:
    """As a motion is cited: motion wexshire/12."""
    return Citation("motion", f"{place}/{number}")


@transaction.atomic
def move(
    place: str, meeting: int, item: int, new: NewMotion, *, seat: int | None = None, by: Who,
    on: datetime,
) -> Motion:  # fmt: skip
    """Move a motion under an item. What it cites is the item's own, where it cites nothing.

    Raises Refused for a seat that may not, for words by which the partnership would decide, and
    for a motion on a partner's own money whose offer does not stand.
    """
    this, found, who = speaking(place, meeting, seat, by=by, on=on)
    at = found.item(item)
    taking_part.check_move(found, at, who.seat)
    check_text(new.text)
    cites = new.cites or at.cites
    check_cites(new.kind, cites)
    if cites is not None and cites.kind == "offer":
        _check_stands(place, cites)
    if new.answer_by is not None:
        answer_day(new.answer_by, found.rules, carried=found.day)
    made = _keep(
        this, found, item, who, kind=new.kind.value, text=new.text.strip(),
        cites_kind=cites.kind if cites else "", cites_id=cites.id if cites else "",
        answer_by=new.answer_by if new.kind is Kind.ADVISE else None,
    )  # fmt: skip
    said = f"{new.kind}, by seat {who.seat.number}: {new.text.strip()}"
    this.write("moved", about=citation_of(place, made.number), citing=said)
    return motion_of(place, made.number)[1]


@transaction.atomic
def amend(
    place: str, number: int, text: str, *, before: str, seat: int | None = None, by: Who,
    on: datetime,
) -> Motion:  # fmt: skip
    """Move an amendment: the motion as it should be, beside the words that it has now.

    Raises Refused for words that the motion no longer has, and for those that no motion may have.
    """
    this, found, motion, who = _spoken(place, number, seat, by=by, on=on)
    taking_part.check_amend(found, motion, who.seat)
    check_text(text)
    check_amendment(before, found.text_of(motion), text)
    made = _keep(
        this, found, motion.item, who, kind=motion.kind.value, text=text.strip(),
        text_before=before, amends=_row(place, number),
        cites_kind=motion.cites.kind if motion.cites else "",
        cites_id=motion.cites.id if motion.cites else "",
    )  # fmt: skip
    said = f"of motion {number}, by seat {who.seat.number}: {text.strip()}"
    this.write("moved an amendment", about=citation_of(place, made.number), citing=said)
    return motion_of(place, made.number)[1]


@transaction.atomic
def second(place: str, number: int, *, seat: int | None = None, by: Who, on: datetime) -> Motion:
    """Second a motion or an amendment. Raises Refused for the seat that moved it, and observers."""
    this, found, motion, who = _spoken(place, number, seat, by=by, on=on)
    taking_part.check_second(found, motion, who.seat)
    return _step(this, motion, Verb.SECOND, who=who)


@transaction.atomic
def withdraw(
    place: str, number: int, *, reason: str = "", seat: int | None = None, by: Who, on: datetime
) -> Motion:
    """Withdraw what one's own seat moved, before it is put. Raises Refused for any other seat."""
    this, found, motion, who = _spoken(place, number, seat, by=by, on=on)
    taking_part.check_withdraw(found, motion, who.seat)
    return _step(this, motion, Verb.WITHDRAW, who=who, reason=reason)


@transaction.atomic
def let_lapse(place: str, number: int, *, reason: str, by: Who, on: datetime) -> Motion:
    """Let a motion lapse that nobody seconded, or that was not reached. Needs a reason."""
    this, found, motion = _kept(place, number, by=by, on=on)
    taking_part.check_sits(found, "The motion cannot lapse")
    taking_part.check_none_open(found, motion, "The motion cannot lapse")
    if not reason.strip():
        raise Refused(
            "The motion cannot lapse", why="it is not said why", next_step="Say it in a sentence"
        )
    return _step(this, motion, Verb.LAPSE, reason=reason)


@transaction.atomic
def put(place: str, number: int, *, by: Who, on: datetime) -> Motion:
    """Put a motion to the vote. Raises Refused without a quorum, and before its amendments."""
    this, found, motion = _kept(place, number, by=by, on=on)
    taking_part.check_put(found, motion, Verb.PUT)
    return _step(this, motion, Verb.PUT)


@transaction.atomic
def vote(
    place: str, number: int, side: str, *, seat: int | None = None, by: Who, on: datetime
) -> Motion:
    """Vote in the open for a seat: for, against or abstain. A vote is cast once.

    Raises Refused for a seat that is not there, only looks on, or has a conflict in the item.
    """
    if side not in list(Side):
        raise Refused(
            f"'{side}' is no vote", why="one is for, against or abstains", next_step="Say which"
        )
    this, found, motion, who = _spoken(place, number, seat, by=by, on=on)
    taking_part.check_vote(found, motion, who.seat)
    models.MotionVote.objects.create(
        motion=_row(place, number), seat=_seat(this, who.seat.number), side=side, name=who.name,
        weight=who.seat.weight if found.rules.weighted else 1, by=by.name, on=on,
    )  # fmt: skip
    said = f"seat {who.seat.number}: {side}"
    this.write("voted", about=citation_of(place, number), citing=said)
    return motion_of(place, number)[1]


@transaction.atomic
def close_vote(place: str, number: int, *, casting: str = "", by: Who, on: datetime) -> Motion:
    """Count the votes: the result is what the partnership's rules make of them.

    A motion to advise that is carried becomes advice to the accountable body. Raises Refused for a
    tie until it is said how the chair casts their vote, where the rules give them one.
    """
    this, found, motion = _kept(place, number, by=by, on=on)
    taking_part.check_sits(found, "The vote cannot be closed")
    after(motion.stage, Verb.CARRY)
    counted = tally(motion.votes)
    chosen = Side(casting) if casting in list(Side) else None
    if chosen is not None:
        _check_chair(found, motion)
    passes = carried(counted, found.rules.majority, found.rules.tie, casting=chosen)
    verb = Verb.CARRY if passes else Verb.LOSE
    return _step(
        this, motion, verb, votes_for=counted.for_, votes_against=counted.against,
        abstained=counted.abstained, casting=chosen.value if chosen else "",
    )  # fmt: skip


@transaction.atomic
def agree(place: str, number: int, *, by: Who, on: datetime) -> Motion:
    """Agree a motion without a vote. Raises Refused where anybody objects, or without a quorum."""
    this, found, motion = _kept(place, number, by=by, on=on)
    taking_part.check_put(found, motion, Verb.AGREE)
    return _step(this, motion, Verb.AGREE)


@transaction.atomic
def dissent(
    place: str, number: int, words: str, *, seat: int | None = None, by: Who, on: datetime
) -> Motion:
    """Put a dissent on record in the seat's own words; before a result, it objects to consent.

    Raises Refused for a seat that voted for it, and once the minutes are approved.
    """
    this, found, motion, who = _spoken(place, number, seat, by=by, on=on)
    taking_part.check_dissent(found, motion, who.seat)
    if not words.strip():
        raise Refused(
            "The dissent cannot be put on record",
            why="it has no words",
            next_step="Say why, in a sentence",
        )
    models.MotionDissent.objects.create(
        motion=_row(place, number), seat=_seat(this, who.seat.number), words=words.strip(),
        name=who.name, by=by.name, on=on,
    )  # fmt: skip
    said = f"seat {who.seat.number}: {words.strip()}"
    this.write("dissented", about=citation_of(place, number), citing=said)
    return motion_of(place, number)[1]


def _check_stands(place: str, cites: Citation) -> None:
    found = offer(cites.id)
    if found.place != place or not found.stands:
        raise Refused(
            "The motion cannot be moved",
            why=f"offer {cites.id} was withdrawn or is of another place",
            next_step="Name an offer that stands",
        )


def _check_chair(found: Meeting, motion: Motion) -> None:
    """Raise Refused for a casting vote of a chair who has no vote on the item."""
    at = found.item(motion.item)
    if found.chair is None or found.chair in at.conflicted or found.chair not in found.present:
        raise Refused(
            "There is no casting vote on this",
            why="the chair is not there, or declared a conflict of interest in the item",
            next_step="Let the vote stand as a tie: move the motion anew under another chair",
        )


def _spoken(
    place: str, number: int, seat: int | None, *, by: Who, on: datetime
) -> tuple[Opened, Meeting, Motion, Speaker]:
    """A motion, its meeting, and who speaks about it for which seat."""
    at = motion_of(place, number)[0].number
    this, found, who = speaking(place, at, seat, by=by, on=on)
    return this, found, next(one for one in found.motions if one.number == number), who


def _kept(place: str, number: int, *, by: Who, on: datetime) -> tuple[Opened, Meeting, Motion]:
    """A motion and its meeting, for whoever keeps the minutes."""
    this = as_secretary(place, by=by, on=on)
    return this, *motion_of(place, number)


def _keep(this: Opened, found: Meeting, item: int, who: Speaker, **said: Any) -> models.Motion:
    number = models.Motion.objects.filter(partnership_id=this.row.id).count() + 1
    at = models.AgendaItem.objects.get(
        meeting__partnership_id=this.row.id, meeting__number=found.number, number=item
    )
    return models.Motion.objects.create(
        partnership_id=this.row.id, number=number, item=at,
        moved_by=_seat(this, who.seat.number), by=this.by.name, on=this.on, **said,
    )  # fmt: skip


def _row(place: str, number: int) -> models.Motion:
    return models.Motion.objects.get(partnership__place__code=place, number=number)


def _seat(this: Opened, number: int) -> models.Seat:
    return models.Seat.objects.get(partnership_id=this.row.id, number=number)


def _step(
    this: Opened, motion: Motion, verb: Verb, *, who: Speaker | None = None, reason: str = "",
    **said: Any,
) -> Motion:  # fmt: skip
    following = after(motion.stage, verb)
    place = this.row.place
    models.MotionMove.objects.create(
        motion=_row(place, motion.number), turn=len(motion.steps) + 1, verb=verb.value,
        before=motion.stage.value, after=following.value, reason=reason.strip(),
        seat=_seat(this, who.seat.number) if who else None, by=this.by.name, on=this.on, **said,
    )  # fmt: skip
    found, now = motion_of(place, motion.number)
    if now.passed and now.kind is Kind.ADVISE and now.amends is None:
        advise(this, found, now)
    citing = f"seat {who.seat.number}" if who else reason.strip()
    if now.steps[-1].counted is not None:
        sums = now.steps[-1].counted
        citing = f"{sums.for_} for, {sums.against} against, {sums.abstained} abstained"
    this.write(f"{following}", about=citation_of(place, motion.number), citing=citing)
    return now
