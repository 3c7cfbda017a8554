"""A sum of money as it is published, read to the penny; a sign is never lost.

Read: £1,234.56, GBP 12, 1 234.50, 1'234.56, -12, − 12, 12-, (12.00), 12.00 CR, .5, 1.2E+05.
Refused, as they are not surely sums: 1,5 and 12,34 (a decimal comma, or a slip?), 12%, 12/05/2024,
a dash, N/A, ####. Missing is never zero.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from totalplace.sources.rules.layout import Cell

_LONGEST: Final = 40
_MOST: Final = 2**63 - 1  # what a database holds
_PLAIN: Final = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,2}))?", re.ASCII)
_MINUS: Final = dict.fromkeys(map(ord, "−–—‐‑‒﹣－"), "-")
_POUND: Final = re.compile(r"Â?£|GBP", re.IGNORECASE)
# Groups of three; or of two and then three, as some systems write lakhs.
_GROUPED: Final = re.compile(
    r"\d{1,3}(?:([,'’ ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}", re.ASCII
)
_NUMBER: Final = re.compile(r"(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?", re.ASCII)
_CREDIT: Final = re.compile(r"(.*\d.*?)\s*(CR|DR)\.?", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def pence(text: str) -> int | None:
    """A sum in pence, minus signs kept; None where the text is not a sum of money.

    CR after a sum is a credit to the body and so negative, DR is positive. Parts of a penny are
    rounded half away from zero; `has_parts_of_a_penny` tells of them.
    """
    if match := _PLAIN.fullmatch(text):
        sign, pounds, part = match.groups()
        value = int(pounds) * 100 + (int(part.ljust(2, "0")) if part else 0)
        return -value if sign else value
    exact = exactly(text)
    if exact is None:
        return None
    value = int((abs(exact) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if value > _MOST:
        return None
    return -value if exact.is_signed() else value


def has_parts_of_a_penny(text: str) -> bool:
    """Whether a sum is finer than a penny, so that reading it rounds."""
    exact = exactly(text)
    return exact is not None and exact * 100 != (exact * 100).to_integral_value()


def has_trailing_minus(cell: Cell) -> bool:
    """Whether a sum has its minus sign after the figure, where many readers lose it."""
    return isinstance(cell, str) and cell.rstrip().endswith("-") and pence(cell) is not None


def pence_of(cell: Cell) -> int | None:
    """A cell's sum in pence: a number from a workbook is rounded once, here; None for no sum."""
    if isinstance(cell, str):
        return pence(cell)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell * 100 if abs(cell) * 100 <= _MOST else None
    if isinstance(cell, float):
        return _of_float(cell)
    return None


def _of_float(number: float) -> int | None:
    # Workbooks keep 0.1 + 0.2 as 0.30000000000000004: the shortest text that reads back is used.
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return None
    value = (
        int((abs(exact) * 100).quantize(Decimal(1), ROUND_HALF_UP)) if abs(exact) < 10**17 else None
    )
    if value is None or value > _MOST:
        return None
    return -value if exact.is_signed() else value


def exactly(text: str) -> Decimal | None:
    """A sum as it is written, exactly; None where the text is not a sum of money."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    text, signs = _unsigned(_POUND.sub(" ", text.translate(_MINUS)).strip())
    if len(signs) > 1 or not text:
        return None
    number = _ungrouped(text)
    match = _NUMBER.fullmatch(number) if number else None
    if match is None or not (match[1] or match[2]):
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    if value.adjusted() > 20 or value.adjusted() < -40:
        return None if value else Decimal(0)
    return value.copy_negate() if signs and signs[0] == "-" and value else value


def _unsigned(text: str) -> tuple[str, list[str]]:
    """A sum without its signs, and the signs that it had."""
    signs = []
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
        if text.startswith("-"):  # (-12): the brackets and the minus say the same
            text = text[1:].strip()
        signs.append("-")
    if match := _CREDIT.fullmatch(text):
        text = match[1].strip()
        signs.append("-" if match[2].upper() == "CR" else "+")
    if text[:1] in "+-" and text:
        signs.append(text[0])
        text = text[1:].strip()
    if text[-1:] in "+-" and text:
        signs.append(text[-1])
        text = text[:-1].strip()
    return text, signs


def _ungrouped(text: str) -> str:
    """Digits without the marks between thousands; empty where the marks are not in their places."""
    text = " ".join(text.split())
    whole, dot, rest = text.partition(".")
    if _GROUPED.fullmatch(whole):
        whole = re.sub(r"[,'’ ]", "", whole)
    number = whole + dot + rest
    return "" if re.search(r"[,'’\s]", number) or not number.isascii() else number
