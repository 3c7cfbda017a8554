"""Pages of the service for other programs: its description, and an officer's tokens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.api import actions, queries
from totalplace.doors.api import described as description
from totalplace.doors.api.rules import LONGEST_DAYS
from totalplace.doors.web.forms import Day
from totalplace.doors.web.front import public
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.places.rules.mandates import Act

_USUAL = timedelta(days=90)


@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """The service for other programs, address by address."""
    said = {"rooms": description.addresses(), "parts": description.parts()}
    return public(show(request, "api/described.html", said))


@require_safe
def to_described(_: HttpRequest) -> HttpResponseBase:
    """To the version that there is."""
    return redirect("api")


@require_safe
def openapi_json(_: HttpRequest) -> HttpResponse:
    """The service as OpenAPI, for programs."""
    return public(JsonResponse(description.openapi(), json_dumps_params={"indent": 1}))


class NewToken(forms.Form):
    """What a token is for, which acts it allows, and until when."""

    name = forms.CharField(
        label="What is it for?", max_length=100,
        help_text="Such as: monthly upload from the finance system",
        error_messages={"required": "Enter what it is for"},
    )  # fmt: skip
    acts = forms.MultipleChoiceField(
        label="What may it do?", widget=forms.CheckboxSelectMultiple,
        help_text="Never more than you may yourself at that moment. Choose as little as it needs.",
        error_messages={"required": "Choose at least one"},
    )  # fmt: skip
    last_day = Day(
        label="Until which day is it good?", help_text="At most a year from now",
    )  # fmt: skip

    def __init__(self, typed: Any, mine: list[Act], *, today: date) -> None:
        super().__init__(typed, initial={"last_day": today + _USUAL})
        said = [(act.name, act.value[:1].upper() + act.value[1:]) for act in mine]
        self.fields["acts"].choices = said  # type: ignore[attr-defined]


@officers_only
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """An officer's tokens: what each allows, and whether it is good."""
    today = now().date()
    rows = [(row, row.why_not_good(today)) for row in queries.tokens(officer_of(request).code)]
    return _kept_back(show(request, "api/tokens.html", {"rows": rows}))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token. It is shown once, on the answer to the form, and nowhere again."""
    officer, on = officer_of(request), now()
    open_to = queries.acts_open_to(officer, on=on.date())
    mine = [act for act in open_to if act in description.acts()]
    form = NewToken(request.POST or None, mine, today=on.date())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row, token = actions.make_token(
            said["name"], [Act[name] for name in said["acts"]], last_day=said["last_day"],
            by=officer, on=on,
        )  # fmt: skip
        return _kept_back(show(request, "api/made.html", {"row": row, "token": token}))
    shown = {"form": form, "mine": mine, "longest": LONGEST_DAYS}
    return _kept_back(show(request, "api/new_token.html", shown))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Make a token worthless, after a look at it."""
    row = queries.token(number)
    if request.method == "POST":
        done = actions.revoke_token(number, by=officer_of(request), on=now())
        messages.success(request, f"Token {done.number} is revoked. It can do nothing any more.")
        return redirect("tokens")
    mine = row if row is not None and row.officer == officer_of(request).code else None
    return _kept_back(show(request, "api/revoke.html", {"row": mine, "number": number}))


def _kept_back(response: HttpResponse) -> HttpResponse:
    """A page that nobody keeps: it may hold what is shown once."""
    response["Cache-Control"] = "private, no-store"
    return response
