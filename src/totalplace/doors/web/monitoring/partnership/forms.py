"""Forms of the partnership: a round to open, a reason, and six statements of a principle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.doors.web.forms import Day
from totalplace.monitoring.rules.capacity import QUARTER, period_ending
from totalplace.monitoring.rules.partnership import Asked
from totalplace.monitoring.rules.questions import CANNOT_SAY, STEPS, Principle, Questions
from totalplace.readiness.rules.scale import Side
from totalplace.refusal import Refused

_SMALL: Final = {"label": "govuk-fieldset__legend--s"}


class Open(forms.Form):
    """A round: which quarter, until when, and who is asked."""

    ending = forms.CharField(
        label="Which month did the quarter end with?", max_length=30,
        help_text="Such as June 2026. People are asked how it was in that quarter.",
        error_messages={"required": "Enter the month that the quarter ended with"},
    )  # fmt: skip
    closes_on = Day(
        label="The last day on which people can answer", help_text="Three weeks are usual."
    )
    bodies = forms.MultipleChoiceField(
        label="Who is asked?", widget=forms.CheckboxSelectMultiple,
        help_text="Everybody who may answer for these bodies is asked, each alone.",
        error_messages={"required": "Choose who is asked"},
    )  # fmt: skip

    def __init__(self, typed: Any, known: Sequence[Asked], names: Mapping[str, str]) -> None:
        super().__init__(typed)
        field = self.fields["bodies"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = [(one.agency, _body(one, names)) for one in known]
        self.initial["bodies"] = [one.agency for one in known if one.side is Side.PLACE]

    def clean(self) -> dict[str, Any]:
        """The quarter that was named."""
        said = super().clean() or {}
        if "ending" in said:
            try:
                said["quarter"] = period_ending(said["ending"], QUARTER)
            except Refused as refused:
                self.add_error("ending", ValidationError(f"{refused.why}. {refused.next_step}"))
        return said


def _body(one: Asked, names: Mapping[str, str]) -> str:
    people = "1 person" if one.people == 1 else f"{one.people} people"
    which = ", a department" if one.side is Side.CENTRE else ""
    return f"{names.get(one.agency, one.agency)}{which}: {people} can answer"


class Close(forms.Form):
    """Why a round is closed before its day."""

    reason = forms.CharField(
        label="Why is it closed before its day?", help_text="It goes on the record.",
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
        error_messages={"required": "Say why"},
    )  # fmt: skip


class Statement(forms.ChoiceField):
    """A statement that may be left out; the page says so once, and not at each."""

    def validate(self, value: Any) -> None:
        """Raise ValidationError for what is none of the answers."""
        if value:
            super().validate(value)


class Judge(forms.Form):
    """The statements of a principle; each may be left out."""

    def __init__(
        self, typed: Any, questions: Questions, principle: Principle, steps: Mapping[str, int]
    ) -> None:
        super().__init__(typed)
        choices = [(str(step), questions.step(step)) for step in (*reversed(STEPS), CANNOT_SAY)]
        for element in principle.elements:
            self.fields[element.code] = Statement(
                label=element.says, choices=choices,
                widget=forms.RadioSelect(attrs=_SMALL),
                error_messages={"invalid_choice": "Choose one of the answers"},
            )  # fmt: skip
            if element.code in steps:
                self.initial[element.code] = str(steps[element.code])

    def steps(self) -> dict[str, int]:
        """What was chosen, by statement; what was left out is not there."""
        return {code: int(step) for code, step in self.cleaned_data.items() if step}
