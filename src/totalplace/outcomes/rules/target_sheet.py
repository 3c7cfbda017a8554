"""The workbook of a set of targets: what goes out comes in again, and a fault names its cell.

Two sheets: one row a target and step, and one row a target and agency. Pure: cells in, cells out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from totalplace.money.pence import pounds
from totalplace.outcomes.rules.targets import (
    NOBODY,
    Baseline,
    Step,
    Target,
    plain,
    said_share,
    said_value,
)
from totalplace.outcomes.rules.wanted import Wanted
from totalplace.refusal import Refused
from totalplace.sources.rules.rows import letter

TARGETS: Final = "Targets"
MOVERS: Final = "Who can move it"
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    TARGETS: (
        "Indicator", "Area", "Outcome", "Unit", "Baseline", "Baseline period", "Baseline source",
        "Why there is no baseline", "By which day", "Value", "Why it matters",
        "Why it goes that way",
    ),
    MOVERS: ("Indicator", "Area", "Agency", "Name", "Share in per cent", "Pounds"),
}  # fmt: skip
# What is there to be read by a person: it is not read again.
FOR_READING: Final = ("Outcome", "Unit", "Name")
NOBODY_HERE: Final = "nobody here"
_HEADER_WITHIN: Final = 20  # rows
MOST_ROWS: Final = 5_000
_ONCE: Final = (
    "Baseline", "Baseline period", "Baseline source", "Why there is no baseline",
    "Why it matters", "Why it goes that way",
)  # fmt: skip
Value = str | int | float | bool | date | datetime | None | object
Sheets = Mapping[str, Sequence[Sequence[Value]]]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What is wrong in a cell: which, what was found there, why it cannot be, what to do."""

    sheet: str
    cell: str
    found: str
    why: str
    next_step: str

    def __str__(self) -> str:
        found = f"'{self.found}' " if self.found else ""
        return f"{self.sheet}, {self.cell}: {found}{self.why}. {self.next_step}."


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet by its headings, and where each cell stands."""

    sheet: str
    number: int
    cells: Mapping[str, Value]
    columns: Mapping[str, str]

    def text(self, head: str) -> str:
        return _text(self.cells.get(head))

    def fault(self, head: str, why: str, next_step: str) -> SheetFault:
        where = f"{self.columns.get(head, 'A')}{self.number}"
        return SheetFault(self.sheet, where, self.text(head), why, next_step)


@dataclass(slots=True)
class _Gathered:
    """What the rows of one target say together."""

    first: _Row
    steps: list[Step] = field(default_factory=list)
    shares: dict[str, Decimal] = field(default_factory=dict)
    pence: dict[str, int] = field(default_factory=dict)


def cells_of(targets: Iterable[Target], names: Mapping[str, str]) -> dict[str, list[list[str]]]:
    """A set of targets as the cells of its two sheets, below their headings."""
    found: dict[str, list[list[str]]] = {TARGETS: [], MOVERS: []}
    for target in targets:
        outcome, base = target.outcome, target.baseline
        for number, step in enumerate(target.steps):
            value = "" if base.value is None else _bare(base.value)
            once = [value, base.period, base.source, base.why_missing]
            whys = [target.why, target.against]
            if number:
                once, whys = [""] * len(once), ["", ""]
            head = [outcome.indicator, outcome.area, outcome.title, outcome.unit]
            found[TARGETS].append([*head, *once, step.day.isoformat(), _bare(step.value), *whys])
        for part in target.parts:
            who = part.agency or NOBODY_HERE
            money = "" if part.pence is None else pounds(part.pence)
            name = names.get(part.agency, "")
            found[MOVERS].append(
                [outcome.indicator, outcome.area, who, name, str(part.share), money]
            )
    return found


def read(sheets: Sheets) -> tuple[list[Wanted], list[SheetFault]]:
    """The targets that a workbook says, and every fault in it; with a fault, none may be kept."""
    faults: list[SheetFault] = []
    gathered: dict[Key, _Gathered] = {}
    for row in _rows(sheets, TARGETS, faults):
        _take_step(row, gathered, faults)
    for row in _rows(sheets, MOVERS, faults):
        _take_part(row, gathered, faults)
    wanted = [_wanted(key, said, faults) for key, said in gathered.items()]
    if not gathered and not faults:
        faults.append(
            SheetFault(TARGETS, "A2", "", "No row says a target", "Write a row for each step")
        )
    return wanted, faults


def _rows(sheets: Sheets, sheet: str, faults: list[SheetFault]) -> Iterator[_Row]:
    rows = next((found for name, found in sheets.items() if _same(name, sheet)), None)
    if rows is None:
        faults.append(
            SheetFault(sheet, "A1", "", "There is no sheet of that name", "Use the template")
        )
        return
    at = _header(rows, sheet)
    if at is None:
        heads = ", ".join(head for head in HEADS[sheet] if head not in FOR_READING)
        faults.append(
            SheetFault(sheet, "A1", "", "The headings are not there", f"They are {heads}")
        )
        return
    columns = {_text(cell).strip().casefold(): n for n, cell in enumerate(rows[at])}
    places = {head: columns[head.casefold()] for head in HEADS[sheet] if head.casefold() in columns}
    letters = {head: letter(n) for head, n in places.items()}
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        if number > MOST_ROWS:
            faults.append(
                SheetFault(sheet, f"A{number}", "", "There are too many rows",
                           f"Give at most {MOST_ROWS:,}")
            )  # fmt: skip
            return
        found = {head: cells[n] for head, n in places.items() if n < len(cells)}
        if any(_text(found.get(head)) for head in places if head not in FOR_READING):
            yield _Row(sheet, number, found, letters)


def _header(rows: Sequence[Sequence[Value]], sheet: str) -> int | None:
    wanted = {head.casefold() for head in HEADS[sheet] if head not in FOR_READING}
    for number in range(min(len(rows), _HEADER_WITHIN)):
        if wanted <= {_text(cell).casefold() for cell in rows[number]}:
            return number
    return None


def _key(row: _Row, faults: list[SheetFault]) -> Key | None:
    for head in ("Indicator", "Area"):
        if not row.text(head):
            faults.append(row.fault(head, "Nothing is there", f"Write the {head.lower()}'s code"))
            return None
    return row.text("Indicator"), row.text("Area")


def _take_step(row: _Row, gathered: dict[Key, _Gathered], faults: list[SheetFault]) -> None:
    key = _key(row, faults)
    if key is None:
        return
    said = gathered.setdefault(key, _Gathered(row))
    first = said.first.number
    faults += [
        row.fault(head, f"is not what row {first} says of the same target",
                  f"Say it once, in row {first}")
        for head in _ONCE
        if row.text(head) and row.text(head) != said.first.text(head)
    ]  # fmt: skip
    day, value = _day(row, faults), _value(row, "Value", faults)
    if value is None and not any(f.cell == f"{row.columns['Value']}{row.number}" for f in faults):
        faults.append(row.fault("Value", "Nothing is there", "Write what is to be reached"))
    if day is not None and value is not None:
        said.steps.append(Step(day, value))


def _take_part(row: _Row, gathered: dict[Key, _Gathered], faults: list[SheetFault]) -> None:
    key = _key(row, faults)
    if key is None:
        return
    said = gathered.get(key)
    if said is None:
        faults.append(
            row.fault("Indicator", "has no row in the other sheet",
                      f"Write its steps in the sheet '{TARGETS}'")
        )  # fmt: skip
        return
    agency = row.text("Agency")
    if not agency:
        faults.append(
            row.fault("Agency", "Nothing is there", f"Write its code, or '{NOBODY_HERE}'")
        )
        return
    who = NOBODY if _same(agency, NOBODY_HERE) else agency
    if who in said.shares:
        faults.append(row.fault("Agency", "is named twice for this target", "Name it once"))
        return
    try:
        said.shares[who] = said_share(row.text("Share in per cent"))
    except Refused as refused:
        faults.append(row.fault("Share in per cent", f"is no share: {refused.why}",
                                refused.next_step))  # fmt: skip
    pence = _pence(row, faults)
    if pence is not None:
        said.pence[who] = pence


def _wanted(key: Key, said: _Gathered, faults: list[SheetFault]) -> Wanted:
    row = said.first
    if not said.shares:
        faults.append(
            row.fault("Indicator", "has nobody who can move it",
                      f"Write a row for each agency in the sheet '{MOVERS}'")
        )  # fmt: skip
    baseline = Baseline(
        value=_value(row, "Baseline", faults),
        period=row.text("Baseline period"),
        source=row.text("Baseline source"),
        why_missing=row.text("Why there is no baseline"),
    )
    return Wanted(
        indicator=key[0],
        area=key[1],
        baseline=baseline,
        steps=tuple(said.steps),
        shares=said.shares,
        why=row.text("Why it matters"),
        pence=said.pence,
        against=row.text("Why it goes that way"),
    )


def _value(row: _Row, head: str, faults: list[SheetFault]) -> Decimal | None:
    try:
        return said_value(row.text(head))
    except Refused as refused:
        faults.append(row.fault(head, f"is no value: {refused.why}", refused.next_step))
        return None


def _pence(row: _Row, faults: list[SheetFault]) -> int | None:
    said = row.text("Pounds").replace("£", "")
    try:
        value = said_value(said)
    except Refused:
        value = Decimal(-1)
    if value is None:
        return None
    if value < 0 or value * 100 != int(value * 100):
        faults.append(row.fault("Pounds", "is no sum of pounds", "Write it such as 1250000.50"))
        return None
    return int(value * 100)


def _day(row: _Row, faults: list[SheetFault]) -> date | None:
    said = row.cells.get("By which day")
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date):
        return said
    text = row.text("By which day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    day, _, rest = text.partition("/")
    month, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        faults.append(row.fault("By which day", "is no day", "Write it as 2029-03-31"))
        return None


def _text(value: Value) -> str:
    """A cell as it is read by a person; whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float):
        return _bare(Decimal(repr(value)))
    return str(value).strip()


def _bare(value: Decimal) -> str:
    return plain(value).replace(",", "")


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
