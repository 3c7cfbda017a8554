"""The workbook of a financial plan: what goes out comes in again, and a fault names its cell.

Five sheets, each row a sum for each year. A blank cell is not known, which is not nought. Pure:
cells in, cells out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from totalplace.commissioning.rules.finance import Cause, Money, Planned, Reserve, Sums
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.rules.rows import letter

RESOURCES: Final = "Resources"
SPENDING: Final = "Spending"
PRESSURES: Final = "Pressures"
SAVINGS: Final = "Savings"
RESERVES: Final = "Reserves"
USED, ADDED = "used", "added"
# What stands before the years of each sheet, and after them.
_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    RESOURCES: ("Title", "Whose"),
    SPENDING: ("Title", "Whose"),
    PRESSURES: ("Title", "Whose", "Cause"),
    SAVINGS: ("Title", "Whose", "Owner", "Cashable"),
    RESERVES: ("Title", "Whose", "Opening", "Least level", "Why that level"),
}
_AFTER: Final = ("Source",)
_HEADER_WITHIN: Final = 20  # rows
MOST_ROWS: Final = 2_000  # of a sheet
_MOST_PENCE: Final = 10**15  # ten thousand thousand million pounds: above it a unit is mistaken
_LONGEST: Final = 500  # letters
Sheets = Mapping[str, Sequence[Sequence[object]]]


@dataclass(slots=True)
class _Table:
    """A sheet whose headings were found: cells by heading, and where each stands."""

    sheet: str
    columns: dict[str, int]
    rows: list[tuple[int, Sequence[object]]]
    faults: list[SheetFault] = field(default_factory=list)

    def each(self) -> Iterator[_Row]:
        """Each row below the headings that says anything."""
        for number, cells in self.rows:
            found = {h: cells[n] for h, n in self.columns.items() if n < len(cells)}
            if any(_text(cell) for cell in found.values()):
                yield _Row(self, number, found)


@dataclass(frozen=True, slots=True)
class _Row:
    table: _Table
    number: int
    cells: Mapping[str, object]

    def text(self, head: str) -> str:
        """Words of a cell; a fault where they are too long for a table."""
        said = _text(self.cells.get(head))
        if len(said) > _LONGEST:
            self.fault(head, "is too long for a table", f"Say it in {_LONGEST} letters")
        return said[:_LONGEST]

    def needed(self, head: str) -> str:
        """Words of a cell that has to say something."""
        said = self.text(head)
        if not said:
            self.fault(head, f"{head} is not filled in", "Fill it in")
        return said

    def pence(self, head: str) -> int | None:
        """A sum; None where the cell is blank, or has a fault."""
        cell = self.cells.get(head)
        if not _text(cell):
            return None
        pence = _pence(cell)
        if pence is None:
            self.fault(head, "is not a sum of money", "Write pounds, such as 1250000 or 0")
        elif pence < 0:
            self.fault(head, "is below nought", "Write it above nought: the sheet says which side")
        elif pence > _MOST_PENCE:
            self.fault(head, "is more than there is", "Write pounds, not pence or thousands")
        else:
            return pence
        return None

    def fault(self, head: str, why: str, next_step: str) -> None:
        """Put down what is wrong in a cell."""
        cell = f"{letter(self.table.columns.get(head, 0))}{self.number}"
        found = _text(self.cells.get(head))[:200]
        self.table.faults.append(SheetFault(self.table.sheet, cell, found, why, next_step))


def heads_of(sheet: str, first_year: int, years: int) -> tuple[str, ...]:
    """The headings of a sheet for the years of a plan."""
    return (*_BEFORE[sheet], *_year_heads(sheet, first_year, years), *_AFTER)


def _year_heads(sheet: str, first_year: int, years: int) -> tuple[str, ...]:
    labels = [FinancialYear(first_year + n).label for n in range(years)]
    if sheet != RESERVES:
        return tuple(labels)
    return tuple(f"{label} {what}" for label in labels for what in (USED, ADDED))


def cells_of(money: Money) -> dict[str, list[list[str]]]:
    """A financial plan's own sums as the cells of its sheets, below their headings."""
    return {
        RESOURCES: [[*_begun(one), *_sums(one.pence), one.source] for one in money.resources],
        SPENDING: [[*_begun(one), *_sums(one.pence), one.source] for one in money.spending],
        PRESSURES: [
            [*_begun(one), one.cause.value if one.cause else "", *_sums(one.pence), one.source]
            for one in money.pressures
        ],
        SAVINGS: [
            [*_begun(one), one.owner, "yes" if one.cashable else "no", *_sums(one.pence),
             one.source]
            for one in money.savings
        ],
        RESERVES: [
            [one.title, one.whose, _sum(one.opening_pence), _sum(one.least_pence), one.why_least,
             *(cell for both in zip(_sums(one.used), _sums(one.added), strict=True)
               for cell in both),
             one.source]
            for one in money.reserves
        ],
    }  # fmt: skip


