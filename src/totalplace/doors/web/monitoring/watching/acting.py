"""What officers do about the watch: say what is watched, and begin a chart anew."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.monitoring.watching.forms import BeginAnew, SetWatch
from totalplace.doors.web.monitoring.watching.opening import address_of, drawn, the_place
from totalplace.doors.web.monitoring.watching.series import the_series
from totalplace.doors.web.showing import now, officer_of, officers_only, typed
from totalplace.monitoring.actions import watching
from totalplace.monitoring.queries.watching import watch_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_METHODS: Final = ["GET", "HEAD", "POST"]
_ANEW: Final = (
    "From that figure on nothing is compared with earlier ones. What was found before stays on "
    "the record, and an open answer stays open."
)


@officers_only
@require_http_methods(_METHODS)
def set_watch(request: HttpRequest, place: str) -> HttpResponseBase:
    """Say how many false alarms a year are promised, what is left out, who is similar."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.SET_WATCH, place=place, on=now())
    stands = watch_of(place)
    form = SetWatch(typed(request), stands)
    back = f"/monitoring/{place}/"
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        terms = watching.Terms(float(said["promise"]), said["left_out"], said["alike"])
        watching.set_watch(place, terms, reason=said["reason"], by=by, on=now())
        messages.success(request, "The watch is set. What it promises now stands on its page.")
        return redirect(back)
    told = ["Until now nobody has said anything, and what the software ships with holds."]
    if stands.turn and stands.on is not None:
        told = [f"As it stands since {stands.on:%-d %B %Y}, by {stands.by}: {stands.reason}"]
    context = {
        "place": here, "form": form, "caption": here.name, "title": "Say what is watched",
        "button": "Set the watch", "back": back, "told": told,
    }  # fmt: skip
    return drawn(request, "act", context)


@officers_only
@require_http_methods(_METHODS)
def begin_anew(request: HttpRequest, place: str, code: str) -> HttpResponseBase:
    """Call a new level of a series normal, with a reason and what says so."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.REBASE, place=place, on=now())
    watched = the_series(place, code, request.GET.get("area", "")).watched
    days = [(p.period.first_day.isoformat(), p.period.said) for p in reversed(watched.points)]
    form = BeginAnew(typed(request), days)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        anew = watching.Anew(
            watched.code, watched.area, date.fromisoformat(said["from_day"]), said["citing"]
        )
        watching.rebase(place, anew, reason=said["reason"], by=by, on=now())
        messages.success(request, "The chart begins anew there. The reason stands beside it.")
        return redirect(address_of(watched))
    context = {
        "place": here, "form": form, "caption": f"{watched.title}, {watched.area_name}",
        "title": "Begin this chart anew", "button": "Begin it anew", "back": address_of(watched),
        "told": [_ANEW],
    }  # fmt: skip
    return drawn(request, "act", context)
