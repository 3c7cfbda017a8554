"""What is the same for every row of a table, written beside each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableWords:
    """Whose table it is, where it was read, and what its sums and its period are."""

    agency: str
    file: str  # SHA-256 of the file as given
    name: str
    sheet: str
    vat_basis: str
    one_month: bool  # its period is one month, so that a row without a date has a month
