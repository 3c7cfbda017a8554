"""A recipe: what an officer knows about an agency's files that the files do not say.

A recipe is dated YAML with a closed vocabulary. It overrides what was taken for a column; what it
leaves out stays as it was understood. A different recipe may hold for different years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from typing import Any, Final

from totalplace.refusal import Refused
from totalplace.sources.rules.layout import Cell, Kind, Layout, Role, Taken, VatBasis
from totalplace.sources.rules.reasons import is_settled
from totalplace.sources.rules.rows import letter, shown

_KEYS: Final = {
    "agency", "valid_from", "valid_to", "files", "sheets", "header_row", "columns", "vat_basis",
    "dates", "kind", "answers_to", "review_by", "why",
}  # fmt: skip
NO_COLUMN: Final = "no column"  # in place of a header: no column holds this role
_DATES: Final = {"day-first": False, "month-first": True}
_LETTERS: Final = re.compile(r"column ([A-Z]{1,3})")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one agency's files are to be read between two days."""

    agency: str
    valid_from: date
    valid_to: date | None = None
    files: str = "*"  # a pattern for the file's name, such as "*card*"
    sheets: str = "*"  # the same for the sheet's
    header_row: int | None = None  # counted from 1; 0 says that there is no header
    columns: Mapping[Role, str] | None = None  # a header, "column G", or NO_COLUMN
    vat_basis: VatBasis | None = None
    month_first: bool | None = None
    kind: Kind | None = None


def recipe_from(written: Mapping[str, Any], *, name: str) -> Recipe:
    """A recipe from its YAML. Raises Refused for a key or a value outside the vocabulary."""
    unknown = sorted(set(written) - _KEYS)
    if unknown:
        raise _refused(name, f"it has {', '.join(unknown)}, which recipes do not know")
    if not written.get("agency") or type(written.get("valid_from")) is not date:
        raise _refused(name, "it must say its agency and the day it is valid_from")
    if type(written.get("valid_to")) not in (date, type(None)):
        raise _refused(name, "its valid_to is not a day such as 2025-03-31")
    if (top := written.get("header_row")) is not None and (type(top) is not int or top < 0):
        raise _refused(name, "its header_row is not the number of a row, or 0 for none")
    if not isinstance(written.get("columns") or {}, Mapping):
        raise _refused(name, "its columns are not a list of role: column")
    try:
        columns = {Role(r): str(h) for r, h in (written.get("columns") or {}).items()}
        return Recipe(
            agency=str(written["agency"]),
            valid_from=written["valid_from"],
            valid_to=written.get("valid_to"),
            files=str(written.get("files", "*")),
            sheets=str(written.get("sheets", "*")),
            header_row=written.get("header_row"),
            columns=columns,
            vat_basis=VatBasis(written["vat_basis"]) if "vat_basis" in written else None,
            month_first=_DATES[written["dates"]] if "dates" in written else None,
            kind=Kind(written["kind"]) if "kind" in written else None,
        )
    except (ValueError, KeyError) as error:
        raise _refused(name, f"{error.args[0]} is not a word that recipes know") from error


def _refused(name: str, why: str) -> Refused:
    known = ", ".join(sorted(_KEYS))
    return Refused(
        f"The recipe {name} was not used", why=why, next_step=f"A recipe may have: {known}"
    )


def in_force(
    recipes: Sequence[Recipe], *, agency: str, file: str, on: date | None, sheet: str = ""
) -> Recipe | None:
    """The recipe for a file of an agency: the last to start among those valid on its day."""
    fitting = [
        r
        for r in recipes
        if r.agency == agency
        and fnmatch(file.casefold(), r.files.casefold())
        and fnmatch(sheet.casefold(), r.sheets.casefold())
        and (on is None or (r.valid_from <= on and (r.valid_to is None or on <= r.valid_to)))
    ]
    return max(fitting, key=lambda r: r.valid_from, default=None)


def amended(layout: Layout, recipe: Recipe, rows: Sequence[Sequence[Cell]], file: str) -> Layout:
    """A layout with a recipe's word over it. Raises Refused where a column is not there."""
    if recipe.header_row is not None:
        top = recipe.header_row
        if top > len(rows):
            raise Refused(
                f"{file} was not read",
                why=f"its recipe says that the header is row {top}, which is not among the first"
                f" {len(rows)}",
                next_step="Correct the recipe: header_row counts from 1, and 0 says there is none",
            )
        layout = replace(layout, header_rows=(top,) if top else (), first_row=top + 1, unsure=())
    header = rows[layout.header_rows[-1] - 1] if layout.header_rows else ()
    taken = dict(layout.taken)
    for role, said in (recipe.columns or {}).items():
        if said == NO_COLUMN:
            taken.pop(role, None)
        else:
            taken[role] = _found(said, header, role, file)
    if recipe.columns and Role.AMOUNT in recipe.columns and recipe.vat_basis is None:
        layout = replace(layout, vat_basis=VatBasis.UNKNOWN)
    return replace(
        layout,
        taken=taken,
        unsure=tuple(s for s in layout.unsure if not is_settled(s, recipe.columns or ())),
        vat_basis=recipe.vat_basis or layout.vat_basis,
        month_first=layout.month_first if recipe.month_first is None else recipe.month_first,
        kind=recipe.kind or layout.kind,
    )


def _found(said: str, header: Sequence[Cell], role: Role, file: str) -> Taken:
    for position, cell in enumerate(header):
        if shown(cell).casefold() == " ".join(said.split()).casefold():
            return Taken(position, shown(cell), 1.0, "named by the recipe")
    if match := _LETTERS.fullmatch(said):
        position = 0
        for ch in match[1]:
            position = position * 26 + ord(ch) - ord("A") + 1
        there = shown(header[position - 1]) if position <= len(header) else ""
        return Taken(position - 1, there, 1.0, "named by the recipe")
    names = ", ".join(f"{letter(i)} {shown(c)}" for i, c in enumerate(header) if shown(c))
    raise Refused(
        f"{file} was not read",
        why=f"its recipe names “{said}” for {role}, and the header has {names or 'no names'}",
        next_step='Correct the recipe: a header as it is written, or "column G"',
    )
