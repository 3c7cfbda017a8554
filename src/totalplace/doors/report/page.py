"""The count as one HTML page: no script, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

from typing import Any

from totalplace.count.rules.published import Count, Weight
from totalplace.doors.report import view
from totalplace.doors.report.paper import filled


def page(count: Count) -> str:
    """The page; every name in it is escaped."""
    shown = {
        **published(count),
        "years": view.years_said(count.years),
        "counted": len({y.agency.code for y in count.agency_years}),
        "headline": view.headline(count),
    }
    return filled("count.html", shown)


def published(count: Count) -> dict[str, Any]:
    """What the sections on published payments show (parts/published.html), for any page."""
    return {
        "count": count,
        "weighty": view.findings(count, Weight.WRONG, Weight.FIGURES),
        "look": view.topics(view.findings(count, Weight.LOOK)),
        "notes": view.topics(view.findings(count, Weight.NOTE)),
        "sums": view.sums(count),
        "flags": view.flags(count),
        "months": view.months(count),
        "faults": view.faults(count),
        "kept": view.kept(count),
        "month_heads": view.MONTH_HEADS,
    }
