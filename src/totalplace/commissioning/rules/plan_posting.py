"""What an allocation puts into a book: one sum for each line, year and agency."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class AllocationLine:
    """What a fund pays an agency for an option in a year (in which it begins), in whole pence."""

    option: str
    agency: str
    year: int
    fund: str
    pence: int


@dataclass(frozen=True, slots=True)
class Allocated:
    """A sum of a line of a book and a year, given to an agency, in whole pence."""

    line: str
    year: int
    agency: str
    pence: int


@dataclass(frozen=True, slots=True)
class Book:
    """The book that it is posted to: its years, and the codes of its lines."""

    code: str
    years: range
    lines: frozenset[str]


def to_post(
    lines: Iterable[AllocationLine],
    aligned: Collection[str],
    book: Book,
    before: Iterable[Allocated] = (),
) -> list[Allocated]:
    """The sums to post, by line, year and agency, what is taken back first.

    Aligned funds stay with who holds them. `before` is what earlier allocations put into the book
    for any of these years: only the difference is posted, so that a year is never given twice.
    Raises Refused where a fund has no line of its code in the book, a year is outside of it, or
    nothing is left to post.
    """
    sums: dict[tuple[str, int, str], int] = {}
    for one in lines:
        if one.fund not in aligned:
            key = (one.fund, one.year, one.agency)
            sums[key] = sums.get(key, 0) + one.pence
    _check(sums, book)
    for given in before:
        key = (given.line, given.year, given.agency)
        sums[key] = sums.get(key, 0) - given.pence
    found = [Allocated(*key, pence) for key, pence in sums.items() if pence]
    if not found:
        raise Refused(
            f"The allocation cannot be posted to the book {book.code}",
            why="an earlier plan gave each agency the same already",
            next_step="There is nothing to post",
        )
    return sorted(found, key=lambda one: (one.pence > 0, one.line, one.year, one.agency))


def _check(sums: Collection[tuple[str, int, str]], book: Book) -> None:
    what = f"The allocation cannot be posted to the book {book.code}"
    missing = sorted({fund for fund, _, _ in sums} - book.lines)
    if missing:
        known = ", ".join(sorted(book.lines)) or "it has none yet"
        raise Refused(
            what,
            why=f"the book has no line for {', '.join(missing)}",
            next_step=f"Name each fund of the plan as its line in the book is: {known}",
        )
    outside = sorted({year for _, year, _ in sums if year not in book.years})
    if outside:
        first, last = FinancialYear(book.years[0]), FinancialYear(book.years[-1])
        raise Refused(
            what,
            why=f"the plan gives money in {FinancialYear(outside[0])}, and the book is of "
            f"{first} to {last}",
            next_step="Choose a book of all its years",
        )
    if not sums:
        raise Refused(
            what,
            why="all of its money is aligned, and stays in the books of who holds it",
            next_step="There is nothing to post",
        )
