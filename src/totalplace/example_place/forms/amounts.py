"""Ways in which agencies write a sum of whole pence. Each gives one cell."""

from __future__ import annotations


def _digits(pence: int, grouped: str = "") -> str:
    pounds, odd = divmod(abs(pence), 100)
    return f"{pounds:,}.{odd:02d}".replace(",", grouped)


def plain(pence: int) -> str:
    """-1234.50"""
    return ("-" if pence < 0 else "") + _digits(pence)


def trimmed(pence: int) -> str:
    """-1234.5, and 1234 for whole pounds, as a spreadsheet saves its numbers."""
    written = plain(pence)
    return written.rstrip("0").rstrip(".")


def commas(pence: int) -> str:
    """-1,234.50"""
    return ("-" if pence < 0 else "") + _digits(pence, ",")


def pounds(pence: int) -> str:
    """-£1,234.50"""
    return ("-£" if pence < 0 else "£") + _digits(pence, ",")


def pounds_spaced(pence: int) -> str:
    """A spreadsheet's accounting style: £ and spaces before the sum, a dash for the minus."""
    return (" -£ " if pence < 0 else " £ ") + _digits(pence, ",") + " "


def bracketed(pence: int) -> str:
    """(1,234.50) for a credit."""
    return f"({_digits(pence, ',')})" if pence < 0 else _digits(pence, ",")


def pounds_bracketed(pence: int) -> str:
    """(£1,234.50) for a credit."""
    return f"(£{_digits(pence, ',')})" if pence < 0 else f"£{_digits(pence, ',')}"


def trailing_minus(pence: int) -> str:
    """1,234.50- for a credit, as older ledgers print."""
    return _digits(pence, ",") + ("-" if pence < 0 else "")


def credit_marked(pence: int) -> str:
    """1,234.50 CR for a credit."""
    return _digits(pence, ",") + (" CR" if pence < 0 else "")


def spaced(pence: int) -> str:
    """1 234.50"""
    return ("-" if pence < 0 else "") + _digits(pence, " ")


def hard_spaced(pence: int) -> str:
    """1 234.50 with a space that does not break a line."""
    return ("-" if pence < 0 else "") + _digits(pence, "\N{NO-BREAK SPACE}")


def number(pence: int) -> float:
    """The nearest number that a workbook can hold."""
    return pence / 100


def noisy(pence: int) -> float:
    """A workbook number with the noise of sums and products: 1234.5600000000002."""
    return pence / 100 * (1 + 2**-50) if pence % 3 else pence / 100
