"""The workbook of funding lines: what goes out comes in again, and a fault names its cell.

One row a line and year, and a sheet of conditions. A table as departments publish it is read too:
its headings are known by their beginnings, and one cell may say "£1,000 RDEL, £2,000 CDEL". A word
in place of a sum is kept as that word; an empty cell says nothing, and nothing becomes nought.
Pure: cells in, cells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeVar

from totalplace.agreements.rules.lines import (
    MOST_LINES,
    Bound,
    Condition,
    Line,
    Mechanism,
    Said,
    Sum,
    Where,
)
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.rules.rows import letter

LINES: Final = "Lines"
CONDITIONS: Final = "Conditions"
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    LINES: (
        "Code", "Functional responsibility", "Fund", "Home department", "Allocation mechanism",
        "Year", "Revenue", "Capital", "Theme", "Set", "Reason", "Spending of the count", "Outcomes",
    ),
    CONDITIONS: ("Code", "Kind", "Condition", "Pounds"),
}  # fmt: skip
# Other words for the same headings, as they begin; departments write RDEL and CDEL.
_ALSO: Final[Mapping[str, str]] = {
    "rdel": "Revenue", "resource": "Revenue", "cdel": "Capital", "functional": HEADS[LINES][1],
    "funding total": "Both", "fund": "Fund", "home dep": "Home department",
    "department": "Home department", "allocation mech": "Allocation mechanism",
    "mechanism": "Allocation mechanism", "financial year": "Year", "pillar": "Theme",
}  # fmt: skip
_WORDS: Final[Mapping[str, Said]] = {
    "tbc": Said.UNCONFIRMED, "to be confirmed": Said.UNCONFIRMED, "tbd": Said.UNCONFIRMED,
    "included": Said.ABOVE, "not published": Said.UNPUBLISHED, "not known": Said.UNPUBLISHED,
}  # fmt: skip
_NOTHING: Final = {"", "-", "\u2013", "\u2014", "n/a"}
_HEADER_WITHIN: Final = 20  # rows
_POUNDS: Final = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
_PART: Final = re.compile(rf"{_POUNDS.pattern}\s*(RDEL|CDEL|revenue|capital)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}\s*[-/\u2010-\u2015]\s*\d{2,4}")
_MARKS: Final = "*\u2020\u2021 "  # of footnotes
Word = TypeVar("Word", bound=StrEnum)
Sheets = Mapping[str, Sequence[Sequence[object]]]


@dataclass(slots=True)
class _Table:
    """A sheet whose headings were found: cells by heading, and where each stands."""

    sheet: str
    at: int
    columns: dict[str, int]
    rows: Sequence[Sequence[object]]
    year: int | None = None  # as the heading of the sums says it
    faults: list[SheetFault] = field(default_factory=list)

    def each(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and cells of each row below the headings that says anything."""
        for number, cells in enumerate(self.rows[self.at + 1 :], start=self.at + 2):
            found = {h: _text(cells[n]) for h, n in self.columns.items() if n < len(cells)}
            if any(found.values()):
                yield number, found

    def fault(self, number: int, head: str, found: str, why: str, next_step: str) -> None:
        """Put down what is wrong in a cell."""
        cell = f"{letter(self.columns.get(head, 0))}{number}"
        self.faults.append(SheetFault(self.sheet, cell, found[:200], why, next_step))


def cells_of(lines: Iterable[Line]) -> dict[str, list[list[str]]]:
    """Lines as the cells of the two sheets, below their headings."""
    found: dict[str, list[list[str]]] = {LINES: [], CONDITIONS: []}
    for line in lines:
        years: list[int | None] = [*sorted({s.year for s in line.sums})] or [None]
        for n, year in enumerate(years):
            sums = [_cell(line, nature, year) for nature in Nature]
            tail = [line.theme, line.where.value, line.reason, ", ".join(line.covers),
                    ", ".join(line.outcomes)]  # fmt: skip
            label = FinancialYear(year).label if year is not None else ""
            head = [line.code, line.responsibility, line.fund, line.department,
                    line.mechanism.value, label]  # fmt: skip
            found[LINES].append([*head, *sums, *(tail if n == 0 else [""] * len(tail))])
        found[CONDITIONS] += [
            [line.code, c.kind.value, c.text, "" if c.pence is None else pounds(c.pence)]
            for c in line.conditions
        ]
    return found


def _cell(line: Line, nature: Nature, year: int | None) -> str:
    said = line.sum_of(nature, year) if year is not None else None
    return said.words if said else ""


