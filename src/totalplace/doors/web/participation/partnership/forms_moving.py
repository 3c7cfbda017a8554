"""What members do in a meeting: declare, move, second, amend, vote, dissent; and what is put."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import forms

from totalplace.doors.web.forms import Day
from totalplace.doors.web.participation.partnership.about import About, Acting, Spoken, line, words
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewInterest, NewMotion
from totalplace.participation.definitions.partnership import motion_kinds
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership import motions, taking_part
from totalplace.participation.rules.partnership.members import Seat
from totalplace.participation.rules.partnership.motions import Verb
from totalplace.participation.rules.partnership.own_rules import Majority, Tie
from totalplace.participation.rules.partnership.seen import Item
from totalplace.participation.rules.partnership.votes import Side, tally
from totalplace.record.rules.chain import Citation

_SIDES: Final = (
    (Side.FOR.value, "For"),
    (Side.AGAINST.value, "Against"),
    (Side.ABSTAIN.value, "Abstain"),
)


def _item(about: About) -> Item:
    if about.item is None:
        raise LookupError("this is about no item")
    return about.item


class DeclareInterest(Spoken):
    """Declares an interest in an item."""

    title = "Declare an interest"
    done = "The interest is on record."
    nature = words("What is the interest?", "The public sees this.", ask="Say what it is", rows=3)
    conflict = forms.TypedChoiceField(
        label="Is it a conflict?", widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        choices=[("yes", "Yes, and we take no part in the item"), ("no", "No, it is only noted")],
    )  # fmt: skip

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_declare(about.at, _item(about), seat)

    def act(self) -> None:
        """Call the action."""
        at, new = self.about.at, NewInterest(self.said("nature"), self.said("conflict"))
        actions.declare_interest(
            at.place, at.number, _item(self.about).number, new, seat=self.seat, **self.who
        )


class Move(Spoken):
    """Moves a motion under an item."""

    title = "Move a motion"
    done = "It is moved. Another seat has to second it."
    kind = forms.ChoiceField(label="What does the motion do?", widget=forms.RadioSelect)
    text = words(
        "The words of the motion",
        "A partnership decides nothing: it approves no budget, and can advise the body that does.",
        ask="Say what is moved",
    )
    offer = forms.ChoiceField(label="Which offer does it support?", required=False)
    answer_by = Day(label="By when should advice be answered?", required=False,
                    help_text="Leave empty for the time that our rules give.")  # fmt: skip

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_move(about.at, _item(about), seat)

    def begin(self) -> None:
        """What a motion may do, and the offers that stand."""
        super().begin()
        known = [(k.value, f"{one.title}. {one.says}") for k, one in motion_kinds().items()]
        self.choose("kind", known)
        standing = [one for one in queries.offers(self.about.place) if one.stands]
        offers = [(one.citation.id, f"{one.agency_name}: {one.words}") for one in standing]
        self.choose("offer", [("", "None"), *offers])
        if not offers:
            del self.fields["offer"]

    def act(self) -> None:
        """Call the action."""
        at, offered = self.about.at, self.said("offer")
        cites = Citation("offer", offered) if offered else None
        kind = motions.kind_of(self.said("kind"))
        new = NewMotion(kind, self.said("text"), cites, self.said("answer_by"))
        item = _item(self.about).number
        actions.move(at.place, at.number, item, new, seat=self.seat, **self.who)


class Amend(Spoken):
    """Moves an amendment, with the whole motion as it should be."""

    title = "Propose an amendment"
    done = "The amendment is moved. Another seat has to second it."
    text = words("The motion as it should be", ask="Write the motion as it should be")
    before = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_amend(about.at, about.moved, seat)

    def begin(self) -> None:
        """The words that it has now."""
        super().begin()
        now = self.about.at.text_of(self.about.moved)
        self.fields["text"].initial = self.fields["before"].initial = now

    def act(self) -> None:
        """Call the action."""
        before = self.said("before").replace("\r\n", "\n")
        actions.amend(
            self.about.place, self.about.moved.number, self.said("text").replace("\r\n", "\n"),
            before=before, seat=self.seat, **self.who,
        )  # fmt: skip


class Second(Spoken):
    """Seconds a motion."""

    title = "Second it"
    done = "It is seconded."

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_second(about.at, about.moved, seat)

    def act(self) -> None:
        """Call the action."""
        actions.second(self.about.place, self.about.moved.number, seat=self.seat, **self.who)


class Withdraw(Spoken):
    """Withdraws what one's own seat moved."""

    title = "Withdraw it"
    done = "It is withdrawn."
    reason = line("Why?")

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_withdraw(about.at, about.moved, seat)

    def act(self) -> None:
        """Call the action."""
        actions.withdraw(
            self.about.place, self.about.moved.number, reason=self.said("reason"),
            seat=self.seat, **self.who,
        )  # fmt: skip


