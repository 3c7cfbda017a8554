"""An officer's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web import waiting
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.places import queries as places


@officers_only
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for them, their mandates, and their account."""
    officer = officer_of(request)
    held = places.mandates(officer=officer.code)
    today = now().date()
    said = {
        "held": [mandate for mandate in held if mandate.holds(today)],
        "former": [mandate for mandate in held if not mandate.holds(today)],
        "has_password": request.user.is_authenticated and request.user.has_usable_password(),
        "waiting": waiting.for_officer(officer, on=now()),
    }
    return show(request, "mine.html", said)