def read(sheets: Sheets, *, year: int) -> tuple[list[Line], list[SheetFault]]:
    """The lines that a workbook says, and every fault in it; with a fault, none may be kept.

    `year` is that in which the year of a sum begins where the workbook names none.
    """
    table = _first(sheets)
    if table is None:
        heads = "'Fund' and 'Revenue' or 'Capital'"
        return [], [
            SheetFault(LINES, "A1", "", "The headings are not there", f"They are at least {heads}")
        ]
    gathered: dict[str, Line] = {}
    for number, row in table.each():
        if len(gathered) > MOST_LINES:
            table.fault(number, "Fund", "", "There are too many lines", f"Give {MOST_LINES:,}")
            break
        _take(table, number, row, gathered, year)
    conditions = next((t for n in sheets if _same(n, CONDITIONS) for t in [_conditions(sheets, n)]),
                      None)  # fmt: skip
    if conditions is not None:
        _take_conditions(conditions, gathered)
        table.faults += conditions.faults
    if not gathered and not table.faults:
        table.faults.append(SheetFault(table.sheet, "A2", "", "No row says a line", "Write one"))
    return list(gathered.values()), table.faults


def _first(sheets: Sheets) -> _Table | None:
    """The sheet of lines: the one of that name, else the first with its headings."""
    names = sorted(sheets, key=lambda name: not _same(name, LINES))
    found = (_opened(name, sheets[name]) for name in names)
    return next((table for table in found if table is not None), None)


def _opened(name: str, rows: Sequence[Sequence[object]]) -> _Table | None:
    for at in range(min(len(rows), _HEADER_WITHIN)):
        columns: dict[str, int] = {}
        year = None
        for n, cell in enumerate(rows[at]):
            text = _text(cell)
            head = _heading(text)
            if head and head not in columns:
                columns[head] = n
                named = _YEAR.search(text)
                if named and head in ("Both", "Revenue", "Capital"):
                    year = _year(named.group())
        if "Fund" in columns and {"Revenue", "Capital", "Both"} & set(columns):
            return _Table(name, at, columns, rows, year)
    return None


def _conditions(sheets: Sheets, name: str) -> _Table | None:
    heads = {head.casefold(): head for head in HEADS[CONDITIONS]}
    for at, cells in enumerate(sheets[name][:_HEADER_WITHIN]):
        columns = {heads[_text(c).casefold()]: n for n, c in enumerate(cells)
                   if _text(c).casefold() in heads}  # fmt: skip
        if {"Code", "Kind", "Condition"} <= set(columns):
            return _Table(name, at, columns, sheets[name])
    return None


def _heading(text: str) -> str:
    said = text.strip(_MARKS).casefold()
    for head in HEADS[LINES]:
        if said == head.casefold():
            return head
    longest = sorted(_ALSO, key=len, reverse=True)
    return next((_ALSO[begin] for begin in longest if said.startswith(begin)), "")


def _take(
    table: _Table, number: int, row: Mapping[str, str], gathered: dict[str, Line], year: int
) -> None:
    """Put a row to the line that it is of."""
    fund = row.get("Fund", "").strip(_MARKS)
    code = row.get("Code", "") or slug(fund)
    if not fund or not code:
        table.fault(number, "Fund", row.get("Fund", ""), "No fund is named", "Name it")
        return
    before = gathered.get(code)
    line = before or Line(code, fund)
    line = _said(table, number, row, line, fresh=before is None)
    start = _year_of(table, number, row, year)
    if start is None:
        return
    sums = list(_sums(table, number, row, start))
    again = [s for s in sums if line.sum_of(s.nature, s.year) is not None]
    if again:
        table.fault(number, "Fund", fund, f"says the {again[0].nature} of a year twice",
                    "Give each line a code of its own, or take one row out")  # fmt: skip
        return
    gathered[code] = replace(line, sums=(*line.sums, *sums))


def _said(table: _Table, number: int, row: Mapping[str, str], line: Line, *, fresh: bool) -> Line:
    """What a row says of its line beside sums. Later rows need not say it again."""
    mechanism = _one_of(table, number, row, "Allocation mechanism", Mechanism)
    where = _one_of(table, number, row, "Set", Where)
    changed: dict[str, object] = {}
    if fresh or mechanism is not None:
        changed["mechanism"] = mechanism or Mechanism.UNCONFIRMED
    if fresh or where is not None:
        changed["where"] = where or Where.BLOCK
    for head, name in (
        ("Functional responsibility", "responsibility"), ("Home department", "department"),
        ("Theme", "theme"), ("Reason", "reason"),
    ):  # fmt: skip
        if row.get(head):
            changed[name] = row[head]
    for head, name in (("Spending of the count", "covers"), ("Outcomes", "outcomes")):
        if row.get(head):
            changed[name] = tuple(p.strip() for p in row[head].split(",") if p.strip())
    return replace(line, **changed)  # type: ignore[arg-type]


