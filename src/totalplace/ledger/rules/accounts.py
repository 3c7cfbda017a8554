"""Accounts: heading, agency, colour and year; and what sign the balance of each may have.

A balance is debits less credits, in whole pence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Plane(StrEnum):
    """What a heading speaks of. No transfer crosses from one to the other."""

    CONTROL = "control"  # what may be spent, and how far it is bound
    MONEY = "money"  # what was due, received and paid


class Heading(StrEnum):
    """What stands on an account."""

    # control
    AUTHORITY = "authority"
    UNALLOCATED = "unallocated"
    ALLOCATED = "allocated"
    COMMITTED = "committed"
    SPENT = "spent"
    RETURNED = "returned"
    # money
    CASH = "cash"
    DEBTOR = "debtor"
    CREDITOR = "creditor"
    INCOME = "income"
    EXPENDITURE = "expenditure"
    RESERVE = "reserve"

    @property
    def plane(self) -> Plane:
        """Of which plane it is."""
        return Plane.CONTROL if self in _CONTROL else Plane.MONEY


class Sign(StrEnum):
    """What the balance of an account may be."""

    NOT_BELOW = "not below nothing"
    NOT_ABOVE = "not above nothing"
    ANY = "any"


_CONTROL: Final = frozenset(
    {
        Heading.AUTHORITY, Heading.UNALLOCATED, Heading.ALLOCATED, Heading.COMMITTED, Heading.SPENT,
        Heading.RETURNED,
    }
)  # fmt: skip
_NOT_ABOVE: Final = frozenset(
    {Heading.AUTHORITY, Heading.CREDITOR, Heading.INCOME, Heading.RESERVE}
)


def sign_of(heading: Heading) -> Sign:
    """What the balance of an account under a heading may be."""
    if heading is Heading.EXPENDITURE:
        return Sign.ANY
    return Sign.NOT_ABOVE if heading in _NOT_ABOVE else Sign.NOT_BELOW


class Nature(StrEnum):
    """Of what nature the money of a line is. Capital is never spent as revenue."""

    REVENUE = "revenue"
    CAPITAL = "capital"


class Kind(StrEnum):
    """What a posting does. Only the last four of these may change the colour or year of money."""

    PROMISED = "promised"
    ALLOCATED = "allocated"
    COMMITTED = "committed"
    SPENT = "spent"
    PAID = "paid"
    DUE = "due"
    RECEIVED = "received"
    RETURNED = "returned"
    OPENING = "opening"
    REVERSAL = "reversal"
    VIREMENT = "virement"
    CARRY_FORWARD = "carry-forward"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Account:
    """An account. `year` is the year in which the financial year begins; `line` is the colour."""

    heading: Heading
    agency: str  # whose: who spends, pays, is owed; the host for cash and what is unallocated
    line: str
    year: int

    def __str__(self) -> str:
        return f"{self.heading} of {self.agency}, {self.line}, {self.year}"


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a posting as people write it: debits above nothing, credits below, in pence."""

    account: Account
    pence: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """Whole pence moved into one account, out of another: both sides in one row."""

    debit: Account
    credit: Account
    pence: int  # above nothing
