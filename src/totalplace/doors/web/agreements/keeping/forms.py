"""Forms about promises, disputes and the docket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from totalplace.agreements.rules.docket import Change
from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.refusal import Refused

_SEEN: Final = "The public sees this."
Named = Sequence[tuple[str, str]]  # code, name


def _words(label: str, hint: str = _SEEN, *, ask: str = "", rows: int = 4) -> forms.CharField:
    """Several lines of words; `ask` is said where they are missing, and empty where they may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": rows}), max_length=4_000,
    )  # fmt: skip


def _line(label: str, hint: str = "", *, ask: str = "") -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        max_length=300,
    )  # fmt: skip


def _choose(form: forms.Form, name: str, options: Named) -> None:
    """Fill a list from which one is chosen."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(options)


class _For(forms.Form):
    """A form in which an officer speaks for an agency; which, is asked only where it is open."""

    agency = forms.ChoiceField(label="For whom do you speak?")

    def __init__(self, typed: Any, agencies: Named) -> None:
        super().__init__(typed)
        if len(agencies) == 1:
            del self.fields["agency"]
            self._only = agencies[0][0]
        else:
            self._only = ""
            _choose(self, "agency", agencies)

    def speaks_for(self) -> str:
        """The agency for which it is said."""
        return self._only or str(self.cleaned_data["agency"])


class Say(_For):
    """What was done about a promise."""

    words = _words("What was done?", ask="Say what was done")
    evidence = _line(
        "What shows it?",
        "A posting, an entry of the record, or the address of a paper. The public sees this.",
        ask="Say what shows it",
    )


class Notice(_For):
    """Notice of a breach."""

    words = _words(
        "What do you want the other side to do?",
        "The day of the breach is read from the book and the record. The public sees this.",
        ask="Say what you want the other side to do",
    )


class Move(_For):
    """A move of a dispute."""

    words = _words("What is to be known about it?", ask="Say what is to be known about it")
    evidence = _line("Where can it be read?", "For a finding: the adjudicator and the address.")


class Remedy(forms.Form):
    """The remedy of a breach, up to a day, in a book."""

    book = forms.ChoiceField(label="In which book?")
    day = Day(label="Up to which day?", help_text="For example, 27 3 2027")

    def __init__(self, typed: Any, books: Named) -> None:
        super().__init__(typed)
        _choose(self, "book", books)


class Raise(_For):
    """A rule that stands in the way."""

    title = _line("Which rule is it?", "In a few words", ask="Say which rule it is")
    rule = _words("What does it say, and what does it block?", ask="Say what the rule blocks")
    change = forms.ChoiceField(
        label="What kind of change is it?", choices=[(c.value, c.value) for c in Change]
    )
    owner = forms.ChoiceField(label="Who is to see to it?")
    lifted_by = _line(
        "Who can lift it, and how?", "Such as: the Secretary of State, by direction",
        ask="Say who can lift it",
    )  # fmt: skip
    heard = _words(
        "Who was heard about it?", "Or why nobody was. The public sees this.",
        ask="Say who was heard, or why nobody was", rows=2,
    )  # fmt: skip
    deadline = Day(label="By when should it be lifted?", required=False)
    cost = _line("What does it cost a year while it stands, in pounds?", "Empty: not known")
    cost_source = _line("Where is that sum from?")

    def __init__(self, typed: Any, agencies: Named, owners: Named) -> None:
        super().__init__(typed, agencies)
        _choose(self, "owner", owners)

    def clean_cost(self) -> int | None:
        """The cost of a year in pence; None where it is not known."""
        try:
            return said_pence(str(self.cleaned_data["cost"]))
        except Refused as refused:
            raise forms.ValidationError(f"{refused.what}: {refused.why}") from refused


class Docket(forms.Form):
    """A move of an item of the docket."""

    reason = _words("What was done, and why?", ask="Say what was done, and why")
    evidence = _line(
        "By which instrument, notice or release?", "Needed where the rule is lifted: its name "
        "and where it can be read.",
    )  # fmt: skip