def _one_of(
    table: _Table, number: int, row: Mapping[str, str], head: str,
    kinds: type[Word],
) -> Word | None:  # fmt: skip
    said = row.get(head, "").strip(_MARKS).casefold()
    if not said:
        return None
    if said in ("tbc", "new integrated settlement formula"):
        said = "to be confirmed" if said == "tbc" else Mechanism.NEW.value
    found = next((one for one in kinds if one.value == said), None)
    if found is None:
        known = ", ".join(one.value for one in kinds)
        table.fault(number, head, row[head], "is none that is known", f"Write one of: {known}")
    return found


def _year_of(table: _Table, number: int, row: Mapping[str, str], year: int) -> int | None:
    said = row.get("Year", "")
    if not said:
        return table.year if table.year is not None else year
    found = _year(said)
    if found is None:
        table.fault(number, "Year", said, "is no financial year", "Write it such as 2027-28")
    return found


def _sums(table: _Table, number: int, row: Mapping[str, str], year: int) -> Iterator[Sum]:
    for nature, head in ((Nature.REVENUE, "Revenue"), (Nature.CAPITAL, "Capital")):
        cell = row.get(head, "")
        try:
            said = sum_said(cell, nature, year)
        except ValueError:
            table.fault(number, head, cell, "is no sum of money", _HOW)
        else:
            yield from [said] if said is not None else []
    yield from _both(table, number, row.get("Both", ""), year)


def sum_said(cell: str, nature: Nature, year: int) -> Sum | None:
    """What a cell or a box says of a sum: pounds, a word in their place, or nothing.

    Raises ValueError, with what to write, for anything else.
    """
    if _bare(cell) in _NOTHING:
        return None
    word, pence = _word(cell), _pence(cell)
    if word is not None:
        return Sum(year, nature, None, word)
    if pence is None:
        raise ValueError(_HOW)
    return Sum(year, nature, pence)


def _both(table: _Table, number: int, cell: str, year: int) -> Iterator[Sum]:
    """Sums of a cell that says both, such as "£1,000 RDEL, £2,000 CDEL"."""
    if _bare(cell) in _NOTHING:
        return
    if (word := _word(cell)) is not None:
        yield Sum(year, Nature.REVENUE, None, word)
        return
    parts = list(_PART.finditer(cell))
    if not parts or _PART.sub("", cell).strip(_MARKS + ",;and"):
        table.fault(number, "Both", cell, "is no sum of money",
                    "Write it such as £1,000 RDEL, £2,000 CDEL, or TBC")  # fmt: skip
        return
    for part in parts:
        capital = part[3].casefold() in ("cdel", "capital")
        yield Sum(year, Nature.CAPITAL if capital else Nature.REVENUE, _of(part))


_HOW: Final = "Write pounds such as 1250000.50, TBC, 'included above', or nothing"


def _take_conditions(table: _Table, gathered: dict[str, Line]) -> None:
    for number, row in table.each():
        code, said = row.get("Code", ""), row.get("Kind", "").casefold()
        kind = next((one for one in Bound if one.value == said), None)
        if code not in gathered:
            table.fault(number, "Code", code, "is the code of no line", "Write one of the lines'")
        elif kind is None:
            known = ", ".join(Bound)
            table.fault(number, "Kind", said, "is no kind of condition", f"Write one of: {known}")
        else:
            cell = row.get("Pounds", "")
            pence = _pence(cell)
            if cell and pence is None:
                table.fault(number, "Pounds", cell, "is no sum of money", _HOW)
            line, text = gathered[code], row.get("Condition", "")
            gathered[code] = replace(
                line, conditions=(*line.conditions, Condition(kind, text, pence))
            )


def slug(words: str) -> str:
    """A code made of words: UK Shared Prosperity Fund is uk-shared-prosperity-fund."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:64].strip("-")


def _word(cell: str) -> Said | None:
    said = _bare(cell)
    exact = next((one for one in Said if one.value == said), None)
    found = next((said_of for begin, said_of in _WORDS.items() if said.startswith(begin)), None)
    return exact if exact not in (None, Said.STATED) else found


def _pence(cell: str) -> int | None:
    found = _POUNDS.fullmatch(cell.strip(_MARKS))
    return _of(found) if found else None


def _of(found: re.Match[str]) -> int:
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def _year(said: str) -> int | None:
    try:
        return FinancialYear.parse(said).start
    except ValueError:
        return None


def _bare(cell: str) -> str:
    return cell.strip(_MARKS).casefold()


def _text(value: object) -> str:
    """A cell as a person reads it; a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".removesuffix(".00")
    return " ".join(str(value).split())


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
