"""The forms about officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from totalplace.doors.web.forms import Day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Matter, Role

_EVERYWHERE: Final = "Everywhere"


class Grounds(forms.Form):
    """For which place or agency an administrator acts; not asked where there is one answer."""

    for_whom = forms.ChoiceField(label="For which place or agency do you do this?")

    def __init__(self, *args: Any, grounds: Sequence[Matter], **said: Any) -> None:
        super().__init__(*args, **said)
        self.grounds = list(grounds)
        if len(self.grounds) < 2:
            del self.fields["for_whom"]
        else:
            named = [(str(n), str(matter)) for n, matter in enumerate(self.grounds)]
            self.fields["for_whom"].choices = named  # type: ignore[attr-defined]

    @property
    def ground(self) -> Matter:
        """The place or agency for which it is done."""
        if not self.grounds:
            return Matter()
        return self.grounds[int(self.cleaned_data.get("for_whom") or 0)]


class Appoint(Grounds):
    """A person who is to have an account."""

    name = forms.CharField(
        label="Their name", max_length=200, error_messages={"required": "Enter their name"}
    )
    code = forms.CharField(
        label="A code for them",
        help_text="2 to 64 letters, digits, dots or hyphens, such as b.example. It stands on the "
        "record with what they do, and is never changed or given to another.",
        max_length=64,
        widget=forms.TextInput(attrs={"spellcheck": False, "class": "govuk-!-width-one-half"}),
        error_messages={"required": "Enter a code for them"},
    )
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="By which single sign-on knows them. Each address is one person's own.",
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.gov.uk"},
    )
    field_order = ("name", "code", "email", "for_whom")


class Grant(forms.Form):
    """A mandate."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *((r.value, r.value.capitalize()) for r in Role)],
        error_messages={"required": "Choose a role"},
    )
    place = forms.ChoiceField(
        label="Place", required=False, help_text="Leave it open for a mandate of every place."
    )
    agency = forms.ChoiceField(
        label="Agency",
        required=False,
        help_text="Leave it open for a mandate of the place itself, or of every agency.",
    )
    power = forms.CharField(
        label="Power that it rests on",
        help_text="The law, scheme of delegation or letter, such as: section 151 officer, "
        "appointed by full council on 12 May 2026.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the power that it rests on"},
    )
    from_day = Day(label="First day", required=False, help_text="Today, if you leave it open.")

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        for name, rows in (("place", places.places()), ("agency", places.agencies())):
            listed = [(row.code, row.name) for row in rows]
            self.fields[name].choices = [("", ""), *listed]  # type: ignore[attr-defined]

    @property
    def of(self) -> Matter:
        """Of whom it is to be."""
        return Matter(agency=self.cleaned_data["agency"], place=self.cleaned_data["place"])

    @property
    def first_day(self) -> date | None:
        """The first day; None for today."""
        said: date | None = self.cleaned_data["from_day"]
        return said


class End(forms.Form):
    """The end of a mandate."""

    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason"},
    )
    no_longer_from = Day(
        label="First day on which it no longer holds",
        required=False,
        help_text="Today, if you leave it open: then it ends at once.",
    )
