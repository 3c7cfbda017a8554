"""What the cells of a column say about it: shares of cells that are money, dates, names, codes.

Every mark is between 0 (no cell) and 1 (all cells), so that their weights can be compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Final

from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.dates import Precision, When, when_of
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.words import ColumnWords

_MONEY: Final = re.compile(
    r"[-+(£€$\s\u2212\u2013]*(?:GBP)?[-+(\s]*[\d.,]*\d(?:[\d.,'’\s]*\d)?[.,]?[-)\s£]*(?:CR|DR)?",
    re.IGNORECASE,
)
# The common forms are known without working them out to the penny.
_PLAIN_MONEY: Final = re.compile(r"-?£?(\d{1,3}(?:,\d{3})+|\d{1,15})\.(\d\d?)")
_WITH_PENCE: Final = re.compile(r"[.,£()]|^-|-$")
_DATE_LIKE: Final = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?[-/. ,]+[A-Za-z0-9]{1,9}[-/. ,]+\d{1,4}"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ,']*\d"
    r"|\d{1,2}[- ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_EIGHT_DIGITS: Final = re.compile(r"(?:19|20)\d{6}|\d{4}(?:19|20)\d\d")
_LETTERS: Final = re.compile(r"[A-Za-z]{3}")
_WORD: Final = re.compile(r"[a-z0-9&]+(?:/[a-z])?")
_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_VAT_NUMBER: Final = re.compile(r"(?:GB)? ?\d{3} ?\d{4} ?\d{2}(?: ?\d{3})?", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?:\+44|0)[\d ()]{9,13}")
_CODES: Final = (("postcode", _POSTCODE), ("vat_number", _VAT_NUMBER), ("phone", _PHONE))
_LONGEST_CODE: Final = 18  # letters of the longest of those
_ADDRESS: Final = re.compile(r"https?:|www\.|@", re.IGNORECASE)
_DOTTED: Final = re.compile(
    r"[a-z]\.[a-z&]", re.IGNORECASE
)  # works.maintenance.planned: a path of codes
# A publisher's own formula column joins a row's day, sum and payee into one key.
_RUN_TOGETHER: Final = re.compile(r"\d{4,}[\d.]*[A-Za-z]")
_CAPITAL: Final = re.compile(
    r"(?:[a-z ]*- ?)?(?:capital|revenue|cap|rev|balance sheet)s?", re.IGNORECASE
)
_OF_CAPITAL: Final = ("cap", "rev", "bal")
_OF_ADDRESS: Final = (":", ".", "@")
_YES_NO: Final = frozenset(
    [
        "y",
        "n",
        "yes",
        "no",
        "true",
        "false",
        "n/a",
        "na",
        "none",
        "not known",
        "tbc",
        "public",
    ]
)
_SERIALS: Final = (
    36_526,
    55_153,
)  # spreadsheets count days: 1 January 2000 to 31 December 2050
_YEARS: Final = (1990, 2100)
_LONG: Final = 45  # letters in a cell; longer is a sentence rather than a name
_TWICE: Final = 0.4  # how constant the same words on two or three rows are
_LEAST_STEPS: Final = 4
_STEPS_IN_A_ROW: Final = 55  # the first sixty rows weighed stand one under another
_PERIODS_A_YEAR: Final = 16  # a ledger may close a year with periods 13 to 16


@dataclass(frozen=True, slots=True)
class CellShape:
    """What one cell looks like: its marks, its words, and its whole number where it has one."""

    marks: frozenset[str]
    words: int = 0
    whole: int | None = None


_EMPTY: Final = CellShape(frozenset())
_SUM: Final = frozenset(["money", "pence"])


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where it stands, what it is called and what its cells say."""

    position: int
    name: str
    marks: dict[str, float]
    cells: tuple[Cell, ...]
    filled: int


def shape_of(cell: Cell, words: ColumnWords) -> CellShape:
    """What one cell looks like."""
    if type(cell) is str:  # as all cells of a text file, so it is asked first
        return _shape_of_text(cell, words)
    match cell:
        case None:
            return _EMPTY
        case bool():
            return CellShape(frozenset(["yes_no"]))
        case int() | float():
            return _shape_of_number(float(cell))
        case datetime() | date():
            return CellShape(frozenset(["date", "typed"]))
        case str():
            return _shape_of_text(cell, words)
        case _:
            return CellShape(frozenset(["time"]))


def is_value(cell: Cell, words: ColumnWords) -> bool:
    """Whether a cell is a number or a date, which a name of a column never is."""
    marks = shape_of(cell, words).marks
    return "money" in marks or "date" in marks


