"""Setting a partnership up, and what agencies say in it: seats, rules, offers, answers, support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms

from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.doors.web.participation.partnership.about import About, Acting, line, words
from totalplace.doors.web.participation.partnership.forms_meeting import Plan
from totalplace.participation.actions import partnership as actions
from totalplace.participation.definitions.partnership import bases, support_kinds
from totalplace.participation.rules.partnership.advice import Outcome
from totalplace.participation.rules.partnership.members import (
    NewSeat,
    NewSitting,
    Sector,
    Standing,
)
from totalplace.participation.rules.partnership.offers import NewOffer
from totalplace.participation.rules.partnership.own_rules import (
    Majority,
    OwnRules,
    Tie,
    in_force,
)
from totalplace.participation.rules.partnership.support import NewSupport, SupportKind
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Matter, refusal
from totalplace.refusal import Refused

_FROM = {"label": "From which day?", "required": False, "help_text": "Leave empty for today."}


def _pounds(said: str) -> int:
    """Pounds as they are typed, in pence; nothing is refused below as no sum at all."""
    return said_pence(said) or 0


class AddSeat(Acting):
    """Makes a seat."""

    title = "Add a seat"
    done = "The seat is there. Say who sits in it."
    name = line("Whose seat is it?", "An organisation, or a post.", ask="Say whose seat it is")
    sector = forms.ChoiceField(label="From which sector?", choices=[
        (one.value, one.value.capitalize()) for one in Sector])  # fmt: skip
    agency = forms.ChoiceField(
        label="Which agency?", required=False, help_text="Only for the sector agency."
    )
    standing = forms.ChoiceField(
        label="Does it vote?", widget=forms.RadioSelect,
        choices=[(Standing.VOTING.value, "Yes"), (Standing.OBSERVER.value, "No, it looks on")],
    )  # fmt: skip
    weight = forms.IntegerField(label="How many votes does it have?", min_value=1, initial=1)
    first_day = Day(**_FROM)

    def begin(self) -> None:
        """Agencies of the place; a weight only where votes are weighed."""
        members = [m.agency for m in places.members(self.about.place, on=self.about.day)]
        self.choose("agency", [("", "None"), *((one.code, one.name) for one in members)])
        rules = in_force(self.about.row.rules, on=self.about.day)
        if rules is None or not rules.weighted:
            del self.fields["weight"]

    def act(self) -> None:
        """Call the action."""
        new = NewSeat(
            self.said("name"), Sector(self.said("sector")), self.said("agency"),
            Standing(self.said("standing")), self.said("weight") or 1, self.said("first_day"),
        )  # fmt: skip
        actions.add_seat(self.about.place, new, **self.who)


class SetRules(Acting):
    """Sets the partnership's own rules."""

    title = "Set our rules"
    done = "The rules are on record."
    source = line("Where are they written?", "Such as: Terms of reference, part 3.",
                  ask="Name the section of the terms of reference")  # fmt: skip
    first_day = Day(**_FROM)
    quorum_seats = forms.IntegerField(label="How many voting seats make a quorum?", min_value=1)
    quorum_sectors = forms.IntegerField(label="Of how many sectors?", min_value=1, max_value=4)
    notice_days = forms.IntegerField(label="How many clear days of notice?", min_value=0)
    majority = forms.ChoiceField(
        label="How many of the votes cast carry a motion?",
        choices=[(m.value, m.value.capitalize()) for m in Majority],
    )
    tie = forms.ChoiceField(
        label="What happens where there is a tie?",
        choices=[(t.value, t.value.capitalize()) for t in Tie],
    )
    weighted = forms.BooleanField(label="Seats may have more than one vote", required=False)
    members_public = forms.BooleanField(label="Who sits and how they vote is public",
                                        required=False)  # fmt: skip
    answer_days = forms.IntegerField(label="Within how many days is advice answered?", min_value=1)

    def begin(self) -> None:
        """The rules of today."""
        rules = in_force(self.about.row.rules, on=self.about.day)
        for name, field in self.fields.items():
            if rules is not None and name not in ("first_day", "source"):
                known = getattr(rules, name)
                field.initial = getattr(known, "value", known)

    def act(self) -> None:
        """Call the action."""
        said: dict[str, Any] = dict(self.cleaned_data)
        said["first_day"] = said["first_day"] or self.about.day
        said |= {"majority": Majority(said["majority"]), "tie": Tie(said["tie"])}
        actions.set_rules(self.about.place, OwnRules(**said), **self.who)


