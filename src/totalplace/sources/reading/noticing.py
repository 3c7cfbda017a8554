"""What is worth saying of a table that was read: the forms in which other readers lose money."""

from __future__ import annotations

from collections.abc import Iterator

from totalplace.sources.reading.block import Tally
from totalplace.sources.rules.layout import Kind, Layout, Role, VatBasis


def noticed(layout: Layout, tally: Tally, *, last_row: int) -> tuple[str, ...]:
    """Full sentences for an officer, the ones that change figures first."""
    found = (*_of_figures(layout, tally, last_row), *_of_kinds(layout, tally))
    return tuple(sentence for sentence in found if sentence)


def _of_figures(layout: Layout, tally: Tally, last_row: int) -> Iterator[str]:
    """What another reader would lose or count wrongly."""
    yield _said(
        tally.trailing_minus,
        "amount has its minus sign after the figure, and is read as negative",
        "amounts have their minus sign after the figure, and are read as negative",
    )
    yield _header(layout, last_row)
    yield _said(
        tally.duplicates_flagged,
        "row is an exact copy of an earlier one: flagged, and kept, as it may be real",
        "rows are exact copies of earlier ones: flagged, and kept, as they may be real",
    )
    yield _said(
        tally.serial_dates,
        "date is written as the number by which a spreadsheet counts days",
        "dates are written as the numbers by which a spreadsheet counts days",
    )
    yield "The dates give the month before the day." if layout.month_first else ""
    yield _basis(layout)


def _of_kinds(layout: Layout, tally: Tally) -> Iterator[str]:
    """What stands beside the payments, and what is not told of them."""
    yield _said(
        tally.commitments if layout.kind is not Kind.COMMITMENT else 0,
        "commitment (a contract) stands beside the payments, and is never added to them",
        "commitments (contracts) stand beside the payments, and are never added to them",
    )
    yield _said(
        tally.cards if layout.kind is not Kind.CARD else 0,
        "card purchase stands beside the payments, and is counted apart",
        "card purchases stand beside the payments, and are counted apart",
    )
    yield _said(tally.redacted, "row has its payee redacted", "rows have their payee redacted")
    yield _said(tally.undated, "row has no date of its own", "rows have no date of their own")


def _said(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}." if number else ""


def _header(layout: Layout, last_row: int) -> str:
    if layout.header_rows and layout.header_rows[-1] >= max(last_row, 2):
        return "The header is on the last row."
    return ""


def _basis(layout: Layout) -> str:
    if layout.vat_basis is VatBasis.GROSS:
        return "The amounts have VAT in them."
    if Role.NET in layout.taken and Role.GROSS in layout.taken:
        return "Net and gross are both given; the amount taken is the net one."
    return ""
