"""A sheet of a case opened: where its headings stand, and the rows below them.

What would be lost in silence is a fault: a sheet or a heading that means nothing, a sheet that is
there twice, a value under no heading. Pure: cells in, faults out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.commissioning.rules.case_sheet import (
    AREAS,
    EFFECTS,
    FUNDS,
    HEADS,
    MOST_ROWS,
    NEED_NOT_BE,
    NOT_READ,
    NOTES,
    OPTIONS,
    PLAN,
    PREVENTS,
    RULES,
    WANTED,
    Found,
    Row,
    cell_text,
    year_of,
)
from totalplace.money.years import FinancialYear
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.rules.rows import letter

# Headings without which a sheet cannot be read; the others may be left out.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    PLAN: ("What", "Value"),
    OPTIONS: ("Code", "Title", "Agency", "Pounds now", "Unit", "Pounds a unit"),
    EFFECTS: ("Option", "Outcome", "Area", "Counted in", "Low", "Middle", "High", "Grade"),
    PREVENTS: ("Option", "Prevents", "Units"),
    WANTED: ("Outcome", "Area", "Title", "Counted in", "Gap", "Weight"),
    FUNDS: ("Code", "Title"),
    RULES: ("Code", "Title", "Kind", "Options", "Counted in", "At least", "At most"),
    AREAS: ("Code", "Name", "People"),
}
_HEADER_WITHIN: Final = 20  # rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose headings were found: rows below them, and the columns that name a year."""

    name: str
    rows: tuple[Row, ...]
    letters: Mapping[str, str]
    header: int  # the number of the row of headings
    years: Mapping[int, str]  # the year in which it begins -> its heading
    found: Found

    def fault(self, cell: str, found: str, why: str, next_step: str) -> None:
        """Keep what is wrong in a cell that is in no row."""
        self.found.add(SheetFault(self.name, cell, found[:200], why, next_step))


def opened(
    name: str, tables: Mapping[str, Sequence[Sequence[object]]], found: Found
) -> Sheet | None:
    """A sheet of a case with its rows; None where it, or a heading that it needs, is not there."""
    rows = next((its for said, its in tables.items() if _same(said, name)), None)
    if rows is None:
        if name not in NEED_NOT_BE:
            _sheet_fault(found, name, "A1", "There is no sheet of that name", "Use the template")
        return None
    needed = {head.casefold() for head in _NEEDED[name]}
    within = range(min(len(rows), _HEADER_WITHIN))
    at = next((n for n in within if needed <= {cell_text(c).casefold() for c in rows[n]}), None)
    if at is None:
        heads = ", ".join(_NEEDED[name])
        _sheet_fault(found, name, "A1", "The headings are not there", f"They are at least {heads}")
        return None
    columns, years = _columns(name, rows[at], at + 1, found)
    letters = {head: letter(n) for head, n in columns.items()}
    read = _rows(name, rows, at, (columns, letters, found))
    return Sheet(name, tuple(read), letters, at + 1, years, found)


def unknown_sheets(tables: Mapping[str, object], found: Found) -> None:
    """Keep a fault for each sheet that means nothing: a misspelt one would be lost in silence.

    So would a second one of a name: one with a blank after it, or in other letters.
    """
    known = {name.casefold() for name in (*HEADS, *NOT_READ)}
    before: dict[str, str] = {name.casefold(): "" for name in HEADS}
    for name in tables:
        said = name.strip().casefold()
        if before.get(said):
            why = f"is a second sheet of that name, beside '{before[said][:60]}'"
            next_step = f"Put the two together, or call one '{NOTES}'"
            found.add(SheetFault(name[:60], "A1", name[:60], why, next_step))
        elif said in before:
            before[said] = name
        if name.strip().casefold() not in known:
            next_step = f"Use one of {', '.join(HEADS)}; call your own '{NOTES}'"
            _sheet_fault(found, name[:60], "A1", "is no sheet of a plan", next_step)


def _rows(
    name: str,
    rows: Sequence[Sequence[object]],
    at: int,
    kept: tuple[Mapping[str, int], Mapping[str, str], Found],
) -> Iterator[Row]:
    columns, letters, found = kept
    headed = {n for n, cell in enumerate(rows[at]) if cell_text(cell)}
    number_of_rows = 0
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        for n, cell in enumerate(cells):
            if n not in headed and (stray := cell_text(cell)):
                why = "stands under no heading, so that nobody can tell what it is"
                next_step = f"Take it out, or give its column the heading '{NOTES}'"
                found.add(SheetFault(name, f"{letter(n)}{number}", stray[:200], why, next_step))
        said = {h: cell_text(cells[n]) for h, n in columns.items() if n < len(cells)}
        if not any(said.values()):
            continue
        number_of_rows += 1
        if number_of_rows > MOST_ROWS[name]:
            most = f"Give at most {MOST_ROWS[name]:,}"
            _sheet_fault(found, name, f"A{number}", "There are too many rows", most)
            return
        yield Row(name, number, said, letters, found)


def _columns(
    name: str, heads: Sequence[object], number: int, found: Found
) -> tuple[dict[str, int], dict[int, str]]:
    known = {head.casefold(): head for head in HEADS[name]}
    columns: dict[str, int] = {}
    years: dict[int, str] = {}
    for n, cell in enumerate(heads):
        said = cell_text(cell)
        head = known.get(said.casefold(), "")
        if not head and name == FUNDS and (year := year_of(said)) is not None:
            head = FinancialYear(year).label
            years[year] = head
        if head and head not in columns:
            columns[head] = n
        elif said and not _same(said, NOTES):
            why = "is a heading that stands twice" if head else "is no heading of this sheet"
            next_step = f"Take it out, or call it '{NOTES}'"
            where = f"{letter(n)}{number}"
            found.add(SheetFault(name, where, said[:200], why, next_step))
    return columns, years


def _sheet_fault(found: Found, sheet: str, cell: str, why: str, next_step: str) -> None:
    found.add(SheetFault(sheet, cell, "", why, next_step))


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
