"""What is asked on the pages of agreements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.agreements.queries.devolution import every_model
from totalplace.doors.web.forms import Day
from totalplace.money.years import FinancialYear
from totalplace.participation.queries import AnswerRow
from totalplace.places.queries import AgencyRow, PlaceRow

_SEEN: Final = "It goes on the record, and anybody can read it"
LARGEST_TEXT: Final = 2 * 2**20  # bytes


def reason_field() -> forms.CharField:
    """Why something is done."""
    return forms.CharField(
        label="Why?",
        help_text=_SEEN,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )


def choose(label: str, known: Sequence[tuple[str, str]], *, ask: str) -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(label=label, choices=[*known], error_messages={"required": ask})


class Act(forms.Form):
    """Why something is done, for which party, under which decision, and from which day."""

    def __init__(
        self,
        typed: Any,
        *,
        parties: Sequence[tuple[str, str]] = (),
        decisions: Sequence[tuple[str, str]] = (),
        ending: bool = False,
    ) -> None:
        super().__init__(typed)
        if decisions:
            self.fields["decision"] = choose(
                "Under which decision?", decisions, ask="Choose the decision"
            )
        if parties:
            self.fields["agency"] = choose("For whom?", parties, ask="Choose for whom")
        if ending:
            self.fields["ends_on"] = Day(
                label="From which day, if you give notice",
                help_text="Leave it empty to end it together with the other side, or once its last "
                "day has passed",
                required=False,
            )
        self.fields["reason"] = reason_field()


class Change(forms.Form):
    """The text, typed here or in a file, and why it is changed."""

    text = forms.CharField(
        label="The text",
        help_text="Clauses need no numbers: they are numbered anew. Leave an empty line between "
        "clauses",
        required=False,
        max_length=2_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 25, "spellcheck": "true"}),
    )
    file = forms.FileField(
        label="Or a file with the text",
        help_text="Plain text (.txt or .md), as downloaded here. It is taken instead of what is "
        "typed above",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.md,text/plain"}),
    )

    def __init__(
        self,
        typed: Any,
        *,
        text: str,
        files: Any = None,
        answers: Sequence[AnswerRow] = (),
        parties: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(typed, files, initial={"text": text})
        if answers:
            told = [(str(one.number), f"Answer {one.number}: {one.words[:150]}") for one in answers]
            self.fields["because"] = choose(
                "Which answer led to this change?", told, ask="Choose the answer"
            )
        if len(parties) > 1:
            self.fields["agency"] = choose("For whom?", parties, ask="Choose for whom")
        self.fields["reason"] = reason_field()

    def clean(self) -> dict[str, Any]:
        """The text of the file, where there is one."""
        said = super().clean() or {}
        file = said.get("file")
        if file is not None:
            held = file.read(LARGEST_TEXT + 1)
            try:
                if len(held) > LARGEST_TEXT:
                    raise ValidationError({"file": "The file is larger than 2 MB"})
                said["text"] = held.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValidationError({"file": "The file is no plain text in UTF-8"}) from None
        if not said.get("text", "").strip():
            raise ValidationError({"text": "Type the text, or choose a file"})
        return said


class Begin(forms.Form):
    """An agreement to be begun without a negotiation here."""

    title = forms.CharField(
        label="What is it called?", max_length=200, error_messages={"required": "Give a title"}
    )
    first_year = forms.CharField(label="Its first year", help_text="Such as 2027-28", max_length=7)
    last_year = forms.CharField(label="Its last year", help_text="Such as 2029-30", max_length=7)

    def __init__(
        self, typed: Any, *, places: Sequence[PlaceRow], agencies: Sequence[AgencyRow]
    ) -> None:
        super().__init__(typed)
        bodies = [(one.code, one.name) for one in agencies]
        centre = [(one.code, one.name) for one in agencies if one.kind == "department"]
        self.fields["place"] = choose(
            "Of which place?", [(one.code, one.name) for one in places], ask="Choose the place"
        )
        self.fields["model"] = choose(
            "Under which model of devolution?", [(one.code, one.title) for one in every_model()],
            ask="Choose the model",
        )  # fmt: skip
        self.fields["host"] = choose("Which body is accountable?", bodies, ask="Choose the body")
        for name, label, known in (
            ("departments", "Which departments are parties?", centre),
            ("partners", "Which other bodies of the place are parties?", bodies),
        ):
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=known, required=False, widget=forms.CheckboxSelectMultiple
            )

    def clean_first_year(self) -> int:
        """The year in which the first begins."""
        return _year(self.cleaned_data["first_year"])

    def clean_last_year(self) -> int:
        """The year in which the last begins."""
        return _year(self.cleaned_data["last_year"])


class Copy(forms.Form):
    """A signed copy."""

    file = forms.FileField(
        label="The signed PDF",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Choose the file"},
    )


class Sure(forms.Form):
    """That whoever signs has read what they sign."""

    read = forms.BooleanField(
        label="I have read the text and sign it for this party",
        error_messages={"required": "Say that you have read it"},
    )


def _year(said: str) -> int:
    try:
        return FinancialYear.parse(said).start
    except ValueError:
        raise ValidationError(f"'{said}' is no financial year; write it such as 2027-28") from None
