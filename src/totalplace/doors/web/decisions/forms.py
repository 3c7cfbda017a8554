"""A form for each verb: what it asks, and the action that it calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms

from totalplace.decisions import actions
from totalplace.decisions.definitions.reading import categories, matters
from totalplace.decisions.queries import BodyRow, DecisionRow
from totalplace.decisions.rules.bodies import ALONE
from totalplace.decisions.rules.moves import Verb
from totalplace.decisions.rules.proposals import Proposal, Taking, said_pence
from totalplace.decisions.rules.telling import DOING
from totalplace.doors.web.forms import Day
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

_SEEN: Final = "The public sees this."


def slug(verb: str) -> str:
    """A verb as it stands in an address."""
    return verb.replace(" ", "-")


def _words(label: str, hint: str = "", *, ask: str = "", rows: int = 4) -> forms.CharField:
    """Several lines of words; `ask` is said where they are missing, and empty where they may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _line(label: str, hint: str = "", *, ask: str = "") -> forms.CharField:
    """One line of words; `ask` is said where it is missing, and empty where it may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        max_length=300,
    )  # fmt: skip


class Acting(forms.Form):
    """A form about one decision. `act` calls one action; what it refuses is shown above it."""

    done: ClassVar[str] = "It is on record."

    def __init__(self, typed: Any, row: DecisionRow, verb: Verb | None = None) -> None:
        super().__init__(typed)
        self.row, self.verb = row, verb
        self.begin()

    def begin(self) -> None:
        """Fill in what is known before anything is typed."""

    def act(self, *, by: Officer, on: datetime) -> None:
        """Do it. Raises Refused as the action does."""
        raise NotImplementedError

    @property
    def citation(self) -> str:
        """Which decision it is about."""
        return self.row.citation.id

    def said(self, name: str) -> Any:
        """What was typed in a field, as its kind."""
        return self.cleaned_data[name]

    def names(self, name: str) -> list[str]:
        """Names, one on each line."""
        return [line.strip() for line in str(self.said(name)).splitlines() if line.strip()]


class Notice(Acting):
    """Gives notice, for the day planned or another."""

    done = "Notice is given. It is on the forward plan."
    planned_on = Day(label="On which day will it be decided?", help_text="For example, 27 3 2027")

    def begin(self) -> None:
        """What is known before anything is typed."""
        self.fields["planned_on"].initial = self.row.planned_on

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        actions.give_notice(self.citation, planned_on=self.said("planned_on"), by=by, on=on)


class ShorterNotice(Acting):
    """Gives the shorter notice."""

    done = "Shorter notice is given. Inform the chair of scrutiny in writing today."
    reason = _words(
        "Why can notice not be given in full?", _SEEN, ask="Say why notice cannot be given in full"
    )
    planned_on = Day(label="On which day will it be decided?", required=False)

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        said = {"reason": self.said("reason"), "planned_on": self.said("planned_on")}
        actions.use_general_exception(self.citation, **said, by=by, on=on)


class Urgency(Acting):
    """Agrees urgency, or that there is no time for a call-in, in one's own name."""

    done = "It is agreed, in your name."
    reason = _words(
        "Why is it urgent, and why can it not be deferred?",
        _SEEN,
        ask="Say why it is urgent, and why it cannot be deferred",
    )
    unable = _line(
        "If it is for somebody else to agree first, why can they not act?",
        "The chair of scrutiny comes first, then the chair of the council, then the vice-chair.",
    )

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        agree = {Verb.AGREE_URGENCY: actions.agree_urgency}.get(
            self.verb or Verb.AGREE_URGENCY, actions.waive_call_in
        )
        agree(self.citation, reason=self.said("reason"), unable=self.said("unable"), by=by, on=on)


