"""Who may do what in a meeting: the same functions guard each act and draw each button."""

from __future__ import annotations

from collections.abc import Callable

from totalplace.participation.rules.partnership import motions
from totalplace.participation.rules.partnership.meetings import Stage
from totalplace.participation.rules.partnership.members import Seat
from totalplace.participation.rules.partnership.motions import Verb
from totalplace.participation.rules.partnership.own_rules import short_of_quorum
from totalplace.participation.rules.partnership.seen import Item, Meeting, Motion
from totalplace.refusal import Refused


def possible(check: Callable[[], object]) -> bool:
    """Whether a check lets something be done; so that buttons are drawn by what guards the act."""
    try:
        check()
    except Refused:
        return False
    return True


def check_sits(meeting: Meeting, what: str) -> None:
    """Raise Refused unless the meeting is open."""
    if meeting.stage is not Stage.OPEN:
        raise Refused(
            what,
            why=f"the meeting is not open: it is at '{meeting.stage}'",
            next_step="Do it while the meeting sits",
        )


def check_speaks(meeting: Meeting, seat: Seat, what: str) -> None:
    """Raise Refused unless the meeting is open and somebody is there for the seat."""
    check_sits(meeting, what)
    if seat.number not in meeting.present:
        raise Refused(
            what,
            why=f"nobody is there for {seat.name}",
            next_step="Be marked as present first",
        )


def check_votes(meeting: Meeting, item: Item, seat: Seat, what: str) -> None:
    """Raise Refused for a seat that is not there, only looks on, or has a conflict in the item.

    Whoever has a conflict neither moves, seconds nor votes: as Localism Act 2011 section 31(4)
    has it of members of councils, here by the partnership's own terms.
    """
    check_speaks(meeting, seat, what)
    if not seat.votes:
        raise Refused(
            what,
            why=f"{seat.name} is an observer: it speaks, and has no vote",
            next_step="Ask a voting member to do it",
        )
    if seat.number in item.conflicted:
        raise Refused(
            what,
            why=f"{seat.name} declared a conflict of interest in this item",
            next_step="It takes no part in the item; its words can be minuted",
        )


def check_move(meeting: Meeting, item: Item, seat: Seat) -> None:
    """Raise Refused where a seat may not move anything under an item."""
    check_votes(meeting, item, seat, "The motion cannot be moved")


def check_amend(meeting: Meeting, motion: Motion, seat: Seat) -> None:
    """Raise Refused where a motion cannot be amended by a seat, or not now."""
    what = "The amendment cannot be moved"
    check_votes(meeting, meeting.item(motion.item), seat, what)
    if motion.amends is not None:
        raise Refused(
            what,
            why="an amendment is not amended itself",
            next_step="Vote it down and move another",
        )
    if motion.stage not in (motions.Stage.MOVED, motions.Stage.SECONDED):
        raise Refused(
            what,
            why=f"the motion is {motion.stage}",
            next_step="Move another motion",
        )
    check_none_open(meeting, motion, what)


def check_second(meeting: Meeting, motion: Motion, seat: Seat) -> None:
    """Raise Refused where a seat may not second a motion: its own, for one."""
    what = "The motion cannot be seconded"
    check_votes(meeting, meeting.item(motion.item), seat, what)
    motions.after(motion.stage, Verb.SECOND)
    if seat.number == motion.moved_by:
        raise Refused(
            what,
            why=f"{seat.name} moved it",
            next_step="Ask another voting member to second it",
        )


def check_withdraw(meeting: Meeting, motion: Motion, seat: Seat) -> None:
    """Raise Refused for anybody but the seat that moved it, and once it was put."""
    what = "The motion cannot be withdrawn"
    check_speaks(meeting, seat, what)
    motions.after(motion.stage, Verb.WITHDRAW)
    if seat.number != motion.moved_by:
        raise Refused(
            what,
            why=f"{meeting.seat(motion.moved_by).name} moved it",
            next_step="Vote against it",
        )
    check_none_open(meeting, motion, what)


def check_vote(meeting: Meeting, motion: Motion, seat: Seat) -> None:
    """Raise Refused where a seat may not vote on a motion, or has voted. A vote is not changed."""
    what = f"{seat.name} cannot vote on this"
    check_votes(meeting, meeting.item(motion.item), seat, what)
    if motion.stage is not motions.Stage.VOTING:
        raise Refused(
            what,
            why=f"it is {motion.stage}, and not being voted on",
            next_step="Vote when it is put to the vote",
        )
    if any(one.seat == seat.number for one in motion.votes):
        raise Refused(
            what,
            why="it has voted",
            next_step="Have a dissent put on record, if you have one",
        )


