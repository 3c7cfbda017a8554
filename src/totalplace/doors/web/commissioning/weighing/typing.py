"""Amounts typed line by line: totals, what is left of each fund, and which demands are met.

It counts and checks; it never solves, and it keeps nothing: so whoever may read the plan may try.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from totalplace.commissioning.rules.totals import Totals, totals, typed_pence
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.doors.web.commissioning.weighing.opening import Opened, opened
from totalplace.doors.web.showing import show
from totalplace.money.pence import pounds

PART: Final = "totals"
_OPTIONS: Final = 40  # to a page
_KEPT: Final = re.compile(r"(\d{1,7}):(\d{1,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """An amount to type: its line, its year, what is typed, and what is wrong with it."""

    line: int
    label: str
    year: str
    value: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An option with an amount for each year."""

    title: str
    agency: str
    now_pence: int
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the whole plan with it, and what is no sum of money."""

    pence: tuple[int, ...]
    changed: Mapping[int, int]
    wrong: Mapping[int, str]


@require_http_methods(["GET", "HEAD", "POST"])
def typing(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """The page of amounts; for a script, the part of it that says what they come to."""
    found = opened(request, place, number)
    weighed = found.weighed
    typed = _typed(request, weighed)
    counted = totals(weighed.case, weighed.problem, typed.pence)
    part = {"weighed": weighed, "totals": counted, "typed": typed, "said": _said(counted)}
    if request.headers.get("X-Part") == PART and request.method == "POST":
        return show(request, "commissioning/weighing/totals.html", part)
    return _page(request, found, typed, part)


def _page(
    request: HttpRequest, found: Opened, typed: Typed, part: Mapping[str, object]
) -> HttpResponse:
    weighed = found.weighed
    said = request.POST if request.method == "POST" else request.GET
    agencies = sorted({one.agency for one in weighed.case.options})
    agency = said.get("agency", "")
    places = [
        n for n, one in enumerate(weighed.case.options) if agency in ("", one.agency) or
        agency not in agencies
    ]  # fmt: skip
    pages = max(1, -(-len(places) // _OPTIONS))
    asked = said.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    page += {"back": -1, "on": 1}.get(said.get("turn", ""), 0)
    page = min(max(1, page), pages)
    shown = places[(page - 1) * _OPTIONS : page * _OPTIONS]
    rows = [_row(weighed, typed, n) for n in shown]
    here = {field.line for row in rows for field in row.fields}
    kept = " ".join(f"{n}:{p}" for n, p in sorted(typed.changed.items()) if n not in here)
    errors = [
        {"text": field.error, "href": f"#line-{field.line}"}
        for row in rows for field in row.fields if field.error
    ]  # fmt: skip
    return show(request, "commissioning/weighing/typing.html", {
        **part, **found.shown, "rows": rows, "kept": kept, "page": page, "page_count": pages,
        "agency": agency if agency in agencies else "", "errors": errors,
        "agency_items": [
            {"value": one, "text": weighed.name(one), "selected": one == agency}
            for one in agencies
        ],
    })  # fmt: skip


def _typed(request: HttpRequest, weighed: Weighed) -> Typed:
    """The plan with what was typed in place of its own; what is no sum leaves it as it was."""
    changed: dict[int, int] = {}
    wrong: dict[int, str] = {}
    lines = len(weighed.pence)
    for number, pence in _KEPT.findall(request.POST.get("kept", "")):
        if int(number) < lines:
            changed[int(number)] = int(pence)
    for key, value in request.POST.items():
        name, _, number = str(key).partition("-")
        if name != "line" or not number.isdecimal() or len(number) > 7 or int(number) >= lines:
            continue
        found = typed_pence(str(value))
        if found is None:
            wrong[int(number)] = str(value)[:40]
        else:
            changed[int(number)] = found
    changed = {n: pence for n, pence in changed.items() if pence != weighed.pence[n]}
    whole = tuple(changed.get(n, pence) for n, pence in enumerate(weighed.pence))
    return Typed(whole, changed, wrong)


def _row(weighed: Weighed, typed: Typed, place: int) -> Row:
    option = weighed.case.options[place]
    fields = []
    for year, label in enumerate(weighed.years):
        line = year * len(weighed.case.options) + place
        wrong = typed.wrong.get(line)
        value = pounds(typed.pence[line]).lstrip("£").removesuffix(".00")
        error = f"{option.title}, {label}: write pounds, such as 1,250,000 or 0" if (
            wrong is not None) else ""  # fmt: skip
        fields.append(Field(line, f"{option.title}, {label}", label, wrong or value, error))
    return Row(option.title, weighed.name(option.agency), option.now_pence, tuple(fields))


def _said(counted: Totals) -> str:
    """What the amounts come to, in one sentence, which is read out as it changes."""
    spent = pounds(sum(counted.spent)).removesuffix(".00")
    if counted.unmet:
        count = len(counted.unmet)
        demands = f"{count} demand{' is' if count == 1 else 's are'} not met"
    else:
        demands = "every demand is met"
    return f"{spent} in all; {demands}; about {counted.points:.1f} points"