def _begun(one: Planned) -> list[str]:
    return [one.title, one.whose]


def _sums(pence: Sums) -> list[str]:
    return [_sum(one) for one in pence]


def _sum(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def read(sheets: Sheets, *, first_year: int, years: int) -> tuple[Money, list[SheetFault]]:
    """What a workbook says for the years of a plan, and every fault in it.

    With a fault, none of it may be kept. A sheet that is not there says nothing; one whose name is
    not known is a fault, unless it only explains.
    """
    faults: list[SheetFault] = []
    tables: dict[str, _Table] = {}
    known = {name.casefold(): name for name in _BEFORE}
    for name, rows in sheets.items():
        sheet = known.get(name.strip().casefold())
        if sheet is not None:
            tables[sheet] = _opened(sheet, rows, _year_heads(sheet, first_year, years))
    if not tables:
        named = ", ".join(_BEFORE)
        faults.append(
            SheetFault(RESOURCES, "A1", "", f"There is none of the sheets {named}",
                       "Use the template")
        )  # fmt: skip
    resources, spending, pressures, savings = (
        _planned(tables.get(sheet), _year_heads(sheet, first_year, years))
        for sheet in (RESOURCES, SPENDING, PRESSURES, SAVINGS)
    )
    reserves = _reserves(tables.get(RESERVES), _year_heads(RESERVES, first_year, years))
    money = Money(resources, spending, pressures, savings, reserves)
    for table in tables.values():
        faults += table.faults
    if not faults and not any((money.resources, money.spending, money.pressures, money.savings,
                               money.reserves)):  # fmt: skip
        faults.append(SheetFault(RESOURCES, "A2", "", "No row says anything", "Write one"))
    return money, faults


def _opened(sheet: str, rows: Sequence[Sequence[object]], years: Sequence[str]) -> _Table:
    """A sheet below its headings; what is lacking or strange among them is a fault."""
    wanted = {_head(head): head for head in (*_BEFORE[sheet], *years, *_AFTER)}
    for at, cells in enumerate(rows[:_HEADER_WITHIN]):
        said = [(_head(_text(cell)), n, _text(cell)) for n, cell in enumerate(cells)]
        if "title" not in {head for head, _, _ in said}:
            continue
        columns = {wanted[head]: n for head, n, _ in reversed(said) if head in wanted}
        below = list(enumerate(rows[at + 1 : at + 1 + MOST_ROWS], start=at + 2))
        table = _Table(sheet, columns, below)
        _judge_heads(table, at + 1, said, years)
        if any(_text(cell) for row in rows[at + 1 + MOST_ROWS :] for cell in row):
            table.faults.append(
                SheetFault(sheet, f"A{at + 2 + MOST_ROWS}", "", "There are too many rows",
                           f"Give {MOST_ROWS:,} at most, and join small ones")
            )  # fmt: skip
        return table
    fault = SheetFault(sheet, "A1", "", "The headings are not there", "Use the template")
    return _Table(sheet, {}, [], [fault])


def _judge_heads(
    table: _Table, number: int, said: Sequence[tuple[str, int, str]], years: Sequence[str]
) -> None:
    known = {_head(head) for head in table.columns}
    seen: set[str] = set()
    for head, n, words in said:
        twice = head in known and head in seen
        if head and (head not in known or twice):
            why = "stands there twice" if twice else "is not a heading of this sheet"
            next_step = f"The years are {years[0][:7]} to {years[-1][:7]}; see the template"
            where = f"{letter(n)}{number}"
            table.faults.append(SheetFault(table.sheet, where, words[:200], why, next_step))
        seen.add(head)
    for year in years:
        if year not in table.columns:
            table.faults.append(
                SheetFault(table.sheet, f"A{number}", "", f"There is no column {year}",
                           "Add it; where a sum is not known, leave its cell blank")
            )  # fmt: skip


def _planned(table: _Table | None, years: Sequence[str]) -> tuple[Planned, ...]:
    found: list[Planned] = []
    for row in table.each() if table else ():
        sheet = row.table.sheet
        one = Planned(
            row.needed("Title"), tuple(row.pence(year) for year in years), row.text("Whose"),
            row.text("Source"),
            _cause(row) if sheet == PRESSURES else None,
            row.needed("Owner") if sheet == SAVINGS else "",
            _cashable(row) if sheet == SAVINGS else True,
        )  # fmt: skip
        _once(row, one.title, one.whose, [(other.title, other.whose) for other in found])
        found.append(one)
    return tuple(found)


def _reserves(table: _Table | None, years: Sequence[str]) -> tuple[Reserve, ...]:
    found: list[Reserve] = []
    for row in table.each() if table else ():
        least = row.pence("Least level")
        one = Reserve(
            row.needed("Title"), row.pence("Opening"),
            tuple(row.pence(year) for year in years if year.endswith(USED)),
            tuple(row.pence(year) for year in years if year.endswith(ADDED)),
            least,
            row.needed("Why that level") if least is not None else row.text("Why that level"),
            row.text("Whose"), row.text("Source"),
        )  # fmt: skip
        _once(row, one.title, one.whose, [(other.title, other.whose) for other in found])
        found.append(one)
    return tuple(found)


def _once(row: _Row, title: str, whose: str, before: Sequence[tuple[str, str]]) -> None:
    """A line that stands there twice is a pound that is counted twice."""
    if title and (title, whose) in before:
        row.fault("Title", "stands there twice", "Join the two rows, or name them apart")


def _cause(row: _Row) -> Cause | None:
    said = row.text("Cause").casefold()
    found = next((one for one in Cause if one.value == said), None)
    if found is None:
        row.fault("Cause", "is not a cause", f"Write one of: {', '.join(Cause)}")
    return found


def _cashable(row: _Row) -> bool:
    said = row.text("Cashable").casefold()
    if said not in ("yes", "no"):
        row.fault("Cashable", "is neither yes nor no", "Write yes where it releases cash, else no")
    return said == "yes"


def _head(text: str) -> str:
    """A heading as it is compared: years may be written 2026/27 or with a long stroke."""
    words = text.casefold().split(" ", 1)
    if words[0][:1].isdigit():
        with suppress(ValueError):
            words[0] = FinancialYear.parse(words[0]).label
    return " ".join(" ".join(words).split())


def _pence(cell: object) -> int | None:
    if isinstance(cell, bool):
        return None
    said = _text(cell).replace(",", "").replace("£", "").strip()
    if not said.isascii() or "_" in said:
        return None
    try:
        exact = Decimal(said).scaleb(2)
    except InvalidOperation:
        return None
    # 1250.10 as a spreadsheet holds it may be off by a part of a penny that nobody wrote.
    whole = exact.to_integral_value() if exact.is_finite() else None
    if whole is None or abs(exact - whole) > Decimal("0.0001"):
        return None
    return int(whole)


def _text(cell: object) -> str:
    """A cell as a person reads it; a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(str(cell).split())
