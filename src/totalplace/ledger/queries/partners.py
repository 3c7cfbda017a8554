"""Partners of a pool: what is arranged, the book that each shows, and year ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection

from totalplace.ledger import models
from totalplace.ledger.definitions.year_end import year_end
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.books import lines
from totalplace.ledger.queries.postings import balances
from totalplace.ledger.rules.accounts import Account, Heading, Plane, Transfer
from totalplace.ledger.rules.clause_text import clause_of
from totalplace.ledger.rules.sharing import PartnerBook, Sharer
from totalplace.ledger.rules.statements import LineWords, Words
from totalplace.ledger.rules.treatments import EVERY_LINE, Arrangement, Basis, Part, Treatment
from totalplace.ledger.rules.year_end import YearEnd, YearFigures, run_clause
from totalplace.places import queries as places
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

CLOSING: Final = "year-end"  # the kind of citation of the postings that close a year
_BEFORE_ALL: Final = date(1, 1, 1)
# What moved between each two accounts, by what was arranged on its day: of a reversal, on the day
# of what it reverses. So that partners' books cost as much as there are accounts, not postings.
_STREAMS: Final = """
SELECT d.heading, dg.code, dl.code, d.year, c.heading, cg.code, cl.code, c.year, m.epoch, m.pence
FROM (
    SELECT debit_id, credit_id, epoch, sum(pence)::bigint AS pence
    FROM (
        SELECT t.debit_id, t.credit_id, t.pence,
            width_bucket(t.day, %(days)s::date[]) AS epoch
        FROM ledger_transfer t
        WHERE t.book_id = %(book)s AND t.day <= %(day)s AND t."on" <= %(until)s
            AND t.reverses IS NULL
        UNION ALL
        SELECT t.debit_id, t.credit_id, t.pence, width_bucket((
            SELECT o.day FROM ledger_transfer o
            WHERE o.book_id = t.book_id AND o.number = t.reverses AND o.part = 1
        ), %(days)s::date[])
        FROM ledger_transfer t
        WHERE t.book_id = %(book)s AND t.day <= %(day)s AND t."on" <= %(until)s
            AND t.reverses IS NOT NULL
    ) by_epoch
    GROUP BY 1, 2, 3
) m
JOIN ledger_account d ON d.id = m.debit_id
JOIN places_agency dg ON dg.id = d.agency_id JOIN ledger_line dl ON dl.id = d.line_id
JOIN ledger_account c ON c.id = m.credit_id
JOIN places_agency cg ON cg.id = c.agency_id JOIN ledger_line cl ON cl.id = c.line_id
WHERE d.heading = ANY(%(money)s)
"""
_CLOSING: Final = """
SELECT a.heading, g.code, l.code, a.year, sum(m.pence)::bigint
FROM (
    SELECT debit_id AS id, pence FROM ledger_transfer
    WHERE book_id = %(book)s AND citation_kind = %(kind)s AND citation_id = %(id)s
        AND day <= %(day)s
    UNION ALL
    SELECT credit_id, -pence FROM ledger_transfer
    WHERE book_id = %(book)s AND citation_kind = %(kind)s AND citation_id = %(id)s
        AND day <= %(day)s
) m
JOIN ledger_account a ON a.id = m.id
JOIN places_agency g ON g.id = a.agency_id JOIN ledger_line l ON l.id = a.line_id
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """Who shows the money of a line, or of all that have none of their own, from a day on."""

    number: int
    arrangement: Arrangement
    why: str
    citation: Citation
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """How over- and underspends are shared, from a year on."""

    number: int
    first_year: int
    text: str
    citation: Citation
    by: str
    on: datetime


def arrangements(book: str, *, known_on: datetime | None = None) -> list[ArrangementRow]:
    """What was arranged about a pool, in the order in which it was said."""
    rows = models.Arrangement.objects.filter(book__code=book).select_related("line")
    if known_on is not None:
        rows = rows.filter(on__lte=known_on)
    return [
        ArrangementRow(
            number=row.pk,
            arrangement=Arrangement(
                line=row.line.code if row.line else EVERY_LINE,
                first_day=row.first_day,
                basis=Basis(row.basis),
                parts=tuple(
                    Part(part.agency.code, Treatment(part.treatment), part.weight)
                    for part in row.parts.all()
                ),
            ),
            why=row.why,
            citation=Citation(row.citation_kind, row.citation_id),
            by=row.by,
            on=row.on,
        )
        for row in rows.prefetch_related("parts__agency").order_by("pk")
    ]


def payers(book: str) -> dict[str, str]:
    """Who pays each line of a pool."""
    return {line.code: line.payer for line in lines(book)}


def partner_books(
    book: str, *, day: date | None = None, known_on: datetime | None = None
) -> dict[str, PartnerBook]:
    """What each partner shows of a pool, as known at a moment about a day: together, the pool.

    What nothing is arranged about stands under no partner's name. Raises Refused where there is no
    such book.
    """
    which = find_book(book)
    found = [row.arrangement for row in arrangements(book, known_on=known_on)]
    days = sorted({_BEFORE_ALL, *(one.first_day for one in found)})
    sharer = Sharer(found, payers(book))
    for transfer, epoch in _streams(which.id, days, day, known_on):
        sharer.put(transfer, days[epoch - 1])
    return sharer.books()


