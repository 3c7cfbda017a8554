"""A meeting as it is seen: its agenda and papers, who is there, what was moved and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.participation.rules.partnership import meetings, motions
from totalplace.participation.rules.partnership.meetings import Stage
from totalplace.participation.rules.partnership.members import Seat
from totalplace.participation.rules.partnership.motions import PASSED, SETTLED, Kind
from totalplace.participation.rules.partnership.own_rules import OwnRules
from totalplace.participation.rules.partnership.votes import Ballot, Side, Tally
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an agenda item; its bytes are known by their hash."""

    number: int
    title: str
    media: str
    sha256: str
    size: int
    on: datetime


@dataclass(frozen=True, slots=True)
class Interest:
    """An interest that a seat declared in an agenda item; a conflict takes its vote there."""

    seat: int
    nature: str
    conflict: bool
    name: str  # of the person who declared it


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item; what it cites may be an edition of the count, a hearing or an offer."""

    number: int
    title: str
    purpose: str
    cites: Citation | None
    late: str  # why it was put on the agenda after the meeting was called
    papers: tuple[Paper, ...] = ()
    interests: tuple[Interest, ...] = ()

    @property
    def conflicted(self) -> frozenset[int]:
        """The seats that have no vote on it."""
        return frozenset(one.seat for one in self.interests if one.conflict)


@dataclass(frozen=True, slots=True)
class Present:
    """Who is there for a seat, or was and has left."""

    seat: int
    sitting: int
    name: str
    deputy: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Dissent:
    """What a seat holds against a motion, in its own words."""

    seat: int
    words: str
    name: str
    on: datetime


@dataclass(frozen=True, slots=True)
class MotionStep:
    """One move of a motion."""

    verb: motions.Verb
    after: motions.Stage
    seat: int | None  # of the seconder or the mover; none where the secretary did it
    reason: str
    by: str
    on: datetime
    counted: Tally | None = None
    casting: Side | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion, or an amendment of one, with all that was said and done about it."""

    number: int  # from 1 in its partnership
    item: int
    kind: Kind
    text: str
    moved_by: int
    amends: int | None
    text_before: str  # of an amendment: what the motion said until then
    cites: Citation | None
    answer_by: date | None
    by: str
    on: datetime
    steps: tuple[MotionStep, ...] = ()
    votes: tuple[Ballot, ...] = ()
    dissents: tuple[Dissent, ...] = ()

    @property
    def stage(self) -> motions.Stage:
        """Where it stands."""
        return self.steps[-1].after if self.steps else motions.Stage.MOVED

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done with it."""
        return self.stage in SETTLED

    @property
    def passed(self) -> bool:
        """Whether it was carried, or agreed without a vote."""
        return self.stage in PASSED

    @property
    def seconded_by(self) -> int | None:
        """The seat that seconded it."""
        return next((s.seat for s in self.steps if s.verb is motions.Verb.SECOND), None)


@dataclass(frozen=True, slots=True)
class MeetingStep:
    """One move of a meeting."""

    verb: meetings.Verb
    after: Stage
    reason: str
    by: str
    on: datetime
    chair: int | None = None  # the seat that presides, from the opening on
    at_meeting: int | None = None  # the meeting that approved the minutes


@dataclass(frozen=True, slots=True)
class Minutes:
    """A draft of the minutes; the last one is what is approved."""

    version: int
    words: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with all that happened in it."""

    place: str
    number: int
    title: str
    starts_at: datetime
    day: date  # in England
    where: str
    rules: OwnRules  # of its day
    seats: tuple[Seat, ...]
    steps: tuple[MeetingStep, ...] = ()
    items: tuple[Item, ...] = ()
    attendance: tuple[Present, ...] = ()
    motions: tuple[Motion, ...] = ()
    minutes: tuple[Minutes, ...] = ()

    @property
    def citation(self) -> Citation:
        """As it is cited: meeting wexshire/3."""
        return Citation("meeting", f"{self.place}/{self.number}")

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].after if self.steps else Stage.PLANNED

    @property
    def chair(self) -> int | None:
        """The seat that presides."""
        return next((s.chair for s in reversed(self.steps) if s.chair is not None), None)

    @property
    def present(self) -> dict[int, Present]:
        """Who is there for which seat; the last said holds."""
        last = {one.seat: one for one in self.attendance}
        return {seat: one for seat, one in last.items() if one.here}

    @property
    def called_on(self) -> datetime | None:
        """When notice of it was given."""
        return next((s.on for s in self.steps if s.verb is meetings.Verb.CALL), None)

    def seat(self, number: int) -> Seat:
        """The seat of a number."""
        return next(seat for seat in self.seats if seat.number == number)

    def seats_present(self, *, item: Item | None = None) -> list[Seat]:
        """The seats that are filled; on an item, without those that have a conflict in it."""
        out = item.conflicted if item else frozenset()
        return [
            seat for seat in self.seats if seat.number in self.present and seat.number not in out
        ]

    def item(self, number: int) -> Item:
        """An agenda item. Raises Refused where there is none of that number."""
        for one in self.items:
            if one.number == number:
                return one
        raise Refused(
            f"There is no item {number}",
            why="the agenda has none of that number",
            next_step="See the agenda on the meeting's page",
        )

    def amendments(self, motion: Motion) -> list[Motion]:
        """The amendments of a motion, in turn."""
        return [one for one in self.motions if one.amends == motion.number]

    def text_of(self, motion: Motion) -> str:
        """A motion as the amendments that passed have left it."""
        passed = [one.text for one in self.amendments(motion) if one.passed]
        return passed[-1] if passed else motion.text
