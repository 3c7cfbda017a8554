"""What a form is about: a partnership, a meeting, a motion; and for whom its officer may speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from totalplace.decisions.rules.days import local_day
from totalplace.participation.actions.partnership.opening import speaker
from totalplace.participation.queries.partnership import PartnershipRow
from totalplace.participation.rules.partnership.advice import Advice
from totalplace.participation.rules.partnership.members import Seat
from totalplace.participation.rules.partnership.offers import Offer
from totalplace.participation.rules.partnership.seen import Item, Meeting, Motion
from totalplace.participation.rules.partnership.support import Support
from totalplace.participation.rules.partnership.taking_part import possible
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused


@dataclass(frozen=True)
class About:
    """What an officer acts on. What is not said is not there."""

    row: PartnershipRow
    by: Officer
    on: datetime
    meeting: Meeting | None = None
    item: Item | None = None
    motion: Motion | None = None
    seat: Seat | None = None
    offer: Offer | None = None
    advice: Advice | None = None
    support: Support | None = None

    @property
    def place(self) -> str:
        """The place's code."""
        return self.row.place

    @property
    def day(self) -> date:
        """Today, in England."""
        return local_day(self.on)

    @property
    def at(self) -> Meeting:
        """The meeting that it is about."""
        if self.meeting is None:
            raise LookupError("this is about no meeting")
        return self.meeting

    @property
    def moved(self) -> Motion:
        """The motion that it is about."""
        if self.motion is None:
            raise LookupError("this is about no motion")
        return self.motion

    @cached_property
    def is_secretary(self) -> bool:
        """Whether the officer keeps the partnership's minutes."""
        return places.may(self.by, Act.SET_UP_PARTNERSHIP, place=self.place, on=self.on)

    def also(self, **said: Any) -> About:
        """The same about an item, a seat or another part; what was asked once is not asked anew."""
        known: dict[str, Any] = {"is_secretary": self.is_secretary}
        if self.meeting is not None and "meeting" not in said:
            known["spoken_for"] = self.spoken_for
        made = replace(self, **said)
        made.__dict__.update(known)
        return made

    def needs(self, act: Act) -> None:
        """Raise Refused where the officer may not do an act in the place."""
        places.power(self.by, act, place=self.place, on=self.on)

    @cached_property
    def spoken_for(self) -> list[Seat]:
        """The seats for which the officer may speak in the meeting: first of all their own."""
        meeting = self.at

        def may(seat: Seat) -> bool:
            return possible(lambda: speaker(self.row, meeting, seat.number, by=self.by, on=self.on))

        mine = [s for s in self.row.seats if s.sitting_of(self.by.code, meeting.day)]
        others = [s for s in self.row.seats_on(meeting.day) if self.is_secretary and s not in mine]
        return [seat for seat in [*mine, *others] if may(seat)]

    def agencies(self, act: Act) -> list[tuple[str, str]]:
        """The agencies of the place for which the officer may do an act, with their names."""
        members = [m.agency for m in places.members(self.place, on=self.day)]
        return [
            (one.code, one.name)
            for one in members
            if places.may(self.by, act, agency=one.code, place=self.place, on=self.on)
        ]


class Acting(forms.Form):
    """A form about something of a partnership. `act` calls one action.

    `check` guards it: it raises what the action would refuse, so that a button is drawn only for
    what can be done.
    """

    title: ClassVar[str] = ""
    done: ClassVar[str] = "It is on record."
    warning: ClassVar[str] = ""

    def __init__(
        self,
        typed: QueryDict | None,
        files: MultiValueDict[str, UploadedFile[Any]] | None,
        about: About,
    ) -> None:
        super().__init__(typed, files)
        self.about = about
        self.begin()

    @classmethod
    def check(cls, about: About) -> None:
        """Raise Refused where it cannot be done by the officer now."""
        about.needs(Act.SET_UP_PARTNERSHIP)

    def begin(self) -> None:
        """Fill in what is known before anything is typed."""

    def act(self) -> None:
        """Do it. Raises Refused as the action does."""
        raise NotImplementedError

    def said(self, name: str) -> Any:
        """What was typed in a field, as its kind."""
        return self.cleaned_data.get(name)

    @property
    def who(self) -> dict[str, Any]:
        """In whose name and when, as every action asks."""
        return {"by": self.about.by, "on": self.about.on}

    def choose(self, name: str, known: Sequence[tuple[Any, str]]) -> None:
        """Give a field what can be chosen in it."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (each that is named is)
        field.choices = list(known)


class Spoken(Acting):
    """A form by which somebody speaks for a seat: their own, or one whose member has no account."""

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """Raise Refused where the seat may not do it now."""
        raise NotImplementedError

    @classmethod
    def seats(cls, about: About) -> list[Seat]:
        """The seats for which it can be done."""
        return [s for s in about.spoken_for if possible(_asking(cls, about, s))]

    @classmethod
    def check(cls, about: About) -> None:
        """Raise Refused where it can be done for no seat."""
        if cls.seats(about):
            return
        for seat in about.spoken_for[:1]:
            cls.check_seat(about, seat)
        raise Refused(
            f"{about.by.full_name or about.by.code} cannot speak in this meeting",
            why="no seat of the partnership is theirs on its day",
            next_step="Ask the secretary, who says who sits in which seat",
        )

    def begin(self) -> None:
        """Ask for which seat, where it can be more than one."""
        seats = self.seats(self.about)
        self.only = seats[0] if len(seats) == 1 else None
        if len(seats) > 1:
            known = [(seat.number, seat.name) for seat in seats]
            field = forms.TypedChoiceField(label="For which seat?", coerce=int, choices=known)
            self.fields = {"seat": field, **self.fields}

    @property
    def seat(self) -> int | None:
        """The seat that speaks."""
        return self.only.number if self.only else self.said("seat")


def _asking(form: type[Spoken], about: About, seat: Seat) -> Callable[[], None]:
    return lambda: form.check_seat(about, seat)


def words(label: str, hint: str = "", *, ask: str = "", rows: int = 4) -> forms.CharField:
    """Several lines of words; `ask` is said where they are missing, and empty where they may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def line(label: str, hint: str = "", *, ask: str = "") -> forms.CharField:
    """One line of words; `ask` is said where it is missing, and empty where it may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        max_length=300,
    )  # fmt: skip
