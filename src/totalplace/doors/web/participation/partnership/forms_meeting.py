"""What the secretary does with a meeting, and who comes: called, opened, closed, minuted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms

from totalplace.doors.web.forms import Day
from totalplace.doors.web.participation.partnership.about import About, Acting, Spoken, line, words
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewItem, NewPaper
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership import meetings as rules
from totalplace.participation.rules.partnership import taking_part
from totalplace.participation.rules.partnership.meetings import Stage, Verb
from totalplace.participation.rules.partnership.members import Seat
from totalplace.participation.rules.partnership.papers import MEDIA
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

HERE: Final = ZoneInfo("Europe/London")
_TIME: Final = "%H:%M"


class Plan(Acting):
    """Plans a meeting."""

    title = "Plan a meeting"
    done = "The meeting is planned. Put items on its agenda, then call it."
    name = line("What is the meeting called?", ask="Give the meeting a title")
    day = Day(label="On which day is it?", help_text="For example, 27 3 2027")
    hour = forms.TimeField(
        label="When does it begin?", help_text="For example, 14:00", input_formats=[_TIME],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Enter an hour, such as 14:00"},
    )  # fmt: skip
    where = line("Where is it?", "A room, or how to join.", ask="Say where it is")

    def act(self) -> None:
        """Call the action."""
        hour: time = self.said("hour")
        starts = datetime.combine(self.said("day"), hour, tzinfo=HERE)
        actions.plan_meeting(
            self.about.place, title=self.said("name"), starts_at=starts, where=self.said("where"),
            **self.who,
        )  # fmt: skip


class AddItem(Acting):
    """Puts an item on the agenda."""

    title = "Put an item on the agenda"
    done = "The item is on the agenda."
    name = line("What is the item called?", ask="Give the item a title")
    purpose = words("What is the meeting asked to do?", ask="Say what the meeting is to do", rows=3)
    cites = forms.CharField(
        label="What is it about?", required=False, max_length=200,
        help_text="An edition of the count, such as 'edition wexshire/2025-26/1', so that all "
        "public spending is on the table; a hearing, such as 'hearing 3'; or an offer.",
    )  # fmt: skip
    late = line("Why can it not wait?", ask="Say why it cannot wait for the next meeting")

    @classmethod
    def check(cls, about: About) -> None:
        """Until the meeting is closed."""
        super().check(about)
        if about.at.stage not in (Stage.PLANNED, Stage.CALLED, Stage.OPEN):
            rules.after(about.at.stage, Verb.CALL)

    def begin(self) -> None:
        """A reason is asked only once the agenda was given."""
        if self.about.at.stage is Stage.PLANNED:
            del self.fields["late"]

    def act(self) -> None:
        """Call the action."""
        kind, _, name = str(self.said("cites") or "").strip().partition(" ")
        cites = Citation(kind, name.strip()) if name.strip() else None
        new = NewItem(self.said("name"), self.said("purpose"), cites, self.said("late") or "")
        actions.add_item(self.about.place, self.about.at.number, new, **self.who)


class AddPaper(Acting):
    """Gives the meeting a paper."""

    title = "Add a paper"
    done = "The paper is added. Anybody can read it."
    name = line("What is the paper called?", ask="Give the paper a title")
    file = forms.FileField(label="The file", help_text=f"One of: {', '.join(MEDIA)}. Up to 20 MB.")

    @classmethod
    def check(cls, about: About) -> None:
        """Until the meeting is closed."""
        AddItem.check(about)

    def act(self) -> None:
        """Call the action."""
        file = self.said("file")
        new = NewPaper(self.said("name"), file.name, file.read())
        item = self.about.item.number if self.about.item else 0
        actions.add_paper(self.about.place, self.about.at.number, item, new, **self.who)


class _Moves(Acting):
    """A move of a meeting."""

    verb: Verb

    @classmethod
    def check(cls, about: About) -> None:
        """By the table of moves."""
        super().check(about)
        rules.after(about.at.stage, cls.verb)


class Call(_Moves):
    """Calls the meeting."""

    title = "Call the meeting"
    verb = Verb.CALL
    done = "The meeting is called. Tell its members; the agenda is public from now on."
    why_short = line("Why can it not wait?", "Only where the notice is shorter than our rules say.")

    def act(self) -> None:
        """Call the action."""
        why = self.said("why_short")
        actions.call_meeting(self.about.place, self.about.at.number, why_short=why, **self.who)


class Open(_Moves):
    """Opens the meeting."""

    title = "Open the meeting"
    verb = Verb.OPEN
    done = "The meeting is open. Mark who is there."
    chair = forms.TypedChoiceField(label="Who is in the chair?", coerce=int)

    def begin(self) -> None:
        """Seats with a vote in which somebody sits."""
        day = self.about.at.day
        seats = [s for s in self.about.row.seats_on(day) if s.votes and s.people(day)]
        self.choose("chair", [(s.number, f"{s.people(day)[0].name}, {s.name}") for s in seats])

    def act(self) -> None:
        """Call the action."""
        actions.open_meeting(
            self.about.place, self.about.at.number, chair=self.said("chair"), **self.who
        )


class Close(_Moves):
    """Closes the meeting."""

    title = "Close the meeting"
    verb = Verb.CLOSE
    done = "The meeting is closed. Draft its minutes."

    @classmethod
    def check(cls, about: About) -> None:
        """And nothing may be left unsettled."""
        super().check(about)
        taking_part.check_close(about.at)

    def act(self) -> None:
        """Call the action."""
        actions.close_meeting(self.about.place, self.about.at.number, **self.who)


class Draft(_Moves):
    """Drafts the minutes."""

    title = "Draft the minutes"
    verb = Verb.DRAFT
    done = "The draft is on record. The next meeting approves it."
    text = words("The minutes", "Motions, votes and dissent stand beside them already.",
                 ask="Write the minutes", rows=12)  # fmt: skip

    def begin(self) -> None:
        """The last draft."""
        drafts = self.about.at.minutes
        self.fields["text"].initial = drafts[-1].words if drafts else ""

    def act(self) -> None:
        """Call the action."""
        actions.draft_minutes(self.about.place, self.about.at.number, self.said("text"), **self.who)


class Approve(_Moves):
    """Puts on record that a later meeting approved the minutes."""

    title = "Approve the minutes"
    verb = Verb.APPROVE
    done = "The minutes are approved. They never change again."
    at = forms.TypedChoiceField(label="Which meeting approves them?", coerce=int)

    @classmethod
    def _sitting(cls, about: About) -> list[tuple[int, str]]:
        later = [one for one in queries.meetings(about.place) if one.number > about.at.number]
        return [(one.number, one.title) for one in later if one.stage is Stage.OPEN]

    @classmethod
    def check(cls, about: About) -> None:
        """And a later meeting has to sit."""
        super().check(about)
        if not cls._sitting(about):
            rules.check_approving(about.at.number, None, None)

    def begin(self) -> None:
        """Later meetings that sit."""
        self.choose("at", self._sitting(self.about))

    def act(self) -> None:
        """Call the action."""
        actions.approve_minutes(
            self.about.place, self.about.at.number, at=self.said("at"), **self.who
        )


class Cancel(_Moves):
    """Cancels the meeting."""

    title = "Cancel the meeting"
    verb = Verb.CANCEL
    done = "The meeting is cancelled."
    reason = line("Why?", ask="Say why it is cancelled")

    def act(self) -> None:
        """Call the action."""
        actions.cancel_meeting(
            self.about.place, self.about.at.number, reason=self.said("reason"), **self.who
        )


class Here(Spoken):
    """Marks one's own seat as there."""

    title = "I am here"
    done = "You are marked as present."

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """While the meeting sits, for one's own seat that is not filled."""
        taking_part.check_sits(about.at, "Nobody can be marked as present")
        if seat.number in about.at.present or not seat.sitting_of(about.by.code, about.at.day):
            raise Refused(
                "You cannot be marked as present",
                why="somebody is there for the seat, or it is not yours",
                next_step="Ask the secretary",
            )

    def act(self) -> None:
        """Call the action."""
        actions.attend(self.about.place, self.about.at.number, seat=self.seat, **self.who)


