"""How an agency lays out a table: its columns, its header, and all that is not a payment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.lines import Line
from totalplace.example_place.truth import RowKind

Cell = str | int | float | date | datetime | None
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How one sheet is laid out. A column is its header and what it holds; see `_HOLDS`."""

    columns: tuple[tuple[str, str], ...]
    says: str = ""  # the form in plain words, for the truth
    date_as: Callable[[date], Cell] = dates.slashed
    amount_as: Callable[[int], Cell] = amounts.plain
    gross: bool = False  # the column "amount" has VAT in
    above: tuple[Words, ...] = ()  # words above the header; an empty row is blank
    below: tuple[Words, ...] = ()
    header: str = "first"  # first, last, none
    header_above: Words = ()  # the upper row of a header in two rows
    repeat_header_every: int = 0
    blank_every: int = 0
    blanks_below: int = 0
    total: str = ""  # labelled, unlabelled
    ragged: Words = ()  # stray cells to the right of every seventh row
    number_in_name: bool = False
    month_only: bool = False
    starts_right_by: int = 0  # empty columns to the left of the table
    family: str = ""  # the department family and the body, where each row names them
    entity: str = ""


class Row(NamedTuple):
    """One row as it will be published, what it is, and the line it shows."""

    kind: RowKind
    cells: tuple[Cell, ...]
    line: Line | None = None


Holding = Callable[[Line, Form], Cell]


def amount_pence(line: Line, form: Form) -> int:
    """The sum that a careful reader takes from this line in this form, in pence."""
    return line.gross_pence if form.gross else line.net_pence


def _amount(line: Line, form: Form) -> Cell:
    if line.amount_text is not None:
        return line.amount_text
    return form.amount_as(amount_pence(line, form))


def _day(line: Line, form: Form) -> Cell:
    return form.date_as(line.paid_on) if line.date_text is None else line.date_text


def _payee(line: Line, form: Form) -> Cell:
    if form.number_in_name and line.payee_number and not line.redacted:
        return f"{line.payee} ({line.payee_number})"
    return line.payee


def _spoilt_or(line: Line, form: Form, pence: int) -> Cell:
    return form.amount_as(pence) if line.amount_text is None else line.amount_text


_TYPES = {
    RowKind.PAYMENT: "spend", RowKind.CARD: "purchase_cards", RowKind.COMMITMENT: "contracts",
}  # fmt: skip

_HOLDS: dict[str, Holding] = {
    "amount": _amount,
    "net": lambda line, form: _spoilt_or(line, form, line.net_pence),
    "vat": lambda line, form: _spoilt_or(line, form, line.vat_pence),
    "gross": lambda line, form: _spoilt_or(line, form, line.gross_pence),
    "date": _day,
    "end": lambda line, form: form.date_as(line.ends_on) if line.ends_on else "",
    "payee": _payee,
    "payee_number": lambda line, form: line.payee_number,
    "unit": lambda line, form: line.unit,
    "purpose": lambda line, form: line.purpose,
    "detail": lambda line, form: line.detail,
    "reference": lambda line, form: line.reference,
    "type": lambda line, form: _TYPES[line.kind],
    "line_number": lambda line, form: 1 + line.net_pence % 4,
    "revenue": lambda line, form: "Revenue" if line.net_pence % 9 else "Capital",
    "postcode": lambda line, form: f"WX{1 + line.net_pence % 9} {line.net_pence % 8}ZZ",
    "family": lambda line, form: form.family,
    "entity": lambda line, form: form.entity,
    "blank": lambda line, form: "",
}


def rows_of(lines: Iterable[Line], form: Form) -> list[Row]:
    """The rows of one sheet, as an agency lays them out."""
    holds = [_HOLDS[what] for _, what in form.columns]
    spend = [_line_row(line, form, holds) for line in lines]
    header = _header(form)
    rows = [_words(words, form) for words in form.above]
    rows += header if form.header == "first" else ()
    rows += _broken_up(spend, header, form)
    rows += _total(spend, form)
    rows += header if form.header == "last" else ()
    rows += (_words(words, form) for words in form.below)
    rows += (Row(RowKind.BLANK, _wide((), form)) for _ in range(form.blanks_below))
    return rows


def _line_row(line: Line, form: Form, columns: Iterable[Holding]) -> Row:
    cells = tuple([holds(line, form) for holds in columns])
    if form.ragged and line.net_pence % 7 == 3:
        cells += form.ragged
    kind = line.kind if line.amount_text is None else RowKind.FAULT
    return Row(kind, ("",) * form.starts_right_by + cells, line)


def _header(form: Form) -> list[Row]:
    if form.header == "none":
        return []
    names = [form.header_above] if form.header_above else []
    names.append(tuple(name for name, _ in form.columns))
    left = ("",) * form.starts_right_by
    return [Row(RowKind.HEADER, left + row) for row in names]


def _words(words: Words, form: Form) -> Row:
    kind = RowKind.PREAMBLE if any(words) else RowKind.BLANK
    return Row(kind, _wide(words, form) if words else ())


def _wide(words: Words, form: Form) -> tuple[Cell, ...]:
    """Words in the first cells of a row as wide as the table, as a spreadsheet saves them."""
    left = ("",) * form.starts_right_by
    return left + words + ("",) * (len(form.columns) - len(words))


def _broken_up(spend: list[Row], header: list[Row], form: Form) -> Iterator[Row]:
    for place, row in enumerate(spend):
        if form.repeat_header_every and place and place % form.repeat_header_every == 0:
            yield from header
        if form.blank_every and place and place % form.blank_every == 0:
            yield Row(RowKind.BLANK, _wide((), form))
        yield row


def _total(spend: list[Row], form: Form) -> list[Row]:
    if not form.total:
        return []
    readable = [row.line for row in spend if row.line and row.kind is not RowKind.FAULT]
    sums = {
        "amount": sum(amount_pence(line, form) for line in readable),
        "net": sum(line.net_pence for line in readable),
        "vat": sum(line.vat_pence for line in readable),
        "gross": sum(line.gross_pence for line in readable),
    }
    cells: list[Cell] = [
        form.amount_as(sums[holds]) if holds in sums else "" for _, holds in form.columns
    ]
    if form.total == "labelled":
        cells[0] = "Total"
    return [Row(RowKind.TOTAL, ("",) * form.starts_right_by + tuple(cells))]
