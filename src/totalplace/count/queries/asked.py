"""What the holdings answer about some agencies, as the rules' own rows, by agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from totalplace import engines
from totalplace.count.rules.facts import Twice
from totalplace.count.rules.periods import believed, period_of, spanning, stand
from totalplace.count.rules.repeated import InvoiceMonth
from totalplace.count.rules.series import Paid
from totalplace.count.rules.tallies import Issue, Kind, Line, Tally
from totalplace.count.rules.thresholds import SUMS_PENCE, Sizes
from totalplace.count.rules.unknowns import Between
from totalplace.count.rules.vat_change import Turn, Way
from totalplace.money.years import FinancialYear
from totalplace.sources.queries import ReadingRow

_TALLIED: Final = (
    "negative_rows", "negative_pence", "copy_rows", "copy_pence", "redacted_rows",
    "redacted_pence", "undated_rows", "undated_pence",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks questions about the payments and faults of some agencies."""

    holdings: Mapping[str, Sequence[Path]]
    agencies: tuple[str, ...]

    def ask(self, name: str, **parameters: Any) -> list[Row]:
        """Answer a question; where nothing of its kind is held, with no rows."""
        table = "faults" if name == "faults" else "payments"
        files = list(self.holdings[table])
        if not files:
            return []
        asked = {"agencies": list(self.agencies), **parameters}
        return engines.ask(f"count/{name}", {table: files}, **asked)

    def by_agency(self, name: str, **parameters: Any) -> dict[str, list[Row]]:
        """The same, the rows of each agency apart."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.ask(name, **parameters):
            found[row["agency"]].append(row)
        return found


def issues_and_lines(
    asked: Asked, readings: Sequence[ReadingRow]
) -> tuple[dict[str, list[Issue]], dict[str, list[Line]]]:
    """The tables as they were published, and their rows where they stand, by agency."""
    tables: dict[tuple[str, str, str], list[ReadingRow]] = defaultdict(list)
    for reading in readings:
        tables[reading.agency, reading.sha256, reading.sheet].append(reading)
    rows: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in asked.ask("lines"):
        rows[row["agency"], row["file"], row["sheet"]].append(row)
    issues: dict[str, list[Issue]] = defaultdict(list)
    lines: dict[str, list[Line]] = defaultdict(list)
    for key, same in tables.items():
        issue = _issue(same, rows[key])
        issues[issue.agency].append(issue)
        lines[issue.agency] += [_line(issue, row) for row in rows[key]]
    return issues, lines


def _issue(readings: list[ReadingRow], rows: list[Row]) -> Issue:
    first = readings[0]
    dated: dict[date, int] = defaultdict(int)
    for row in rows:
        if row["month"] is not None:
            dated[row["month"]] += row["row_count"] - row["undated_rows"]
    period = spanning(period_of(r.period_first, r.period_last) for r in readings)
    bases = {r.vat_basis for r in readings}
    return Issue(
        agency=first.agency,
        file=first.sha256,
        sheet=first.sheet,
        names=tuple(_name(r) for r in readings),
        period=believed(period, dated),
        vat_basis=first.vat_basis if len(bases) == 1 else "mixed",
        amount_header=first.amount_header,
        holds_payments=any(r.payments or _payments_to_be(r) for r in readings),
        faults=sum(r.faults for r in readings),
        faults_pence=sum(r.faults_pence for r in readings),
        tables=len(readings),
    )


def _payments_to_be(reading: ReadingRow) -> bool:
    """Whether a table without a payment is one of payments, and no sheet of notes."""
    return bool(reading.amount_header) and not (reading.cards or reading.commitments)


def _name(reading: ReadingRow) -> str:
    return f"{reading.document} · {reading.sheet}" if reading.sheet else reading.document


def _line(issue: Issue, row: Row) -> Line:
    # A row whose table gives its month has that month, but no date of its own.
    undated = row["undated_rows"] == row["row_count"]
    standing = stand(row["month"], issue.period)
    outside = standing.outside and not undated
    tally = Tally(
        rows=row["row_count"],
        pence=row["pence"],
        outside_rows=row["row_count"] if outside else 0,
        outside_pence=row["pence"] if outside else 0,
        **{name: row[name] for name in _TALLIED},
    )
    kind = Kind(row["kind"])
    dated = None if undated else row["month"]
    return Line(issue.agency, issue, kind, standing, dated, tally, row["small_letter_rows"])


def sizes(asked: Asked) -> dict[str, tuple[Sizes, ...]]:
    """How many payments of each month are under each of the usual thresholds."""
    return {
        agency: tuple(
            Sizes(r["month"], r["row_count"], {t: r[f"under_{t // 100}"] for t in SUMS_PENCE})
            for r in rows
        )
        for agency, rows in asked.by_agency("sizes").items()
    }


def turns(asked: Asked) -> dict[str, tuple[Turn, ...]]:
    """Payees whose sums changed by exactly a fifth, and those whose sums stayed."""
    return {
        agency: tuple(
            Turn(r["payee"], Way(r["turn"]), r["last_before"], r["first_after"]) for r in rows
        )
        for agency, rows in asked.by_agency("fifths").items()
    }


def invoices(
    asked: Asked, issues: Mapping[str, Sequence[Issue]]
) -> dict[str, tuple[InvoiceMonth, ...]]:
    """Months of tables, and the invoices in them whose lines all show one sum."""
    names = {i.key: i.names[0] for same in issues.values() for i in same}
    return {
        agency: tuple(
            InvoiceMonth(
                names.get((r["file"], r["sheet"]), ""), r["month"], r["row_count"], r["pence"],
                r["repeated"], r["repeated_rows"], r["extra_pence"], r["finer"],
            )
            for r in rows
        )
        for agency, rows in asked.by_agency("invoices").items()
    }  # fmt: skip


def twice(asked: Asked) -> dict[str, Twice]:
    """Payments that stand in two tables of one agency."""
    return {
        r["agency"]: Twice(r["first_month"], r["last_month"], r["row_count"], r["pence"])
        for r in asked.ask("twice")
    }


@dataclass(frozen=True, slots=True)
class Payees:
    """Of one agency, by label of the year: how many payees, and what each was paid."""

    number: Mapping[str, int]
    paid: Mapping[str, Mapping[str, Paid]]


def payees(
    asked: Asked,
    issues: Mapping[str, Sequence[Issue]],
    names: Mapping[str, str],
    year: FinancialYear | None,
) -> tuple[dict[str, Payees], Between]:
    """Payees by agency and year, and payments to a payee of exactly another body's name.

    The payments between bodies are those of one financial year, or of all.
    """
    yearly = [
        (i, i.period.year.start)
        for same in issues.values()
        for i in same
        if i.period is not None and i.period.year is not None
    ]
    found = asked.by_agency(
        "payees",
        files=[i.file for i, _ in yearly] or [""],
        sheets=[i.sheet for i, _ in yearly] or [""],
        years=[year for _, year in yearly] or [0],
    )
    bodies = {name.lower(): code for code, name in names.items()}
    between = Between()
    by_agency = {}
    for agency, rows in found.items():
        number: dict[str, int] = defaultdict(int)
        paid: dict[str, dict[str, Paid]] = defaultdict(dict)
        for r in rows:
            reached = year is None or r["year_start"] == year.start
            if reached and bodies.get(r["payee"], agency) != agency:
                between = Between(between.rows + r["row_count"], between.pence + r["pence"])
            if r["year_start"] is not None and not r["redacted"]:
                label = FinancialYear(r["year_start"]).label
                number[label] += bool(r["payee"])
                paid[label][r["payee"]] = Paid(
                    r["pence"], r["month_count"], r["greatest_month_pence"]
                )
        by_agency[agency] = Payees(number, paid)
    return by_agency, between
