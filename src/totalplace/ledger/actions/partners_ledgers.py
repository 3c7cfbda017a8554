"""A partner's own ledger given in and its differences explained; what officers say in returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from totalplace.ledger import models
from totalplace.ledger.actions.partners import one_at_a_time
from totalplace.ledger.definitions.reading import conditions
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.books import line as find_line
from totalplace.ledger.queries.partners_ledgers import (
    PartnerLedgerRow,
    partner_ledger,
    reconciliation,
)
from totalplace.ledger.queries.rows import BookRow
from totalplace.ledger.rules.partner_ledger import LedgerFile
from totalplace.ledger.rules.partner_views import View
from totalplace.ledger.rules.returns import Quarter
from totalplace.money.pence import pounds
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused

_MOST_DAYS: Final = 366  # a ledger is of a year at most
_MOST_TOLERANCE: Final = 60
_FIRST_YEAR: Final = 1990  # as of a book
_LAST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True)
class Given:
    """What a partner says of its ledger: the file, what it is of, and over which days."""

    name: str
    sha256: str
    view: View
    first_day: date
    last_day: date
    tolerance_days: int = 5


@dataclass(frozen=True, slots=True)
class ForecastGiven:
    """What a scheme is expected to spend in the year, in pence, and why it is not the plan."""

    line: str
    agency: str
    pence: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class ConditionGiven:
    """Whether a national condition is met; of the NHS minimum also the number and its source."""

    number: int
    met: bool
    words: str = ""
    required_pence: int | None = None
    source: str = ""
    lines: tuple[str, ...] = ()


@transaction.atomic
def give_ledger(
    book: str, agency: str, file: LedgerFile, said: Given, *, by: Who, on: datetime
) -> PartnerLedgerRow:
    """Give in a partner's own ledger, to be held against the pool's book.

    Only by that partner. Raises Refused where a row could not be read, where it has no line, and
    for days that are none or more than a year.
    """
    its = find_book(book)
    power = places.power(by, Act.GIVE_PARTNER_LEDGER, agency=agency, on=on)
    _check_given(file, said)
    one_at_a_time(book)
    before = models.PartnerLedger.objects.filter(book_id=its.id, agency__code=agency).count()
    row = models.PartnerLedger.objects.create(
        book_id=its.id,
        agency_id=places.agency(agency).id,
        number=before + 1,
        name=said.name,
        sha256=said.sha256,
        view=said.view.value,
        first_day=said.first_day,
        last_day=said.last_day,
        tolerance_days=said.tolerance_days,
        set_aside=file.set_aside,
        columns=list(file.columns),
        by=by.name,
        on=on,
    )
    models.PartnerLedgerLine.objects.bulk_create(
        models.PartnerLedgerLine(
            ledger=row, key=x.key, day=x.day, pence=x.pence, reference=x.reference, words=x.words
        )
        for x in file.lines
    )
    cited = f"{agency}, {said.view}, {said.first_day} to {said.last_day}; SHA-256 {said.sha256}"
    record.write(by.name, "gave in a partner's ledger", about=its.citation, on=on, power=power,
                 citing=cited)  # fmt: skip
    return partner_ledger(book, agency, row.number)


@transaction.atomic
def explain(
    book: str, agency: str, number: int, key: str, words: str, *, by: Who, on: datetime
) -> None:
    """Say what a difference is. It stays where it is: an explanation hides nothing.

    Raises Refused without words, and where there is no such difference today.
    """
    its = find_book(book)
    power = places.power(by, Act.GIVE_PARTNER_LEDGER, agency=agency, on=on)
    row = reconciliation(book, agency, number)
    found = next((one for one in row.found.differences if one.key == key), None)
    if found is None or not words.strip():
        raise Refused(
            "The difference was not explained",
            why="nothing is said" if found else "there is no such difference any more",
            next_step="Choose a difference from the list, and say in a sentence what it is",
        )
    models.DifferenceExplained.objects.create(
        ledger_id=row.ledger.id, key=key, pence=found.pence, words=words.strip(), by=by.name, on=on
    )
    cited = f"{agency}, ledger {number}: {key}, {pounds(found.pence)}: {words.strip()}"
    record.write(by.name, "explained a difference", about=its.citation, on=on, power=power,
                 citing=cited)  # fmt: skip


@transaction.atomic
def forecast(
    book: str, quarter: Quarter, given: Iterable[ForecastGiven], *, by: Who, on: datetime
) -> None:
    """Say what schemes are expected to spend in the year, for the return of a quarter.

    What is said later holds. Raises Refused where nothing is given, and for a sum below nothing.
    """
    its, listed = find_book(book), list(given)
    power = _may_return(its, quarter, by, on)
    if not listed or any(one.pence < 0 for one in listed):
        raise Refused(
            "No forecast was taken",
            why="a forecast is below nothing" if listed else "none was given",
            next_step="Give for each scheme what it will have spent by the end of the year",
        )
    models.Forecast.objects.bulk_create(
        models.Forecast(
            book_id=its.id, year=quarter.year, quarter=quarter.number, pence=one.pence,
            line_id=find_line(book, one.line).id, agency_id=places.agency(one.agency).id,
            why=one.why.strip(), by=by.name, on=on,
        )
        for one in listed
    )  # fmt: skip
    record.write(by.name, "gave forecasts", about=its.citation, on=on, power=power,
                 citing=f"{quarter.label}: {len(listed)} schemes")  # fmt: skip


@transaction.atomic
def say_condition(
    book: str, quarter: Quarter, given: ConditionGiven, *, by: Who, on: datetime
) -> None:
    """Say of a national condition whether it is met, for the return of a quarter.

    Raises Refused for a number that is no condition of that year, for one that is not met without
    saying why, and for a minimum without its source or the lines that count toward it.
    """
    its, known = find_book(book), conditions(quarter.year)
    power = _may_return(its, quarter, by, on)
    why = ""
    if given.number not in known.words:
        why = f"the conditions of that year are {', '.join(map(str, known.words))}"
    elif not given.met and not given.words.strip():
        why = "it is not met, and it is not said why"
    elif given.required_pence is not None and (
        not given.source.strip() or not given.lines or given.required_pence < 0
    ):
        why = "the minimum has no source, or no line counts toward it"
    if why:
        raise Refused(
            f"Nothing was said of national condition {given.number}",
            why=why,
            next_step="Say whether it is met, why if it is not, and where a number stands",
        )
    models.ConditionSaid.objects.create(
        book_id=its.id, year=quarter.year, quarter=quarter.number, number=given.number,
        met=given.met, words=given.words.strip(), required_pence=given.required_pence,
        source=given.source.strip(), lines=[find_line(book, one).id for one in given.lines],
        by=by.name, on=on,
    )  # fmt: skip
    said = f"{quarter.label}: condition {given.number} {'met' if given.met else 'not met'}"
    record.write(by.name, "said whether a condition is met", about=its.citation, on=on,
                 power=power, citing=said)  # fmt: skip


def _may_return(its: BookRow, quarter: Quarter, by: Who, on: datetime) -> str:
    power = places.power(by, Act.POST, agency=its.host, place=its.place, on=on)
    if quarter.year not in its.years:
        raise Refused(
            f"The pool has no return for {quarter.label}",
            why=f"its book is of {its.years_in_words}",
            next_step="Choose one of its years",
        )
    return power


def _check_given(file: LedgerFile, said: Given) -> None:
    why, next_step = "", "Put it right, and give it in again"
    if file.faults:
        first = file.faults[0]
        why = f"{len(file.faults)} of its rows cannot be read; {first.cell} {first.why}"
        next_step = "Put each cell right, or take the row out if it is no posting"
    elif not file.lines:
        why = "no row of it is a posting"
    elif not 0 <= (said.last_day - said.first_day).days <= _MOST_DAYS:
        why = "its last day is before its first, or more than a year after it"
    elif not _FIRST_YEAR <= said.first_day.year <= said.last_day.year <= _LAST_YEAR:
        why = f"its days are not between {_FIRST_YEAR} and {_LAST_YEAR}"
    elif not 0 <= said.tolerance_days <= _MOST_TOLERANCE:
        why = f"{said.tolerance_days} days are no tolerance: 0 to {_MOST_TOLERANCE} are"
    if why:
        raise Refused(f"{said.name} was not taken", why=why, next_step=next_step)
