"""The page of what is promised."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from totalplace.doors.web.front import public
from totalplace.doors.web.showing import show
from totalplace.doors.web.trust.promises import Came, last_run, promises

_COLOURS = {
    Came.PASSED: "green", Came.FAILED: "red", Came.SKIPPED: "yellow", Came.NOT_RUN: "grey",
}  # fmt: skip


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """Each promise with its tests, and what came of them."""
    run = last_run()
    listed = [
        (
            promise,
            run.came(promise),
            _COLOURS[run.came(promise)],
            [(test, run.results.get(test)) for test in promise.tests],
        )
        for promise in promises()
    ]
    return public(show(request, "trust/trust.html", {"run": run, "promises": listed}))


urlpatterns: list[URLPattern] = [path("", trust, name="trust")]
