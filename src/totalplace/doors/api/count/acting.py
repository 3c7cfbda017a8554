"""Acts about the count: freezing, disputing, settling, signing off, and ruling on lines."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from totalplace.count.actions import rulings as ruling
from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import edition_named
from totalplace.count.queries.rulings import RulingRow, all_rulings
from totalplace.count.rules.rulings import Subject
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.count import shown
from totalplace.doors.api.count.addresses import router
from totalplace.doors.api.count.reading import edition_of
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, number, page
from totalplace.doors.api.problems import there, there_is_none
from totalplace.doors.api.words import Line, OptionalLine, Reason, Said, Words
from totalplace.doors.web import work
from totalplace.doors.web.showing import now
from totalplace.doors.web.work.rules import Asked
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

_AT = "/editions/{place}/{year}/{edition}"


class Freezing(Said):
    """Which count is to be frozen."""

    place: Code
    year: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$", description="Such as 2024-25.")]


class WorkAsked(Schema):
    """Work that was asked for; see how far it is at /api/v1/work/ and its number."""

    work: int
    words: str


class Disputing(Reason):
    """Which agency disputes its figures, and why."""

    agency: Code


class RulingSaid(Schema):
    """A ruling as it stands, in force or not."""

    number: int
    agency: str
    subject: str
    about: str
    said: str
    reason: str
    by: str
    on: datetime
    holds: bool


class Rule(Said):
    """Which lines are meant, and what they are ruled to be. Words are as published; empty: any."""

    agency: Code
    subject: Subject
    said: Line
    reason: Words
    payee: OptionalLine = ""
    unit: OptionalLine = ""
    purpose: OptionalLine = ""
    detail: OptionalLine = ""
    file: Annotated[str, Field(max_length=64)] = ""
    sheet: Annotated[str, Field(max_length=200)] = ""
    row: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None


@writes(router, "/editions", act=Act.FREEZE, answers=WorkAsked, status=202)
def freeze(by: Officer, *, body: Freezing) -> WorkAsked:
    """Ask for a count to be frozen as the next edition of its place and year."""
    place, on = there(lambda: places.place(body.place)), now()
    places.power(by, Act.FREEZE, place=place.code, on=on)
    year = FinancialYear.parse(body.year).label
    words = f"Freezing the count of {place.name}, {year}"
    asked = Asked(place=place.code, back=f"/count/{place.code}/")
    made = work.enqueue(
        "freeze a count", by=by, about=f"count {place.code}/{year}", words=words, asked=asked,
        place=place.code, year=year, officer=by.code,
    )  # fmt: skip
    return WorkAsked(work=made, words=words)


@writes(router, _AT + "/dispute", act=Act.DISPUTE, answers=shown.Edition)
def dispute(by: Officer, *, place: Code, year: Code, edition: Number, body: Disputing) -> Any:
    """Dispute an agency's figures in an edition."""
    return _decided(by, (place, year, edition), "dispute", body.reason, agency=body.agency)


@writes(router, _AT + "/settle", act=Act.SETTLE, answers=shown.Edition)
def settle(by: Officer, *, place: Code, year: Code, edition: Number, body: Reason) -> Any:
    """Settle what is disputed in an edition."""
    return _decided(by, (place, year, edition), "settle", body.reason)


@writes(router, _AT + "/sign-off", act=Act.SIGN_OFF, answers=shown.Edition)
def sign_off(by: Officer, *, place: Code, year: Code, edition: Number, body: Reason) -> Any:
    """Sign an edition off. From then on anybody may read it."""
    return _decided(by, (place, year, edition), "sign off", body.reason)


def _decided(
    by: Officer, at: tuple[str, str, int], verb: str, reason: str, agency: str = ""
) -> shown.Edition:
    place, year, edition = at
    row = there(lambda: edition_named(f"{place}/{year}/{edition}"))
    decide(row.id, verb, reason=reason, agency=agency, by=by, on=now())
    return edition_of(edition_named(row.citation))


@reads(router, "/rulings", answers=Listed[RulingSaid], needs=Act.READ_UNPUBLISHED)
def every_ruling(by: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Every ruling about agencies whose unpublished figures you may read, in force or not."""
    on, mine = now(), dict[str, bool]()
    rows = []
    for row in all_rulings():
        agency = row.ruling.agency
        if agency not in mine:
            mine[agency] = by.may(Act.READ_UNPUBLISHED, agency=agency, on=on)
        if mine[agency]:
            rows.append(row)
    return page(rows, lambda r: r.ruling.number, _ruling, after=number(after) or None, limit=limit)


@writes(router, "/rulings", act=Act.RULE, answers=RulingSaid, status=201)
def rule(by: Officer, *, body: Rule) -> RulingSaid:
    """Rule on lines of an agency, with a reason. It holds from the next edition on."""
    lines = ruling.Lines(
        body.payee, body.unit, body.purpose, body.detail, body.file, body.sheet, body.row
    )
    made = ruling.rule(
        body.agency, body.subject, lines, said=body.said, reason=body.reason, by=by, on=now()
    )
    return _ruling(_found(made))


@writes(router, "/rulings/{ruling}/withdraw", act=Act.RULE, answers=RulingSaid)
def withdraw(by: Officer, *, ruling: Number, body: Reason) -> RulingSaid:
    """Take a ruling back, with a reason."""
    _found(ruling)
    _withdraw(ruling, body.reason, by)
    return _ruling(_found(ruling))


def _withdraw(number: int, reason: str, by: Officer) -> None:
    ruling.withdraw(number, reason=reason, by=by, on=now())


def _found(number: int) -> RulingRow:
    found = next((r for r in all_rulings() if r.ruling.number == number), None)
    if found is None:
        raise there_is_none(f"There is no ruling {number}")
    return found


def _ruling(row: RulingRow) -> RulingSaid:
    r = row.ruling
    return RulingSaid(
        number=r.number, agency=r.agency, subject=r.subject.value, about=r.about, said=r.said,
        reason=r.reason, by=row.by, on=row.on, holds=row.holds,
    )  # fmt: skip
