"""What of a pool a partner's own ledger is held against: what it paid in, spent, or has a share of.

A partner that pays a contribution books the payment; a provider books what it spent; a partner in a
joint operation books its share of what was spent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from totalplace.ledger.rules.accounts import Heading, Transfer
from totalplace.ledger.rules.reconciling import Line
from totalplace.ledger.rules.sharing import Posted, Sharer
from totalplace.ledger.rules.treatments import Arrangement


class View(StrEnum):
    """What a partner's ledger is held against."""

    PAID_IN = "what it paid into the pool"
    SPENT = "what it spent for the pool"
    SHARE = "its share of what the pool spent"


class Told(Posted, Protocol):
    """What these rules need of a posting, with its words."""

    @property
    def reference(self) -> str:
        """The id of what it cites."""

    @property
    def words(self) -> str:
        """Its note, and how it is itself cited."""


def lines_of_view(
    postings: Iterable[Told],
    view: View,
    agency: str,
    *,
    arrangements: Sequence[Arrangement],
    payers: Mapping[str, str],
    days: tuple[date, date],
) -> list[Line]:
    """What the pool's book says of a partner, a line for each posting, in pence.

    `postings` are all of the book, in the order of their numbers; `days` the first and the last
    that are wanted.
    """
    sharer = Sharer(arrangements, payers)
    found = []
    for posting in postings:
        pence = _pence(posting, view, agency, sharer)
        if pence and days[0] <= posting.day <= days[1]:
            found.append(
                Line(f"posting {posting.number}", posting.day, pence, posting.reference,
                     posting.words)
            )  # fmt: skip
    return found


def _pence(posting: Told, view: View, agency: str, sharer: Sharer) -> int:
    if view is View.SHARE:
        lines = sharer.lines(posting, agency)
        return sum(x.pence for x in lines if x.account.heading is Heading.EXPENDITURE)
    of_one = _paid_in if view is View.PAID_IN else _spent
    return sum(pence for t in posting.transfers for pence in of_one(t, agency))


def _paid_in(transfer: Transfer, agency: str) -> Iterator[int]:
    """Receipts from an agency; below nothing where one is turned round."""
    sides = ((transfer.debit, transfer.credit, 1), (transfer.credit, transfer.debit, -1))
    for cash, debtor, sign in sides:
        receipt = (cash.heading, debtor.heading) == (Heading.CASH, Heading.DEBTOR)
        if receipt and debtor.agency == agency:
            yield sign * transfer.pence


def _spent(transfer: Transfer, agency: str) -> Iterator[int]:
    for account, sign in ((transfer.debit, 1), (transfer.credit, -1)):
        if account.heading is Heading.EXPENDITURE and account.agency == agency:
            yield sign * transfer.pence
