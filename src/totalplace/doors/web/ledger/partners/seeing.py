"""Who may see what of a pool: officers of its place all, those of a partner theirs, anybody totals.

A resident sees the totals of closed periods, and no posting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now, officer_of, who
from totalplace.ledger import queries
from totalplace.ledger.queries import BookRow
from totalplace.ledger.queries.partners import partners
from totalplace.ledger.rules.returns import QUARTERS, Quarter
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Seen:
    """A pool, who looks at it and what they may do."""

    book: BookRow
    by: Officer | None
    reads: bool  # all of it
    arranges: bool
    posts: bool
    closed: date | None  # the last day that everybody may see the totals of

    @property
    def years(self) -> list[FinancialYear]:
        """The years of the pool that have begun, the latest first; its first where none has."""
        begun = [y for y in self.book.years if FinancialYear(y).first_day <= today()]
        return [FinancialYear(year) for year in sorted(begun or [self.book.first_year])[::-1]]


def seen(request: HttpRequest, book: str) -> Seen:
    """The pool of an address. Raises Http404 where there is none."""
    try:
        row = queries.book(book)
    except Refused as refused:
        raise Http404 from refused
    by, on = who(request), now()

    def may(act: Act) -> bool:
        return places.may(by, act, agency=row.host, place=row.place, on=on)

    return Seen(row, by, may(Act.READ_BOOK), may(Act.OPEN_BOOK), may(Act.POST),
                queries.closed_until(book))  # fmt: skip


def read(request: HttpRequest, book: str) -> Seen:
    """A pool that the officer who asks may read all of. Raises Refused where they may not."""
    this = seen(request, book)
    places.power(officer_of(request), Act.READ_BOOK, agency=this.book.host,
                 place=this.book.place, on=now())  # fmt: skip
    return this


def read_partner(request: HttpRequest, book: str, agency: str) -> Seen:
    """A pool, for what is a partner's own: those who read all of it, and officers of the partner.

    Raises Http404 for who is no partner, and Refused where they may not.
    """
    this = seen(request, book)
    if agency not in partners(book):
        raise Http404
    if not this.reads:
        by = officer_of(request)
        places.power(by, Act.READ_BOOK, agency=agency, place=this.book.place, on=now())
    return this


def may_read_partner(this: Seen, agency: str) -> bool:
    """Whether who looks may see what is a partner's own."""
    place = this.book.place
    return this.reads or places.may(this.by, Act.READ_BOOK, agency=agency, place=place, on=now())


def may_give(this: Seen, agency: str) -> bool:
    """Whether who looks may give in the partner's own ledger and explain its differences."""
    return places.may(this.by, Act.GIVE_PARTNER_LEDGER, agency=agency, on=now())


def the_quarter(this: Seen, year: int, quarter: int) -> Quarter:
    """The quarter of an address. Raises Http404 where the pool has none such."""
    if year not in this.book.years or quarter not in QUARTERS:
        raise Http404
    return Quarter(year, quarter)


def the_year(this: Seen, year: int) -> FinancialYear:
    """The year of an address. Raises Http404 where the pool has none such."""
    if year not in this.book.years:
        raise Http404
    return FinancialYear(year)


def today() -> date:
    """The day in England."""
    return local_day(now())


def names() -> dict[str, str]:
    """What each agency is called, by its code."""
    return {one.code: one.name for one in places.agencies()}