class Vote(Spoken):
    """Votes in the open."""

    title = "Vote"
    done = "The vote is on record."
    warning = "Votes are open: everybody sees them. A vote cannot be changed."
    side = forms.ChoiceField(label="How do you vote?", choices=_SIDES, widget=forms.RadioSelect)

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_vote(about.at, about.moved, seat)

    def act(self) -> None:
        """Call the action."""
        actions.vote(
            self.about.place, self.about.moved.number, self.said("side"), seat=self.seat, **self.who
        )


class Dissenting(Spoken):
    """Puts a dissent on record."""

    title = "Object, or record a dissent"
    done = "Your words stand on record beside the motion."
    text = words(
        "What do you hold against it?",
        "Your words stand beside the motion, with the name of your seat. While it is not settled, "
        "it cannot be agreed without a vote.",
        ask="Say what you hold against it",
    )

    @classmethod
    def check_seat(cls, about: About, seat: Seat) -> None:
        """As the action asks."""
        taking_part.check_dissent(about.at, about.moved, seat)

    def act(self) -> None:
        """Call the action."""
        actions.dissent(
            self.about.place, self.about.moved.number, self.said("text"), seat=self.seat, **self.who
        )


class Put(Acting):
    """Puts a motion to the vote."""

    title = "Put it to the vote"
    done = "Members can vote now."

    @classmethod
    def check(cls, about: About) -> None:
        """As the action asks."""
        super().check(about)
        taking_part.check_put(about.at, about.moved, Verb.PUT)

    def act(self) -> None:
        """Call the action."""
        actions.put(self.about.place, self.about.moved.number, **self.who)


class Agree(Acting):
    """Agrees a motion without a vote."""

    title = "Agree it without a vote"
    done = "It is agreed, and nobody objected."
    warning = "Ask the meeting whether anybody objects. If anybody does, put it to the vote."

    @classmethod
    def check(cls, about: About) -> None:
        """As the action asks."""
        super().check(about)
        taking_part.check_put(about.at, about.moved, Verb.AGREE)

    def act(self) -> None:
        """Call the action."""
        actions.agree(self.about.place, self.about.moved.number, **self.who)


class CloseVote(Acting):
    """Counts the votes."""

    title = "Close the vote"
    done = "The votes are counted."
    casting = forms.ChoiceField(
        label="There is a tie. How does the chair cast the casting vote?",
        widget=forms.RadioSelect, choices=_SIDES[:2],
    )  # fmt: skip

    @classmethod
    def check(cls, about: About) -> None:
        """As the action asks."""
        super().check(about)
        motions.after(about.moved.stage, Verb.CARRY)

    def begin(self) -> None:
        """Ask for a casting vote only where there is one; say who has not voted."""
        rules, counted = self.about.at.rules, tally(self.about.moved.votes)
        wanted = rules.tie is Tie.CASTING and rules.majority is Majority.SIMPLE and counted.tied
        if not wanted:
            del self.fields["casting"]
        waiting = taking_part.not_voted(self.about.at, self.about.moved)
        names = ", ".join(seat.name for seat in waiting)
        self.note = f"Not voted yet: {names}." if names else "Everybody who can vote has voted."

    def act(self) -> None:
        """Call the action."""
        casting = self.said("casting") or ""
        actions.close_vote(self.about.place, self.about.moved.number, casting=casting, **self.who)


class LetLapse(Acting):
    """Lets a motion lapse."""

    title = "Let it lapse"
    done = "It has lapsed."
    reason = line("Why?", "Such as: nobody seconded it.", ask="Say why it lapses")

    @classmethod
    def check(cls, about: About) -> None:
        """As the action asks."""
        super().check(about)
        taking_part.check_sits(about.at, "The motion cannot lapse")
        motions.after(about.moved.stage, Verb.LAPSE)

    def act(self) -> None:
        """Call the action."""
        actions.let_lapse(
            self.about.place, self.about.moved.number, reason=self.said("reason"), **self.who
        )


ITEM: Final[Mapping[str, type[Acting]]] = {
    "move": Move,
    "declare-interest": DeclareInterest,
}
MOTION: Final[Mapping[str, type[Acting]]] = {
    "vote": Vote,
    "second": Second,
    "put": Put,
    "close-vote": CloseVote,
    "agree": Agree,
    "amend": Amend,
    "dissent": Dissenting,
    "withdraw": Withdraw,
    "let-lapse": LetLapse,
}
