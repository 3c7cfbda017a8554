"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.showing import show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and where to go."""
    return show(request, "home.html")
