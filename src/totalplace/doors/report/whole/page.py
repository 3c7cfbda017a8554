"""The whole-place count as one HTML page: no script, nothing fetched, tables before pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import mark_safe

from totalplace.count.rules.whole_place.changes import Change
from totalplace.count.rules.whole_place.lines import Income
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.page import published
from totalplace.doors.report.paper import filled
from totalplace.doors.report.pictures import colours
from totalplace.doors.report.whole import covered, drawn, once, origins, paid, purpose
from totalplace.doors.report.whole.asked import EditionShown, Report, Similar, Themes, Titles
from totalplace.doors.report.whole.headline import headline, three_numbers
from totalplace.money.years import FinancialYear


def whole_page(
    whole: WholePlace,
    *,
    titles: Titles,
    similar: Sequence[Similar] = (),
    changes: Sequence[Change] = (),
    edition: EditionShown | None = None,
    themes: Themes | None = None,
    in_prices_of: FinancialYear | None = None,
) -> str:
    """The page; every name in it is escaped. Sums are rounded, the files beside it are exact."""
    report = Report(whole, titles, similar, changes, edition, themes, in_prices_of)
    shown = {
        "w": whole,
        "r": report,
        "people_said": f"{whole.people:,} people" if whole.people else "",
        "headline": headline(report),
        "numbers": three_numbers(report),
        "style": mark_safe(colours.style()),  # noqa: S308 - our own colours, no words of others
        **_by_purpose(report),
        **_once(report),
        **_held(report),
        **_pictures(report),
        **_payments(report),
        "edition_said": origins.edition_said(report),
        "similar": origins.similar(report),
        "sources": origins.sources(report),
    }
    return filled("whole.html", shown)


def _by_purpose(report: Report) -> dict[str, Any]:
    lines = report.whole.lines
    return {
        "by_service": purpose.services(report, lines),
        "by_division": purpose.divisions(report, lines),
        "by_economic": purpose.economic(report, lines),
        "check": purpose.check(report),
        "by_decides": purpose.decides(report, lines),
        "by_agency": purpose.agencies(report, lines),
        "agency_notes": purpose.notes(report),
        "by_theme": purpose.themes(report),
    }


def _once(report: Report) -> dict[str, Any]:
    return {
        "eliminated_said": once.eliminated_said(report),
        "eliminations": once.eliminations(report),
        "payer_payee": once.disagreements(report),
        "one_sided": once.one_sided(report),
        "passed_on": once.passed_on(report),
        "stays": once.stays(report),
        "taken_out": once.taken_out(report),
        "returns_differ": once.returns_differ(report),
    }


def _held(report: Report) -> dict[str, Any]:
    return {
        "coverage": covered.coverage(report),
        "breaks": covered.breaks(report),
        "rises": covered.rises(report),
        "missing": covered.missing(report),
        "missing_said": covered.missing_said(report),
        "silent_said": covered.silent_said(report),
    }


def _pictures(report: Report) -> dict[str, Any]:
    """Pictures are SVG in which every word was made safe where it was drawn."""
    drawings = {
        "areas": drawn.areas(report),
        "streams": drawn.streams(report),
        "estimates": drawn.estimates(report),
        "held": drawn.held(report),
        "transfers": drawn.transfers(report),
    }
    return {
        name: mark_safe(picture)  # noqa: S308 - as the docstring says
        for name, picture in drawings.items()
    }


def _payments(report: Report) -> dict[str, Any]:
    whole = report.whole
    shown: dict[str, Any] = {"is_net": whole.income is Income.NET, "paid": paid.by_body(report)}
    shown["never_added"] = origins.rule_of_parts(report)
    if whole.income is Income.NET and whole.gross_lines:
        shown["gross_by_service"] = purpose.paid_for(report)
    if whole.payments is not None:
        shown |= published(whole.payments)
    return shown
