"""The docket of changes of rules: everywhere, of a place, one item, and acting on it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.agreements.actions import docket as actions
from totalplace.agreements.queries import keeping_docket as queries
from totalplace.agreements.queries.keeping_docket import DocketRow
from totalplace.agreements.rules import keeping_words as telling
from totalplace.agreements.rules.docket import MOVES, Change, Clock, Mover, Verb, clock_in_words
from totalplace.doors.web.agreements.keeping.acting import named
from totalplace.doors.web.agreements.keeping.forms import Docket, Raise
from totalplace.doors.web.agreements.keeping.looking import Choice, the_place, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed, who
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_SLUGS = {
    "accept": Verb.ACCEPT,
    "refuse": Verb.REFUSE,
    "begin": Verb.BEGIN,
    "lift": Verb.LIFT,
    "ask-again": Verb.RAISE_AGAIN,
    "expire": Verb.EXPIRE,
}


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Every rule that stands in the way of a place, and every one that was lifted."""
    rows = queries.docket()
    said = {"rows": told(rows, today()), "place": None, "places": places.places()}
    return show(request, "agreements/keeping/docket.html", said | _costs(rows))


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """The docket of one place."""
    here, by, on = the_place(place), who(request), today()
    rows = queries.docket(place)
    said = {
        "rows": told(rows, on),
        "place": here,
        "may_raise": bool(_mine(by, place, on)) if by else False,
    }
    return show(request, "agreements/keeping/docket.html", said | _costs(rows))


@require_safe
def one(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """One rule: what it blocks, who can lift it, its clock, and what was done."""
    row, by, on = the_item(place, number), who(request), today()
    found = row.clock(on)
    said = {
        "row": row,
        "clock": found,
        "clock_words": clock_in_words(found, row.stage, row.deadline),
        "moves": list(reversed(row.moves)),
        "done": telling.DOCKET_DONE,
        "choices": _choices(row, by, on),
    }
    return show(request, "agreements/keeping/docket_item.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, place: str) -> HttpResponseBase:
    """Ask that a rule be lifted."""
    here, by = the_place(place), officer_of(request)
    mine = _mine(by, place, today())
    if not mine:
        places.power(by, Act.KEEP_DOCKET, place=place, on=now())
    owners = [(one.code, one.name) for one in places.agencies()]
    form = Raise(typed(request), named(mine), owners)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = actions.Raised(
            given["title"], given["rule"], Change(given["change"]), given["owner"],
            given["lifted_by"], given["heard"], given["deadline"], given["cost"],
            given["cost_source"],
        )  # fmt: skip
        row = actions.raise_item(place, new, agency=form.speaks_for(), by=by, on=now())
        messages.success(request, f"It is on the docket, as number {row.number}.")
        return redirect("docket-item", place, row.number)
    said = {
        "form": form, "title": "Ask for a rule to be lifted", "button": "Put it on the docket",
        "caption": here.name, "back": f"/agreements/docket/{place}/",
    }  # fmt: skip
    return show(request, "agreements/keeping/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """Accept, refuse, begin or finish lifting a rule; ask again, or let it go."""
    row, by = the_item(place, number), officer_of(request)
    if verb not in _SLUGS or (row.stage, _SLUGS[verb]) not in MOVES:
        raise Http404
    does = _SLUGS[verb]
    places.power(by, Act.KEEP_DOCKET, agency=_agency(row, does), on=now())
    form = Docket(typed(request))
    if does is not Verb.LIFT:
        del form.fields["evidence"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.move_item(
            place, number, does, reason=given["reason"], evidence=given.get("evidence", ""),
            by=by, on=now(),
        )  # fmt: skip
        messages.success(request, f"{telling.DOCKET_DONE[does]}. It is on the record.")
        return redirect("docket-item", place, number)
    title = telling.DOCKET_WORDS[does]
    said = {
        "form": form, "title": title, "button": title, "caption": row.title,
        "back": f"/agreements/docket/{row.citation.id}/",
    }  # fmt: skip
    return show(request, "agreements/keeping/act.html", said)


def the_item(place: str, number: int) -> DocketRow:
    """An item of a docket, or a 404."""
    the_place(place)
    try:
        return queries.docket_item(place, number)
    except Refused:
        raise Http404 from None


def told(rows: list[DocketRow], on: date) -> list[tuple[DocketRow, Clock, str]]:
    """Items with their clocks, and these in words."""
    clocks = [row.clock(on) for row in rows]
    return [
        (row, found, clock_in_words(found, row.stage, row.deadline))
        for row, found in zip(rows, clocks, strict=True)
    ]


def _costs(rows: list[DocketRow]) -> dict[str, int | None]:
    """What the rules that still stand cost a year, and of how many it is not known."""
    known = [row.cost_pence for row in rows if row.stands and row.cost_pence is not None]
    unknown = sum(row.stands and row.cost_pence is None for row in rows)
    return {"cost_pence": sum(known) if known else None, "unknown": unknown}


def _mine(by: Officer | None, place: str, on: date) -> list[str]:
    """The agencies for which an officer may ask: of the place, and departments."""
    codes = {one.agency.code for one in places.members(place, on=on)}
    codes |= {one.code for one in places.agencies() if one.kind == "department"}
    return sorted(c for c in codes if places.may(by, Act.KEEP_DOCKET, agency=c, on=on))


def _agency(row: DocketRow, verb: Verb) -> str:
    _, mover = MOVES[(row.stage, verb)]
    return row.owner if mover is Mover.OWNER else row.asker


def _choices(row: DocketRow, by: Officer | None, on: date) -> list[Choice]:
    if by is None:
        return []
    found: list[Choice] = []
    for slug, verb in _SLUGS.items():
        lawful = (row.stage, verb) in MOVES
        if lawful and places.may(by, Act.KEEP_DOCKET, agency=_agency(row, verb), on=on):
            href = f"/agreements/docket/{row.citation.id}/{slug}/"
            found.append(Choice(telling.DOCKET_WORDS[verb], href, main=not found))
    return found
