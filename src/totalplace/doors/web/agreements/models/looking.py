"""The models of devolution, side by side and one by one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.agreements.queries.devolution import every_model, model, opens, told
from totalplace.agreements.rules.devolution_told import levels_told
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now, show
from totalplace.places import queries as places
from totalplace.readiness import queries as readiness
from totalplace.refusal import Refused


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All models, each thing that they settle in one row."""
    models = every_model()
    settled = [told(one) for one in models]
    table = [(settled[0][n][0], [one[n][1] for one in settled]) for n in range(len(settled[0]))]
    return show(request, "agreements/models/every.html", {"models": models, "table": table})


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One model: what it settles, which powers it opens when, and where each place stands."""
    try:
        found = model(code)
    except Refused as refused:
        raise Http404 from refused
    on = local_day(now())
    standing = []
    for place in places.places():
        row = readiness.agreed_assessment(place.code, on=on)
        openings = opens(found, row.levels if row else {})
        lacks = readiness.lacking(place.code, found.needs, on=on)
        standing.append((place, [one for one in openings if one.is_open], lacks))
    said = {
        "model": found,
        "rows": told(found),
        "powers": [(one, levels_told(one.needs)) for one in found.powers],
        "standing": standing,
    }
    return show(request, "agreements/models/one.html", said)
