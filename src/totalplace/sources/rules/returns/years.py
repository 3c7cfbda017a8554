"""Financial years as returns write them: by the year, by the month in which it ends, by one year.

The year runs from 1 April to 31 March (`totalplace.money.years`).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from totalplace.money.years import FinancialYear

# financial_year: 2024-25, 2024/25. ending_month: 202503, 2025-03, March 2025, 31/03/2025 as a date.
# starting: 2024 is 2024-25. ending: 2025 is 2024-25.
WRITTEN: Final = ("financial_year", "ending_month", "starting", "ending")
_FIRST, _LAST = 1900, 2200
_MONTH: Final = re.compile(r"(\d{4})[-/ ]?(\d{2})(?:-31)?", re.ASCII)
_MARCH: Final = re.compile(r"(?:31(?:st)? )?mar(?:ch)? (\d{4})", re.ASCII)
_ALONE: Final = re.compile(r"\d{4}", re.ASCII)
_YEAR: Final = re.compile(r"\d{4}\s*[-/\u2010-\u2015]\s*(?:\d{4}|\d{2})", re.ASCII)


def year_start(cell: object, written: str) -> int | None:
    """The year in which a financial year starts, as it is `written`; None where it is no year."""
    found = _start(cell, written)
    return found if found is not None and _FIRST <= found <= _LAST else None


def _start(cell: object, written: str) -> int | None:
    if isinstance(cell, datetime | date):
        return cell.year - 1 if written == "ending_month" and cell.month == 3 else None
    # Past that it is no year, and may be a number that takes forever to write out.
    if isinstance(cell, float | Decimal) and 0 < cell < 10**8 and cell == int(cell):
        cell = int(cell)
    text = " ".join(str(cell).split()).casefold()
    if written == "financial_year":
        return _of_label(text)
    if written == "ending_month":
        return _of_month(text)
    if not _ALONE.fullmatch(text):
        return None
    return int(text) - (1 if written == "ending" else 0)


def _of_label(text: str) -> int | None:
    # "2024" alone is refused: of two years that it may mean, a return must say which.
    if not _YEAR.fullmatch(text):
        return None
    try:
        return FinancialYear.parse(text).start
    except ValueError:
        return None


def _of_month(text: str) -> int | None:
    if match := _MARCH.fullmatch(text):
        return int(match[1]) - 1
    match = _MONTH.fullmatch(text)
    return int(match[1]) - 1 if match and match[2] == "03" else None
