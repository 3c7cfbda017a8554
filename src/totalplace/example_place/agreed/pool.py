"""A year of a pooled fund in the made-up place's book: what was put in, bound, spent and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.example_place.days import Course
from totalplace.example_place.naming import HOST, PLACE
from totalplace.ledger.actions import opening, partners
from totalplace.ledger.actions.deeds import do_all
from totalplace.ledger.actions.opening import NewBook, NewLine
from totalplace.ledger.queries.postings import balances
from totalplace.ledger.rules.accounts import Heading, Nature
from totalplace.ledger.rules.clause_text import text_of
from totalplace.ledger.rules.deeds import Deed, Verb
from totalplace.ledger.rules.posting_sheet import Given
from totalplace.ledger.rules.treatments import EVERY_LINE, Arrangement, Basis, Part, Treatment
from totalplace.ledger.rules.year_end import Keeping, by_contribution
from totalplace.money.years import FinancialYear
from totalplace.record.rules.chain import Citation

BOOK: Final = "care-at-home"
# Who puts in how much a year, under which line.
_LINES: Final = (
    ("minimum", "NHS minimum contribution", "EX-IB", 7_200_000_00),
    ("grant", "Better Care grant", "EX-CC", 2_900_000_00),
    ("district", "Disabled facilities grant", "EX-DQ", 610_000_00),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Of the pool, in pence: what was put in and spent, and how many postings say so."""

    received: int
    spent: int
    postings: int
    year: FinancialYear


def keep(course: Course) -> Told:
    """Open the book of a pool of three bodies, and post the last whole year of it."""
    year = FinancialYear.of(course.now.date()).start - 1
    by, on = course.by, course.now
    book = NewBook("Care at home (pooled fund)", PLACE, HOST, year, year + 1)
    opening.open_book(BOOK, book, by=by, on=on)
    cited = Citation("letter", "section 75 agreement (made up)")
    for code, title, payer, _ in _LINES:
        opening.add_line(BOOK, code, NewLine(title, payer, Nature.REVENUE, cited), by=by, on=on)
    given = [one for code, _, _, pence in _LINES for one in _year(code, pence, year, cited)]
    given.sort(key=lambda one: one.day)
    first, last = do_all(BOOK, given, by=by, on=on)
    _arrange(year, cited, course)
    opening.close_period(BOOK, date(year + 1, 3, 31), by=by, on=on)
    held = balances(BOOK)
    spent = sum(p for account, p in held.items() if account.heading is Heading.SPENT)
    income = -sum(p for account, p in held.items() if account.heading is Heading.INCOME)
    return Told(income, spent, last - first + 1, FinancialYear(year))


def _arrange(year: int, cited: Citation, course: Course) -> None:
    """Each partner shows its own share of everything, as it puts in."""
    put_in: dict[str, int] = {}
    for _, _, payer, pence in _LINES:
        put_in[payer] = put_in.get(payer, 0) + pence
    parts = tuple(Part(who, Treatment.JOINT, pence) for who, pence in put_in.items())
    joint = Arrangement(EVERY_LINE, date(year, 4, 1), Basis.CONTRIBUTION, parts)
    why = "No partner decides alone (IFRS 11)"
    partners.arrange(BOOK, joint, why=why, citation=cited, by=course.by, on=course.now)
    clause = text_of(by_contribution(Keeping.KEPT))
    partners.agree_clause(BOOK, year, clause, citation=cited, by=course.by, on=course.now)


def _year(line: str, pence: int, year: int, cited: Citation) -> list[Given]:
    """A year of a line: promised and given at its start, paid in and spent quarter by quarter."""
    first = date(year, 4, 1)

    def deed(verb: Verb, part: int, day: date, agency: str = "") -> Given:
        return Given(Deed(verb, line, year, part, agency), day, cited)

    made = [
        deed(Verb.PROMISED, pence, first),
        deed(Verb.ALLOCATED, pence, first, HOST),
        deed(Verb.COMMITTED, pence, first, HOST),
    ]
    left, unspent = pence, pence // 50
    for month, last in ((4, False), (7, False), (10, False), (1, True)):
        part = left if last else pence // 4
        left -= part
        at = date(year + (month == 1), month, 15)
        spent = part - unspent if last else part
        made += [
            deed(Verb.DUE, part, at),
            deed(Verb.RECEIVED, part, at.replace(day=24)),
            deed(Verb.SPENT, spent, at.replace(month=at.month + 1), HOST),
            deed(Verb.PAID, spent, at.replace(month=at.month + 2), HOST),
        ]
    return made
