"""What was given in, and what waits for the officer who looks."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.seeing import Looking, agencies_for
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.mandates import Act, Officer
from totalplace.sources.rules.submitting.stages import ENDED
from totalplace.sources.submitting import queries

_SHOWN = 200


@officers_only
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Submissions of the officer's agencies: what waits for them first."""
    officer, on = officer_of(request), now()
    agencies = agencies_for(officer, Act.READ_UNPUBLISHED, on=on)
    rows = queries.submissions(agencies={row.code for row in agencies}, most=_SHOWN)
    looking = Looking(officer, on)
    waits = [row for row in rows if looking.next_is_theirs(row)]
    shown = {
        "waits": waits,
        "under_way": [r for r in rows if r.stage not in ENDED and r not in waits],
        "over": [r for r in rows if r.stage in ENDED],
        "can_give": bool(agencies_for(officer, Act.GIVE_FIGURES, on=on)),
        "agencies": agencies,
        "freezes": _freezes(officer, on),
    }
    return show(request, "sources/list.html", shown)


def _freezes(officer: Officer, on: datetime) -> list[PlaceRow]:
    """The places whose count the officer may freeze."""
    named = {matter.place for matter in places.may_where(officer, Act.FREEZE, on)}
    rows = places.places() if named else []
    every = "" in named
    return [
        row
        for row in rows
        if (every or row.code in named) and places.may(officer, Act.FREEZE, place=row.code, on=on)
    ][:_SHOWN]
