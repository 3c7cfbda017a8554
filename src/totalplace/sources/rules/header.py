"""Where the names of the columns stand: on row 1, under a title, over two rows, last or nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from totalplace.sources.rules.evidence import is_value
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.words import ColumnWords, is_name, unmarked

Row = Sequence[Cell]

_NOTHING: Final = (None, "")
_ROWS_LOOKED_AT: Final = 60  # titles and notes above a table are rarely longer
_ROWS_OF_NOTES: Final = 500  # a page of notes may come first; looked at where no clear header is
_NAMES_UNDER_NOTES: Final = 3  # well-known ones that make a row a header so far down
_CLEAR: Final = 9.0  # points of a header that nobody doubts
_ROWS_BELOW: Final = 60  # that a name is compared with
_ROWS_COUNTED: Final = 120  # to learn how many cells of a row are usually filled
_LONGEST_NAME: Final = 70  # letters
_ROWS_THAT_TELL: Final = 2  # of payments over a row; one may be a note with a day and a sum
_ENOUGH: Final = 3.0  # points that make a row a header
_QUERY: Final = re.compile(
    r"\bselect\b.+|\bfrom\b\s+\w+[._]\w+|\bto_char\(|\border by\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of names (the first is 1), the names, and the first row that may be a payment."""

    rows: tuple[int, ...]
    names: tuple[str, ...]
    first_row: int
    above: tuple[str, ...]  # the title and notes over the table
    odd: str = ""  # what was found in place of names, in a full sentence


def find_header(
    sample: Sequence[Row], tail: Sequence[tuple[int, Row]], words: ColumnWords
) -> Header:
    """The header of a table; no rows where its columns are not named."""
    width = max((len(row) for row in sample), default=0)
    usual = _usual_fill(sample)
    best, at = max(_scored(sample, usual, words), key=lambda s: (s[0], -s[1]), default=(0.0, -1))
    last = _last_row(sample, tail)
    # A payment of which much is words may look like names a little; a clear header is believed.
    least = _ENOUGH if at < 0 else _CLEAR
    if best < _CLEAR and last and _is_last_header(last[1], sample, usual, words, least):
        return Header((last[0],), _names(last[1], width), _first_value_row(sample, words), ())
    if at >= 0:
        return _with_neighbours(sample, at, width, words)
    first = _first_value_row(sample, words)
    above = _texts(sample[: first - 1])
    odd = ""
    if any(_QUERY.search(text) for text in above):
        odd = "The row above the payments is a database query and not the names of the columns."
    return Header((), ("",) * width, first, above, odd)


def filled(row: Row) -> list[tuple[int, Cell]]:
    """The cells of a row that hold something, with their positions."""
    return [
        (i, c)
        for i, c in enumerate(row)
        if c is not None and c != "" and not (isinstance(c, str) and c.isspace())
    ]


def _usual_fill(sample: Sequence[Row]) -> float:
    fills = [len(f) for row in sample[:_ROWS_COUNTED] if (f := filled(row))]
    return float(median(fills)) if fills else 0.0


def _scored(sample: Sequence[Row], usual: float, words: ColumnWords) -> list[tuple[float, int]]:
    found: list[tuple[float, int]] = []
    for at, row in enumerate(sample[:_ROWS_OF_NOTES]):
        if at == _ROWS_LOOKED_AT and max(found, default=(0.0, 0))[0] >= _CLEAR:
            break
        if at >= _ROWS_LOOKED_AT and not _follows_notes(sample, at, words):
            continue
        below = sample[at + 1 : at + 1 + _ROWS_BELOW]
        points = _points(row, below, usual, words)
        if points < _ENOUGH:
            continue
        # Under payments only names that are well known are a header; else a sum is missing there.
        if _known(row, words) >= 2 or not _payments_above(sample, at, words):
            found.append((points, at))
    return found


def _follows_notes(sample: Sequence[Row], at: int, words: ColumnWords) -> bool:
    """Whether a row far down has names, payments under it, and none over it."""
    if _known(sample[at], words) < _NAMES_UNDER_NOTES:
        return False
    under = sample[at + 1 : at + 1 + _ROWS_THAT_TELL]
    paid = any(is_value(c, words) for row in under for _, c in filled(row))
    return paid and not _payments_above(sample, at, words)


def _known(row: Row, words: ColumnWords) -> int:
    texts = [c for _, c in filled(row) if isinstance(c, str) and len(c) <= _LONGEST_NAME]
    return sum(is_name(text, words) for text in texts)


def _is_last_header(
    row: Row, sample: Sequence[Row], usual: float, words: ColumnWords, least: float
) -> bool:
    known = _known(row, words)
    enough = known >= 2 and 3 * known >= len(filled(row))
    return enough and _points(row, sample[:_ROWS_BELOW], usual, words) >= least


