"""The count as a workbook: numbers as numbers, words as words, never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from totalplace.count.rules.published import AgencyYear, Count
from totalplace.count.rules.tallies import Kind
from totalplace.count.rules.words import months_said
from totalplace.doors.report.columns import BY_MONTH, Cell, by_month, in_pounds
from totalplace.doors.report.sheets import Sheet, book

_SUMMARY: Final = (
    "Agency", "Name", "Financial year", "Months with payments", "Months missing", "Payments",
    "Payments £", "Payments without extra copies £", "Cards", "Cards £", "Commitments",
    "Commitments £", "Negative payments", "Negative £", "Extra copies", "Extra copies £",
    "Redacted rows", "Redacted £", "Rows without date", "Rows refused", "Refused £", "Payees",
    "Least payment published", "VAT", "Tables",
)  # fmt: skip
_FINDINGS: Final = (
    "Weight", "Topic", "Agency", "Name", "Period", "What was found", "Figures", "What to do",
)  # fmt: skip
_FAULTS: Final = (
    "Agency", "Name", "Why", "What was done", "Rows", "Readable £", "Rows without a sum",
)  # fmt: skip
_KEPT: Final = (
    "Agency", "Name", "Kind", "Rows read", "Rows held", "Read £", "Held £", "Agree",
)  # fmt: skip


def workbook(count: Count) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    unknowns = ([u.title, u.says, "\n".join(u.figures)] for u in count.unknowns)
    return book(
        [
            Sheet("Summary", _SUMMARY, (_summary(y) for y in count.agency_years), frozen=3),
            Sheet("By month", BY_MONTH, by_month(count), frozen=3),
            Sheet("Findings", _FINDINGS, _findings(count)),
            Sheet("What is not known", ("What", "Why it matters", "Figures"), unknowns),
            Sheet("Faults", _FAULTS, _faults(count)),
            Sheet("Check", _KEPT, _kept(count)),
        ]
    )


def _summary(year: AgencyYear) -> list[Cell]:
    t = year.tallies
    every = [t.of(kind) for kind in Kind]
    return [
        year.agency.code, year.agency.name, year.year,
        year.months_held if year.months else "", months_said(year.months_missing),
        t.payments.rows, in_pounds(t.payments.pence), in_pounds(t.payments.without_copies_pence),
        t.cards.rows, in_pounds(t.cards.pence), t.commitments.rows, in_pounds(t.commitments.pence),
        t.payments.negative_rows, in_pounds(t.payments.negative_pence),
        t.payments.copy_rows, in_pounds(t.payments.copy_pence),
        sum(k.redacted_rows for k in every), in_pounds(sum(k.redacted_pence for k in every)),
        sum(k.undated_rows for k in every), year.faults, in_pounds(year.faults_pence),
        "" if year.payees is None else year.payees, year.threshold, year.vat, year.tables,
    ]  # fmt: skip


def _findings(count: Count) -> Iterable[list[Cell]]:
    for f in count.findings:
        yield [
            f.weight.value, f.topic, f.agency.code, f.agency.name, f.period, f.says,
            "\n".join(f.figures), f.what_to_do,
        ]  # fmt: skip


def _faults(count: Count) -> Iterable[list[Cell]]:
    for fault in count.faults:
        done = "row refused" if fault.refused else "cell left out, row kept"
        yield [
            fault.agency.code, fault.agency.name, fault.why, done, fault.rows,
            in_pounds(fault.pence), fault.without_amount,
        ]  # fmt: skip


def _kept(count: Count) -> Iterable[list[Cell]]:
    for row in count.kept:
        yield [
            row.agency.code, row.agency.name, row.kind, row.read_rows, row.held_rows,
            in_pounds(row.read_pence), in_pounds(row.held_pence), "yes" if row.agrees else "NO",
        ]  # fmt: skip