def column_of(position: int, name: str, cells: Sequence[Cell], words: ColumnWords) -> Column:
    """A column with the marks of its cells."""
    counted = Counter[Cell](c for c in cells if c is not None and c != "")
    shapes = [(shape_of(cell, words), n) for cell, n in counted.items()]
    shapes = [(shape, n) for shape, n in shapes if shape is not _EMPTY]
    filled = sum(n for _, n in shapes)
    if not filled:
        return Column(position, name, {}, tuple(cells), 0)
    marks = Counter[str]()
    for shape, n in shapes:
        for mark in shape.marks:
            marks[mark] += n
    shares = {mark: n / filled for mark, n in marks.items()}
    shares["filled"] = filled / len(cells)
    shares["many_words"] = min(1.0, sum(s.words * n for s, n in shapes) / filled / 4)
    shares.update(_spread(counted, filled, shares))
    shares.update(_of_whole_numbers(cells, shapes, filled, words))
    # Line numbers have no pence; small sums of money have some.
    shares["small"] = shares.get("small", 0.0) * max(0.0, 1 - 8 * shares.get("pence", 0.0))
    shares["money_only"] = max(
        0.0,
        shares.get("money", 0.0) - shares.get("date", 0.0) - shares.get("serial", 0.0),
    )
    return Column(position, name, shares, tuple(cells), filled)


def _shape_of_number(number: float) -> CellShape:
    if number.is_integer():
        return CellShape(frozenset(["money", "whole", "digits"]), whole=int(number))
    return CellShape(frozenset(["money", "pence"]))


@lru_cache(maxsize=100_000)
def _shape_of_text(cell: str, words: ColumnWords) -> CellShape:
    text = cell.strip()
    if not text:
        return _EMPTY
    if any(map(str.isdigit, text)):
        return _shape_with_digits(text, words)
    return _shape_of_words(text, words)


def _shape_with_digits(text: str, words: ColumnWords) -> CellShape:
    if text.isdecimal():
        return _shape_of_digits(text)
    if plain := _PLAIN_MONEY.fullmatch(text):
        whole = None if int(plain[2]) else int(plain[1].replace(",", ""))
        return CellShape(_SUM, whole=whole)
    marks: set[str] = set()
    if _MONEY.fullmatch(text) and pence_of(text) is not None:
        marks.add("money")
        marks.add("pence" if _WITH_PENCE.search(text) else "whole")
        if not _DATE_LIKE.match(text):
            return CellShape(frozenset(marks), whole=_whole(text))
    if _DATE_LIKE.match(text) and len(text) <= _LONG and (when := _when(text)) is not None:
        coarse = when.precision is not Precision.DAY
        return CellShape(frozenset(["date", "month_only"] if coarse else ["date"]))
    if len(text) <= _LONGEST_CODE:
        marks.update(mark for mark, pattern in _CODES if pattern.fullmatch(text))
    if " " not in text or _RUN_TOGETHER.match(text):
        marks.add("code")
    if not marks or not marks & {"postcode", "vat_number", "phone", "code"}:
        of_words = _shape_of_words(text, words)
        return CellShape(of_words.marks | marks, of_words.words)
    if any(mark in text for mark in _OF_ADDRESS) and _ADDRESS.search(text):
        marks.add("address")
    return CellShape(frozenset(marks), 1)


def _when(text: str) -> When | None:
    # Some systems put the month first; the order is settled later, for the column as a whole.
    return when_of(text) or when_of(text, month_first=True)


def _whole(text: str) -> int | None:
    pence = pence_of(text)
    return pence // 100 if pence is not None and pence % 100 == 0 else None


def _shape_of_digits(text: str) -> CellShape:
    marks = {"money", "whole", "digits"}
    if len(text) > 1 and text.startswith("0"):
        marks.add("code")
    if _VAT_NUMBER.fullmatch(text) and len(text) in (9, 12):
        marks.add("vat_number")
    if _PHONE.fullmatch(text):
        marks.add("phone")
    if _EIGHT_DIGITS.fullmatch(text) and when_of(text) is not None:
        marks |= {"date", "whole_date"}
    return CellShape(frozenset(marks), whole=int(text) if len(text) < 19 else None)