class Seating(Acting):
    """Says who sits in a seat."""

    title = "Say who sits in it"
    done = "It is on record who sits there."
    name = line("Who?", "Their name is public.", ask="Give their name")
    officer = forms.CharField(
        label="The code of their account", required=False, max_length=64,
        help_text="Leave empty where they have none: then you enter what they say.",
    )  # fmt: skip
    deputy = forms.BooleanField(label="They are a deputy", required=False)
    first_day = Day(**_FROM)
    last_day = Day(label="Until which day?", required=False)
    source = line("By whom were they appointed?", ask="Name the minute, the letter or the election")
    contact = line("How can you reach them?", "Only you and other secretaries see this.")

    def act(self) -> None:
        """Call the action."""
        new = NewSitting(
            self.said("name"), self.said("source"), self.said("officer"), self.said("deputy"),
            self.said("first_day"), self.said("last_day"),
        )  # fmt: skip
        number = self.about.seat.number if self.about.seat else 0
        contact = self.said("contact")
        actions.seat(self.about.place, number, new, contact=contact, **self.who)


class EndSeat(Acting):
    """Ends a seat, or somebody's sitting in it."""

    title = "End a term"
    sitting = forms.ChoiceField(label="Whose term ends?")
    last_day = Day(label="What is the last day?")
    reason = line("Why?", ask="Say why it ends")

    def begin(self) -> None:
        """The seat itself, and who sits in it."""
        seat = self.about.seat
        people = seat.people(self.about.day) if seat else []
        self.choose("sitting", [("", "The seat itself"), *((p.number, p.name) for p in people)])
        self.fields["sitting"].required = False

    def act(self) -> None:
        """Call the action."""
        sitting = self.said("sitting")
        actions.end_seat(
            self.about.place, self.about.seat.number if self.about.seat else 0,
            last_day=self.said("last_day"), reason=self.said("reason"),
            sitting=int(sitting) if sitting else None, **self.who,
        )  # fmt: skip


class _ForAgency(Acting):
    """A form of an agency of the place."""

    needed: ClassVar[Act]
    agency = forms.ChoiceField(label="For which agency?")

    @classmethod
    def check(cls, about: About) -> None:
        """For one agency of the place at least."""
        if not about.agencies(cls.needed):
            raise refusal(about.by.name, cls.needed, Matter(place=about.place))

    def begin(self) -> None:
        """Agencies for which the officer may."""
        self.choose("agency", self.about.agencies(self.needed))


class OfferMoney(_ForAgency):
    """Offers one's own agency's money."""

    title = "Offer our own money"
    needed = Act.OFFER_OWN_MONEY
    done = "The offer stands in the debate. Nothing is moved by it."
    warning = "Nothing is moved by an offer: your agency moves its money itself, if it decides to."
    pounds = forms.CharField(label="How many pounds?", max_length=30)
    year = forms.CharField(label="In which financial year?", max_length=9,
                           help_text="For example, 2027-28")  # fmt: skip
    from_what = line("What is it spent on today?", ask="Say what it is spent on today")
    to_what = line("What would it be spent on?", ask="Say what it would be spent on")
    condition = line("On which condition?", "Leave empty for none.")

    def act(self) -> None:
        """Call the action."""
        new = NewOffer(
            _pounds(self.said("pounds")), self.said("year"), self.said("from_what"),
            self.said("to_what"), self.said("condition"),
        )  # fmt: skip
        actions.offer(self.about.place, self.said("agency"), new, **self.who)


