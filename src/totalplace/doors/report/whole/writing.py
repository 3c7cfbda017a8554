"""The lines of a whole-place count for other programs: CSV, JSON and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from totalplace import engines
from totalplace.count.rules.whole_place.changes import Change
from totalplace.count.rules.whole_place.lines import Income, Line
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.as_json import shown as shown_payments
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.whole.asked import EditionShown, Report, Similar, Themes, Titles
from totalplace.doors.report.whole.cells import LINES, of_lines
from totalplace.doors.report.whole.headline import headline
from totalplace.doors.report.whole.prices import in_prices
from totalplace.money.years import FinancialYear

_TEXTS: Final = (
    "agency", "agency_name", "year", "service", "income", "economic", "basis", "status", "detail",
    "source", "note",
)  # fmt: skip
_SUMS: Final = ("pence", "low_pence", "high_pence")


def marked(whole: WholePlace) -> Iterator[tuple[Line, bool]]:
    """Every line, and whether it is in the total that heads the count: those first."""
    is_net = whole.income is Income.NET
    headed = ((line, True) for line in whole.lines)
    yield from headed
    yield from ((line, False) for line in (whole.gross_lines if is_net else ()))


def whole_table(whole: WholePlace, *, titles: Titles) -> str:
    """The lines as CSV text, with no cell that a spreadsheet takes for a formula.

    The pence of the rows that are `in_total` add up to the total. What is missing is empty.
    """
    return csv_text(LINES, of_lines(marked(whole), titles))


def whole_json(
    whole: WholePlace,
    *,
    titles: Titles,
    similar: Sequence[Similar] = (),
    changes: Sequence[Change] = (),
    edition: EditionShown | None = None,
    themes: Themes | None = None,
    in_prices_of: FinancialYear | None = None,
) -> str:
    """The whole count as JSON: money in whole pence, what is missing as null.

    Field names are those of the count itself; `headline` is what the page says at once.
    """
    report = Report(whole, titles, similar, changes, edition, themes, in_prices_of)
    said = _plain(whole)
    said["headline"] = headline(report).sentence
    said["income"] = whole.income
    is_known = any(line.pence is not None for line in whole.lines)
    said["total"] = asdict(whole.total) if is_known else None
    said["numbers"] = said["numbers"] if is_known else None
    said["measured_share"] = whole.measured
    said["services"] = {code: asdict(service) for code, service in titles.services.items()}
    said["prices"] = _prices(report)
    said["similar"] = [asdict(other) for other in similar]
    said["changes"] = [{**asdict(c), "pence": c.pence} for c in changes]
    said["edition"] = asdict(edition) if edition else None
    said["themes"] = asdict(themes) if themes else None
    return json.dumps(said, default=_day, indent=2, ensure_ascii=False)


def _plain(whole: WholePlace) -> dict[str, Any]:
    payments = whole.payments
    said = asdict(whole)
    said["payments"] = shown_payments(payments) if payments else None
    for row, explained in zip(said["explained"], whole.explained, strict=True):
        row["ratio"] = explained.ratio
    said["matrix"]["pence"] = whole.matrix.pence
    said["matrix"]["transfers_pence"] = whole.matrix.transfers_pence
    return said


def _prices(report: Report) -> dict[str, Any] | None:
    """The total at the prices of another year, where asked for."""
    if report.in_prices_of is None:
        return None
    return {
        "of": report.in_prices_of.label,
        "total_pence": in_prices(report, report.whole.total.pence),
        "by": "GDP deflator, provisional",
    }


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")


def whole_parquet(whole: WholePlace, path: Path) -> int:
    """Write the lines to a Parquet file, whole or not at all; the rows written.

    Pence are BIGINT and NULL where missing; `in_total` is true of the lines that add up to the
    total.
    """
    listed = list(marked(whole))
    columns: dict[str, Any] = {
        name: np.array([str(getattr(line, name)) for line, _ in listed], dtype=object)
        for name in _TEXTS
    }
    columns["in_total"] = np.array([is_in for _, is_in in listed], dtype=bool)
    columns["place"] = np.array(range(len(listed)), dtype=np.int64)
    for name in _SUMS:
        sums = [getattr(line, name) for line, _ in listed]
        columns[name] = np.array([s or 0 for s in sums], dtype=np.int64)
        columns[f"has_{name}"] = np.array([s is not None for s in sums], dtype=bool)
    texts = ", ".join(_TEXTS)
    known = ", ".join(f"CASE WHEN has_{name} THEN {name} END AS {name}" for name in _SUMS)
    select = f"SELECT in_total, {texts}, {known} FROM lines ORDER BY place"  # noqa: S608 - our names
    return engines.write(path, select, {"lines": columns}, {})
