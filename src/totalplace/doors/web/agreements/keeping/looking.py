"""Promises of both sides: by who owes them over all places, of a place, one, and its disputes.

Nobody has to sign in to read any of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.agreements.queries import keeping_disputes as disputes
from totalplace.agreements.queries import promises as queries
from totalplace.agreements.queries.keeping_disputes import DisputeRow
from totalplace.agreements.queries.promises import PromiseRow
from totalplace.agreements.rules import keeping_words as telling
from totalplace.agreements.rules.breaches import Breach
from totalplace.agreements.rules.keeping import Group, counted
from totalplace.agreements.rules.ladder import verbs
from totalplace.decisions.rules.days import in_words, local_day
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.web.showing import now, show, who
from totalplace.ledger import queries as books
from totalplace.money.pence import pounds
from totalplace.outcomes.queries import sets as outcomes
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_MOST: Final = 20  # postings that are named as evidence; a floor may rest on thousands
_HEADS: Final = (
    "Place", "Agreement", "Promise", "Version", "Owed by", "Side", "Owed to", "Kind", "What",
    "Pounds", "Due", "Group", "Where it stands", "Late since", "Days late", "Kept on", "Evidence",
    "Varied by versions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its words and the address of its form."""

    words: str
    href: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A promise in words."""

    row: PromiseRow
    what: str
    stands: str
    varied: str
    href: str


def today() -> date:
    """The day in England."""
    return local_day(now())


def asked_day(request: HttpRequest) -> date:
    """The day of which a reader asks: today, or a day that has passed, as it was known then."""
    said = request.GET.get("on", "")
    try:
        day = date.fromisoformat(said) if said else today()
    except ValueError:
        raise Http404 from None
    return min(day, today())


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Who has promised what over all places, and how much of it was kept: in numbers."""
    on = asked_day(request)
    rows = queries.promises(on=on, known=on)
    listed = {row.place: row.place_name for row in rows}
    said = {
        "on": on,
        "today": today(),
        "tallies": queries.tallies(rows),
        "groups": _groups(),
        "counts": counted(row.standing for row in rows),
        "late": [shown(row) for row in rows if row.standing.status.group is Group.LATE],
        "places": [
            (code, name, counted(r.standing for r in rows if r.place == code))
            for code, name in sorted(listed.items(), key=lambda item: item[1])
        ],
    }
    return show(request, "agreements/keeping/everywhere.html", said)


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """Every promise of a place's agreements, what is late first, and what hangs on it."""
    here, on = the_place(place), asked_day(request)
    agency = request.GET.get("agency", "")
    every = queries.promises(place, on=on, known=on)
    rows = [row for row in every if agency in ("", row.standing.promise.by)]
    said = {
        "place": here,
        "on": on,
        "today": today(),
        "agency": agency,
        "agencies": sorted({(r.standing.promise.by, r.by_name) for r in every}),
        "summary": _summary(counted(row.standing for row in rows)),
        "titles": titles(place),
        "groups": [(group, [shown(r) for r in rows if r.standing.status.group is group])
                   for group in _groups()],
        "still": _still(queries.suspended(place, on), every),
        "disputes": disputes.disputes(place=place),
    }  # fmt: skip
    return show(request, "agreements/keeping/place.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int, promise: int) -> HttpResponse:
    """One promise: where it stands, what shows it, what was said, and what can be done."""
    on, by = asked_day(request), who(request)
    row = the_promise(place, number, promise, on)
    mine = [one for one in row.standing.breaches if one.since <= on]
    said = {
        "shown": shown(row),
        "row": row,
        "on": on,
        "today": today(),
        "titles": titles(place),
        "settled": telling.settled(row.standing.promise),
        "breaches": [telling.breach(breach, on) for breach in mine],
        "remedies": queries.remedies_of(row, on=on),
        "sayings": queries.sayings(row.standing.agreement, promise),
        "disputes": disputes.disputes(row.standing.agreement, promise=promise),
        "sees_book": places.may(by, Act.READ_BOOK, place=place, on=on),
        "sees_record": places.may(by, Act.READ_RECORD, place=place, on=on),
        "item": _item_of(row),
        "choices": _choices(row, by, on),
    }
    return show(request, "agreements/keeping/promise.html", said)


@require_safe
def dispute(request: HttpRequest, place: str, number: int, dispute: int) -> HttpResponse:
    """One dispute: what it is about, how far up it is, until when, and what can be done."""
    row, by, on = the_dispute(place, number, dispute), who(request), today()
    said = {
        "row": row,
        "place": the_place(place),
        "course": row.course,
        "moves": list(reversed(row.moves)),
        "done": telling.DISPUTE_DONE,
        "choices": _dispute_choices(row, by, on),
    }
    return show(request, "agreements/keeping/dispute.html", said)


@require_safe
def download(request: HttpRequest, place: str = "") -> HttpResponse:
    """Every promise as CSV for a spreadsheet, of one place or of all."""
    on = asked_day(request)
    if place:
        the_place(place)
    found = csv_text(_HEADS, map(_line, queries.promises(place, on=on, known=on)))
    response = HttpResponse("\ufeff" + found, content_type="text/csv; charset=utf-8")
    name = f"promises-{place or 'all'}-{on}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def shown(row: PromiseRow) -> Shown:
    """A promise in words, with its address."""
    one = row.standing
    href = f"/agreements/promises/{row.citation}/"
    return Shown(row, telling.what(one.promise), telling.stands(one), telling.varied(one), href)


def the_place(code: str) -> places.PlaceRow:
    """A place, or a 404."""
    if not code_is_sound(code):
        raise Http404
    try:
        return places.place(code)
    except Refused:
        raise Http404 from None


def the_promise(place: str, number: int, promise: int, on: date) -> PromiseRow:
    """A promise, or a 404."""
    the_place(place)
    try:
        return queries.promise(f"{place}/{number}", promise, on=on, known=on)
    except Refused:
        raise Http404 from None


def the_dispute(place: str, number: int, dispute: int) -> DisputeRow:
    """A dispute, or a 404."""
    the_place(place)
    try:
        return disputes.dispute(f"{place}/{number}", dispute)
    except Refused:
        raise Http404 from None


def speaks_for(by: Officer | None, act: Act, agencies: Iterable[str], on: date) -> list[str]:
    """For which of some agencies an officer may do an act."""
    return [code for code in agencies if places.may(by, act, agency=code, on=on)]


def _item_of(row: PromiseRow) -> str:
    """The item of the docket that keeps a promise to lift a rule; empty where none does."""
    kind, _, item = row.standing.promise.about.partition(" ")
    return item if kind == "docket" else ""


def titles(place: str) -> dict[str, str]:
    """What the outcomes are called for which a place has targets, by their codes."""
    found = outcomes.targets(place)
    return {one.outcome.indicator: one.outcome.title for one in found.targets} if found else {}


def _summary(counts: Mapping[Group, int]) -> str:
    """How many promises are late, due and so on; that none is late is said too."""
    said = [f"{counts[group]} {group}" for group in _groups() if counts[group]]
    return ", ".join(said if counts[Group.LATE] else ["nothing is late", *said])


def _groups() -> list[Group]:
    return [Group.LATE, Group.DUE, Group.KEPT_LATE, Group.KEPT, Group.OTHER]


def _still(found: Mapping[str, Breach], rows: list[PromiseRow]) -> list[tuple[str, str, Shown]]:
    """Targets that stand still, since when, and by which promise."""
    by_number = {(r.standing.agreement, r.standing.promise.number): r for r in rows}
    listed = []
    for target, breach in found.items():
        row = by_number.get((breach.agreement, breach.promise.number))
        if row is not None:
            listed.append((target, in_words(breach.since), shown(row)))
    return listed


def _choices(row: PromiseRow, by: Officer | None, on: date) -> list[Choice]:
    if by is None or on != today():
        return []
    at, one = f"/agreements/promises/{row.citation}/", row.standing
    found = []
    if speaks_for(by, Act.SAY_KEPT, (one.promise.by, one.promise.to), on):
        found.append(Choice("Say what was done", f"{at}say/", main=True))
    if one.breach and speaks_for(by, Act.DISPUTE_AGREEMENT, queries.other_side(row), on):
        found.append(Choice("Give notice of the breach", f"{at}notice/"))
    owed = any(worked.pence for worked in queries.remedies_of(row, on=on))
    hosts = [book for book in books.books(row.place)
             if places.may(by, Act.POST, agency=book.host, place=book.place, on=on)]  # fmt: skip
    if owed and hosts:
        found.append(Choice("Post the remedy", f"{at}remedy/"))
    return found


def _dispute_choices(row: DisputeRow, by: Officer | None, on: date) -> list[Choice]:
    at = f"/agreements/promises/{row.agreement}/disputes/{row.number}/"
    found: list[Choice] = []
    for agency in speaks_for(by, Act.DISPUTE_AGREEMENT, (row.giver, row.against), on):
        for verb in verbs(row.course, row.side_of(agency), on=on):
            choice = Choice(
                telling.DISPUTE_WORDS[verb], f"{at}{verb.replace(' ', '-')}/", main=not found
            )
            if choice.href not in [one.href for one in found]:
                found.append(choice)
    return found


def _line(row: PromiseRow) -> list[str]:
    one = row.standing
    listed = [f"{e.by} {e.book} {e.number} of {e.day}" for e in one.evidence[:_MOST]]
    more = len(one.evidence) - len(listed)
    evidence = "; ".join([*listed, f"and {more} more"] if more else listed)
    owed = "" if one.promise.pence is None else pounds(one.promise.pence)
    return [
        row.place_name, one.agreement, str(one.promise.number), str(one.version), row.by_name,
        row.side.value, row.to_name, one.promise.kind.value, one.promise.what, owed,
        one.due.isoformat(), one.status.group.value, telling.stands(one),
        one.late_since.isoformat() if one.late_since else "", str(one.days_late),
        one.kept_on.isoformat() if one.kept_on else "", evidence,
        " ".join(map(str, one.varied_by)),
    ]  # fmt: skip