class Deciding(Acting):
    """Takes a decision, refuses it, or confirms or rescinds what was referred back."""

    reason = _words(
        "What was decided, and for which reasons?",
        _SEEN,
        ask="Say what was decided, and for which reasons",
    )
    options = _words("What else was considered and rejected?", rows=3)
    took_part = _words(
        "Who took part?", "One name on each line. Whoever declared an interest in money may not.",
        ask="Name each member who took part", rows=5,
    )  # fmt: skip
    taken_on = Day(label="On which day was it decided?", required=False,
                   help_text="Leave empty for today.")  # fmt: skip

    def begin(self) -> None:
        """What is known before anything is typed."""
        if self.verb is not Verb.TAKE:
            del self.fields["taken_on"]
        if self.row.body.kind in ALONE:  # who decides alone need not name themself
            self.fields["took_part"].required = False

    def taking(self) -> Taking:
        """What was typed, as the action takes it."""
        day = self.cleaned_data.get("taken_on")
        return Taking(self.said("reason"), self.names("took_part"), self.said("options"), day)

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        if self.verb is Verb.TAKE:
            actions.take(self.citation, self.taking(), by=by, on=on)
        elif self.verb is Verb.REFUSE:
            actions.refuse(self.citation, self.taking(), by=by, on=on)
        elif self.verb is not None:
            actions.reconsider(self.citation, self.verb, self.taking(), by=by, on=on)


class Withdraw(Acting):
    """Withdraws what was proposed."""

    done = "It is withdrawn."
    reason = _words("Why is it withdrawn?", _SEEN, ask="Say why it is withdrawn")

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        actions.withdraw(self.citation, reason=self.said("reason"), by=by, on=on)


class CallIn(Acting):
    """Calls a decision in."""

    done = "It is called in. It has no effect until that is answered."
    members = _words("Which members call it in?", ask="Name each member who calls it in", rows=5)
    reason = _words(
        "Why should it be looked at again?", _SEEN, ask="Say why it should be looked at again"
    )

    def begin(self) -> None:
        """What is known before anything is typed."""
        taken = [move for move in self.row.moves if move.step.verb is Verb.TAKE]
        day = (taken[-1].taken_on or taken[-1].step.day) if taken else self.row.planned_on
        window = self.row.body.rules_on(day).call_in
        needed = window.members if window else 1
        hint = f"One name on each line; {needed} or more. Whoever took the decision may not."
        self.fields["members"].help_text = hint

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        names = self.names("members")
        actions.call_in(self.citation, reason=self.said("reason"), members=names, by=by, on=on)


class Answer(Acting):
    """Answers a call-in."""

    done = "The call-in is answered."
    reason = _words("Why?", _SEEN, ask="Say why")

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        verb = self.verb or Verb.UPHOLD
        actions.answer_call_in(self.citation, verb, reason=self.said("reason"), by=by, on=on)


class Comment(Acting):
    """The chief finance officer's comment."""

    done = "Your comment stands with the decision."
    words = _words(
        "Is it lawful and affordable, and from which budget?",
        _SEEN,
        ask="Say whether it is lawful and affordable",
    )

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        actions.comment_on_finance(self.citation, self.said("words"), by=by, on=on)


class Advise(Acting):
    """Advice of a partnership, a committee, a lawyer."""

    done = "The advice stands with the decision."
    source = _line(
        "Whose advice is it?",
        "Such as the health and wellbeing board",
        ask="Say whose advice it is",
    )
    words = _words("What do they say?", _SEEN, ask="Say what they say")

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        said = {"source": self.said("source")}
        actions.advise(self.citation, self.said("words"), **said, by=by, on=on)


class Declare(Acting):
    """An interest that is declared."""

    done = "The interest is declared."
    who = _line("Whose interest is it?", "Leave empty if it is yours.")
    nature = _words("What is the interest?", _SEEN, ask="Say what the interest is", rows=3)
    pecuniary = forms.ChoiceField(
        label="Is it a disclosable pecuniary interest?", widget=forms.RadioSelect,
        choices=[("yes", "Yes: they take no part in the decision"), ("no", "No")],
        error_messages={"required": "Say whether it is a disclosable pecuniary interest"},
    )  # fmt: skip
    dispensation = _line("Who granted a dispensation, and why?")

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        actions.declare_interest(
            self.citation, self.said("nature"), pecuniary=self.said("pecuniary") == "yes",
            who=self.said("who"), dispensation=self.said("dispensation"), by=by, on=on,
        )  # fmt: skip


def _categories() -> list[tuple[str, str]]:
    kept = [
        (code, f"{one.says[:1].upper()}{one.says[1:]} ({one.law})")
        for code, one in categories().items()
    ]
    return [("", "Anybody may see it"), *kept]


class AddPaper(Acting):
    """A paper, open or kept from the public."""

    done = "The paper is added."
    title = _line("Title of the paper", ask="Enter the title of the paper")
    address = _line("Where can it be read?", "An address that starts with https://")
    category = forms.ChoiceField(label="May the public see it?", choices=_categories,
                                 required=False)  # fmt: skip
    reason = _words("If not, why is it better kept back?", "The public sees this reason.")

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        said = {name: self.said(name) for name in ("address", "category", "reason")}
        actions.add_paper(self.citation, self.said("title"), **said, by=by, on=on)


