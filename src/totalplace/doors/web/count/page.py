"""What a page of the count is made of: parts with a table before any picture, and exact rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from totalplace.count.rules.whole_place.lines import Line
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.whole.cells import LINES, of_lines
from totalplace.doors.report.whole.tables import Cell, Row, Table
from totalplace.doors.web.count.opening import Reading


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go, in words."""

    text: str
    href: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class LinkedCell:
    """A cell, and where its number is explained."""

    cell: Cell
    explain: str = ""


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A row whose head may lead to a page of its own."""

    row: Row
    href: str
    cells: tuple[LinkedCell, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A table whose rows lead on and whose numbers are explained."""

    table: Table
    rows: tuple[LinkedRow, ...]
    foot: LinkedRow | None


@dataclass(frozen=True, slots=True)
class Figured:
    """A single number: what it is, the number, what it says, and where it is explained."""

    name: str
    figure: str
    says: str = ""
    is_not: str = ""
    explain: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page. `notes` are a name and a sentence each."""

    title: str
    says: tuple[str, ...] = ()
    table: Linked | None = None
    picture: str = ""  # SVG, in which every word was made safe
    in_all: str = ""  # what the picture comes to: no picture stands without its total
    figures: tuple[Figured, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact:
    """What a page shows as rows of exact values, for its downloads; sums are in pence."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Exactly, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page below an edition. `at` are the parts of its address; `query` follows them."""

    title: str
    lead: str
    at: tuple[str, ...]
    parts: tuple[Part, ...]
    exact: Exact
    crumbs: tuple[Link, ...] = ()
    query: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def linked(
    table: Table,
    heads: Sequence[str] = (),
    explains: Sequence[str | Sequence[str]] = (),
    *,
    foot: str | Sequence[str] = "",
) -> Linked:
    """A table with links: of each row where its head leads, and where its sums are explained.

    An explanation is one for all sums of the row, or one for each cell.
    """
    rows = [
        _row(row, heads[n] if heads else "", explains[n] if explains else "")
        for n, row in enumerate(table.rows)
    ]
    return Linked(table, tuple(rows), _row(table.foot, "", foot) if table.foot else None)


def _row(row: Row, href: str, explain: str | Sequence[str]) -> LinkedRow:
    if isinstance(explain, str):
        cells = [LinkedCell(c, explain if _is_number(c) else "") for c in row.cells]
    else:
        cells = [LinkedCell(c, why) for c, why in zip(row.cells, explain, strict=True)]
    return LinkedRow(row, href, tuple(cells))


def _is_number(cell: Cell) -> bool:
    return cell.pence is not None or "short" in cell.look.split()


def exact_lines(reading: Reading, lines: Iterable[tuple[Line, bool]]) -> Exact:
    """Lines of the count as exact rows, each with its edition: no number without its origin.

    Beside each stands whether it is in the total that heads the count.
    """
    rows = of_lines(iter(lines), reading.report.titles)
    return Exact(("edition", *LINES), tuple((reading.row.citation, *row) for row in rows))


def exact(reading: Reading, heads: Sequence[str], rows: Iterable[Sequence[Exactly]]) -> Exact:
    """Rows of exact values, each with its edition."""
    return Exact(("edition", *heads), tuple((reading.row.citation, *row) for row in rows))
