"""Readiness of places: what both sides agreed, why, what it rests on, and what it opens."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.readiness.seen import (
    Choice,
    areas_of,
    choices,
    departments,
    powers,
    the_assessment,
    the_place,
    today,
)
from totalplace.doors.web.showing import show, who
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.readiness import queries
from totalplace.readiness.definitions.reading import criteria, fact_rules, scale
from totalplace.readiness.rules.calibration import by_level, verdict
from totalplace.readiness.rules.moves import COLOURS, FINISHED
from totalplace.readiness.rules.scale import TITLES, Side


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every place, and how far its readiness was assessed."""
    rows = []
    for place in places.places():
        found = queries.assessments(place.code)
        rows.append((place, found[0] if found else None))
    return show(request, "readiness/every.html", {"rows": rows, "colours": COLOURS})


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """What is agreed of a place today, what it rests on, and which powers that opens."""
    here, by, on = the_place(place), who(request), today()
    row = queries.agreed_assessment(place, on=on)
    every_one = queries.assessments(place)
    may_begin = not every_one or every_one[0].stage in FINISHED
    said = {
        "place": here,
        "row": row,
        "areas": areas_of(row, by, on) if row else [],
        "assessments": every_one,
        "colours": COLOURS,
        "choices": _choices(place, by, on, may_begin=may_begin),
        "powers": powers(row),
        "waivers": [(one, _may_agree(one, by, on)) for one in queries.waivers(place)],
        "titles": {area.value: title for area, title in TITLES.items()}
        | {code: rule.title for code, rule in fact_rules().items()},
        "today": on,
    }
    return show(request, "readiness/place.html", said)


def _choices(place: str, by: Officer | None, on: date, *, may_begin: bool) -> list[Choice]:
    """What an officer can do about a place, from the rules that guard the actions."""
    base, found = f"/readiness/{place}/", []
    may_place = places.may(by, Act.SCORE_FOR_PLACE, place=place, on=on)
    may_centre = any(
        places.may(by, Act.SCORE_FOR_CENTRE, agency=code, on=on) for code in departments()
    )
    if may_begin and (may_place or may_centre):
        found.append(Choice("Begin an assessment", f"{base}begin/", main=True))
    if places.may(by, Act.GIVE_EVIDENCE, place=place, on=on):
        found.append(Choice("Add evidence", f"{base}evidence/add/"))
    if may_centre or places.may(by, Act.AGREE_READINESS_FOR_PLACE, place=place, on=on):
        found.append(Choice("Offer a waiver", f"{base}waive/"))
    return found


def _may_agree(row: queries.WaiverRow, by: Officer | None, on: date) -> Side | None:
    """The side for which somebody may agree to a waiver that is still offered."""
    if row.agreed_on is not None or on > row.until:
        return None
    side = row.side.other
    if side is Side.PLACE:
        may = places.may(by, Act.AGREE_READINESS_FOR_PLACE, place=row.place, on=on)
    else:
        may = places.may(by, Act.AGREE_READINESS_FOR_CENTRE, agency=row.centre, on=on)
    return side if may else None


@require_safe
def one(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """One assessment: its facts, what each side said as far as it may be seen, what was agreed."""
    by, on = who(request), today()
    row = the_assessment(place, number)
    said = {
        "row": row,
        "colour": COLOURS[row.stage],
        "areas": areas_of(row, by, on),
        "sides": list(Side),
        "choices": choices(row, by, on),
        "facts": [(rule, row.facts.get(code)) for code, rule in fact_rules().items()],
        "seen": queries.gaps_of(row, by=by, on=on) is not None,
        "own": [s for s in Side if queries.scores(row, s, by=by, on=on) and not row.both_in],
        "followed": [f for f in queries.followed(place) if f.assessment == row.citation.id],
        "titles": TITLES,
        "today": on,
    }
    return show(request, "readiness/assessment.html", said)


@require_safe
def what_is_looked_for(request: HttpRequest) -> HttpResponse:
    """What is looked for in each area at each level, and whose words that are."""
    said = {
        "criteria": criteria(), "scale": scale(), "titles": TITLES, "facts": fact_rules().values(),
    }  # fmt: skip
    return show(request, "readiness/criteria.html", said)


@require_safe
def calibration(request: HttpRequest) -> HttpResponse:
    """Whether the levels predicted what followed."""
    known = queries.what_followed()
    said = {
        "levels": by_level(known), "verdict": verdict(known), "known": known,
        "rows": queries.followed(), "titles": TITLES,
    }  # fmt: skip
    return show(request, "readiness/calibration.html", said)
