"""Places with their members, and the one table of who may do what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.showing import now, officers_only, show, who
from totalplace.places import queries as places
from totalplace.places.rules.mandates import MAY, Act


@officers_only
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every place, and what can be done about officers."""
    officer, today = who(request), now().date()
    said = {
        "places": places.places(),
        "may_appoint": bool(places.may_where(officer, Act.APPOINT, today)),
        "officers": len(places.officers()),
    }
    return show(request, "places/list.html", said)


@officers_only
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """A place: the agencies that belong to it, and who holds a mandate there."""
    today = now().date()
    said = {
        "place": places.place(code),
        "members": places.members(code, on=today),
        "mandates": [held for held in places.mandates(place=code) if held.holds(today)],
        "names": {officer.code: officer.full_name for officer in places.officers()},
    }
    return show(request, "places/place.html", said)


@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """The one table of who may do what: anybody may know it."""
    said = [(act, sorted(allowed.roles), allowed.whose) for act, allowed in MAY.items()]
    return show(request, "places/who_may.html", {"acts": said})
