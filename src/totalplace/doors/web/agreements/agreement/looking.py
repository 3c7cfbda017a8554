"""Agreements as anybody reads them: in plain words first, then the text, its versions, changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.agreements.queries.agreements import (
    AgreementRow,
    VersionRow,
    agreement,
    agreements,
    may_read,
)
from totalplace.agreements.queries.agreements_lacking import (
    best_decision,
    lacks_to_lay_open,
    lacks_to_sign,
    waiting,
)
from totalplace.agreements.queries.books import book_of
from totalplace.agreements.queries.promises import suspended
from totalplace.agreements.rules import agreement_telling as telling
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import COLOURS, DONE, WORDS, Stage, Verb, verbs
from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now, show, who
from totalplace.outcomes.rules.target_telling import amount
from totalplace.participation import queries as participation
from totalplace.participation.rules.gate import Lack
from totalplace.participation.rules.hearings import Stage as Hearing
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_BY_CENTRE = (
    Verb.PROPOSE_VARIATION, Verb.CONSENT, Verb.DROP_VARIATION, Verb.SUSPEND, Verb.RESUME, Verb.END,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its words, its address, and what it lacks, if anything."""

    words: str
    href: str
    main: bool
    lacks: tuple[Lack, ...] = ()


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every agreement that a reader may read, by place."""
    by, on = who(request), today()
    rows = [(row, row.stage(on)) for row in agreements() if may_read(row, by, on)]
    may = by is not None and any(
        places.may(by, Act.KEEP_AGREEMENT, place=one.code, on=on) for one in places.places()
    )
    said = {"rows": rows, "colours": COLOURS, "may_begin": may}
    return show(request, "agreements/agreement/every.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """An agreement: who pays, who promises what by when, where it stands, what can be done."""
    by, on = who(request), today()
    row = the_agreement(place, number, by, on)
    stood = row.in_force or row.last
    terms, stage = stood.terms, row.stage(on)
    said = {
        "row": row,
        "stage": stage,
        "colour": COLOURS[stage],
        "version": stood,
        "proposed": row.handled if row.handled != stood else None,
        "terms": terms,
        "pays": telling.pays(terms),
        "promises": [(side, telling.by_day(terms, side)) for side in Side],
        "telling": telling,
        "amount": amount,
        "choices": choices(row, by, on),
        "waiting": waiting(row),
        "signatures": row.signed(row.handled.number) or row.signed(stood.number),
        "hearings": participation.hearings(about=row.handled.about),
        "decisions": decisions.decisions(about=row.handled.about),
        "book": book_of(row),
        "moves": DONE,
        "still": suspended(place, on) if row.in_force else {},
    }
    return show(request, "agreements/agreement/one.html", said)


@require_safe
def text(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The text itself, of the version in force or of another."""
    row = the_agreement(place, number, who(request), today())
    version = asked(request, row)
    lines = [_line(line) for line in version.text.split("\n")[2:] if line]
    said = {"row": row, "version": version, "lines": lines}
    return show(request, "agreements/agreement/text.html", said)


