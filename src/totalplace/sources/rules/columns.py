"""Understand a published table with no set-up: its header, and which column holds what.

Evidence is added up openly: the words of a column's name and what its cells hold each speak for
or against a role, with weights that officers own, and the best joint choice is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from totalplace.sources.definitions import column_words
from totalplace.sources.rules.choosing import Choice, Points, choose, points_of
from totalplace.sources.rules.dates import order_of, period_of
from totalplace.sources.rules.evidence import Column, column_of
from totalplace.sources.rules.file_kinds import file_kind
from totalplace.sources.rules.header import Header, Row, filled, find_header
from totalplace.sources.rules.layout import Cell, Layout, Role, Taken, VatBasis
from totalplace.sources.rules.reasons import reason_for, unsure_of
from totalplace.sources.rules.relations import basis_beside, relate, relate_dates
from totalplace.sources.rules.vat import are_thousands, basis_of_name, money_roles
from totalplace.sources.rules.words import ColumnWords, phrase_of, weights_of

SHIPPED: Final = column_words()

_ROWS_WEIGHED: Final = 250
_MOSTLY, _SOME_PENCE, _UNNAMED = 0.7, 0.2, 9.0
_CLEARLY: Final = 3.0  # weight of a name that means a sum of money
_CODES: Final = frozenset(["code", "number", "identifier"])
_WORDS: Final = 0.375  # one and a half words a cell, of the four that count as many
_ROWS_TOGETHER: Final = 70  # line numbers and running totals are known by rows that follow on


def understand(
    sample: Sequence[Row],
    *,
    tail: Sequence[tuple[int, Row]] = (),
    file: str = "",
    sheet: str = "",
    words: ColumnWords = SHIPPED,
) -> Layout:
    """What a table is taken to be, from its first rows and, where given, its last ones.

    Nothing is refused: what could not be decided is said in `unsure`, in full sentences.
    """
    header = find_header(sample, tail, words)
    columns = columns_of(sample, header, words)
    points = points_of(columns, words)
    choices = with_an_amount(columns, points, choose(columns, points), words)
    roles = {**choices, **money_roles(columns, choices, words)}
    kind, doubt = file_kind(header, file=file, sheet=sheet, words=words)
    taken = {role: _taken(role, choice) for role, choice in roles.items()}
    return Layout(
        header_rows=header.rows,
        first_row=header.first_row,
        width=len(header.names),
        taken=taken,
        details=_details(columns, taken),
        vat_basis=_vat_basis(roles, header, words),
        month_first=_month_first(roles, f"{file} {sheet}"),
        kind=kind,
        unsure=(*unsure_of(header, roles, doubt), *_said_in_thousands(roles, header)),
    )


def with_an_amount(
    columns: Sequence[Column],
    points: Points,
    choices: Mapping[Role, Choice],
    words: ColumnWords,
) -> dict[Role, Choice]:
    """The choices, with the likeliest free column of sums where no amount was taken.

    A list of payments has an amount, whatever it is called, or whatever it holds where it is called
    so: nothing but noughts, or the one small sum of a short list. A guess that is said beats none.
    """
    held = {choice.column.position for choice in choices.values()}
    rivals = [
        (points[Role.AMOUNT].get(c.position, -_UNNAMED), c)
        for c in columns
        if c.position not in held
        and c.marks.get("money", 0.0) >= _MOSTLY
        and (c.marks.get("pence", 0.0) >= _SOME_PENCE or _is_called_amount(c, words))
    ]
    if Role.AMOUNT in choices or not rivals:
        return dict(choices)
    worth, column = max(rivals, key=lambda rival: (rival[0], rival[1].position))
    return {**choices, Role.AMOUNT: Choice(column, min(worth, 0.0), column, 0.0)}


def _is_called_amount(column: Column, words: ColumnWords) -> bool:
    return weights_of(column.name, words)[Role.AMOUNT] >= _CLEARLY


def columns_of(sample: Sequence[Row], header: Header, words: ColumnWords) -> list[Column]:
    """The columns that hold anything, with what their cells say."""
    rows = _rows_weighed(sample, header)
    columns = []
    for at, name in enumerate(header.names):
        cells = [row[at] if at < len(row) else None for row in rows]
        column = column_of(at, name, cells, words)
        if column.filled:
            columns.append(column)
    for place, column in enumerate(columns):
        column.marks["right"] = (place + 1) / len(columns)
        column.marks["left"] = 1 - place / len(columns)
        if _holds_words_for_codes(column, words):
            column.marks["words_for_codes"] = 1.0
    relate(columns)
    relate_dates(columns)
    return columns


def _holds_words_for_codes(column: Column, words: ColumnWords) -> bool:
    """Whether a column is called a code and holds words: its name was given to code and name."""
    called = _CODES.intersection(phrase_of(column.name, words))
    marks = column.marks
    return bool(called) and marks.get("letters", 0.0) >= _MOSTLY and marks["many_words"] >= _WORDS


def _rows_weighed(sample: Sequence[Row], header: Header) -> list[Row]:
    """Rows of payments spread over the whole sample, the first of them one under another."""
    numbers = [n for n in range(header.first_row, len(sample) + 1) if n not in header.rows]
    if len(numbers) > _ROWS_WEIGHED:
        step = (len(numbers) - _ROWS_TOGETHER) / (_ROWS_WEIGHED - _ROWS_TOGETHER)
        spread = range(_ROWS_WEIGHED - _ROWS_TOGETHER)
        numbers = numbers[:_ROWS_TOGETHER] + [
            numbers[_ROWS_TOGETHER + int(i * step)] for i in spread
        ]
    names = [name.casefold() for name in header.names if name]
    cells = {n: filled(sample[n - 1]) for n in numbers}
    full = max(2.0, 0.4 * max(map(len, cells.values()), default=0))
    rows = [sample[n - 1] for n in numbers if len(cells[n]) >= full and not _are(names, cells[n])]
    return rows or [sample[n - 1] for n in numbers if cells[n]]


def _are(names: Sequence[str], cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row's cells are the names once more; the first that is not ends the comparison."""
    return len(names) == len(cells) and all(
        str(cell).strip().casefold() == name for (_, cell), name in zip(cells, names, strict=True)
    )


