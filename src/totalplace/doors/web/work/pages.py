"""The pages of work: how far it is, what came of it, and a button to stop it."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.work import actions, queries
from totalplace.doors.web.work.jobs import CAN_BE_STOPPED
from totalplace.doors.web.work.queries import WorkRow
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

AGAIN_SECONDS: Final = 2


@officers_only
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the officer asked for."""
    return show(request, "work/list.html", {"works": queries.asked_by(officer_of(request).code)})


@officers_only
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """How far a piece of work is, or what came of it."""
    work = _visible(number, officer_of(request))
    shown = {"work": work, "can_stop": can_stop(work), "waits": keeps_asking(request, work)}
    return refreshed(request, work, show(request, "work/work.html", shown))


@officers_only
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for work to be stopped."""
    work = _visible(number, officer_of(request))
    actions.ask_to_stop(number, by=officer_of(request))
    return redirect(work.back or "work", *([] if work.back else [number]))


def can_stop(work: WorkRow | None) -> bool:
    """Whether a button to stop it is shown."""
    return (
        work is not None
        and work.is_under_way
        and work.stop_asked_at is None
        and work.job in CAN_BE_STOPPED
    )


def keeps_asking(request: HttpRequest, work: WorkRow | None) -> bool:
    """Whether the page asks again by itself; a reader may turn that off (WCAG 2.2.1 and 2.2.2)."""
    return work is not None and work.is_under_way and "still" not in request.GET


def refreshed(request: HttpRequest, work: WorkRow | None, response: HttpResponse) -> HttpResponse:
    """A page that asks for itself again while work is under way, without a script."""
    if keeps_asking(request, work):
        response["Refresh"] = str(AGAIN_SECONDS)
    return response


def _visible(number: int, officer: Officer) -> WorkRow:
    """The work, for whoever asked for it or acts for its agency or place."""
    try:
        work = queries.work(number)
    except LookupError as error:
        raise Http404 from error
    if work.officer == officer.code:
        return work
    of = {"agency": work.agency, "place": work.place}
    if not any(of.values()) or not places.may(officer, Act.READ_UNPUBLISHED, **of, on=now()):
        raise Http404
    return work