class MarkPaper(Acting):
    """A paper kept from the public from now on, or opened to them."""

    done = "The paper is marked."
    number = forms.ChoiceField(label="Which paper?")
    category = forms.ChoiceField(label="May the public see it?", choices=_categories,
                                 required=False)  # fmt: skip
    reason = _words("Why?", "The public sees this reason.", ask="Say why")

    def begin(self) -> None:
        """What is known before anything is typed."""
        field = self.fields["number"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (it is, above)
        field.choices = [
            (str(paper.number), f"Paper {paper.number}: {paper.title}") for paper in self.row.papers
        ]

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        actions.mark_paper(
            self.citation, int(self.said("number")), category=self.said("category"),
            reason=self.said("reason"), by=by, on=on,
        )  # fmt: skip


class Propose(forms.Form):
    """A proposal to a body."""

    title = _line("Title", "In a few words", ask="Enter a title")
    summary = _words("What is to be decided?", ask="Say what is to be decided")
    matter = forms.ChoiceField(label="What kind of matter is it?")
    amount = forms.CharField(label="How many pounds does it spend or save?", required=False,
                             max_length=30, help_text="0 for none; leave empty if it is not known, "
                             "and it is treated as a key decision.")  # fmt: skip
    wards = forms.IntegerField(label="How many wards or divisions does it affect significantly?",
                               required=False, min_value=0, help_text="Leave empty if it is not "
                               "known, and it is treated as a key decision.")  # fmt: skip
    significant = _line("Is it significant for another reason?")
    planned_on = Day(label="On which day is it to be decided?", help_text="For example, 27 3 2027")
    about = _line("What is it about?", "A kind and a name, such as edition wexshire/2025-26/1")
    contact = _line("Whom can people ask about it?")

    def __init__(self, typed: Any, body: BodyRow, *, on: datetime) -> None:
        super().__init__(typed)
        self.body = body
        field = self.fields["matter"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (it is, above)
        decided = body.rules_on(on.date()).matters
        field.choices = [(c, m.title) for c, m in matters().items() if c in decided]

    def act(self, *, by: Officer, on: datetime) -> DecisionRow:
        """Propose it. Raises Refused as the action does."""
        said = self.cleaned_data
        kind, _, name = said["about"].strip().partition(" ")
        proposal = Proposal(
            said["title"], said["summary"], said["matter"], said["planned_on"],
            said_pence(said["amount"]), said["wards"], said["significant"],
            Citation(kind, name.strip()) if name.strip() else None, said["contact"],
        )  # fmt: skip
        return actions.propose(self.body.code, proposal, by=by, on=on)


FORMS: Final[Mapping[Verb, type[Acting]]] = {
    Verb.GIVE_NOTICE: Notice,
    Verb.USE_EXCEPTION: ShorterNotice,
    Verb.AGREE_URGENCY: Urgency,
    Verb.WAIVE_CALL_IN: Urgency,
    Verb.TAKE: Deciding,
    Verb.REFUSE: Deciding,
    Verb.WITHDRAW: Withdraw,
    Verb.CALL_IN: CallIn,
    Verb.UPHOLD: Answer,
    Verb.REFER_BACK: Answer,
    Verb.REFER_TO_COUNCIL: Answer,
    Verb.CONFIRM: Deciding,
    Verb.RESCIND: Deciding,
}
# What may be said beside the moves: the form, the act it is, and the words on its button.
SAYINGS: Final[Mapping[str, tuple[type[Acting], Act, str]]] = {
    "comment": (Comment, Act.COMMENT_ON_FINANCE, "Comment as chief finance officer"),
    "declare-interest": (Declare, Act.DECLARE_INTEREST, "Declare an interest"),
    "add-paper": (AddPaper, Act.ADD_PAPER, "Add a paper"),
    "mark-paper": (MarkPaper, Act.ADD_PAPER, "Open or close a paper to the public"),
    "advise": (Advise, Act.ADVISE, "Add advice"),
}
VERBS: Final[Mapping[str, Verb]] = {slug(verb): verb for verb in Verb}


def title_of(verb: str) -> str:
    """The words of a verb, on its button and over its form."""
    return DOING[VERBS[verb]] if verb in VERBS else SAYINGS[verb][2]
