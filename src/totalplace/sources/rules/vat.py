"""Net, VAT and gross: which column of money is which, by name and by adding up; thousands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from totalplace.sources.rules.choosing import Choice
from totalplace.sources.rules.evidence import Column
from totalplace.sources.rules.layout import Role, VatBasis
from totalplace.sources.rules.words import ColumnWords, phrase_of, weights_of

_THOUSANDS: Final = re.compile(
    r"£ ?['\u2019]?000|£ ?k\b|\bin thousands\b|\bthousands of pounds\b", re.IGNORECASE
)


def are_thousands(text: str) -> bool:
    """Whether a name or a note says that sums are thousands of pounds: "Amount (£000)"."""
    return bool(_THOUSANDS.search(text))


def basis_of_name(name: str, words: ColumnWords) -> VatBasis:
    """Net or gross where a name or a note says so: "Amount excl VAT", "Gross (£)"."""
    phrase = phrase_of(name, words)
    said = set(phrase)
    taxed = said & {"vat", "tax"}
    if ("excluding" in said and taxed) or "net" in said:
        return VatBasis.NET
    if ("including" in said and taxed) or "gross" in said:
        return VatBasis.GROSS
    return VatBasis.UNKNOWN


def money_roles(
    columns: Sequence[Column], choices: Mapping[Role, Choice], words: ColumnWords
) -> dict[Role, Choice]:
    """The columns of net and of gross sums; one of them is as a rule the amount itself."""
    amount = choices.get(Role.AMOUNT)
    vat = choices.get(Role.VAT)
    found: dict[Role, Choice] = {}
    for column in columns:
        if column.marks.get("money", 0.0) < 0.5 or (vat and vat.column is column):
            continue
        role = _net_or_gross(column, words)
        if role is None:
            continue
        own = amount if amount and amount.column is column else None
        choice = own or Choice(column, _standing(column, role, words))
        before = found.get(role)
        if before is None or own or (before is not amount and choice.points > before.points):
            found[role] = choice
    return found


def _standing(column: Column, role: Role, words: ColumnWords) -> float:
    """Points of a column of net or gross sums: what it is called, and whether it adds up."""
    named = 4.0 if basis_of_name(column.name, words) is not VatBasis.UNKNOWN else 0.0
    mark = "part_of_others" if role is Role.NET else "sum_of_others"
    called = min(4.0, max(0.0, weights_of(column.name, words)[Role.AMOUNT]))
    return named + 2.0 * column.marks.get(mark, 0.0) + called


def _net_or_gross(column: Column, words: ColumnWords) -> Role | None:
    match basis_of_name(column.name, words):
        case VatBasis.NET:
            return Role.NET
        case VatBasis.GROSS:
            return Role.GROSS
        case VatBasis.UNKNOWN if column.marks.get("part_of_others"):
            return Role.NET
        case VatBasis.UNKNOWN if column.marks.get("sum_of_others"):
            return Role.GROSS
        case _:
            return None
