"""Tables of the whole-place page: rows of cells, as one template shows them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from totalplace.count.rules.whole_place.lines import Status
from totalplace.doors.report.whole.said import Unit, split, split_said


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, a second line, a class for its look; pence where it is a sum.

    `bar` are shares in per cent by status, drawn above the text; the text says them too.
    """

    text: str
    under: str = ""
    look: str = ""
    pence: int | None = None
    bar: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its head, a second line under it, and its cells."""

    head: str
    cells: tuple[Cell, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is called, what it says, the heads of its columns, rows and a last row."""

    label: str
    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]
    foot: Row | None = None
    look: str = ""  # "slim" where it fits a phone


def table(
    label: str,
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Row],
    *,
    foot: Row | None = None,
    look: str = "",
) -> Table:
    """A table; a head that begins with `<` stands over words, and so to the left."""
    cells = tuple(
        Cell(head.removeprefix("<"), look="words" if head.startswith("<") else "") for head in heads
    )
    return Table(label, caption, cells, tuple(rows), foot, look)


def money(unit: Unit, pence: int | None, under: str = "") -> Cell:
    """A sum in a unit; what is not known is marked in words and by its look."""
    look = "short" if pence is None else "sum"
    return Cell(unit.said(pence), under, look, pence)


def words(text: str, under: str = "") -> Cell:
    """Words, to the left."""
    return Cell(text, under, "words")


def plain(text: str) -> Cell:
    """A figure that is no sum of money, or a range of them."""
    return Cell(text, look="sum")


def known(by_status: Mapping[Status, int], missing: int = 0) -> Cell:
    """How a sum is known: a bar, and the same in words; and how many sums are missing."""
    parts = tuple((str(status), share) for status, share in split(by_status))
    under = f"{missing} missing" if missing else ""
    if not any(by_status.values()):
        return Cell("missing" if missing else "–", look="words" + " short" * bool(missing))
    said = split_said(by_status) if parts else "–"
    return Cell(said[:1].upper() + said[1:], under, "words known", bar=parts)


def strong(row: Row) -> Row:
    """A row whose sums stand out."""
    cells = (replace(c, look=f"{c.look} strong".strip()) for c in row.cells)
    return replace(row, cells=tuple(cells))
