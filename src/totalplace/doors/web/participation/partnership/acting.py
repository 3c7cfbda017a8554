"""Forms that act on a partnership: each calls one action, and leads back to what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.participation.partnership import (
    forms_meeting,
    forms_moving,
    forms_setting_up,
)
from totalplace.doors.web.participation.partnership.about import About, Acting
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.participation.actions import partnership as actions
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership.members import seat_of
from totalplace.participation.rules.partnership.taking_part import possible
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

# What can be done on what, the most usual first: so buttons are drawn.
FORMS: Final[Mapping[str, Mapping[str, type[Acting]]]] = {
    "do": forms_setting_up.PLACE,
    "meetings": forms_meeting.MEETING,
    "items": {**forms_moving.ITEM, **forms_meeting.ITEM},
    "motions": forms_moving.MOTION,
    "seats": forms_setting_up.SEAT,
    "offers": forms_setting_up.OFFER,
    "advice": forms_setting_up.ADVICE,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its words and the address of its form."""

    words: str
    href: str
    main: bool


def choices(level: str, about: About | None, base: str) -> list[Choice]:
    """What the officer can do with something, from the functions that guard each act."""
    if about is None:
        return []
    found = [(name, form) for name, form in FORMS[level].items() if possible(_asking(form, about))]
    return [
        Choice(form.title, f"{base}{name}/", main=not n) for n, (name, form) in enumerate(found)
    ]


def _asking(form: type[Acting], about: About) -> Callable[[], object]:
    return lambda: form.check(about)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_place(request: HttpRequest, place: str, verb: str) -> HttpResponseBase:
    """A form about the partnership as a whole."""
    return _page(request, "do", verb, _about(request, place), back=_at(place))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_meeting(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """A form about a meeting."""
    about = replace(_about(request, place), meeting=queries.meeting(place, number))
    return _page(request, "meetings", verb, about, back=_at(place, "meetings", number))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_item(
    request: HttpRequest, place: str, number: int, item: int, verb: str
) -> HttpResponseBase:
    """A form about an item of a meeting."""
    meeting = queries.meeting(place, number)
    about = replace(_about(request, place), meeting=meeting, item=meeting.item(item))
    return _page(request, "items", verb, about, back=_at(place, "meetings", number))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_motion(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """A form about a motion or an amendment."""
    meeting, motion = queries.motion(place, number)
    about = replace(
        _about(request, place), meeting=meeting, motion=motion, item=meeting.item(motion.item)
    )
    return _page(request, "motions", verb, about, back=_at(place, "motions", number))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_seat(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """A form about a seat."""
    about = _about(request, place)
    about = replace(about, seat=seat_of(number, about.row.seats))
    return _page(request, "seats", verb, about, back=_at(place))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_offer(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """A form about an offer."""
    about = replace(_about(request, place), offer=queries.offer(f"{place}/{number}"))
    return _page(request, "offers", verb, about, back=_at(place))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_advice(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """A form about a piece of advice."""
    about = replace(_about(request, place), advice=queries.one_advice(f"{place}/{number}"))
    return _page(request, "advice", verb, about, back=_at(place))


class SetUp(forms.Form):
    """What a partnership is called, what it is for, and whom it advises."""

    name = forms.CharField(label="What is it called?", max_length=300)
    purpose = forms.CharField(label="What is it for?", widget=forms.Textarea(attrs={"rows": 3}))
    accountable = forms.ChoiceField(label="Which body answers its advice?")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, place: str) -> HttpResponseBase:
    """Set up the partnership of a place."""
    by, on, where = officer_of(request), now(), places.place(place)
    places.power(by, Act.SET_UP_PARTNERSHIP, place=place, on=on)
    form = SetUp(_typed(request))
    field = form.fields["accountable"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (it is, above)
    field.choices = [(m.agency.code, m.agency.name) for m in places.members(place, on=on.date())]
    if request.method == "POST" and form.is_valid():
        actions.set_up(place, **form.cleaned_data, by=by, on=on)
        messages.success(request, "It is set up, with the usual rules until you set its own.")
        return redirect(_at(place))
    said = {"form": form, "title": f"Set up the partnership of {where.name}", "caption": where.name,
            "back": "/participation/partnership/"}  # fmt: skip
    return show(request, "participation/partnership/act.html", said)


def _page(
    request: HttpRequest, level: str, verb: str, about: About, *, back: str
) -> HttpResponseBase:
    made = FORMS[level].get(verb)
    if made is None:
        raise Http404
    made.check(about)  # a form is drawn only for what can be done
    files = request.FILES if request.method == "POST" else None
    form = made(_typed(request), files, about)
    if request.method == "POST" and form.is_valid():
        form.act()
        messages.success(request, form.done)
        return redirect(back)
    said = {"form": form, "title": made.title, "caption": _caption(about), "back": back,
            "warning": made.warning, "about": about}  # fmt: skip
    return show(request, "participation/partnership/act.html", said)


def _caption(about: About) -> str:
    if about.motion is not None and about.meeting is not None:
        return f"{about.meeting.title}, motion {about.motion.number}"
    if about.item is not None:
        return about.item.title
    if about.meeting is not None:
        return about.meeting.title
    return about.seat.name if about.seat else about.row.name


def _about(request: HttpRequest, place: str) -> About:
    return About(queries.partnership(place), officer_of(request), now())


def _at(place: str, *parts: object) -> str:
    return f"/participation/partnership/{place}/" + "".join(f"{part}/" for part in parts)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was typed, also where the form is drawn again above which a refusal stands."""
    return request.POST if request.method == "POST" or request.POST else None
