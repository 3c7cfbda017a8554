"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.count.places import listed
from totalplace.doors.web.front import public
from totalplace.doors.web.showing import show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and where to go: every place that has a count to read."""
    return public(show(request, "home.html", listed(request)))
