"""What is found in a file: tables and trees, the figures in them, and where each stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from totalplace.sources.rules.returns.cells import Value
from totalplace.sources.rules.returns.forms import Meaning, Total, TotalRow
from totalplace.sources.rules.rows import letter

_LONGEST_CODE: Final = 64  # letters, as agencies are registered
_NOT_OF_A_CODE: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands, as a person finds it."""

    document: str
    sheet: str
    row: int  # of a table, counted from 1; of a tree, the number of the figure
    column: str  # "D Education"; of records and trees, the key or path
    has_letter: bool = False

    @property
    def address(self) -> str:
        """The cell as a spreadsheet names it; elsewhere the row and the key."""
        if self.has_letter:
            return f"{self.column.partition(' ')[0]}{self.row}"
        return f"row {self.row}, {self.column}"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A cell above a table that has a label to its left, and where it stands."""

    value: Value
    spot: Spot


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; of records, the keys are the header."""

    document: str
    sheet: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Value]]]  # the number of each as in the file
    labels: Mapping[str, Labelled] = field(default_factory=dict)  # by `plain` of the label
    has_letters: bool = True  # columns of a sheet or of CSV have letters; keys have none

    def spot(self, row: int, position: int) -> Spot:
        """Where a cell stands."""
        name = self.columns[position] if position < len(self.columns) else ""
        column = f"{letter(position)} {name}".strip() if self.has_letters else name
        return Spot(self.document, self.sheet, row, column, self.has_letters)


@dataclass(frozen=True, slots=True)
class Tree:
    """What lies in JSON within one another: each value with the keys that lead to it."""

    document: str
    leaves: Sequence[tuple[tuple[str, ...], Value]]


@dataclass(frozen=True, slots=True)
class Body:
    """Whose a figure is: a code under which it is known here, its GSS code and its name."""

    agency: str
    gss: str
    name: str
    area: str = ""  # the area whose residents a figure is of, where its body is a department


@dataclass(frozen=True, slots=True)
class Control:
    """Why a figure is not counted: it adds up lines, other bodies, or repeats another part."""

    total: Total | None = None
    row: TotalRow | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that should hold money: whose, of which year, for what, and where it stands."""

    body: Body
    year: int
    part: str
    line: str  # as the form names it
    title: str
    service: str
    meaning: Meaning
    value: Value
    spot: Spot
    control: Control | None = None


@dataclass(frozen=True, slots=True)
class ReturnFault:
    """What cannot be taken: where, what was found, why, what next, and the figures it costs."""

    spot: Spot
    found: str
    why: str
    next_step: str
    figures: int = 1


@dataclass(slots=True)
class Taken:
    """What one table or tree comes to, before its figures are read."""

    figures: list[Figure] = field(default_factory=list)
    faults: list[ReturnFault] = field(default_factory=list)
    left_out: int = 0  # figures that the form leaves out, and blanks that say nothing
    rows: int = 0
    rows_without: int = 0  # rows that hold no figure: blank, or a note
    said: list[str] = field(default_factory=list)


def code_of(name: str) -> str:
    """A code for a body that is known by its name alone: nhs-east-wexshire-ccg."""
    code = _NOT_OF_A_CODE.sub("-", name.casefold()).strip("-")
    if len(code) > _LONGEST_CODE:
        mark = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
        code = f"{code[: _LONGEST_CODE - 9].strip('-')}-{mark}"
    return code
