"""The count as rows of plain cells, for a CSV file and the sheets of a workbook alike."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from totalplace.count.rules.published import AgencyYear, Count, State
from totalplace.count.rules.tallies import Kind, Tally

Cell = str | int | Decimal
BY_MONTH: Final = (
    "agency", "agency_name", "financial_year", "month", "kind", "state", "rows", "pence", "pounds",
    "negative_rows", "negative_pence", "copy_rows", "copy_pence", "redacted_rows",
    "redacted_pence", "undated_rows", "undated_pence", "outside_rows", "outside_pence", "vat",
)  # fmt: skip
_FLAGS: Final = BY_MONTH[9:19]


def by_month(count: Count) -> Iterator[list[Cell]]:
    """A row for each agency, month and kind of spending; months without payments stand too.

    What is known to lie in a year but in no month of it has an empty month. Adding up one kind
    gives its whole sum: no row is in two others.
    """
    for year in count.agency_years:
        for month in year.months:
            for kind in Kind:
                tally = month.tallies.of(kind)
                if tally.rows or kind is Kind.PAYMENT:
                    state = month.state.value if kind is Kind.PAYMENT else State.HELD.value
                    at = f"{month.month:%Y-%m}"
                    yield _row(year, at, kind, state, tally, month.vat)
        for kind in Kind:
            tally = year.no_month.of(kind)
            if tally.rows:
                yield _row(year, "", kind, "month not known", tally, year.vat)


def _row(
    year: AgencyYear, month: str, kind: Kind, state: str, tally: Tally, vat: str
) -> list[Cell]:
    return [
        year.agency.code, year.agency.name, year.year, month, kind.value, state, tally.rows,
        tally.pence, in_pounds(tally.pence), *(getattr(tally, name) for name in _FLAGS), vat,
    ]  # fmt: skip


def in_pounds(pence: int) -> Decimal:
    """Pence as pounds, exactly."""
    return Decimal(pence).scaleb(-2)
