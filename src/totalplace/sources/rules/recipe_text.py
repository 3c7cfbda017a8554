"""The recipe that says what was understood of a table, for an officer to correct and to save."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Understood:
    """What a recipe can say of one table; `sheet` is empty where it is true of every sheet.

    `columns` gives by role the letter of the column (`column`) and what it is called (`header`).
    """

    agency: str
    document: str
    sheet: str
    from_day: date
    columns: Mapping[str, Mapping[str, Any]]
    vat_basis: str


def recipe_text(understood: Understood) -> str:
    """YAML which, saved as a recipe and not changed, reads the same table in the same way."""
    lines = [
        f"# How {understood.document} was read.",
        "# Correct what is wrong, save this in the recipes folder, and read the file again.",
        f"agency: {_quoted(understood.agency)}",
        f"valid_from: {understood.from_day}",
        f"files: {_quoted(pattern(understood.document))}  # * stands for any letters",
    ]
    if understood.sheet:
        lines.append(f"sheets: {_quoted(pattern(understood.sheet))}")
    lines += ["columns:  # a letter as here, or a header as it is written: amount: Net Amount"]
    lines += [
        f"  {role}: column {taken['column']}  # {taken['header']}".rstrip(" #")
        for role, taken in understood.columns.items()
    ]
    lines.append(f"vat_basis: {understood.vat_basis}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """As YAML in double quotes; every text of JSON is one."""
    return json.dumps(text, ensure_ascii=False)


def pattern(name: str) -> str:
    """A pattern that fits a name and no other: what has a meaning in patterns stands in brackets.

    Recipes compare names without regard to capitals.
    """
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
