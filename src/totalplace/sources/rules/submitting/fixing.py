"""From the columns that an officer chose on screen to recipes that say so.

One recipe holds for the submission alone: for its very names, on its own days. Another, where the
officer wishes, holds for the agency's later files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.sources.rules.layout import Kind, Role, VatBasis
from totalplace.sources.rules.recipe_text import pattern
from totalplace.sources.rules.recipes import NO_COLUMN

# A recipe without a day of its own must come before all others of the agency.
BEFORE_ALL_OTHERS: Final = date(9999, 12, 31)
_LATER_NAME: Final = re.compile(r"[0-9]+|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
                                r"|dec)[a-z]*|(?<![a-z])q(?=[1-4])", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an officer chose for one table: by role, the letter of a column; "" for none.

    None of a setting leaves it as it was understood.
    """

    document: str
    sheet: str
    from_day: date | None  # the first day of the table's period, where its name says one
    columns: Mapping[Role, str]
    headers: Mapping[str, str]  # by letter, as written in the file
    vat_basis: VatBasis | None = None
    month_first: bool | None = None
    kind: Kind | None = None
    header_row: int | None = None


def recipe_for_this(chosen: Chosen, *, agency: str, why: str) -> str:
    """YAML of a recipe that holds for one table of one file alone."""
    day = chosen.from_day or BEFORE_ALL_OTHERS
    lines = [f"files: {_quoted(pattern(chosen.document))}"]
    if chosen.sheet:
        lines.append(f"sheets: {_quoted(pattern(chosen.sheet))}")
    bound = [f"valid_to: {day}"] if chosen.from_day else []
    letters = {role: _by_letter(at) for role, at in chosen.columns.items()}
    return _text(agency, day, why, [*bound, *lines], letters, chosen)


def recipe_for_later(chosen: Sequence[Chosen], *, agency: str, from_day: date, why: str) -> str:
    """YAML of a recipe for the agency's later files named like this one, by names of columns.

    A column is named by its header, which later files share although columns move; by its letter
    where the header is blank or stands twice. Only the first table speaks for later files.
    """
    first = chosen[0]
    lines = [f"files: {_quoted(later_names(first.document))}  # * stands for any letters"]
    names = list(first.headers.values())
    columns = {}
    for role, at in first.columns.items():
        name = first.headers.get(at, "")
        columns[role] = name if name and names.count(name) == 1 else _by_letter(at)
    return _text(agency, from_day, why, lines, columns, first)


def later_names(document: str) -> str:
    """A pattern for the names of later files: years, months and numbers may differ."""
    own = document.rpartition("/")[2]
    parts = [pattern(part) for part in _LATER_NAME.split(own)]
    return re.sub(r"(\*[ _.-]*)+\*", "*", "*".join(parts)) if len(parts) > 1 else pattern(own)


def _text(
    agency: str, day: date, why: str, lines: Sequence[str], columns: Mapping[Role, str],
    chosen: Chosen,
) -> str:  # fmt: skip
    written = [f"agency: {_quoted(agency)}", f"valid_from: {day}", *lines]
    if chosen.header_row is not None:
        written.append(f"header_row: {chosen.header_row}")
    if columns:
        written.append("columns:")
        written += [f"  {role.value}: {_quoted(said)}" for role, said in columns.items()]
    if chosen.vat_basis is not None:
        written.append(f"vat_basis: {chosen.vat_basis.value}")
    if chosen.month_first is not None:
        written.append(f"dates: {'month-first' if chosen.month_first else 'day-first'}")
    if chosen.kind is not None:
        written.append(f"kind: {chosen.kind.value}")
    written.append(f"why: {_quoted(why)}")
    return "\n".join(written) + "\n"


def _by_letter(at: str) -> str:
    return f"column {at}" if at else NO_COLUMN


def _quoted(text: str) -> str:
    """As YAML in double quotes; every text of JSON is one."""
    return json.dumps(text, ensure_ascii=False)
