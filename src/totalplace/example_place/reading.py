"""What a careful reader finds in the rows of one published sheet."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from totalplace.example_place.forms.table import Cell, Form, Row, amount_pence
from totalplace.example_place.lines import Line
from totalplace.example_place.publications import Page, Publication
from totalplace.example_place.truth import (
    SPEND_KINDS,
    PublishedLine,
    RowKind,
    SheetTruth,
)


def lines_of(publication: Publication, page: Page, rows: list[Row]) -> list[PublishedLine]:
    """Each payment, card purchase, commitment and fault of a sheet, where it stands."""
    seen: set[tuple[Cell, ...]] = set()
    reader = _Reader(publication, page)
    lines = []
    for number, row in enumerate(rows, start=1):
        if row.line is None:
            continue
        copy = False
        if row.kind is not RowKind.FAULT:
            key = _compared(row.cells)
            copy = key in seen
            seen.add(key)
        lines.append(reader.line(number, row, row.line, copy=copy))
    return lines


def _compared(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row's cells with hours taken off its dates and empty cells off its end."""
    if cells[-1] and datetime not in map(type, cells):
        return cells
    compared = [cell.date() if isinstance(cell, datetime) else cell for cell in cells]
    while compared and compared[-1] in ("", None):
        compared.pop()
    return tuple(compared)


class _Reader:
    """Reads one sheet's lines: only what the sheet's columns show."""

    def __init__(self, publication: Publication, page: Page) -> None:
        self._agency, self._file, self._sheet = publication.agency, publication.file, page.name
        self._form = page.form
        shown = {holds for _, holds in page.form.columns}
        self._unit, self._purpose = "unit" in shown, "purpose" in shown
        self._reference, self._number = "reference" in shown, "payee_number" in shown
        self._basis = _basis(page.form)
        self._precision = "month" if page.form.month_only else "day"

    def line(self, number: int, row: Row, line: Line, *, copy: bool) -> PublishedLine:
        """One line as published, with what is true of it."""
        numbered = self._number or (self._form.number_in_name and not line.redacted)
        dated = line.date_text is None
        return PublishedLine(
            agency=self._agency,
            file=self._file,
            sheet=self._sheet,
            row=number,
            kind=row.kind.value,
            amount_pence=None if row.kind is RowKind.FAULT else amount_pence(line, self._form),
            paid_on=_day(line.paid_on, self._form) if dated else None,
            precision=self._precision if dated else "none",
            payee=line.payee,
            unit=line.unit if self._unit else "",
            purpose=line.purpose if self._purpose else "",
            reference=line.reference if self._reference else "",
            payee_number=line.payee_number if numbered else "",
            redacted=line.redacted,
            copy=copy,
            vat_basis=self._basis,
            true_net_pence=line.net_pence,
            true_vat_pence=line.vat_pence,
            function=line.function,
            service=line.service,
            telling=line.telling,
            supplier=line.supplier,
            payee_agency=line.payee_agency,
            receiver=line.receiver,
            nature=line.nature,
            planted=line.planted,
        )


def _day(day: date, form: Form) -> date:
    return day.replace(day=1) if form.month_only else day


def _basis(form: Form) -> str:
    return "gross" if form.gross else "net"


def sheet_truth(
    publication: Publication, page: Page, rows: list[Row], lines: list[PublishedLine]
) -> SheetTruth:
    """The counts and sums of a sheet."""
    kinds = Counter(row.kind for row in rows)
    pence = Counter[str]()
    for line in lines:
        pence[line.kind] += line.amount_pence or 0
    spend = [line for line in lines if line.kind in SPEND_KINDS]
    days = [line.paid_on for line in spend if line.paid_on is not None]
    return SheetTruth(
        agency=publication.agency,
        year=publication.year,
        file=publication.file,
        sheet=page.name,
        form="; ".join(filter(None, (publication.says, page.form.says))),
        rows_in=len(rows) + page.formatted_below,
        preamble=kinds[RowKind.PREAMBLE],
        header=kinds[RowKind.HEADER],
        blank=kinds[RowKind.BLANK] + page.formatted_below,
        total=kinds[RowKind.TOTAL],
        payments=kinds[RowKind.PAYMENT],
        cards=kinds[RowKind.CARD],
        commitments=kinds[RowKind.COMMITMENT],
        faults=kinds[RowKind.FAULT],
        sum_pence=pence[RowKind.PAYMENT],
        cards_pence=pence[RowKind.CARD],
        commitments_pence=pence[RowKind.COMMITMENT],
        negatives=sum(
            (line.amount_pence or 0) < 0 for line in spend if line.kind == RowKind.PAYMENT
        ),
        copies=sum(line.copy for line in spend),
        undated=sum(line.paid_on is None for line in spend),
        vat_basis=_basis(page.form),
        first_date=min(days, default=None),
        last_date=max(days, default=None),
    )
