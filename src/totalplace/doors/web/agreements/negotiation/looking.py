"""Negotiations as each reader may see them: whose move it is, what differs, what is open still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.agreements.definitions.funding import published, settlement
from totalplace.agreements.queries.negotiations import (
    NegotiationRow,
    OfferRow,
    broken,
    negotiation,
    negotiations,
    offers,
    sides,
)
from totalplace.agreements.queries.sides import ACTS
from totalplace.agreements.queries.weighing import Weighed, sets, weighed
from totalplace.agreements.rules import differences as telling
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lines import Where, totals
from totalplace.agreements.rules.moves import COLOURS, WORDS, Stage, Verb, verbs
from totalplace.agreements.rules.offers import warnings
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now, show, who
from totalplace.doors.web.sources.seeing import home
from totalplace.ledger.rules.accounts import Nature
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that an officer can do: its words and address; `main` is what leads on."""

    words: str
    href: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A line as each side last offered it; empty where it was not in that offer."""

    code: str
    fund: str
    place: str
    centre: str


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every negotiation, and the published lines that ship."""
    by, on = who(request), today()
    may = [
        one.code
        for one in places.places()
        if places.may(by, Act.NEGOTIATE_FOR_PLACE, place=one.code, on=on)
    ]
    negotiates = by is not None and any(places.may_where(by, act, on) for act in ACTS.values())
    said = {
        "rows": negotiations(),
        "colours": COLOURS,
        "may_open": bool(may),
        "may_receive": negotiates,
        "settlements": published().values(),
    }
    return show(request, "agreements/negotiation/every.html", said)


