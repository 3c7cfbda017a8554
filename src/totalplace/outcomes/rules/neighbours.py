"""Lists of the areas that are most like each, as national publishers give them.

A list is a table with an area a row and its neighbours in order, by GSS code or by the department's
numbers. A neighbour whose code nobody knows is counted, and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.refusal import Refused

_AREA: Final = re.compile(r"area ?cd|area ?code|la num(ber)?|lad\d{2}cd|ltla\d{2} code|gss code")
_NEIGHBOUR: Final = re.compile(r"(?:sn|neighbour|nn)? ?\d{1,2}")
_HEADER_WITHIN: Final = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """Neighbours by area, the most alike first; the rows and the neighbours that were left out."""

    neighbours: dict[str, tuple[str, ...]]
    rows: int
    rows_aside: tuple[tuple[int, str], ...]  # the row, and why
    neighbours_aside: int


def listed(
    rows: Sequence[Sequence[str]], *, name: str, code_of: Callable[[str], str | None]
) -> Listed:
    """A list of neighbours from the rows of a table; `code_of` gives the GSS code of a cell.

    Raises Refused where it has no heading for an area and for neighbours.
    """
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        heads = [_plain(cell) for cell in row]
        area = next((n for n, head in enumerate(heads) if _AREA.fullmatch(head)), None)
        places = [n for n, head in enumerate(heads) if _NEIGHBOUR.fullmatch(head)]
        if area is not None and len(places) > 1:
            return _listed(rows[at + 1 :], at + 2, (area, places), code_of)
    raise Refused(
        f"{name} was not added",
        why="it has no row of headings with an area's code and its neighbours (1, 2 or SN1, SN2)",
        next_step="Give a list with an area a row and its neighbours beside it",
    )


def _listed(
    rows: Sequence[Sequence[str]],
    first: int,
    where: tuple[int, list[int]],
    code_of: Callable[[str], str | None],
) -> Listed:
    area_at, places = where
    found: dict[str, tuple[str, ...]] = {}
    aside: list[tuple[int, str]] = []
    lost = count = 0
    for number, row in enumerate(rows, start=first):
        if not any(cell.strip() for cell in row):
            continue
        count += 1
        said = row[area_at].strip() if area_at < len(row) else ""
        area = code_of(said)
        if area is None:
            aside.append((number, f"“{said}” is no code of an area that is known"))
        elif area in found:
            aside.append((number, f"{area} was listed before"))
        else:
            cells = [row[n].strip() for n in places if n < len(row) and row[n].strip()]
            codes = [code_of(cell) for cell in cells]
            lost += sum(code is None for code in codes)
            found[area] = tuple(dict.fromkeys(c for c in codes if c and c != area))
    return Listed(found, count, tuple(aside), lost)


def _plain(cell: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", cell.lower().lstrip("\ufeff")).strip()
    return re.sub(r"(\d+) 0$", r"\1", words)  # 1.0, as a workbook may write 1
