"""Pages on which officers have findings sent to another system."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.monitoring.answering.looking import the_place, today
from totalplace.doors.web.participation.public.sending import keys
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.monitoring.actions import hooks as actions
from totalplace.monitoring.queries import hooks as queries
from totalplace.monitoring.rules.hooks import check_of, secret_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act


class Register(forms.Form):
    """An address."""

    address = forms.CharField(
        label="To which address?", max_length=500,
        help_text="It begins with https:// and can be reached from the internet.",
        error_messages={"required": "Enter the address"},
    )  # fmt: skip


class End(forms.Form):
    """Why nothing more is sent there."""

    reason = forms.CharField(
        label="Why is nothing more to be sent there?", max_length=1_000,
        error_messages={"required": "Say why"},
    )  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def of_place(request: HttpRequest, place: str) -> HttpResponseBase:
    """The addresses of a place; adding one, whose secret is shown this once."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.SET_WATCH, place=place, on=now())
    form, secret = Register(typed(request)), ""
    if request.method == "POST" and form.is_valid():
        salt = secrets.token_urlsafe(24)
        made = secret_of(keys()[0], salt)
        actions.register(
            place, form.cleaned_data["address"], salt=salt, check=check_of(made), by=by, on=now()
        )
        form, secret = Register(), made
    said = {
        "place": here,
        "rows": queries.hooks(place),
        "form": form,
        "secret": secret,
        "today": today(),
    }
    response = show(request, "monitoring/answering/hooks.html", said)
    response["Cache-Control"] = "no-store"
    return response


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Send nothing more to an address."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.SET_WATCH, place=place, on=now())
    row = queries.hook(place, number)
    form = End(typed(request))
    if request.method == "POST" and form.is_valid():
        actions.end(place, number, reason=form.cleaned_data["reason"], by=by, on=now())
        messages.success(request, "Nothing more is sent there.")
        return redirect("hooks", place)
    said = {
        "form": form,
        "title": "Send findings there no more",
        "button": "Send no more",
        "caption": row.address,
        "back": f"/monitoring/{place}/hooks/",
        "crumbs": [(here.name, f"/monitoring/{place}/")],
    }
    return show(request, "monitoring/answering/act.html", said)