class Roll(Acting):
    """Marks who is there and who has gone, all at once."""

    title = "Mark who is there"
    done = "Who is there is on record."
    people = forms.MultipleChoiceField(
        label="Who is there?", required=False, widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def check(cls, about: About) -> None:
        """While the meeting sits."""
        super().check(about)
        taking_part.check_sits(about.at, "Nobody can be marked as present")

    def begin(self) -> None:
        """Members and deputies, with those who are there marked."""
        at = self.about.at
        known: list[tuple[Any, str]] = []
        for seat in self.about.row.seats_on(at.day):
            for one in seat.people(at.day):
                deputy = ", deputy" if one.deputy else ""
                known.append((f"{seat.number}.{one.number}", f"{one.name}, {seat.name}{deputy}"))
        self.choose("people", known)
        there = [f"{one.seat}.{one.sitting}" for one in at.present.values()]
        self.fields["people"].initial = there

    def act(self) -> None:
        """Call the action for each who came or left."""
        at = self.about.at
        wanted = {tuple(map(int, one.split("."))) for one in self.said("people")}
        seats = [seat for seat, _ in wanted]
        if len(seats) != len(set(seats)):
            raise Refused(
                "Two people cannot be there for one seat",
                why="a seat speaks with one voice",
                next_step="Mark the member, or the deputy",
            )
        there = {(one.seat, one.sitting) for one in at.present.values()}
        for seat, sitting in sorted(there - wanted):
            actions.attend(at.place, at.number, seat=seat, sitting=sitting, here=False, **self.who)
        for seat, sitting in sorted(wanted - there):
            actions.attend(at.place, at.number, seat=seat, sitting=sitting, **self.who)


MEETING: Final[Mapping[str, type[Acting]]] = {
    "here": Here,
    "roll": Roll,
    "call": Call,
    "open": Open,
    "close": Close,
    "draft": Draft,
    "approve": Approve,
    "add-item": AddItem,
    "cancel": Cancel,
}
ITEM: Final[Mapping[str, type[Acting]]] = {"add-paper": AddPaper}