def _taken(role: Role, choice: Choice) -> Taken:
    return Taken(
        choice.column.position,
        choice.column.name,
        choice.confidence,
        reason_for(role, choice),
    )


def _details(columns: Sequence[Column], taken: Mapping[Role, Taken]) -> tuple[int, ...]:
    """Other columns of words that differ from row to row: they tell what a payment was for."""
    held = {t.position for t in taken.values()}
    return tuple(
        c.position
        for c in columns
        if c.position not in held
        and c.marks.get("letters", 0.0) >= 0.5
        and not c.marks.get("constant", 0.0)
        and c.marks.get("date", 0.0) < 0.3
        and c.marks.get("address", 0.0) < 0.5
    )


def _vat_basis(roles: Mapping[Role, Choice], header: Header, words: ColumnWords) -> VatBasis:
    """By the amount's own name, then the notes over the table, then the VAT beside it."""
    amount = roles.get(Role.AMOUNT)
    if amount is None:
        return VatBasis.UNKNOWN
    for role, basis in ((Role.NET, VatBasis.NET), (Role.GROSS, VatBasis.GROSS)):
        if role in roles and roles[role].column.position == amount.column.position:
            return basis
    for text in (amount.column.name, *header.above):
        if (basis := basis_of_name(text, words)) is not VatBasis.UNKNOWN:
            return basis
    vat = roles.get(Role.VAT)
    return basis_beside(amount.column, vat.column) if vat else VatBasis.UNKNOWN


def _said_in_thousands(roles: Mapping[Role, Choice], header: Header) -> tuple[str, ...]:
    amount = roles.get(Role.AMOUNT)
    said = [t for t in (amount.column.name, *header.above) if are_thousands(t)] if amount else []
    return tuple(
        f"Sums may be in thousands of pounds ({text[:60]!r}): they are read as pounds."
        for text in said[:1]
    )


def _month_first(roles: Mapping[Role, Choice], told: str) -> bool:
    chosen = roles.get(Role.DATE)
    if chosen is None:
        return False
    cells: list[Cell] = list(chosen.column.cells)
    return order_of(cells, period=period_of(told)).month_first
