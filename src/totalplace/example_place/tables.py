"""Tables of the truth: a row for each frozen dataclass, a column for each of its fields."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, Final, TypeVar

BETWEEN: Final = " | "  # names in one cell
Held = TypeVar("Held")

_READ: Final[dict[str, Callable[[str], object]]] = {
    "str": str,
    "int": int,
    "int | None": lambda cell: int(cell) if cell else None,
    "bool": lambda cell: cell == "True",
    "tuple[str, ...]": lambda cell: tuple(filter(None, cell.split(BETWEEN))),
}


def write_table(path: Path, kind: Any, rows: Iterable[Any]) -> None:
    """Write dataclass rows as a CSV whose columns are their fields."""
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(column.name for column in fields(kind))
        writer.writerows([_cell(value) for value in astuple(row)] for row in rows)


def _cell(value: object) -> object:
    return BETWEEN.join(value) if isinstance(value, tuple) else value


def read_table(path: Path, kind: Callable[..., Held]) -> tuple[Held, ...]:
    """The rows of a table that `write_table` wrote. Raises OSError where it is not there."""
    readers = {column.name: _READ[str(column.type)] for column in fields(kind)}  # type: ignore[arg-type]
    with path.open(encoding="utf-8", newline="") as table:
        return tuple(
            kind(**{name: readers[name](cell) for name, cell in row.items()})
            for row in csv.DictReader(table)
        )
