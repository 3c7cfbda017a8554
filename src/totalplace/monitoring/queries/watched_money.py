"""Spending beside the allocation of a place, month by month, from the book it was posted to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from totalplace.commissioning.queries.allocations import allocation_in_force
from totalplace.ledger import queries as ledger
from totalplace.ledger.queries.flows import flows
from totalplace.ledger.rules.accounts import Heading
from totalplace.monitoring.rules.making import Budget, spending
from totalplace.monitoring.rules.watched import Watched
from totalplace.places import queries as places
from totalplace.sources.home import Home


def money_of(place: str, _: Home, on: date) -> list[Watched]:
    """Each agency's spending beside its allocation; nothing where none was adopted and posted."""
    adopted = allocation_in_force(place)
    if adopted is None or adopted.posting is None:
        return []
    return spending_of_book(adopted.posting.book, place=place, on=on)


def spending_of_book(book: str, *, place: str, on: date) -> list[Watched]:
    """What left each agency's allocations in a book, month by month, beside an even twelfth."""
    lines = {one.code for one in ledger.lines(book)}
    given: dict[tuple[str, int], int] = defaultdict(int)
    for row in flows(book, Heading.ALLOCATED, Heading.UNALLOCATED, lines):
        given[row.agency, row.year] += row.pence
    spent: dict[tuple[str, int], list[tuple[date, int]]] = defaultdict(list)
    for row in flows(book, Heading.SPENT, Heading.COMMITTED, lines):
        spent[row.agency, row.year].append((row.day, row.pence))
    budgets = [
        Budget(agency, places.agency(agency).name, year, pence, tuple(spent[agency, year]))
        for (agency, year), pence in sorted(given.items())
    ]
    return spending(budgets, place=place, area_name=places.place(place).name, on=on)
