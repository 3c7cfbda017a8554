"""What stands in the cells of a published file: lines by the names of columns, numbers and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from totalplace.places.rules.register.recipes import Place, Recipe

# What publishers write where there is nothing: `[c]` is too few to print, `[x]` not available.
_NOTHING: Final = frozenset({"", "na", "n/a", "#n/a", "-", "..", "[c]", "[x]", "[z]", ":", "null"})
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?", re.ASCII)
_BRITISH_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?", re.ASCII)
# An exponent without end would be worked out for ever.
_NUMBER: Final = re.compile(r"\d{1,15}(\.\d{1,30})?(e[+-]?\d)?", re.ASCII | re.IGNORECASE)
_MOST: Final = Decimal(10**15)
_HALF: Final = Decimal("0.5")

Line = Mapping[str, str]
Rows = Iterable[tuple[int, Sequence[str]]]


def lines(
    recipe: Recipe,
    places: Mapping[str, Place],
    rows: Rows,
    leads: Mapping[str, str] | None = None,
) -> Iterator[tuple[int, Line]]:
    """The rows of a file by the names of its columns; rows that are blank in all of them left out.

    A cell that says that there is nothing is an empty text.
    """
    for number, row in rows:
        line = {
            name: "" if (cell := _cell(row, place.at)).casefold() in _NOTHING else cell
            for name, place in places.items()
        }
        if not any(line.values()):
            continue
        if recipe.join is not None and leads is not None:
            column, _, gives = recipe.join
            line[gives] = leads.get(line[column], "")
        yield number, line


def number_of(text: str) -> Decimal | None:
    """A number of nought or more as written, `1,234.5`; None for what is none."""
    bare = text.replace(",", "")
    number = Decimal(bare) if _NUMBER.fullmatch(bare) else None
    return number if number is not None and number <= _MOST else None


def whole(number: Decimal) -> int:
    """The nearest whole number, halves upward."""
    return int(number + _HALF)


def day_of(text: str) -> date | None:
    """A day as written, 2023-04-01 or 01/04/2023; None for what is none."""
    if match := _DAY.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _BRITISH_DAY.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""
