"""What is worth saying of a table that was read: the forms in which other readers lose money."""

from __future__ import annotations

from collections.abc import Iterator

from totalplace.sources.reading.block import ROWS_COMPARED, Tally
from totalplace.sources.rules.layout import Kind, Layout, Role, VatBasis
from totalplace.sources.rules.notes import counted


def noticed(layout: Layout, tally: Tally, *, last_row: int) -> tuple[str, ...]:
    """Full sentences for an officer, the ones that change figures first."""
    found = (*_of_figures(layout, tally, last_row), *_of_kinds(layout, tally))
    return tuple(sentence for sentence in found if sentence)


def _of_figures(layout: Layout, tally: Tally, last_row: int) -> Iterator[str]:
    """What another reader would lose or count wrongly."""
    yield counted("trailing_minus", tally.trailing_minus)
    yield _header(layout, last_row)
    yield counted("duplicates_flagged", tally.duplicates_flagged)
    yield _compared(tally)
    yield counted("serial_dates", tally.serial_dates)
    yield "The dates give the month before the day." if layout.month_first else ""
    yield _basis(layout)


def _of_kinds(layout: Layout, tally: Tally) -> Iterator[str]:
    """What stands beside the payments, and what is not told of them."""
    if layout.kind is not Kind.COMMITMENT:
        yield counted("commitments", tally.commitments)
    if layout.kind is not Kind.CARD:
        yield counted("cards", tally.cards)
    yield counted("redacted", tally.redacted)
    yield counted("undated", tally.undated)


def _compared(tally: Tally) -> str:
    if tally.spending_rows() <= ROWS_COMPARED:
        return ""
    return (
        f"Copies were looked for among its first {ROWS_COMPARED:,} different rows only, to bound"
        " memory."
    )


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
