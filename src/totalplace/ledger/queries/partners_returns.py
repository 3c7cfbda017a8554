"""Statements and returns of a pool, as tables of which every figure says where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from totalplace.ledger import models
from totalplace.ledger.definitions.reading import conditions
from totalplace.ledger.queries.books import limits, lines
from totalplace.ledger.queries.partners import (
    before_closing,
    clause_of_year,
    partner_books,
    pool_money,
    words,
    year_ends,
)
from totalplace.ledger.queries.postings import balances
from totalplace.ledger.rules.figures import Table
from totalplace.ledger.rules.returns import (
    ConditionSaid,
    Forecast,
    Quarter,
    Said,
    lacking,
    quarterly,
)
from totalplace.ledger.rules.statements import (
    grant_return,
    memorandum,
    partner_statement,
    tie,
    trial_balance,
)
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """The return of a quarter: its tables, and what it still lacks, in sentences."""

    quarter: Quarter
    tables: list[Table]
    lacks: list[str]
    said: Said


def quarterly_return(book: str, quarter: Quarter) -> ReturnRow:
    """The return of a quarter, from the book as it stood on its last day and what officers said.

    The postings that close the year are no part of it: they share out what the return shows.
    """
    found, called = before_closing(book, quarter.year, day=quarter.last_day), words(book)
    said = return_said(book, quarter)
    return ReturnRow(
        quarter,
        quarterly(found, called, quarter, said),
        lacking(found, called, quarter, said),
        said,
    )


def return_said(book: str, quarter: Quarter) -> Said:
    """What officers gave for the return of a quarter; of each thing what was said last holds."""
    of = {"book__code": book, "year": quarter.year, "quarter": quarter.number}
    forecasts = models.Forecast.objects.filter(**of).select_related("line", "agency")
    codes = {line.id: line.code for line in lines(book)}
    return Said(
        forecasts=[
            Forecast(row.line.code, row.agency.code, row.pence, row.why, row.by)
            for row in forecasts.order_by("pk")
        ],
        conditions=[
            ConditionSaid(row.number, row.met, row.words, row.by, row.required_pence, row.source,
                          tuple(codes[line] for line in row.lines))
            for row in models.ConditionSaid.objects.filter(**of).order_by("pk")
        ],
        condition_words=conditions(quarter.year).words,
    )  # fmt: skip


def memorandum_account(book: str, year: int) -> list[Table]:
    """The memorandum account of a pool for a year, with each partner's share where agreed."""
    shared = year_ends(book, [year]) if clause_of_year(book, year) else []
    found = before_closing(book, year)
    return memorandum(found, words(book), year, shared=shared[0] if shared else None)


def who_shows_what(book: str, *, day: date | None = None) -> Table:
    """Who shows what of a pool in its own accounts, and the line that says they are equal."""
    return tie(partner_books(book, day=day), pool_money(book, day=day), words(book))


def partner_account(book: str, agency: str, year: int, *, day: date | None = None) -> Table:
    """What a partner shows of a year of a pool. Raises Refused where it shows nothing of it."""
    books = partner_books(book, day=day)
    if agency not in books:
        raise Refused(
            f"{words(book).name(agency)} shows nothing of this pool",
            why="no money of it is arranged to stand in its accounts yet",
            next_step="See who shows what, and arrange it if that is wrong",
        )
    return partner_statement(books[agency], pool_money(book, day=day), words(book), year)


def trial_balances(book: str, *, day: date | None = None) -> list[Table]:
    """Debits and credits of every account of each plane."""
    return trial_balance(balances(book, day=day))


def grant_returns(book: str, year: int, *, line: str = "") -> list[Table]:
    """What came of each grant line in a year, with its condition; or of one line."""
    found, called = before_closing(book, year), words(book)
    wanted = [one for one in called.lines if line in ("", one.code)]
    bounds = limits(book, FinancialYear(year).last_day)
    return [grant_return(found, one, called, year, limits=bounds) for one in wanted]
