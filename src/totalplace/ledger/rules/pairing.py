"""Legs paired into transfers, each of which is both sides: what does not balance is refused.

Legs are paired within their plane, first those under the same
heading, then those of the same colour, then in the order given. So a
posting of two legs is one transfer, and the same legs always give the same transfers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from totalplace.ledger.rules.accounts import Account, Leg, Plane, Transfer
from totalplace.ledger.rules.refusing import Unposted
from totalplace.money.pence import pounds

# How closely a debit and a credit belong together, the closest first: heading; colour; plane.
_CLOSE: Final[Sequence[Callable[[Account], object]]] = (
    lambda account: account.heading,
    lambda account: (account.line, account.year),
    lambda account: account.heading.plane,
)


def paired(legs: Sequence[Leg]) -> tuple[Transfer, ...]:
    """The transfers that legs come to, each of whole pence above nothing.

    Raises Unposted where there are none, where one is of nothing, or where they do not balance in
    their plane: there it says by how much.
    """
    if len(legs) == 2 and (simple := _pair_of_two(*legs)):  # most postings: so they cost least
        return (simple,)
    if not legs or any(leg.pence == 0 for leg in legs):
        raise Unposted(
            "The posting cannot be made",
            why="it moves no money",
            next_step="Give a sum above nothing",
            field="pence",
        )
    for plane in Plane:
        out_by = sum(leg.pence for leg in legs if leg.account.heading.plane is plane)
        if out_by:
            raise Unposted(
                "The posting cannot be made",
                why=f"it does not balance by {pounds(abs(out_by))}: its debits are "
                f"{'more' if out_by > 0 else 'less'} than its credits",
                next_step="Give legs that come to nothing together",
                field="pence",
            )
    left = _netted(legs)
    found: list[Transfer] = []
    for close in _CLOSE:
        found += _pair(left, close)
    return tuple(found)


def _pair_of_two(one: Leg, other: Leg) -> Transfer | None:
    """Two legs that plainly balance, as a transfer; None: they are to be looked at."""
    debit, credit = (one, other) if one.pence > 0 else (other, one)
    same_plane = debit.account.heading.plane is credit.account.heading.plane
    if debit.pence > 0 and debit.pence == -credit.pence and same_plane:
        return Transfer(debit.account, credit.account, debit.pence)
    return None


def _netted(legs: Sequence[Leg]) -> dict[Account, int]:
    """What each account comes to, in the order in which accounts are first named."""
    left: dict[Account, int] = defaultdict(int)
    for leg in legs:
        left[leg.account] += leg.pence
    return {account: pence for account, pence in left.items() if pence}


def _pair(left: dict[Account, int], close: Callable[[Account], object]) -> list[Transfer]:
    """Pair what belongs together so closely, taking it off what is left."""
    found = []
    for debit in [account for account, pence in left.items() if pence > 0]:
        for credit in [account for account, pence in left.items() if pence < 0]:
            same_plane = debit.heading.plane is credit.heading.plane
            if left[debit] and left[credit] and same_plane and close(debit) == close(credit):
                pence = min(left[debit], -left[credit])
                left[debit] -= pence
                left[credit] += pence
                found.append(Transfer(debit, credit, pence))
    return found