def _payments_above(sample: Sequence[Row], at: int, words: ColumnWords) -> bool:
    """Whether rows over a row hold numbers and dates where the rows under it do."""
    below = sample[at + 1 : at + 21]
    width = max(map(len, below), default=0)
    places = [i for i in range(width) if _stands_out(i, "name", below, words)]
    alike = sum(
        sum(i < len(row) and is_value(row[i], words) for i in places) >= 2 for row in sample[:at]
    )
    return alike >= _ROWS_THAT_TELL


def _points(row: Row, below: Sequence[Row], usual: float, words: ColumnWords) -> float:
    """How much a row looks like names of what stands below it."""
    cells = filled(row)
    if len(cells) < 2 or len(cells) < 0.4 * usual or not below:
        return 0.0
    values = sum(is_value(c, words) for _, c in cells)
    if values > 0.2 * len(cells):
        return 0.0
    texts = [str(c) for _, c in cells if isinstance(c, str)]
    if any(_QUERY.search(t) for t in texts):
        return 0.0
    known = _known(row, words)
    long = sum(len(t) > _LONGEST_NAME for t in texts)
    contrast = sum(_stands_out(i, c, below, words) for i, c in cells)
    if known < 2 and contrast < 2:
        return 0.0
    share = known / len(cells)
    return 1.5 * known + 3 * share + 1.5 * contrast - 3 * values - 2 * long


def _stands_out(at: int, cell: Cell, below: Sequence[Row], words: ColumnWords) -> bool:
    """Whether words stand over numbers or dates."""
    if not isinstance(cell, str) or is_value(cell, words):
        return False
    under = [row[at] for row in below[:20] if at < len(row) and row[at] not in (None, "")]
    return len(under) >= 1 and sum(is_value(c, words) for c in under) >= 0.7 * len(under)


def _last_row(sample: Sequence[Row], tail: Sequence[tuple[int, Row]]) -> tuple[int, Row] | None:
    rows = [*enumerate(sample, start=1), *tail]
    for number, row in sorted(rows, key=lambda r: r[0], reverse=True):
        if filled(row):
            return number, row
    return None


def _first_value_row(sample: Sequence[Row], words: ColumnWords) -> int:
    """The first row with a number or a date and another cell, counted from 1."""
    usual = _usual_fill(sample)
    for number, row in enumerate(sample, start=1):
        cells = filled(row)
        full = len(cells) >= max(2, 0.5 * usual)
        if full and any(is_value(c, words) for _, c in cells):
            return number
    return 1


def _with_neighbours(sample: Sequence[Row], at: int, width: int, words: ColumnWords) -> Header:
    """A header with the row above it or below it that carries the rest of the names."""
    rows, names = [at], _names(sample[at], width)
    if at + 1 < len(sample) and _continues(sample, at, at + 1, words):
        rows.append(at + 1)
        names = _joined(names, _names(sample[at + 1], width))
    elif at > 0 and _continues(sample, at, at - 1, words):
        rows.insert(0, at - 1)
        names = _joined(_names(sample[at - 1], width), names)
    first = rows[-1] + 2
    if _payments_above(sample, rows[0], words):
        first = min(first, _first_value_row(sample, words))
    above = _texts(sample[: min(rows[0], first - 1)])
    return Header(tuple(row + 1 for row in rows), names, first, above)


def _continues(sample: Sequence[Row], at: int, other: int, words: ColumnWords) -> bool:
    """Whether a neighbouring row carries more of the names: words only, mostly known ones."""
    cells = filled(sample[other])
    if not cells or any(is_value(c, words) or not isinstance(c, str) for _, c in cells):
        return False
    texts = [str(c) for _, c in cells]
    named = dict(filled(sample[at]))
    if other < at and (len(cells) == 1 and cells[0][0] == min(named)):
        return False  # a title
    below = sample[max(at, other) + 1 : max(at, other) + 1 + _ROWS_BELOW]
    known = sum(is_name(t, words) or _is_unit_of_measure(t) for t in texts)
    if any(len(t) > _LONGEST_NAME // 2 for t in texts) or not below:
        return False
    if [t.casefold() for t in texts] == [str(c).casefold() for c in named.values()]:
        return False  # a header given twice
    stands_out = any(_stands_out(i, c, below, words) for i, c in cells)
    return known >= 0.6 * len(texts) and (stands_out or other < at)


def _is_unit_of_measure(text: str) -> bool:
    return bool(
        re.fullmatch(r"\(?(?:£|gbp|p|dd/mm/yy(?:yy)?|£'?000s?)\)?", text.strip(), re.IGNORECASE)
    )


def _names(row: Row, width: int) -> tuple[str, ...]:
    texts = [unmarked(" ".join(str(c).split())) if c is not None else "" for c in row]
    return tuple(texts + [""] * (width - len(texts)))


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{a} {b}".strip() for a, b in zip(above, below, strict=False))


def _texts(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(str(c).strip() for row in rows for _, c in filled(row) if isinstance(c, str))
