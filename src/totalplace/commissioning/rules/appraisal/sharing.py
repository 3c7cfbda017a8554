"""Sharing the gain: payments between parties that leave each better off, or the proof of none.

Only cash counts: what a party saves and can take out of its budget, less the cash that it puts in.
Nobody pays out of a gain that is not cash. A party with nothing in cash at stake takes no part.

The rule `STAKE` gives each the same gain for every pound that it puts in or saves. The rule `ALIKE`
gives each party the same share of the most that it could have had (Kalai and Smorodinsky, 1975):
where all may pay, each the same sum. Sums are whole pence, present values unless said otherwise,
and payments add up to nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from totalplace.commissioning.rules.appraisal.rates import Schedule
from totalplace.commissioning.rules.appraisal.results import Column, Matrix
from totalplace.money.pence import share_out


class Split(StrEnum):
    """By which rule what is gained together is shared."""

    STAKE = "each the same gain for every pound that it puts in or saves"
    ALIKE = "each the same share of the most that it could have had"


@dataclass(frozen=True, slots=True)
class Stake:
    """A party's cash in an appraisal: what it puts in and what it can take out."""

    who: str
    puts_in: int
    takes_out: int
    may_pay: bool

    @property
    def net(self) -> int:
        """What it is left with where nobody pays anybody."""
        return self.takes_out - self.puts_in


@dataclass(frozen=True, slots=True)
class Shared:
    """A party before and after; `receives` is below nought where it pays."""

    stake: Stake
    receives: int
    yearly: tuple[int, ...]  # the same in equal payments, one a year; add up to nought each year

    @property
    def after(self) -> int:
        """What it is left with."""
        return self.stake.net + self.receives


@dataclass(frozen=True, slots=True)
class Agreed:
    """Payments by which every party is better off than where nothing is done."""

    split: Split
    parties: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class NoneExists:
    """The proof that no payments leave every party better off.

    `could_pay` is all that those who may pay gain in cash, `lacking` all that the others lose: were
    every party better off, the first would be more than the second.
    """

    stakes: tuple[Stake, ...]
    could_pay: int
    lacking: int

    @property
    def short(self) -> int:
        """By how many pence more the gain would have to be, for a penny to each party."""
        return self.lacking - self.could_pay + len(self.stakes)


def stakes(matrix: Matrix, may_not_pay: tuple[str, ...] = ()) -> tuple[Stake, ...]:
    """The parties with cash at stake."""
    found = []
    for party in matrix.parties:
        puts_in = -matrix.cell(party, Column.CASH_COST).worth
        takes_out = matrix.cell(party, Column.CASHABLE).worth
        if puts_in or takes_out:
            found.append(Stake(party, puts_in, takes_out, party not in may_not_pay))
    return tuple(found)


def share(
    matrix: Matrix, schedule: Schedule, split: Split, may_not_pay: tuple[str, ...] = ()
) -> Agreed | NoneExists:
    """Payments between the parties, or the proof that none leave every party better off."""
    parties = stakes(matrix, may_not_pay)
    could_pay = sum(one.net for one in parties if one.net > 0 and one.may_pay)
    lacking = -sum(one.net for one in parties if one.net < 0)
    # What is kept by those who may not pay is theirs already; the others need a penny each.
    kept = {one.who for one in parties if one.net > 0 and not one.may_pay}
    if could_pay - lacking < len(parties) - len(kept) or not parties:
        return NoneExists(parties, could_pay, lacking)
    after = _after(parties, could_pay - lacking, split)
    receives = {one.who: after[one.who] - one.net for one in parties}
    yearly = _yearly(receives, schedule, matrix.years)
    shared = tuple(Shared(one, receives[one.who], yearly[one.who]) for one in parties)
    return Agreed(split, shared)


def _after(parties: tuple[Stake, ...], surplus: int, split: Split) -> dict[str, int]:
    """What each is left with, adding up to what all have. Nobody who may not pay has less.

    Those who may not pay and would be left with less than they have keep that; the rest is shared
    anew among the others, until nobody is.
    """
    total = sum(one.net for one in parties)
    kept: dict[str, int] = {}
    while True:
        free = [one for one in parties if one.who not in kept]
        left = total - sum(kept.values())
        weights = {one.who: _weight(one, surplus, split) for one in free}
        found = _with_a_penny(left, weights)
        below = [one for one in free if not one.may_pay and found[one.who] < one.net]
        if not below:
            return {**kept, **found}
        kept |= {one.who: one.net for one in below}


def _weight(one: Stake, surplus: int, split: Split) -> int:
    if split is Split.STAKE:
        return abs(one.puts_in) + abs(one.takes_out)
    # The most that a party could have: all that is over, and what it need not give away.
    return surplus + (one.net if one.net > 0 and not one.may_pay else 0)


def _with_a_penny(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Shares of at least a penny each."""
    found = share_out(total - len(weights), weights)
    return {who: part + 1 for who, part in found.items()}


def _yearly(
    receives: Mapping[str, int], schedule: Schedule, years: int
) -> dict[str, tuple[int, ...]]:
    """Equal payments, one in each year, worth as much; in whole pence, nought together each year.

    Those who receive are rounded down so that nobody is asked for more than is agreed; what is over
    is less than a penny for each party in a year.
    """
    worth = Fraction(sum(schedule.factors(years)))
    paid = {who: int(Fraction(-sum_) / worth) for who, sum_ in receives.items() if sum_ < 0}
    due = {who: sum_ for who, sum_ in receives.items() if sum_ > 0}
    pot = sum(paid.values())
    got = share_out(pot, due) if due else {}
    one = {**{who: -sum_ for who, sum_ in paid.items()}, **got}
    return {who: (one.get(who, 0),) * years for who in receives}
