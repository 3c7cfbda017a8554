"""The count as one HTML page: no script, nothing fetched, readable on a phone and on paper."""

from __future__ import annotations

from importlib import resources

from django.template import Context, Engine

from totalplace.count.rules.whole import Count, Weight
from totalplace.doors.report import view


def page(count: Count) -> str:
    """The page; every name in it is escaped."""
    text = (resources.files("totalplace.doors.report") / "templates" / "count.html").read_text()
    template = Engine(autoescape=True).from_string(text)
    weighty = view.findings(count, Weight.WRONG, Weight.FIGURES)
    shown = {
        "count": count,
        "years": view.years_said(count.years),
        "counted": len({y.agency.code for y in count.agency_years}),
        "headline": view.headline(count),
        "weighty": weighty,
        "look": view.topics(view.findings(count, Weight.LOOK)),
        "notes": view.topics(view.findings(count, Weight.NOTE)),
        "sums": view.sums(count),
        "flags": view.flags(count),
        "months": view.months(count),
        "faults": view.faults(count),
        "kept": view.kept(count),
        "month_heads": view.MONTH_HEADS,
    }
    return str(template.render(Context(shown)))
