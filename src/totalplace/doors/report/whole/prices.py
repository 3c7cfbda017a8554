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
    old, new = _level(report, report.whole.year), report.titles.index.get(report.in_prices_of.start)
    if not old or not new:
        return None
    rounded = (2 * abs(pence) * new + old) // (2 * old)
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


def _level(report: Report, label: str) -> int | None:
    """The deflator of a year as it is written; None where the list lacks it."""
    try:
        return report.titles.index.get(FinancialYear.parse(label).start)
    except ValueError:
        return None
