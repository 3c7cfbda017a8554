"""Forms of pools: who shows the money, the year-end clause, forecasts, conditions, ledgers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.ledger.queries import LineRow
from totalplace.ledger.rules.clause_text import percentages_of
from totalplace.ledger.rules.partner_views import View
from totalplace.ledger.rules.treatments import EVERY_LINE, Arrangement, Basis, Part, Treatment
from totalplace.ledger.rules.year_end import (
    Clause,
    Keeping,
    by_contribution,
    by_percentages,
    capped,
    host_bears,
)
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

Choices = Sequence[tuple[str, str]]
_ALL: Final = "every line that has no arrangement of its own"


class Pounds(forms.CharField):
    """A sum in pounds, as whole pence; None where nothing is typed."""

    def __init__(self, label: str, hint: str = "", *, required: bool = True) -> None:
        super().__init__(label=label, help_text=hint, required=required, max_length=20)

    def clean(self, value: Any) -> int | None:
        """The sum in pence."""
        text = super().clean(value)
        try:
            return said_pence(text) if text else None
        except Refused as refused:
            raise ValidationError(f"{refused.what}: {refused.next_step}") from refused


def _line(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, max_length=300)


def _words(label: str, hint: str = "", *, required: bool = True, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=4_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class AsOf(forms.Form):
    """Of which day the pool is shown."""

    day = Day(label="Until which day?", required=False)


class RestsOn(forms.Form):
    """On what it rests."""

    rests_on = forms.CharField(
        label="Which agreement or decision does it rest on?",
        help_text="Such as agreement wexshire/1: a word, a space, and its number.",
        max_length=200,
    )

    def clean_rests_on(self) -> Citation:
        """What it rests on, as it is cited."""
        kind, _, number = str(self.cleaned_data["rests_on"]).strip().partition(" ")
        if not number.strip():
            raise ValidationError("Write a word, a space and a number, such as agreement wex/1")
        return Citation(kind, number.strip())


class Arrange(RestsOn):
    """Who shows the money of a line or of all, and each partner's weight."""

    basis = forms.ChoiceField(
        label="Who controls the money?",
        choices=[(basis.value, basis.value.capitalize()) for basis in Basis],
        widget=forms.RadioSelect,
    )
    line = forms.ChoiceField(label="Of which line?", required=False)
    first_day = Day(label="From which day?")
    principal = forms.ChoiceField(
        label="Which partner controls?", required=False,
        help_text="Only where one partner controls. It then shows all of the money.",
    )  # fmt: skip
    why = _words("Why?", "In a sentence, for the auditors of every partner.")

    def __init__(
        self, said: Mapping[str, Any] | None, *, lines: Sequence[LineRow], partners: Choices
    ) -> None:
        super().__init__(said)
        self.partners = partners
        self.payers = {one.payer for one in lines}
        self._choose("line", [(EVERY_LINE, _ALL.capitalize()),
                              *((one.code, one.title) for one in lines)])  # fmt: skip
        self._choose("principal", [("", "Nobody alone"), *partners])
        for at, (_, name) in enumerate(partners):
            hint = "" if at else "Pounds where shared by contribution, else per cent."
            self.fields[f"share_{at}"] = _line(f"Share of {name}", hint, required=False)
        shares = [f"share_{at}" for at in range(len(partners))]
        self.order_fields(["basis", "line", "principal", *shares, "first_day", "why", "rests_on"])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def arrangement(self) -> Arrangement:
        """What is arranged. Raises Refused for a share that is no number."""
        said = self.cleaned_data
        basis, principal = Basis(said["basis"]), said["principal"]
        parts = []
        for at, (code, _) in enumerate(self.partners):
            # What is suggested beside partners is no share of theirs where nothing is shared.
            weight = self._weight(basis, said.get(f"share_{at}", "")) if basis.joint else 0
            if basis.joint:
                treatment = Treatment.JOINT if weight else Treatment.MEMORANDUM
            elif code in (self.payers if basis is Basis.OWN else {principal}):
                treatment = Treatment.PRINCIPAL
            else:
                treatment = Treatment.AGENT if basis is Basis.OWN else Treatment.MEMORANDUM
            parts.append(Part(code, treatment, weight))
        day: date = said["first_day"]
        return Arrangement(said["line"], day, basis, tuple(parts))

    @staticmethod
    def _weight(basis: Basis, typed: str) -> int:
        if not typed.strip():
            return 0
        if basis is not Basis.PERCENTAGES:
            return said_pence(typed) or 0
        return dict(percentages_of(f"{'x'} {typed.replace('%', '').strip()}"))["x"]


