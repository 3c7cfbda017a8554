"""Changing a draft: a line, a guarantee, a promise, a rule, a target or a saving put in or out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from totalplace.agreements.rules.lines import Line
from totalplace.agreements.rules.offers import (
    Entitled,
    Lift,
    Saving,
    Terms,
    Wished,
    Working,
    numbered,
)
from totalplace.agreements.rules.promises import Promise
from totalplace.refusal import Refused


class Part(StrEnum):
    """A part of a draft, as its address names it."""

    LINES = "lines"
    GUARANTEES = "guarantees"
    PROMISES = "promises"
    RULES = "rules"
    TARGETS = "targets"
    SAVINGS = "savings"


Row = Line | Entitled | Promise | Lift | Wished | Saving
_FIELDS: Final = {  # part -> the field of the terms, and by which its rows are known
    Part.LINES: ("lines", "code"),
    Part.GUARANTEES: ("entitlements", "code"),
    Part.PROMISES: ("promises", "number"),
    Part.RULES: ("lifts", "code"),
    Part.TARGETS: ("targets", "indicator"),
}
_PARTS: Final[dict[type[Any], Part]] = {
    Line: Part.LINES, Entitled: Part.GUARANTEES, Promise: Part.PROMISES, Lift: Part.RULES,
    Wished: Part.TARGETS, Saving: Part.SAVINGS,
}  # fmt: skip


def rows_of(working: Working, part: Part) -> Sequence[Any]:
    """The rows of a part of a draft."""
    if part is Part.SAVINGS:
        return working.savings
    found: Sequence[Any] = getattr(working.terms, _FIELDS[part][0])
    return found


def key_of(part: Part, row: Any, at: int) -> str:
    """By which a row is known in its part: its code or number; a saving by its place, from 1."""
    return str(at) if part is Part.SAVINGS else str(getattr(row, _FIELDS[part][1]))


def find(working: Working, part: Part, key: str) -> Any:
    """A row of a draft by its key. Raises Refused where there is none."""
    for at, row in enumerate(rows_of(working, part), start=1):
        if key_of(part, row, at) == key:
            return row
    raise Refused(
        f"There is nothing called '{key[:80]}' among the {part} of the draft",
        why="it was never put in, or was taken out",
        next_step="See the draft as it stands",
    )


def put(working: Working, row: Row, *, over: str = "") -> Working:
    """A draft with a row put in: over the one of a key, or of the same key, or else at the end."""
    part = _PARTS[type(row)]
    rows = list(rows_of(working, part))
    keys = [key_of(part, one, at) for at, one in enumerate(rows, start=1)]
    mine = "" if part in (Part.PROMISES, Part.SAVINGS) else key_of(part, row, 0)
    known = next((key for key in (over, mine) if key and key in keys), None)
    if known is None:
        rows.append(row)
    else:
        rows[keys.index(known)] = row
    return _with(working, part, rows)


def take_out(working: Working, part: Part, key: str) -> Working:
    """A draft without the row of a key. Raises Refused where there is none."""
    gone = find(working, part, key)
    return _with(working, part, [row for row in rows_of(working, part) if row is not gone])


def with_lines(working: Working, lines: Sequence[Line]) -> Working:
    """A draft with all its lines anew, as a workbook says them."""
    return _with(working, Part.LINES, lines)


def _with(working: Working, part: Part, rows: Sequence[Any]) -> Working:
    if part is Part.SAVINGS:
        return replace(working, savings=tuple(rows))
    changed: dict[str, Any] = {_FIELDS[part][0]: tuple(rows)}
    terms: Terms = replace(working.terms, **changed)
    return replace(working, terms=numbered(terms))
