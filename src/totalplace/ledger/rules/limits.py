"""Limits: so much and no more, or no less, on a set of accounts or moved between lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.ledger.rules.accounts import Account, Heading, Sign, sign_of
from totalplace.record.rules.chain import Citation


class Bound(StrEnum):
    """What a limit says of its accounts."""

    AT_MOST = "at most"
    AT_LEAST = "at least"
    MOVED_OUT = "moved out"  # at most so much by virement out of its lines in a year
    MOVED_IN = "moved in"  # at most so much by virement into its lines in a year

    @property
    def of_movement(self) -> bool:
        """Whether it bounds what moves in a year, and not what stands."""
        return self in (Bound.MOVED_OUT, Bound.MOVED_IN)


# What a limit without a heading is about: all that was given out to be spent, however far it is.
GIVEN_OUT: Final = frozenset({Heading.ALLOCATED, Heading.COMMITTED, Heading.SPENT})


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound in whole pence on a set of accounts; None and empty mean any. No pence: lifted."""

    name: str
    bound: Bound
    pence: int | None
    first_day: date
    citation: Citation
    lines: tuple[str, ...] = ()
    agency: str = ""
    heading: Heading | None = None
    year: int | None = None

    def covers(self, account: Account) -> bool:
        """Whether an account is one of those that it is about."""
        headings = GIVEN_OUT if self.heading is None else {self.heading}
        return (
            account.heading in headings
            and (not self.lines or account.line in self.lines)
            and self.agency in ("", account.agency)
            and self.year in (None, account.year)
        )


def in_force(limits: Iterable[Limit], *, on: date) -> list[Limit]:
    """The limits of a day: the last that was set of each name, unless it was lifted."""
    last: dict[str, Limit] = {}
    for limit in limits:  # in the order in which they were set
        before = last.get(limit.name)
        if limit.first_day <= on and (before is None or before.first_day <= limit.first_day):
            last[limit.name] = limit
    return [limit for limit in last.values() if limit.pence is not None]


def natural(account: Account, balance: int) -> int:
    """A balance in the direction that people think of it: income and what is owed above nothing."""
    return -balance if sign_of(account.heading) is Sign.NOT_ABOVE else balance


def standing(limit: Limit, balances: Mapping[Account, int]) -> int:
    """How much stands on the accounts of a limit, in whole pence, in their natural direction."""
    return sum(natural(account, b) for account, b in balances.items() if limit.covers(account))