class TryClause(forms.Form):
    """A year-end clause, to be run before it is agreed."""

    READY: Final = (
        ("contribution", "Shared by contribution"),
        ("percentages", "Shared by agreed per cent"),
        ("host", "One partner bears an overspend and has an underspend"),
        ("capped", "One partner up to a sum, and what is over it by contribution"),
        ("sentences", "In its own sentences, written below"),
    )
    kind = forms.ChoiceField(
        label="How is an overspend or an underspend shared?", choices=READY,
        widget=forms.RadioSelect, initial="contribution",
    )  # fmt: skip
    bearer = forms.ChoiceField(label="Which partner?", required=False)
    cap = Pounds("Up to how many pounds?", "Only where one partner bears the first.",
                 required=False)  # fmt: skip
    percentages = _words("Agreed per cents", "Code and per cent: wex 60, nhs-wex 40.",
                         required=False)  # fmt: skip
    keeping = forms.ChoiceField(
        label="What becomes of an underspend?",
        help_text="Kept only for bodies that may carry money forward; the others get theirs back.",
        choices=[(one.value, f"It is {one.value}") for one in Keeping],
        widget=forms.RadioSelect,
        initial=Keeping.RETURNED.value,
    )
    sentences = _words("Its sentences", "One a line, as the agreement has them.", required=False,
                       rows=4)  # fmt: skip
    past = _words(
        "Years before this book",
        "One a line: 2023-24: spent 1250000; wex 800000, nhs-wex 400000",
        required=False, rows=3,
    )  # fmt: skip

    def __init__(self, said: Mapping[str, Any] | None, *, partners: Choices) -> None:
        super().__init__(said)
        bearer = self.fields["bearer"]
        if isinstance(bearer, forms.ChoiceField):
            bearer.choices = [("", "None alone"), *partners]

    def clause(self) -> Clause | None:
        """The ready clause that is chosen; None where its sentences are written."""
        said = self.cleaned_data
        keeping, bearer = Keeping(said["keeping"]), said["bearer"]
        match said["kind"]:
            case "contribution":
                return by_contribution(keeping)
            case "percentages":
                return by_percentages(dict(percentages_of(said["percentages"])), keeping)
            case "host":
                return host_bears(bearer, keeping)
            case "capped":
                return capped(bearer, said["cap"] or 0, keeping)
            case _:
                return None


class AgreeClause(RestsOn):
    """The clause that was run, agreed from a year on."""

    text = _words("The clause", "In its sentences. It is kept as it stands here.", rows=4)
    field_order = ("text", "rests_on")


class Forecasts(forms.Form):
    """What each scheme is expected to spend in the year, and why it is not the plan."""

    def __init__(
        self, said: Mapping[str, Any] | None, *, schemes: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(said)
        for at, (name, planned) in enumerate(schemes):
            hint = f"Planned: {planned}"
            self.fields[f"pounds_{at}"] = Pounds(f"{name}: pounds", hint, required=False)
            self.fields[f"why_{at}"] = _line(f"{name}: why", required=False)


class Condition(forms.Form):
    """Whether a national condition is met; of the NHS minimum also its number and lines."""

    met = forms.ChoiceField(
        label="Is it met?", choices=[("yes", "Met"), ("no", "Not met")], widget=forms.RadioSelect
    )
    words = _words("In words", "Needed where it is not met.", required=False)

    def __init__(
        self, said: Mapping[str, Any] | None, *, minimum: bool, lines: Sequence[LineRow]
    ) -> None:
        super().__init__(said)
        if not minimum:
            return
        self.fields["required"] = Pounds(
            "NHS minimum contribution to adult social care, for the year: pounds",
            "As it is published for this area.",
        )
        self.fields["source"] = _line("Where does that number stand?")
        self.fields["lines"] = forms.MultipleChoiceField(
            label="Which lines count toward it?",
            choices=[(one.code, one.title) for one in lines],
            widget=forms.CheckboxSelectMultiple,
        )


class Ledger(forms.Form):
    """A partner's own ledger, as a file, and over which days it is held against the book."""

    file = forms.FileField(
        label="Your ledger, as your system writes it",
        help_text="CSV or XLSX: a day, a sum (or a debit and a credit) and a reference a row.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,.xlsb,.ods,.txt"}),
    )
    view = forms.ChoiceField(
        label="What is in it?",
        choices=[(view.value, view.value.capitalize()) for view in View],
        widget=forms.RadioSelect,
    )
    first_day = Day(label="From which day?")
    last_day = Day(label="Until which day?")
    only = _line("Only rows with this code", "Such as a cost centre. Leave it empty for all rows.",
                 required=False)  # fmt: skip
    tolerance = forms.IntegerField(
        label="Days apart that are the same day to you", initial=5, min_value=0, max_value=60
    )


class Explain(forms.Form):
    """What a difference is."""

    key = forms.CharField(widget=forms.HiddenInput)
    words = _words("What is this difference?", "In a sentence. The difference stays on the page.")