def check_dissent(meeting: Meeting, motion: Motion, seat: Seat) -> None:
    """Raise Refused for a dissent of nobody, of who voted for it, or once minutes are approved.

    A seat that only looks on, or has a conflict, has its words minuted and no dissent of its own.
    """
    what = "The dissent cannot be put on record"
    item = meeting.item(motion.item)
    if meeting.stage not in (Stage.OPEN, Stage.CLOSED, Stage.DRAFTED):
        raise Refused(
            what,
            why=f"the meeting is at '{meeting.stage}'",
            next_step="Say it at the next meeting",
        )
    there = seat.number in {one.seat for one in meeting.attendance}
    if not seat.votes or seat.number in item.conflicted or not there:
        raise Refused(
            what,
            why=f"{seat.name} was not there with a vote on this item",
            next_step="Ask for your words to stand in the minutes",
        )
    if any(one.seat == seat.number and one.side == "for" for one in motion.votes):
        raise Refused(
            what, why=f"{seat.name} voted for it", next_step="Ask for your words in the minutes"
        )
    if any(one.seat == seat.number for one in motion.dissents):
        raise Refused(
            what, why=f"{seat.name} has one on record", next_step="Say the rest in the minutes"
        )


def check_declare(meeting: Meeting, item: Item, seat: Seat) -> None:
    """Raise Refused for an interest declared too late: after the item was voted on, or of nobody.

    It may be declared from when the meeting is called, before anybody is there.
    """
    what = "The interest cannot be declared"
    if meeting.stage not in (Stage.CALLED, Stage.OPEN):
        raise Refused(
            what,
            why=f"the meeting is at '{meeting.stage}'",
            next_step="Declare it between the call and the close of the meeting",
        )
    if not seat.holds(meeting.day):
        raise Refused(what, why=f"{seat.name} has no seat that day", next_step="Ask the secretary")
    voted = [one for one in meeting.motions if one.item == item.number]
    if any(seat.number == vote.seat for one in voted for vote in one.votes):
        raise Refused(
            what,
            why=f"{seat.name} has voted on this item",
            next_step="Tell the secretary, so that it is minuted",
        )


def check_none_open(meeting: Meeting, motion: Motion, what: str) -> None:
    """Raise Refused while an amendment of a motion is not settled: it comes first."""
    waiting = [one for one in meeting.amendments(motion) if not one.settled]
    if waiting:
        raise Refused(
            what,
            why=f"amendment {waiting[0].number} of it is not settled",
            next_step="Settle the amendment first",
        )


def check_put(meeting: Meeting, motion: Motion, verb: Verb) -> None:
    """Raise Refused where a motion cannot be put to the vote, or agreed without one.

    A quorum must be there without those who have a conflict; amendments come first. Without a vote
    it is agreed only where nobody objects.
    """
    what = f"This is not the time to {verb}"
    check_sits(meeting, what)
    motions.after(motion.stage, verb)
    check_none_open(meeting, motion, what)
    lacking = short_of_quorum(meeting.seats_present(item=meeting.item(motion.item)), meeting.rules)
    if lacking:
        raise Refused(what, why=lacking, next_step="Wait for more members, or let it lapse")
    if verb is Verb.AGREE and motion.dissents:
        names = ", ".join(meeting.seat(one.seat).name for one in motion.dissents)
        raise Refused(
            "It cannot be agreed without a vote",
            why=f"{names} objects",
            next_step="Put it to the vote",
        )


def not_voted(meeting: Meeting, motion: Motion) -> list[Seat]:
    """The seats that are there, may vote on a motion and have not."""
    voted = {one.seat for one in motion.votes}
    there = meeting.seats_present(item=meeting.item(motion.item))
    return [seat for seat in there if seat.votes and seat.number not in voted]


def check_close(meeting: Meeting) -> None:
    """Raise Refused for a meeting that would close over something moved and not settled."""
    for one in meeting.motions:
        if not one.settled:
            raise Refused(
                "The meeting cannot be closed",
                why=f"motion {one.number} is {one.stage}",
                next_step="Settle it, let it be withdrawn or let it lapse",
            )
