"""The workbook of a return of capacity: what goes out comes in again, and a fault names its cell.

Two sheets: a row for each role, and a row for each role and skill. A blank cell is not known, which
is not nought. There is no column for vacancies: they follow. Pure: cells in, cells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from totalplace.monitoring.rules.capacity import RoleSaid, SkillSaid, code_of
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.readiness.rules.scale import Level
from totalplace.sources.rules.rows import letter

POSTS: Final = "Posts"
SKILLS: Final = "Skills"
ROLE: Final = "Role"
_WTE: Final = {  # heading -> what it fills; in whole-time equivalents to one decimal
    "Posts": "posts", "Filled": "filled", "Leavers": "leavers", "Joiners": "joiners",
    "Agency staff": "agency_staff",
}  # fmt: skip
_DAYS: Final = {"Days to hire": "days_to_hire", "Sickness days": "sickness_days"}
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    POSTS: (ROLE, *_WTE, *_DAYS),
    SKILLS: (ROLE, "Skill", "Level", "What shows it"),
}
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    POSTS: (ROLE, "Posts", "Filled"), SKILLS: HEADS[SKILLS],
}  # fmt: skip
_HEADER_WITHIN: Final = 20  # rows
_NUMBER: Final = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,20})?")
MOST_ROWS: Final = 2_000
_MOST_TENTHS: Final = 10_000_000  # a million posts: no body has more, so a unit is mistaken
_MOST_DAYS: Final = 10_000_000
_LONGEST: Final = {ROLE: 80, "What shows it": 500}  # letters
Sheets = Mapping[str, Sequence[Sequence[object]]]
Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class _Row:
    sheet: str
    number: int
    cells: Mapping[str, object]
    columns: Mapping[str, int]
    faults: list[SheetFault]

    def text(self, head: str) -> str:
        """Words of a cell; a fault where they are too long."""
        said, most = _text(self.cells.get(head)), _LONGEST.get(head, 200)
        if len(said) > most:
            self.fault(head, "is too long for a table", f"Say it in {most} letters")
        return said[:most]

    def needed(self, head: str) -> str:
        """Words of a cell that has to say something."""
        said = self.text(head)
        if not said:
            self.fault(head, f"{head} is not filled in", "Fill it in")
        return said

    def tenths(self, head: str) -> int | None:
        """Whole-time equivalents in tenths; None where the cell is blank, or has a fault."""
        return self._whole(head, 10, _MOST_TENTHS, "Write it to one decimal, such as 12.5 or 0")

    def days(self, head: str) -> int | None:
        """Whole days; None where the cell is blank, or has a fault."""
        return self._whole(head, 1, _MOST_DAYS, "Write whole days, such as 45 or 0")

    def _whole(self, head: str, times: int, most: int, next_step: str) -> int | None:
        cell = self.cells.get(head)
        if not _text(cell):
            return None
        found = _number(cell)
        exact = None if found is None else found * times
        if exact is None:
            self.fault(head, "is not a number", next_step)
        elif exact < 0:
            self.fault(head, "is below nought", "Write 0 or more; leave it blank if not known")
        elif exact != exact.to_integral_value():
            self.fault(head, "is finer than is asked for", next_step)
        elif exact > most:
            self.fault(head, "is more than there can be", next_step)
        else:
            return int(exact)
        return None

    def fault(self, head: str, why: str, next_step: str) -> None:
        """Put down what is wrong in a cell."""
        cell = f"{letter(self.columns.get(head, 0))}{self.number}"
        found = _text(self.cells.get(head))[:200]
        self.faults.append(SheetFault(self.sheet, cell, found, why, next_step))


@dataclass(slots=True)
class _Gathered:
    """A role as its rows say it together."""

    row: _Row
    numbers: dict[str, int | None]
    skills: list[SkillSaid] = field(default_factory=list)


def cells_of(
    roles: Sequence[RoleSaid], skills: Sequence[str], offered: Sequence[str] = ()
) -> dict[str, list[list[Cell]]]:
    """Roles as the cells of the two sheets, below their headings.

    Without any, the roles that are offered are there to be filled in.
    """
    shown = list(roles) or [RoleSaid(title) for title in offered]
    posts: list[list[Cell]] = [
        [
            one.title,
            *(_wte(getattr(one, name)) for name in _WTE.values()),
            *(_blank(getattr(one, name)) for name in _DAYS.values()),
        ]
        for one in shown
    ]
    rows: list[list[Cell]] = []
    for one in shown:
        said = {skill.skill: skill for skill in one.skills}
        for code in skills:
            found = said.get(code)
            level = found.level.value if found else ""
            rows.append([one.title, code, level, found.evidence if found else ""])
    return {POSTS: posts, SKILLS: rows}


def read(sheets: Sheets, skills: Sequence[str]) -> tuple[tuple[RoleSaid, ...], list[SheetFault]]:
    """The roles that a workbook says, and every fault in it; with a fault, none may be kept.

    A role of which no number is given is left out: it was only offered.
    """
    faults: list[SheetFault] = []
    gathered: dict[str, _Gathered] = {}
    for row in _rows(sheets, POSTS, faults):
        _take_role(row, gathered)
    for row in _rows(sheets, SKILLS, faults):
        _take_skill(row, gathered, skills)
    kept = [one for one in gathered.values() if _says(one)]
    for one in gathered.values():
        if one.skills and one not in kept:
            one.row.fault("Posts", "is not given, though the role's skills are", "Write the posts")
    if not kept and not faults:
        faults.append(
            SheetFault(POSTS, "A2", "", "No row says how many posts there are", "Fill one in")
        )
    return tuple(_role(one) for one in kept), faults


def _says(one: _Gathered) -> bool:
    return any(number is not None for number in one.numbers.values())


def _role(one: _Gathered) -> RoleSaid:
    return RoleSaid(one.row.text(ROLE), **one.numbers, skills=tuple(one.skills))


def _take_role(row: _Row, gathered: dict[str, _Gathered]) -> None:
    code = code_of(row.needed(ROLE))
    numbers: dict[str, int | None] = {name: row.tenths(head) for head, name in _WTE.items()}
    numbers |= {name: row.days(head) for head, name in _DAYS.items()}
    if not code and row.text(ROLE):
        row.fault(ROLE, "has no letter or digit", "Name the role in words")
    elif code in gathered:
        row.fault(ROLE, "stands there twice", "Join the two rows, or name them apart")
    elif code:
        gathered[code] = _Gathered(row, numbers)


def _take_skill(row: _Row, gathered: dict[str, _Gathered], skills: Sequence[str]) -> None:
    if not row.text("Level") and not row.text("What shows it"):
        return  # not judged, which is no level
    skill, said = row.text("Skill").casefold(), row.needed("Level").casefold()
    evidence = row.needed("What shows it")
    role = gathered.get(code_of(row.needed(ROLE)))
    level = next((one for one in Level if one.value == said), None)
    if role is None and row.text(ROLE):
        row.fault(ROLE, f"has no row in the sheet '{POSTS}'", "Write its posts there")
    if skill not in skills:
        row.fault("Skill", "is not one that is asked for", f"Write one of: {', '.join(skills)}")
    elif role is not None and skill in {one.skill for one in role.skills}:
        row.fault("Skill", "stands there twice for this role", "Say its level once")
    elif level is None and said:
        row.fault("Level", "is no level", f"Write one of: {', '.join(Level)}")
    elif role is not None and level is not None:
        role.skills.append(SkillSaid(skill, level, evidence))


def _rows(sheets: Sheets, sheet: str, faults: list[SheetFault]) -> Iterator[_Row]:
    """Each row below the headings that says anything."""
    rows = next((found for name, found in sheets.items() if _same(name, sheet)), None)
    if rows is None:
        if sheet == POSTS:
            faults.append(
                SheetFault(sheet, "A1", "", "There is no sheet of that name", "Use the template")
            )
        return
    known = {head.casefold(): head for head in HEADS[sheet]}
    for at, cells in enumerate(rows[:_HEADER_WITHIN]):
        said = [(_text(cell).casefold(), n) for n, cell in enumerate(cells)]
        columns = {known[head]: n for head, n in reversed(said) if head in known}
        if set(_NEEDED[sheet]) <= set(columns):
            yield from _below(sheet, rows, at + 1, columns, faults)
            _judge_heads(sheet, at + 1, cells, faults)
            return
    wanted = ", ".join(_NEEDED[sheet])
    faults.append(SheetFault(sheet, "A1", "", "The headings are not there", f"They are {wanted}"))


def _below(
    sheet: str, rows: Sequence[Sequence[object]], start: int, columns: Mapping[str, int],
    faults: list[SheetFault],
) -> Iterator[_Row]:  # fmt: skip
    for number, cells in enumerate(rows[start:], start=start + 1):
        found = {head: cells[n] for head, n in columns.items() if n < len(cells)}
        if not any(_text(cell) for cell in found.values()):
            continue
        if number > MOST_ROWS:
            faults.append(
                SheetFault(sheet, f"A{number}", "", "There are too many rows",
                           f"Give {MOST_ROWS:,} at most")
            )  # fmt: skip
            return
        yield _Row(sheet, number, found, columns, faults)


def _judge_heads(
    sheet: str, number: int, cells: Sequence[object], faults: list[SheetFault]
) -> None:
    """A heading that is not known, or is there twice, is a column that would be lost."""
    known, seen = {head.casefold() for head in HEADS[sheet]}, set()
    for n, cell in enumerate(cells):
        said = _text(cell)
        head = said.casefold()
        if head and (head not in known or head in seen):
            why = "stands there twice" if head in seen else "is not a heading of this sheet"
            where = f"{letter(n)}{number}"
            faults.append(
                SheetFault(sheet, where, said[:200], why, f"They are {', '.join(HEADS[sheet])}")
            )
        seen.add(head)


def _number(cell: object) -> Decimal | None:
    """A number as a person writes it here: 1,250.5; None for anything else, such as 12,5."""
    said = _text(cell)
    if isinstance(cell, bool) or not _NUMBER.fullmatch(said):
        return None
    # 12.3 as a spreadsheet holds it may be off by a part that nobody wrote.
    return round(Decimal(said.replace(",", "")), 6)


def _wte(tenths: int | None) -> Cell:
    return "" if tenths is None else Decimal(tenths) / 10


def _blank(number: int | None) -> Cell:
    return "" if number is None else number


def _text(cell: object) -> str:
    """A cell as a person reads it; a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(str(cell).split())


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