@require_safe
def published_lines(request: HttpRequest, code: str) -> HttpResponse:
    """Funding lines as they were published, beside a headline that they do not explain."""
    try:
        found = settlement(code)
    except Refused as refused:
        raise Http404 from refused
    said = {"found": found, "headline": found.headline, "telling": telling}
    return show(request, "agreements/negotiation/published.html", said)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One negotiation: what is open and whose move it is first, then the offers."""
    by, on = who(request), today()
    row = the_negotiation(number)
    side = side_for(row, by, on)
    made = offers(number, by=by, on=on)
    last = {s: next((one for one in reversed(made) if one.side is s), None) for s in Side}
    found = _against_each_other(row, last) if all(last.values()) else None
    said = {
        "row": row,
        "side": side,
        "colour": COLOURS[row.stage],
        "lapsed": row.lapsed(on),
        "offers": made,
        "unread": len(row.offered) - len(made),
        "weighed": found,
        "open": _still_open(last) if row.stage is not Stage.AGREED else [],
        "beside": _beside(last) if any(last.values()) else [],
        "warnings": warnings(made[-1].terms, row.model) if made else [],
        "choices": choices(row, side),
        "broken": broken(number),
        "words": WORDS,
    }
    return show(request, "agreements/negotiation/one.html", said)


@require_safe
def offer(request: HttpRequest, number: int, which: int) -> HttpResponse:
    """One offer, line by line, and what it differs by from the one before."""
    row, by, on = the_negotiation(number), who(request), today()
    made = offers(number, by=by, on=on)
    found = next((one for one in made if one.number == which), None)
    if found is None:
        raise Http404
    before = next((one for one in made if one.number == which - 1), None)
    said = {
        "row": row,
        "offer": found,
        "before": before,
        "weighed": _weighed(row, before, found) if before else None,
        "totals": totals(found.lines),
        "natures": list(Nature),
        "telling": telling,
        "names": names(),
        "warnings": warnings(found.terms, row.model),
    }
    return show(request, "agreements/negotiation/offer.html", said)


@require_safe
def compare(request: HttpRequest, number: int, before: int, after: int) -> HttpResponse:
    """What any offer differs by from any other."""
    row, made = the_negotiation(number), offers(number, by=who(request), on=today())
    found = {one.number: one for one in made}
    if before not in found or after not in found:
        raise Http404
    said = {
        "row": row, "before": found[before], "after": found[after],
        "weighed": _weighed(row, found[before], found[after]),
    }  # fmt: skip
    return show(request, "agreements/negotiation/compare.html", said)


@require_safe
def line(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """The history of a line: what each offer in turn said of it."""
    row, made = the_negotiation(number), offers(number, by=who(request), on=today())
    rows = telling.positions([(one.number, one.side.value, one.terms) for one in made], code)
    lines = [position.line for position in rows if position.line is not None]
    if not lines:
        raise Http404
    said = {"row": row, "positions": rows, "line": lines[-1], "telling": telling}
    return show(request, "agreements/negotiation/line.html", said)


@require_safe
def three_sets(request: HttpRequest, number: int) -> HttpResponse:
    """All spending of the count in three sets, as the last offer that may be read would have it."""
    row, made = the_negotiation(number), offers(number, by=who(request), on=today())
    if not row.edition:
        raise Http404
    last = made[-1] if made else None
    found = sets(home(), row.edition, last.terms if last else None)
    said = {
        "row": row, "offer": last, "found": found, "sets": [(w, found.of(w)) for w in Where],
        "reasons": found.reasons(),
    }  # fmt: skip
    return show(request, "agreements/negotiation/sets.html", said)


def today() -> date:
    """The day in England."""
    return local_day(now())


def names() -> dict[str, str]:
    """What each agency is called, by its code."""
    return {one.code: one.name for one in places.agencies()}


def the_negotiation(number: int) -> NegotiationRow:
    """The negotiation of an address. Raises Http404 where there is none."""
    try:
        return negotiation(number)
    except Refused as refused:
        raise Http404 from refused


def side_for(row: NegotiationRow, by: Officer | None, on: date) -> Side | None:
    """The side that an officer stands for; None for anybody else."""
    found = sides(row, by=by, on=on)
    return found[0] if found else None


def choices(row: NegotiationRow, side: Side | None) -> list[Choice]:
    """What an officer of a side can do, from the rules that guard the actions."""
    if side is None:
        return []
    base, can = f"/agreements/negotiations/{row.number}/", verbs(row.stage, side)
    found = []
    if row.stage not in (Stage.AGREED, Stage.ENDED):
        found.append(Choice("Work on your draft", f"{base}draft/", main=not row.offered))
    found += [Choice(WORDS[verb], f"{base}{verb.value}/", main=verb is Verb.ACCEPT) for verb in can]
    if row.offered and row.published < len(row.steps):
        found.append(Choice("Agree to publish the offers", f"{base}publish/"))
    return sorted(found, key=lambda choice: not choice.main)


def _against_each_other(
    row: NegotiationRow, last: dict[Side, OfferRow | None]
) -> tuple[OfferRow, OfferRow, Weighed]:
    """The last offers of the two sides, the earlier first, and what they differ by."""
    earlier, later = sorted((one for one in last.values() if one), key=lambda one: one.turn)
    return earlier, later, _weighed(row, earlier, later)


def _weighed(row: NegotiationRow, before: OfferRow, after: OfferRow) -> Weighed:
    where = home() if row.edition else None
    return weighed(
        before.terms, after.terms, place=row.place, departments=row.departments, home=where,
        edition=row.edition,
    )  # fmt: skip


def _still_open(last: dict[Side, OfferRow | None]) -> list[str]:
    ours, theirs = last[Side.PLACE], last[Side.CENTRE]
    return telling.still_open(theirs.terms, ours.terms) if ours and theirs else []


def _beside(last: dict[Side, OfferRow | None]) -> list[Beside]:
    held = {side: {ln.code: ln for ln in made.lines} if made else {} for side, made in last.items()}
    funds = {code: ln.fund for lines in held.values() for code, ln in lines.items()}
    rows = []
    for code, fund in funds.items():
        said = {
            side: f"{lines[code].where}: {telling.sum_words(lines[code])}" if code in lines else ""
            for side, lines in held.items()
        }
        rows.append(Beside(code, fund, said[Side.PLACE], said[Side.CENTRE]))
    return rows
