"""A cell of a return as whole pence: a figure, nothing, or a fault with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from totalplace.sources.rules.amounts import exactly
from totalplace.sources.rules.layout import Cell

Value = Cell | Decimal
# Nothing, or one of the marks by which official statistics say that a figure is not there
# (Government Analysis Function, symbols in tables: [x] not available, [z] not applicable, [c]
# confidential; and the two dots of older tables). A dash may be a zero, so it is a fault
# unless the form says that it stands for no figure.
NO_FIGURE: Final = frozenset(("", "..", "...", "n/a", "na", "[x]", "[z]", "[c]", "[n/a]"))
MOST_PENCE: Final = 10**17  # £1,000 trillion, past which something else than money was read
_HUNDRED: Final = Decimal(100)
_NOISE: Final = Decimal("0.0001")  # pence: workbooks keep 0.3 as 0.30000000000000004
_DIGITS: Final = 15  # with more a number is written as it is kept
_LONGEST: Final = 20  # digits, of a number that may still be money


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure in whole pence; `rounded` where it was finer than a penny."""

    pence: int
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class NoSum:
    """A cell that is no figure and does not stand for a missing one, and why."""

    why: str


def sum_of(cell: Value, unit_pounds: int, no_figure: tuple[str, ...] = ()) -> Sum | NoSum | None:
    """A cell's figure, published in units of so many pounds; None where it is missing.

    Parts of a penny are rounded half away from zero.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        word = " ".join(cell.split()).casefold()
        if word in NO_FIGURE or word in no_figure:
            return None
        number = exactly(cell)
    else:
        number = _number(cell)
    if number is None:
        return NoSum("is not a sum of money")
    return _in_pence(number, unit_pounds, isinstance(cell, float))


def _number(cell: Value) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    if not number.is_finite() or number.adjusted() > _LONGEST or number.adjusted() < -_LONGEST:
        return None if number else Decimal(0)
    return number


def _in_pence(number: Decimal, unit_pounds: int, is_float: bool) -> Sum | NoSum:
    pence = number * unit_pounds * _HUNDRED
    if abs(pence) > MOST_PENCE:
        return NoSum("is more than any body spends")
    whole = pence.quantize(Decimal(1), ROUND_HALF_UP)
    away = abs(pence - whole)
    return Sum(int(whole), rounded=away > (_NOISE if is_float else 0))


def text_of(cell: Value) -> str:
    """A cell as text, numbers without a trailing .0; empty for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**_DIGITS else str(cell)
    if isinstance(cell, Decimal):
        return str(int(cell)) if cell.adjusted() < _DIGITS and cell == int(cell) else str(cell)
    return str(cell).strip()
