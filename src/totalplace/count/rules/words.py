"""Sums, shares and months in the words of a page that is read in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def whole_pounds(pence: int) -> str:
    """Pence as pounds without pence, half a pound away from nothing: £1,235, and -£1,235."""
    pounds = (abs(pence) + 50) // 100
    return f"{'-' if pence < 0 and pounds else ''}£{pounds:,}"


def short_pounds(pence: int) -> str:
    """Pence in the words of a headline: £308.5 million, £1.22 million, £52,000, £87."""
    size, sign = abs(pence), "-" if pence < 0 else ""
    if size >= 99_950_000_00:
        return f"{sign}£{_tenths(size, 100_000_00)} million"
    if size >= 999_500_00:
        hundredths = (size + 500_000) // 1_000_000
        return f"{sign}£{hundredths // 100}.{hundredths % 100:02d} million"
    if size >= 9_950_00:
        return f"{sign}£{(size + 50_000) // 100_000},000"
    return whole_pounds(pence)


def _tenths(size: int, unit: int) -> str:
    tenths = (size + unit // 2) // unit
    return f"{tenths // 10:,}.{tenths % 10}"


def percent(part: int, whole: int) -> str:
    """A share: 12%, 0.4%, under 0.1%, 0% where there is nothing to share."""
    if whole == 0 or part == 0:
        return "0%"
    thousandths = (abs(part) * 2000 // abs(whole) + 1) // 2
    if thousandths == 0:
        return "under 0.1%"
    if thousandths < 100:
        return f"{thousandths // 10}.{thousandths % 10}%"
    return f"{(thousandths + 5) // 10}%"


def plural(number: int, noun: str, several: str = "") -> str:
    """A count with its noun: 1 row, 2,000 rows."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def month_name(month: date) -> str:
    """A month as it is written: March 2024."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def following(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def before(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def runs(months: Iterable[date]) -> list[tuple[date, date]]:
    """Months as runs without a gap, each its first and its last."""
    found: list[tuple[date, date]] = []
    for month in sorted(set(months)):
        if found and following(found[-1][1]) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def months_said(months: Iterable[date]) -> str:
    """Months in words: May 2023 and July 2023, or April to June 2023; November 2023."""
    found = runs(months)
    if all(first == last for first, last in found):
        return listed([month_name(first) for first, _ in found])
    return "; ".join(span(first, last) for first, last in found)


def span(first: date, last: date) -> str:
    """From a month to a month: April to September 2023; April 2023 to January 2024."""
    if first == last:
        return month_name(first)
    joined = "and" if following(first) == last else "to"
    if first.year == last.year:
        return f"{MONTHS[first.month - 1]} {joined} {month_name(last)}"
    return f"{month_name(first)} {joined} {month_name(last)}"


def listed(words: Sequence[str], *, most: int = 0) -> str:
    """Words as a list: a, b and c; past `most`, a, b and 5 others."""
    if most and len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most:,} others"]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
