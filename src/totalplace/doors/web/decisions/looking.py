"""The forward plan, every decision, one decision with its timeline, and the bodies that decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.decisions import queries
from totalplace.decisions.definitions.reading import categories, matters
from totalplace.decisions.queries import DecisionRow
from totalplace.decisions.rules.bodies import in_force
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.telling import DONE, WAITS, WHO, colour, meaning
from totalplace.doors.web.decisions.acting import choices
from totalplace.doors.web.decisions.forms import slug
from totalplace.doors.web.showing import now, show, who
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act


def today() -> date:
    """The day in England."""
    return local_day(now())


def asked(request: HttpRequest) -> dict[str, str]:
    """Of which place and agency a reader asks; both empty: of all."""
    return {key: request.GET.get(key, "").strip() for key in ("place", "agency")}


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """What is to be decided, and what was decided and may still be called in."""
    wanted, on = asked(request), today()
    recent = [
        (row, queries.effective(row, on), waits)
        for row, waits in (
            (one.decision, WAITS[one.mover]) for one in queries.waiting(**wanted, on=on)
        )
        if row.moves and row not in queries.forward_plan(**wanted, on=on)
    ]
    said = {
        "coming": _with_standing(queries.forward_plan(**wanted, on=on), on),
        "recent": recent,
        "today": on,
        **_filters(request),
    }
    return show(request, "decisions/plan.html", said)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every decision, the latest first, by place, agency and whether it is in effect."""
    wanted, on = asked(request), today()
    rows = queries.decisions(agency=wanted["agency"])
    if wanted["place"]:
        members = {m.agency.code for m in places.members(wanted["place"], on=on)}
        rows = [row for row in rows if row.body.agency in members]
    rows.sort(key=lambda row: (row.planned_on, row.citation.id), reverse=True)
    said = {"rows": _with_standing(rows, on), **_filters(request)}
    return show(request, "decisions/every.html", said)


@require_safe
def decision(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """One decision: what it is, where it stands, what happened, and what can be done next."""
    row, on, by = queries.decision(f"{body}/{number}"), today(), who(request)
    stands = queries.effective(row, on)
    waits = [one for one in queries.waiting(agency=row.body.agency, on=on)
             if one.decision.id == row.id]  # fmt: skip
    said = {
        "row": row,
        "stands": stands,
        "colour": colour(stands),
        "meaning": meaning(stands, planned_on=row.planned_on, key=row.key),
        "waits": WAITS[waits[0].mover] if waits else "",
        "until": waits[0].until if waits else None,
        "choices": choices(row, on=on, by=by),
        "exempt": places.may(by, Act.READ_EXEMPT, agency=row.body.agency, on=on),
        "categories": categories(),
        "timeline": list(reversed(row.moves)),
        "done": DONE,
        "who": WHO,
        "about": _address_of(row),
    }
    return show(request, "decisions/decision.html", said)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies that decide, by agency."""
    on = today()
    listed = [(body, in_force(body.rules, on=on)) for body in queries.bodies()]
    return show(request, "decisions/bodies.html", {"bodies": listed})


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: by which law and which rules of its own it decides, and what is uncertain."""
    row, on, by = queries.body(code), today(), who(request)
    rules = in_force(row.rules, on=on)
    law = row.law_on(on) if rules else None
    said = {
        "body": row,
        "rules": rules,
        "law": law,
        "matters": matters(),
        "rows": _with_standing(queries.decisions(body=code), on),
        "may_propose": places.may(by, Act.PROPOSE, agency=row.agency, on=on),
    }
    return show(request, "decisions/body.html", said)


def _with_standing(rows: list[DecisionRow], on: date) -> list[tuple[Any, ...]]:
    found = []
    for row in rows:
        stands = queries.effective(row, on)
        found.append((row, stands, colour(stands)))
    return found


def _filters(request: HttpRequest) -> dict[str, Any]:
    agencies = {body.agency: body.agency_name for body in queries.bodies()}
    return {
        "asked": asked(request),
        "agencies": sorted(agencies.items(), key=lambda item: item[1]),
        "places": places.places(),
        "query": request.GET.urlencode(),
    }


def _address_of(row: DecisionRow) -> str:
    """Where what a decision is about can be read; empty where there is no page for it."""
    if row.about is None:
        return ""
    pages = {"edition": "/count/{}/", "decision": "/decisions/{}/"}
    return pages.get(row.about.kind, "").format(row.about.id)


__all__ = ["asked", "bodies", "body", "decision", "every", "plan", "slug", "today"]
