"""Figures of years before there was a book, to run a year-end clause on before it is signed.

2023-24: spent 1250000; wex-council 800000, nhs-wex 400000
"""

from __future__ import annotations

import re
from typing import Final

from totalplace.ledger.rules.year_end import YearFigures
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused
from totalplace.sources.rules.amounts import pence

_PART: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})\s+(£?[0-9][0-9.]*)")
_LINE: Final = re.compile(r"(?P<year>[^:]+):\s*spent\s+(?P<spent>£?[0-9][0-9,.]*)\s*;(?P<parts>.+)")
_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?:[^0-9]|$))")


def past_years_of(text: str) -> list[YearFigures]:
    """The years that are written, one a line: what was spent, and what each partner put in.

    Sums are pounds. Raises Refused at the line that cannot be read, and for a year said twice.
    """
    found: dict[int, YearFigures] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        figures = _figures(line.strip())
        if figures is None or figures.year in found:
            raise Refused(
                f"Line {number} of the past years cannot be read",
                why=f"'{line.strip()[:120]}' is not a year once, what was spent, and who put in",
                next_step="Write it such as: 2023-24: spent 1250000; council 800000, nhs 400000",
            )
        found[figures.year] = figures
    return [found[year] for year in sorted(found)]


def _figures(line: str) -> YearFigures | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    parts = _THOUSANDS.sub("", match["parts"]).split(",")
    put_in: dict[str, int] = {}
    for part in parts:
        one = _PART.fullmatch(part.strip())
        sum_ = pence(one[2]) if one else None
        if one is None or sum_ is None or one[1] in put_in:
            return None
        put_in[one[1]] = sum_
    spent = pence(_THOUSANDS.sub("", match["spent"]))
    try:
        year = FinancialYear.parse(match["year"]).start
    except ValueError:
        return None
    return None if spent is None else YearFigures(year, put_in, spent)
