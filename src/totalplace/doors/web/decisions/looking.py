"""The forward plan, every decision, one decision with its timeline, and the bodies that decide."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.decisions import queries
from totalplace.decisions.definitions.reading import categories, matters
from totalplace.decisions.queries import BodyRow, DecisionRow
from totalplace.decisions.rules.bodies import Office, in_force
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.taking_part import holders
from totalplace.decisions.rules.telling import DONE, WAITS, WHO, colour, meaning
from totalplace.doors.web.decisions.acting import choices
from totalplace.doors.web.decisions.forms import slug
from totalplace.doors.web.record.links import address
from totalplace.doors.web.showing import now, show, who
from totalplace.participation.queries import counting
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act

_PAGE: Final = 100


def today() -> date:
    """The day in England."""
    return local_day(now())


def asked(request: HttpRequest) -> dict[str, str]:
    """Of which place and agency a reader asks; both empty: of all.

    What cannot be a code is asked for as a code that nobody has: the database takes no NUL.
    """
    said = {key: request.GET.get(key, "").strip() for key in ("place", "agency")}
    return {key: code if not code or code_is_sound(code) else "-" for key, code in said.items()}


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """What is to be decided, what was decided and may still be called in, what waits for you."""
    wanted, on, by = asked(request), today(), who(request)
    waits = queries.waiting(**wanted, on=on)
    said = {
        "coming": _with_standing(queries.forward_plan(**wanted, on=on), on),
        "recent": [(one.decision, one.stands, WAITS[one.mover]) for one in waits if one.decided],
        "mine": queries.waiting_for(by, on=on) if by is not None else [],
        "waits": WAITS,
        **_filters(request),
    }
    return show(request, "decisions/plan.html", said)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every decision, the latest planned first, by place and agency, a page at a time."""
    wanted, on = asked(request), today()
    agencies: set[str] | None = {wanted["agency"]} if wanted["agency"] else None
    if wanted["place"]:
        members = {m.agency.code for m in places.members(wanted["place"], on=on)}
        agencies = members if agencies is None else agencies & members
    number = request.GET.get("page", "1")
    at = max(int(number), 1) if number.isdecimal() and len(number) < 7 else 1
    rows, total = queries.latest(agencies=agencies, skip=(at - 1) * _PAGE, most=_PAGE)
    said = {
        "rows": _with_standing(rows, on),
        "page": at,
        "pages": -(-total // _PAGE) or 1,
        "total": total,
        **_filters(request),
    }
    return show(request, "decisions/every.html", said)


@require_safe
def decision(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """One decision: what it is, where it stands, what happened, and what can be done next."""
    row, on, by = queries.decision(f"{body}/{number}"), today(), who(request)
    stands, waits = queries.effective(row, on), queries.waits(row, on=on)
    said = {
        "row": row,
        "stands": stands,
        "colour": colour(stands),
        "meaning": meaning(stands, planned_on=row.planned_on, key=row.key),
        "waits": WAITS[waits.mover] if waits else "",
        "choices": choices(row, on=on, by=by),
        "exempt": places.may(by, Act.READ_EXEMPT, agency=row.body.agency, on=on),
        "categories": categories(),
        "timeline": list(reversed(row.moves)),
        "done": DONE,
        "who": WHO,
        "about": _address_of(row),
        "heard": counting(row.about) if row.about else None,
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
        "rows": _with_standing(queries.latest(body=code)[0], on),
        "may_propose": places.may(by, Act.PROPOSE, agency=row.agency, on=on),
        "may_set_up": places.may(by, Act.SET_UP_BODY, agency=row.agency, on=on),
        "offices": _held(row, on),
    }
    return show(request, "decisions/body.html", said)


def _held(row: BodyRow, on: date) -> list[tuple[str, str]]:
    """Who holds which office of a body and its agency on a day."""
    held = queries.offices(row.agency) + queries.offices(row.agency, body=row.code)
    found = [(office.words, holders(held, office, on=on)) for office in Office]
    return [(f"{words[:1].upper()}{words[1:]}", ", or ".join(names)) for words, names in found
            if names]  # fmt: skip


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
        "query": urlencode({key: value for key, value in asked(request).items() if value}),
    }


def _address_of(row: DecisionRow) -> str:
    """Where what a decision is about can be read; empty where there is no page for it."""
    return address(row.about) if row.about else ""


__all__ = ["asked", "bodies", "body", "decision", "every", "plan", "slug", "today"]
