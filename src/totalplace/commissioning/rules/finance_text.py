"""The sums beside a plan as one plain text: what is kept, hashed, and read again."""

from __future__ import annotations

import hashlib
import json

from totalplace.commissioning.rules.finance import Money
from totalplace.commissioning.rules.finance_sheet import cells_of, heads_of, read
from totalplace.refusal import Refused


def text_of_money(money: Money, *, first_year: int, years: int) -> str:
    """The cells of its sheets in their one set form, below their headings."""
    sheets = {
        name: [list(heads_of(name, first_year, years)), *rows]
        for name, rows in cells_of(money).items()
    }
    return json.dumps(sheets, ensure_ascii=False, sort_keys=True, indent=0)


def money_of_text(text: str, *, first_year: int, years: int) -> Money:
    """What a text says. Raises Refused where it is none, or a cell of it has a fault."""
    try:
        sheets = json.loads(text)
    except ValueError:
        sheets = {}
    money, faults = read(sheets, first_year=first_year, years=years)
    if faults:
        raise Refused(
            "The money beside the plan was not read",
            why=str(faults[0]).rstrip("."),
            next_step="Give it as a workbook again",
        )
    return money


def digest_of_money(text: str) -> str:
    """By which it is known again: the SHA-256 of its text, in hexadecimals."""
    return hashlib.sha256(text.encode()).hexdigest()
