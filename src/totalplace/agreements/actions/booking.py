"""Opening the book of an agreement: what it promises, its limits and its year-end clause."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.agreements.queries.agreements import AgreementRow, agreement
from totalplace.agreements.queries.books import code_of_book
from totalplace.agreements.rules.booked import Booked, booked
from totalplace.decisions.rules.days import local_day
from totalplace.ledger import actions as ledger
from totalplace.ledger.actions import partners
from totalplace.ledger.actions.sealing import wait_for_postings
from totalplace.ledger.queries import BookRow
from totalplace.ledger.queries import book as find_book
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind
from totalplace.ledger.rules.clause_text import text_of
from totalplace.ledger.rules.verbs import Colour
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused


@transaction.atomic
def open_book(citation: str, *, by: Who, on: datetime) -> BookRow:
    """Open the book of an agreement in force, with all that its text puts into it.

    Each contribution that is settled is promised, each limit of movement set, and the year-end
    clause agreed; all cite the agreement. Raises Refused where it is not in force, where it has a
    book, and where whoever asks may not keep the book of its accountable body.
    """
    wait_for_postings()  # before the record, for which whoever seals waits last
    row = agreement(citation)
    held = row.in_force
    if held is None:
        raise Refused(
            f"Agreement {citation} has no book yet",
            why="it is not in force",
            next_step="Open its book once everybody has signed",
        )
    host = held.terms.accountable
    power = places.power(by, Act.OPEN_BOOK, agency=host, place=row.place, on=on)
    told = booked(held.terms, citation=row.citation, on=local_day(on))
    code = code_of_book(row)
    new = ledger.NewBook(row.title, row.place, host, told.years[0], told.years[-1])
    ledger.open_book(code, new, by=by, on=on, power=power)
    _lines(code, row, told, by=by, on=on, power=power)
    _promise(code, row, told, host, by=by, on=on, power=power)
    if told.clause is not None:
        text = text_of(told.clause)
        partners.agree_clause(
            code, told.years[0], text, citation=row.citation, by=by, on=on
        )  # fmt: skip
    return find_book(code)


def _lines(
    code: str, row: AgreementRow, told: Booked, *, by: Who, on: datetime, power: str
) -> None:
    for line in told.lines:
        title = line.line if line.code == line.line else f"{line.line}, from {line.payer}"
        new = ledger.NewLine(title, line.payer, line.nature, row.citation)
        ledger.add_line(code, line.code, new, by=by, on=on, power=power)
    for limit in told.limits:
        ledger.set_limit(code, limit, by=by, on=on, power=power)


def _promise(
    code: str, row: AgreementRow, told: Booked, host: str, *, by: Who, on: datetime, power: str
) -> None:
    entered = [
        ledger.Entered(
            verbs.promised(Colour(one.line.code, one.year, one.line.payer, host), one.pence),
            local_day(on),
            Kind.PROMISED,
            row.citation,
        )
        for one in told.promised
    ]
    ledger.post_many(code, entered, by=by, on=on, power=power)
