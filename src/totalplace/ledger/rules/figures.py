"""Tables of which every figure says its accounts or its formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from totalplace.ledger.rules.accounts import Account, Heading, Sign, sign_of

Balances = Mapping[Account, int]  # debits less credits, in pence


class Weight(StrEnum):
    """What a row of a table is."""

    ITEM = "item"
    TOTAL = "total"
    CHECK = "check"  # nothing, if all is right


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum in pence and where it comes from; None where it was not given, never nought for it."""

    pence: int | None
    how: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its words, and its figures or words in the order of the table's heads."""

    label: str
    cells: tuple[Figure | str, ...]
    weight: Weight = Weight.ITEM

    @property
    def figures(self) -> list[Figure]:
        """Its figures without its words."""
        return [cell for cell in self.cells if isinstance(cell, Figure)]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its title, the heads of its columns (that of the labels first) and its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def checks(self) -> list[Row]:
        """Its rows that are nothing, if all is right."""
        return [row for row in self.rows if row.weight is Weight.CHECK]


def of_accounts(
    balances: Balances,
    *headings: Heading,
    agency: str | None = None,
    line: str | None = None,
    year: int | None = None,
) -> Figure:
    """What stands on the accounts that are named, in the direction that people think of it."""
    found = 0
    for account, pence in balances.items():
        if account.heading not in headings or (agency is not None and account.agency != agency):
            continue
        if (line is None or account.line == line) and (year is None or account.year == year):
            found += -pence if sign_of(account.heading) is Sign.NOT_ABOVE else pence
    of = " of " + agency if agency is not None else ""
    where = [*([line] if line is not None else []), *([str(year)] if year is not None else [])]
    words = ", ".join([" + ".join(headings) + of, *where])
    return Figure(found, f"accounts: {words}")


def summed(figures: Iterable[Figure], how: str = "sum of the rows above") -> Figure:
    """The sum of figures; None where one was not given, for part of a sum is not the sum."""
    known = [figure.pence for figure in figures]
    if any(pence is None for pence in known):
        return Figure(None, f"{how}; not all were given")
    return Figure(sum(pence for pence in known if pence is not None), how)


def less(one: Figure, other: Figure, how: str) -> Figure:
    """One figure less another; None where either was not given."""
    if one.pence is None or other.pence is None:
        return Figure(None, f"{how}; not all were given")
    return Figure(one.pence - other.pence, how)


def total_row(label: str, rows: Sequence[Row], weight: Weight = Weight.TOTAL) -> Row:
    """The sum of each column of rows; words add up to nothing."""
    width = max((len(row.cells) for row in rows), default=0)
    cells: list[Figure | str] = []
    for at in range(width):
        column = [row.cells[at] for row in rows if at < len(row.cells)]
        figures = [cell for cell in column if isinstance(cell, Figure)]
        cells.append(summed(figures) if len(figures) == len(column) else "")
    return Row(label, tuple(cells), weight)
