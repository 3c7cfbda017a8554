"""What is held of the files that agencies published; the only way other rooms read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from totalplace.sources.home import Home
from totalplace.sources.models import Holding, Reading


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One table of a file, and how every row of it is accounted for. Money is in pence."""

    agency: str
    agency_name: str
    file: str
    sha256: str
    document: str
    sheet: str
    licence: str
    publisher: str
    taken_on: date
    rows_in: int
    preamble_rows: int
    header_rows: int
    blank_rows: int
    total_rows: int
    payments: int
    cards: int
    commitments: int
    faults: int
    sum_pence: int
    cards_pence: int
    commitments_pence: int
    faults_pence: int
    totals_pence: int
    negative_payments: int
    duplicates_flagged: int
    redacted: int
    cells_not_read: int
    undated: int
    trailing_minus: int
    serial_dates: int
    vat_basis: str
    period_first: date | None
    period_last: date | None
    first_date: date | None
    last_date: date | None
    amount_header: str
    unsure: tuple[str, ...]
    notices: tuple[str, ...]


_SAME = (
    "document", "sheet", "rows_in", "preamble_rows", "header_rows", "blank_rows", "total_rows",
    "payments", "cards", "commitments", "faults", "sum_pence", "cards_pence",
    "commitments_pence", "faults_pence", "totals_pence", "negative_payments",
    "duplicates_flagged", "redacted", "cells_not_read", "undated", "trailing_minus",
    "serial_dates", "vat_basis", "period_first",
    "period_last", "first_date", "last_date",
)  # fmt: skip


def readings(*, agencies: Sequence[str] | None = None) -> list[ReadingRow]:
    """Every table that is held, by agency and date; of some agencies, or of all."""
    found = Reading.objects.select_related("file__agency").order_by(
        "file__agency__code", "first_date", "document", "sheet"
    )
    if agencies is not None:
        found = found.filter(file__agency__code__in=agencies)
    return [_row(r) for r in found]


def _row(reading: Reading) -> ReadingRow:
    file = reading.file
    return ReadingRow(
        agency=file.agency.code,
        agency_name=file.agency.name,
        file=file.name,
        sha256=file.sha256,
        licence=file.licence,
        publisher=file.publisher,
        taken_on=file.taken_on,
        amount_header=str(reading.columns.get("amount", {}).get("header", "")),
        unsure=tuple(reading.unsure),
        notices=tuple(reading.notices),
        **{name: getattr(reading, name) for name in _SAME},
    )


def holdings(home: Home) -> dict[str, list[Path]]:
    """The Parquet files of each kind that are recorded, and so whole."""
    kept: dict[str, list[Path]] = {kind.value: [] for kind in Holding.Kind}
    for kind, path in Holding.objects.order_by("id").values_list("kind", "path"):
        kept[kind].append(home.holdings / path)
    return kept