class WithdrawOffer(Acting):
    """Takes an offer back."""

    title = "Withdraw the offer"
    done = "The offer is withdrawn."
    reason = line("Why?", ask="Say why it is withdrawn")

    @classmethod
    def check(cls, about: About) -> None:
        """By its own agency, once."""
        if about.offer is None or not about.offer.stands:
            raise Refused(
                "The offer cannot be withdrawn", why="it was", next_step="Make a new offer"
            )
        places.power(about.by, Act.OFFER_OWN_MONEY, agency=about.offer.agency, on=about.on)

    def act(self) -> None:
        """Call the action."""
        number = self.about.offer.number if self.about.offer else 0
        actions.withdraw_offer(self.about.place, number, reason=self.said("reason"), **self.who)


class AnswerAdvice(Acting):
    """Answers a piece of advice."""

    title = "Answer this advice"
    done = "The answer is on record, and public."
    warning = "An answer is not changed afterwards."
    outcome = forms.ChoiceField(label="What do you do with it?", widget=forms.RadioSelect, choices=[
        (one.value, one.value.capitalize()) for one in Outcome])  # fmt: skip
    text = words("What changes, or why does nothing?", "The partnership and the public see this.",
                 ask="Say what changes, or why nothing does")  # fmt: skip

    @classmethod
    def check(cls, about: About) -> None:
        """Once, by the accountable body, unless it is answered in a hearing."""
        about.needs(Act.ANSWER_HEARD)
        if about.advice is None or about.advice.answer or about.advice.point:
            raise Refused(
                "The advice is not answered here",
                why="it has its answer, or it is answered in its hearing",
                next_step="See the hearing",
            )

    def act(self) -> None:
        """Call the action."""
        number = self.about.advice.number if self.about.advice else 0
        actions.answer_advice(
            self.about.place, number, self.said("outcome"), self.said("text"), **self.who
        )


class CountSupport(_ForAgency):
    """Counts support to civil society."""

    title = "Count support to civil society"
    needed = Act.COUNT_SUPPORT
    done = "The support is counted."
    kind = forms.ChoiceField(label="What was given?", widget=forms.RadioSelect)
    organisation = line("To whom?", ask="Name the organisation")
    charity = forms.CharField(label="Its charity number", required=False, max_length=16)
    pounds = forms.CharField(label="How many pounds?", required=False, max_length=30,
                             help_text="Of a grant, or of what an asset is worth.")  # fmt: skip
    hours = forms.IntegerField(label="How many hours?", required=False, min_value=1,
                               help_text="Only of volunteering.")  # fmt: skip
    basis = forms.ChoiceField(label="How was an asset valued?", required=False)
    first_day = Day(label="From which day?")
    last_day = Day(label="To which day?", help_text="In the same financial year.")
    source = line("Where is that written?", "A grant letter, a lease, a list.",
                  ask="Name the grant letter, lease or list")  # fmt: skip

    def begin(self) -> None:
        """Kinds and bases, as they are defined."""
        super().begin()
        self.choose("kind", [(k.value, f"{t}. {says}") for k, (t, says) in support_kinds().items()])
        self.choose("basis", [("", "It is no asset"), *bases().items()])

    def act(self) -> None:
        """Call the action."""
        kind = SupportKind(self.said("kind"))
        hours = kind is SupportKind.VOLUNTEERING
        amount = (self.said("hours") or 0) if hours else _pounds(self.said("pounds"))
        new = NewSupport(
            kind, self.said("organisation"), amount, self.said("first_day"),
            self.said("last_day"), self.said("source"), self.said("charity"), self.said("basis"),
        )  # fmt: skip
        actions.count_support(self.about.place, self.said("agency"), new, **self.who)


PLACE: Final[Mapping[str, type[Acting]]] = {
    "plan": Plan,
    "add-seat": AddSeat,
    "rules": SetRules,
    "offer": OfferMoney,
    "count-support": CountSupport,
}
SEAT: Final[Mapping[str, type[Acting]]] = {"who": Seating, "end": EndSeat}
OFFER: Final[Mapping[str, type[Acting]]] = {"withdraw": WithdrawOffer}
ADVICE: Final[Mapping[str, type[Acting]]] = {"answer": AnswerAdvice}