@require_safe
def download(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The text to take away, to edit, and to bring back."""
    row = the_agreement(place, number, who(request), today())
    version = asked(request, row)
    answer = HttpResponse(version.text, content_type="text/plain; charset=utf-8")
    name = f"agreement-{row.place}-{row.number}-version-{version.number}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def versions(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Every version: who wrote it, why, what changed, and whether it was ever in force."""
    row = the_agreement(place, number, who(request), today())
    held = {move.version: move.day for move in row.moves if move.verb is Verb.COME_INTO_FORCE}
    pairs = [
        (one, telling.changes(row.versions[at - 1].text, one.text) if at else [])
        for at, one in enumerate(row.versions)
    ]
    said = {"row": row, "pairs": list(reversed(pairs)), "held": held}
    return show(request, "agreements/agreement/versions.html", said)


@require_safe
def compare(request: HttpRequest, place: str, number: int, before: int, now: int) -> HttpResponse:
    """What changed between two versions, clause by clause."""
    row = the_agreement(place, number, who(request), today())
    try:
        first, second = row.version(before), row.version(now)
    except Refused as refused:
        raise Http404 from refused
    said = {"row": row, "first": first, "second": second,
            "changes": telling.changes(first.text, second.text)}  # fmt: skip
    return show(request, "agreements/agreement/compare.html", said)


def today() -> date:
    """The day in England."""
    return local_day(now())


def the_agreement(place: str, number: int, by: Officer | None, on: date) -> AgreementRow:
    """The agreement of an address. Raises Http404 where there is none, or it is others' draft."""
    try:
        row = agreement(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused
    if not may_read(row, by, on):
        raise Http404
    return row


def asked(request: HttpRequest, row: AgreementRow) -> VersionRow:
    """The version that is asked for; without one, the one in force, or the last."""
    number = request.GET.get("version", "")
    if not number:
        return row.in_force or row.last
    try:
        return row.version(int(number) if number.isascii() and number.isdecimal() else 0)
    except Refused as refused:
        raise Http404 from refused


def acting_for(row: AgreementRow, by: Officer | None, on: date) -> list[tuple[str, str]]:
    """For which parties an officer may act on it, as code and name: their own department's."""
    held = (row.in_force or row.last).terms
    found = []
    if places.may(by, Act.KEEP_AGREEMENT, place=row.place, on=on):
        found.append((held.accountable, held.names.get(held.accountable, held.accountable)))
    return found + [
        (party.agency, party.name)
        for party in held.of_side(Side.CENTRE)
        if places.may(by, Act.NEGOTIATE_FOR_CENTRE, agency=party.agency, on=on)
    ]


def signing_for(row: AgreementRow, by: Officer | None, on: date) -> bool:
    """Whether an officer may sign for the party whose turn it is."""
    turn = waiting(row).turn
    return turn is not None and places.may(by, Act.SIGN_AGREEMENT, agency=turn.party, on=on)


def choices(row: AgreementRow, by: Officer | None, on: date) -> list[Choice]:
    """What an officer can do, from the rules that guard the actions."""
    if by is None:
        return []
    base = f"/agreements/{row.citation.id}/"
    place = places.may(by, Act.KEEP_AGREEMENT, place=row.place, on=on)
    anybody = bool(acting_for(row, by, on))
    found = []
    for verb in verbs(row.kept):
        if verb is Verb.SIGN:
            if signing_for(row, by, on):
                found.append(Choice("Sign it", f"{base}sign/", main=True))
        elif verb in (Verb.WRITE, Verb.REVISE, Verb.PROPOSE_VARIATION):
            if place or (anybody and verb is Verb.PROPOSE_VARIATION):
                found.append(Choice(WORDS[verb], f"{base}change/", main=False))
        elif place or (anybody and verb in _BY_CENTRE):
            href = f"{base}do/{verb.name.lower().replace('_', '-')}/"
            main = verb in (Verb.LAY_OPEN, Verb.DECIDE, Verb.OPEN_SIGNING, Verb.CONSENT)
            found.append(Choice(WORDS[verb], href, main, tuple(lacks(row, verb, on))))
    return sorted(
        [*found, *_hearing(row, by, on), *_booking(row, by, on)], key=lambda one: not one.main
    )


def lacks(row: AgreementRow, verb: Verb, on: date) -> list[Lack]:
    """What a verb still lacks."""
    match verb:
        case Verb.LAY_OPEN:
            return lacks_to_lay_open(row)
        case Verb.DECIDE:
            return best_decision(row, on=on)[1]
        case Verb.OPEN_SIGNING:
            return lacks_to_sign(row, on=on)
        case _:
            return []


def _booking(row: AgreementRow, by: Officer, on: date) -> list[Choice]:
    if row.in_force is None or book_of(row) is not None:
        return []
    host = row.in_force.terms.accountable
    if not places.may(by, Act.OPEN_BOOK, agency=host, place=row.place, on=on):
        return []
    return [Choice("Open its book", f"/agreements/{row.citation.id}/open-book/", main=True)]


def _hearing(row: AgreementRow, by: Officer, on: date) -> list[Choice]:
    last = row.last
    needed = row.kept is Stage.LAID_OPEN or (
        row.kept is Stage.VARIATION_AGREED and last.to_be_heard
    )
    under_way = [h for h in participation.hearings(about=last.about)
                 if h.held is not Hearing.WITHDRAWN]  # fmt: skip
    if not needed or under_way or not places.may(by, Act.PREPARE_HEARING, place=row.place, on=on):
        return []
    about = {"place": row.place, "agency": last.terms.accountable, "about": str(last.about)}
    return [Choice("Have people heard on it", f"/participation/begin/?{urlencode(about)}", True)]


def _line(line: str) -> tuple[str, str, str]:
    """A line of the text as what it is, its number and its words."""
    number, _, words = line.partition(" ")
    if number.endswith(".") and number[:-1].isdecimal():
        return "heading", number, words.capitalize()
    if number.replace(".", "").isdecimal():
        return "clause", number, words
    return "line", "", line