def pool_money(
    book: str, *, day: date | None = None, known_on: datetime | None = None
) -> dict[Account, int]:
    """The balances of the money plane of a pool, debits less credits, in pence."""
    found = balances(book, day=day, known_on=known_on)
    return {a: pence for a, pence in found.items() if pence and a.heading.plane is Plane.MONEY}


def words(book: str) -> Words:
    """What a pool, its lines and all agencies are called in statements."""
    row = find_book(book)
    said = [LineWords(one.code, one.title, one.payer, one.conditions) for one in lines(book)]
    return Words(said, {one.code: one.name for one in places.agencies()}, row.host)


def partners(book: str) -> list[str]:
    """Every agency that is arranged as a partner, pays a line or hosts the pool."""
    arranged = (part for row in arrangements(book) for part in row.arrangement.parts)
    return sorted({part.agency for part in arranged} | set(payers(book).values())
                  | {find_book(book).host})  # fmt: skip


def clauses(book: str) -> list[ClauseRow]:
    """The year-end clauses of a pool, in the order in which they were said."""
    rows = models.YearEndClause.objects.filter(book__code=book).order_by("pk")
    return [
        ClauseRow(row.pk, row.first_year, row.text, Citation(row.citation_kind, row.citation_id),
                  row.by, row.on)
        for row in rows
    ]  # fmt: skip


def clause_of_year(book: str, year: int) -> ClauseRow | None:
    """The clause that holds in a year: the last that was said of it or of a year before."""
    found: ClauseRow | None = None
    for row in clauses(book):
        if row.first_year <= year and (found is None or found.first_year <= row.first_year):
            found = row
    return found


def closing(book: str, year: int) -> Citation:
    """How the postings that close a year are cited."""
    return Citation(CLOSING, f"{book}/{year}")


def closing_postings(book: str, year: int) -> list[int]:
    """The numbers of the postings that closed a year and were not reversed since."""
    cited = models.Transfer.objects.filter(
        book__code=book, citation_kind=CLOSING, citation_id=closing(book, year).id
    )
    rows = set(cited.values_list("number", "reverses"))
    reversed_ = {reverses for _, reverses in rows if reverses is not None}
    return sorted(n for n, reverses in rows if reverses is None and n not in reversed_)


def before_closing(book: str, year: int, *, day: date | None = None) -> dict[Account, int]:
    """The balances of a pool without the postings that closed a year, in pence."""
    row, found = find_book(book), defaultdict(int, balances(book, day=day))
    cited, until = closing(book, year).id, day or date.max
    said: dict[str, Any] = {"book": row.id, "kind": CLOSING, "id": cited, "day": until}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSING, said)
        for heading, agency, line, of_year, pence in cursor.fetchall():
            found[Account(Heading(heading), agency, line, of_year)] -= pence
    return {account: pence for account, pence in found.items() if pence}


def year_figures(book: str, year: int) -> YearFigures:
    """What partners put in for a year and what was spent, before it was closed, in pence."""
    return figures_of(before_closing(book, year), year)


def figures_of(found: dict[Account, int], year: int) -> YearFigures:
    """What partners put in for a year and what was spent, of balances, in pence."""
    put_in: dict[str, int] = defaultdict(int)
    spent = 0
    for account, pence in found.items():
        if account.year != year:
            continue
        if account.heading is Heading.INCOME:
            put_in[account.agency] -= pence
        elif account.heading is Heading.EXPENDITURE:
            spent += pence
    return YearFigures(year, dict(sorted(put_in.items())), spent)


def may_carry(agencies: Sequence[str]) -> set[str]:
    """Those of the agencies whose kind of body may carry money forward of its own right."""
    rules = year_end().rules
    return {code for code in agencies if rules[places.agency(code).kind.value] == "may"}


def year_ends(book: str, years: Sequence[int], *, text: str = "") -> list[YearEnd]:
    """What a clause comes to in some years of a pool: that of each year, or one that is tried.

    Years in which nothing was put in and nothing spent are left out. Raises Refused for a clause
    that cannot stand, and where none holds in a year.
    """
    found = []
    for year in years:
        figures = year_figures(book, year)
        if not figures.contributions and not figures.spent_pence:
            continue
        holds = clause_of_year(book, year)
        if not text and holds is None:
            raise Refused(
                f"The year that begins in {year} cannot be shared",
                why="no clause says how its over- or underspend is shared",
                next_step="Say the clause of the agreement first",
            )
        clause = clause_of(text or (holds.text if holds else ""))
        found += run_clause(clause, [figures], may_carry=may_carry(list(figures.contributions)))
    return found


def _streams(
    book: int, days: list[date], day: date | None, known_on: datetime | None
) -> list[tuple[Transfer, int]]:
    money = [heading.value for heading in Heading if heading.plane is Plane.MONEY]
    said: dict[str, Any] = {
        "book": book, "days": days, "day": day or date.max, "money": money,
        "until": known_on or datetime.max.replace(tzinfo=UTC),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STREAMS, said)
        return [
            (
                Transfer(
                    Account(Heading(row[0]), row[1], row[2], row[3]),
                    Account(Heading(row[4]), row[5], row[6], row[7]),
                    row[9],
                ),
                row[8],
            )
            for row in cursor.fetchall()
        ]
