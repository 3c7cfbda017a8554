"""Sums at the prices of another year, by the GDP deflator."""

from __future__ import annotations

from totalplace.doors.report.whole.asked import Report
from totalplace.money.years import FinancialYear


def in_prices(report: Report, pence: int | None) -> int | None:
    """A sum of the count's year at the prices asked for, to the nearest penny.

    None where no year was asked for, or the deflator has not both years. Source: HM Treasury,
    GDP deflators at market prices; a sum is multiplied by the index of the one year over that of
    the other.
    """
    if report.in_prices_of is None or pence is None:
        return None
    old, new = _year(report.whole.year), report.in_prices_of.start
    index = report.titles.index
    if old not in index or new not in index:
        return None
    rounded = (2 * abs(pence) * index[new] + index[old]) // (2 * index[old])
    return rounded if pence >= 0 else -rounded


def prices_said(report: Report) -> str:
    """What the prices are, in words; empty where none were asked for."""
    if report.in_prices_of is None:
        return ""
    if in_prices(report, 1) is None:
        return (
            f"At the prices of {report.in_prices_of} nothing can be said: the list of the GDP "
            f"deflator lacks {report.in_prices_of} or {report.whole.year}."
        )
    return (
        f"Sums at the prices of {report.in_prices_of} are made with the GDP deflator (HM "
        "Treasury), which is provisional: it was written down to one decimal and not checked "
        "line by line."
    )


def _year(label: str) -> int | None:
    try:
        return FinancialYear.parse(label).start
    except ValueError:
        return None
