"""Arranging who shows the money of a pool, agreeing its year-end clause, and closing a year."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from totalplace.ledger import models
from totalplace.ledger.actions.posting import Entered, post_many
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.books import closed_until
from totalplace.ledger.queries.books import line as find_line
from totalplace.ledger.queries.partners import (
    ArrangementRow,
    ClauseRow,
    arrangements,
    clauses,
    closing,
    closing_postings,
    partners,
    payers,
    year_ends,
)
from totalplace.ledger.queries.postings import balances
from totalplace.ledger.rules.clause_text import clause_of, text_of
from totalplace.ledger.rules.settling import Step, closing_steps
from totalplace.ledger.rules.treatments import EVERY_LINE, Arrangement, check, in_force
from totalplace.ledger.rules.year_end import YearEnd, check_clause
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who, day_of
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


@transaction.atomic
def arrange(
    book: str, arrangement: Arrangement, *, why: str, citation: Citation, by: Who, on: datetime
) -> ArrangementRow:
    """Say who shows the money of a line, or of every line, in its own accounts from a day on.

    Raises Refused for what no accounts could show, without a reason or what it rests on, and where
    it would share out anew what stands in a closed period.
    """
    its = find_book(book)
    power = places.power(by, Act.OPEN_BOOK, agency=its.host, place=its.place, on=on)
    one_at_a_time(book)
    check(arrangement)
    _check_said(why, citation)
    _check_open(book, arrangement)
    own = arrangement.line != EVERY_LINE
    agencies = {part.agency: places.agency(part.agency).id for part in arrangement.parts}
    row = models.Arrangement.objects.create(
        book_id=its.id,
        line_id=find_line(book, arrangement.line).id if own else None,
        first_day=arrangement.first_day,
        basis=arrangement.basis.value,
        why=why.strip(),
        citation_kind=citation.kind,
        citation_id=citation.id,
        by=by.name,
        on=on,
    )
    models.ArrangementPart.objects.bulk_create(
        models.ArrangementPart(arrangement=row, agency_id=agencies[part.agency],
                               treatment=part.treatment.value, weight=part.weight)
        for part in arrangement.parts
    )  # fmt: skip
    of = f"line {arrangement.line}" if own else "every line"
    said = f"{of}: {arrangement.basis}, from {arrangement.first_day}; {citation}"
    record.write(by.name, "arranged who shows its money", about=its.citation, on=on, power=power,
                 citing=said)  # fmt: skip
    return arrangements(book)[-1]


@transaction.atomic
def agree_clause(
    book: str, first_year: int, text: str, *, citation: Citation, by: Who, on: datetime
) -> ClauseRow:
    """Say how over- and underspends are shared from a year on, in the sentences of the agreement.

    Raises Refused at the sentence that cannot be read, for who is no partner, and for a year that
    was closed already.
    """
    its = find_book(book)
    power = places.power(by, Act.OPEN_BOOK, agency=its.host, place=its.place, on=on)
    one_at_a_time(book)
    _check_said("a clause is its own reason", citation)
    clause = clause_of(text)
    check_clause(clause, partners(book))
    if first_year not in its.years or any(
        closing_postings(book, year) for year in its.years if year >= first_year
    ):
        raise Refused(
            f"The clause cannot hold from {FinancialYear(first_year)}",
            why=f"the book is of {its.years_in_words}, or such a year was closed already",
            next_step="Let it hold from a year of the book that is not closed",
        )
    models.YearEndClause.objects.create(
        book_id=its.id, first_year=first_year, text=text_of(clause), by=by.name, on=on,
        citation_kind=citation.kind, citation_id=citation.id,
    )  # fmt: skip
    said = f"from {FinancialYear(first_year)}: {text_of(clause)}; {citation}"
    record.write(by.name, "agreed the year-end clause", about=its.citation, on=on, power=power,
                 citing=said)  # fmt: skip
    return clauses(book)[-1]


@transaction.atomic
def close_year(book: str, year: int, *, by: Who, on: datetime) -> YearEnd:
    """Post what the clause of a year comes to: what is due, owed back and carried forward.

    The postings are of the last day of the year; where that is closed, of the first open day. Done
    once: reverse its postings to do it again. Raises Refused where the year has not ended, was
    closed already, or nothing was put in or spent in it, or no clause holds.
    """
    its = find_book(book)
    power = places.power(by, Act.POST, agency=its.host, place=its.place, on=on)
    one_at_a_time(book)
    label, what = FinancialYear(year).label, f"The year {FinancialYear(year)} cannot be closed"
    if year not in its.years or day_of(on) <= FinancialYear(year).last_day:
        raise Refused(
            what,
            why=f"the book is of {its.years_in_words}, and the year has to be over",
            next_step=f"Close it after {FinancialYear(year).last_day}",
        )
    if done := closing_postings(book, year):
        raise Refused(
            what,
            why=f"posting {done[0]} closed it already",
            next_step="Reverse the postings that closed it, then close it again",
        )
    ends = year_ends(book, [year])
    if not ends:
        raise Refused(what, why="nothing stands in it", next_step="Choose another year")
    steps = closing_steps(balances(book), ends[0], host=its.host, payers=payers(book))
    if steps:
        entered = [_entered(book, year, step) for step in steps]
        post_many(book, entered, by=by, on=on, power=power)
    said = f"{label}: {_told(ends[0])}"
    record.write(by.name, "closed a year", about=its.citation, on=on, power=power, citing=said)
    return ends[0]


def one_at_a_time(book: str) -> None:
    """Wait for others who say something of a pool, until this transaction ends."""
    take_turn(f"totalplace.pool {book}")


def _entered(book: str, year: int, step: Step) -> Entered:
    return Entered(
        step.legs, FinancialYear(year).last_day, step.kind, closing(book, year), step.note,
        late="the year was closed after its last period",
    )  # fmt: skip


def _told(end: YearEnd) -> str:
    over = end.figures.over_pence
    if not over:
        return "it came out even"
    word = "overspent" if over > 0 else "underspent"
    return f"{word} by {abs(over)} pence, shared among {sum(map(bool, end.pays.values()))} partners"


def _check_said(why: str, citation: Citation) -> None:
    if not why.strip() or not citation.kind.strip() or not citation.id.strip():
        raise Refused(
            "Nothing was arranged",
            why="it is not said why, or on what it rests",
            next_step="Give a reason in a sentence, and the agreement or decision it rests on",
        )


def _check_open(book: str, arrangement: Arrangement) -> None:
    closed = closed_until(book)
    before = [row.arrangement for row in arrangements(book)]
    lines = payers(book) if arrangement.line == EVERY_LINE else [arrangement.line]
    if closed is None or arrangement.first_day > closed:
        return
    if any(in_force(before, line, closed) for line in lines):
        raise Refused(
            "The partners cannot show the money so",
            why=f"what stands until {closed} is closed, and is not shared out anew",
            next_step=f"Let it begin on {closed + timedelta(days=1)} or later",
        )
