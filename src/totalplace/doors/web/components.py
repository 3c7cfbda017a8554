"""Every component of the pages, with its states, to look at and to copy from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.forms import Day
from totalplace.doors.web.front import public
from totalplace.doors.web.showing import show
from totalplace.refusal import Refused

_COLOURS = [("finance", "Finance"), ("commissioning", "Commissioning")]


class Every(forms.Form):
    """A field of each kind."""

    words = forms.CharField(label="A line of text", help_text="With a hint below its label.")
    number = forms.IntegerField(label="A whole number", required=False)
    address = forms.EmailField(label="An e-mail address", required=False)
    secret = forms.CharField(label="A password", widget=forms.PasswordInput)
    day = Day(label="A date", help_text="Such as 27 3 2026.")
    long = forms.CharField(label="Several lines", widget=forms.Textarea(attrs={"rows": 3}))
    one = forms.ChoiceField(label="One of a few", choices=_COLOURS, widget=forms.RadioSelect)
    some = forms.MultipleChoiceField(
        label="Any of a few", choices=_COLOURS, widget=forms.CheckboxSelectMultiple
    )
    listed = forms.ChoiceField(label="One of many", choices=[("", ""), *_COLOURS])
    agreed = forms.BooleanField(label="I have checked this", help_text="With a hint of its own.")
    file = forms.FileField(label="A file")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The page of components."""
    wrong: dict[str, Any] = {
        "wrong-day_day": "31",
        "wrong-day_month": "2",
        "wrong-day_year": "2026",
    }
    refused = Refused(
        "The grant cannot be signed", why="it is a draft", next_step="Offer it to the other side"
    )
    said = {
        "form": Every(prefix="empty"),
        "wrong": Every(wrong, prefix="wrong"),
        "example": refused,
    }
    return public(show(request, "components/list.html", said))