def _shape_of_words(text: str, words: ColumnWords) -> CellShape:
    folded = text.casefold()
    marks: set[str] = set()
    if folded in _YES_NO:
        return CellShape(frozenset(["yes_no"]), 1)
    if _LETTERS.search(text):
        marks.add("letters")
    elif len(text) <= 3:
        marks.add("short")
    found = _WORD.findall(folded.replace(".", "") if len(text) < _LONG else folded)
    for mark in ("company", "unit", "purpose"):
        if not words.cells[mark].isdisjoint(found):
            marks.add(mark)
    whole = " ".join(found)
    marks.update(mark for mark in ("kind", "sercop") if whole in words.cells[mark])
    if len(text) > _LONG:
        marks.add("long")
    # A pattern is tried where a mark of it stands: to look for that takes a tenth of the time.
    if "." in text and _DOTTED.search(text) and " " not in text.split(".", 1)[0]:
        marks.add("dotted")
    if any(word in folded for word in _OF_CAPITAL) and _CAPITAL.fullmatch(text):
        marks.add("capital")
    if any(mark in text for mark in _OF_ADDRESS) and _ADDRESS.search(text):
        marks.add("address")
    return CellShape(frozenset(marks), len(found))


def _spread(counted: Counter[Cell], filled: int, shares: Mapping[str, float]) -> dict[str, float]:
    """How many different cells there are; one alone that is a body's name is the publisher's."""
    varied = len(counted) / filled
    commonest = counted.most_common(1)[0][1]
    constant = 0.0
    if filled >= 4 and len(counted) == 1:
        constant = 1.0
    elif filled >= 20 and commonest >= 0.95 * filled:
        constant = 0.7
    elif filled > 1 and len(counted) == 1 and shares.get("letters", 0.0):
        constant = _TWICE  # two payments of a small body: its own name is on both
    few = max(0.0, 1 - 2 * varied) if filled >= 8 else 0.5
    body = constant * shares.get("company", 0.0)
    return {
        "varied": varied,
        "constant": constant,
        "few": few * (1 - constant),
        "body": body,
    }


def _of_whole_numbers(
    cells: Sequence[Cell],
    shapes: Sequence[tuple[CellShape, int]],
    filled: int,
    words: ColumnWords,
) -> dict[str, float]:
    """Marks of counters, periods, days counted by a spreadsheet, and numbers of one length."""
    wholes = [(s.whole, n) for s, n in shapes if s.whole is not None]
    count = sum(n for _, n in wholes)
    if count < 0.5 * filled:
        return {}
    share = count / filled
    lengths = Counter[int]()
    for number, n in wholes:
        lengths[len(str(abs(number)))] += n
    length, most = lengths.most_common(1)[0]
    alike = most / count if length >= 5 and most >= 0.8 * count else 0.0
    sizes = sorted(abs(w) for w, _ in wholes)
    low, high = sizes[len(sizes) // 10], sizes[len(sizes) * 9 // 10]
    small = sum(n for w, n in wholes if abs(w) < 100) / count
    periods = sum(n for w, n in wholes if _is_period(w)) / count
    return {
        "same_length": share * alike,
        "wide": share if high >= 5 * max(1, low) else 0.0,
        "small": share if small >= 0.9 else 0.0,
        "period": share if periods >= 0.95 else 0.0,
        "serial": share if _are_serials([w for w, _ in wholes], share) else 0.0,
        **_rising(cells, share, words),
    }


def _is_period(number: int) -> bool:
    """A year, or a year and a month or ledger period such as 201304."""
    if _YEARS[0] <= number <= _YEARS[1]:
        return True
    year, month = divmod(number, 100)
    return _YEARS[0] <= year <= _YEARS[1] and 1 <= month <= _PERIODS_A_YEAR


def _are_serials(numbers: Sequence[int], share: float) -> bool:
    within = all(_SERIALS[0] <= n <= _SERIALS[1] for n in numbers)
    # A list covers a quarter or a year or so; sums of money are spread wider.
    return within and (share < 0.99 or max(numbers) - min(numbers) <= 1_200)


def _rising(cells: Sequence[Cell], share: float, words: ColumnWords) -> dict[str, float]:
    """Numbers that rise from row to row, and those that count the rows: 1, 2, 3."""
    numbers = [w for c in cells if (w := shape_of(c, words).whole) is not None]
    steps = [b - a for a, b in pairwise(numbers)]
    if len(steps) < _LEAST_STEPS:
        return {}
    rises = sum(s > 0 for s in steps) / len(steps)
    first = steps[:_STEPS_IN_A_ROW]
    ones = sum(s == 1 for s in first) / len(first)
    return {
        "increasing": share * max(0.0, (rises - 0.8) / 0.2),
        "counting": share if ones >= 0.8 else 0.0,
    }
