"""The books of partners, derived from the one journal: equal to the pool, to the penny, always.

The money of each stream of transfers (from one account to another, under one arrangement) is added
up first and shared out second, by largest remainder. So what a partner has of a sum of postings is
what it had before plus the rest, in whatever order they came; nothing is lost in odd pence; and
because a transfer is shared out as a whole, each partner's own book balances as the pool's does.

Where money changes its line, and the lines are not shared alike, what one partner gives up another
is given: that is shown as moved between partners, and comes to nothing over all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from totalplace.ledger.rules.accounts import Account, Heading, Kind, Plane, Transfer
from totalplace.ledger.rules.treatments import NOBODY, Arrangement, Weights, in_force
from totalplace.money.pence import share_out


class Posted(Protocol):
    """What these rules need of a posting."""

    @property
    def number(self) -> int:
        """From 1 in its book."""

    @property
    def day(self) -> date:
        """The day that it is about."""

    @property
    def kind(self) -> Kind:
        """What it does."""

    @property
    def reverses(self) -> int | None:
        """The number of the posting that it turns round."""

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """What it moves."""


Balances = Mapping[Account, int]  # debits less credits, in pence


@dataclass(frozen=True, slots=True)
class PartnerBook:
    """What a partner shows of a pool: a balance for each account of the money plane, in pence."""

    agency: str  # NOBODY: of whom it is not arranged
    balances: Balances
    moved_between: int = 0  # debits less credits with the other partners

    def under(self, heading: Heading, *, year: int | None = None, line: str | None = None) -> int:
        """Debits less credits under a heading."""
        return total(self.balances, heading, year=year, line=line)


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """What one posting put into one account of a partner's book."""

    number: int
    day: date
    account: Account
    pence: int  # debits above nothing


Stream = tuple[Account, Account, bool, tuple[tuple[str, int], ...]]


@dataclass(slots=True)
class Sharer:
    """Takes postings one by one, in the order of their numbers, and knows every partner's book.

    `payers` names who gives the money of each line. Give it every posting from the first: a
    reversal is shared out as what it reverses was, whatever is arranged since.
    """

    arrangements: Sequence[Arrangement]
    payers: Mapping[str, str]
    _totals: dict[Stream, int] = field(default_factory=lambda: defaultdict(int))
    _days: dict[int, date] = field(default_factory=dict)
    _weighed: dict[tuple[str, date], tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def take(self, posting: Posted) -> list[Stream]:
        """Add a posting. Gives the streams that it moved."""
        day = self._day_of(posting)
        return [stream for transfer in posting.transfers for stream in self.put(transfer, day)]

    def put(self, transfer: Transfer, day: date) -> list[Stream]:
        """Add a transfer, or the sum of many alike, by the shares of a day."""
        moved = []
        for stream, pence in self._streams(transfer, day):
            self._totals[stream] += pence
            moved.append(stream)
        return moved

    def books(self) -> dict[str, PartnerBook]:
        """Every partner's book as it stands, and that of nobody where something is not arranged."""
        balances: dict[str, dict[Account, int]] = defaultdict(lambda: defaultdict(int))
        between: dict[str, int] = defaultdict(int)
        for stream, pence in self._totals.items():
            for agency, share in _shared(stream, pence).items():
                for account, moved in _sides(stream, share):
                    balances[agency][account] += moved
                    between[agency] -= moved
        return {
            agency: PartnerBook(agency, _without_nothing(its), between[agency])
            for agency, its in sorted(balances.items())
        }

    def lines(self, posting: Posted, agency: str) -> Iterator[PartnerLine]:
        """Add a posting, and give what it put into a partner's book."""
        before = {
            stream: _shared(stream, self._totals.get(stream, 0)).get(agency, 0)
            for transfer in posting.transfers
            for stream, _ in self._streams(transfer, self._day_of(posting))
        }
        self.take(posting)
        put: dict[Account, int] = defaultdict(int)
        for stream, was in before.items():
            now = _shared(stream, self._totals[stream]).get(agency, 0)
            for account, moved in _sides(stream, now - was):
                put[account] += moved
        for account, pence in put.items():
            if pence:
                yield PartnerLine(posting.number, posting.day, account, pence)

    def _day_of(self, posting: Posted) -> date:
        """The day whose arrangement holds: of a reversal, that of what it reverses."""
        day = posting.day
        if posting.reverses is not None:
            day = self._days.get(posting.reverses, day)
        self._days[posting.number] = day
        return day

    def _streams(self, transfer: Transfer, day: date) -> Iterator[tuple[Stream, int]]:
        debit, credit, pence = transfer.debit, transfer.credit, transfer.pence
        if debit.heading.plane is not Plane.MONEY:
            return
        into, out_of = self._weights(debit.line, day), self._weights(credit.line, day)
        # A stream and its reversal are one, so that a reversal takes back what was shared.
        turned = str(credit) < str(debit)
        first, second = (credit, debit) if turned else (debit, credit)
        signed = -pence if turned else pence
        if into == out_of:
            yield (first, second, True, into), signed
            return
        yield (debit, debit, False, into), pence
        yield (credit, credit, False, out_of), -pence

    def _weights(self, line: str, day: date) -> tuple[tuple[str, int], ...]:
        key = line, day
        if key not in self._weighed:
            found = in_force(self.arrangements, line, day)
            payer = self.payers.get(line, NOBODY)
            weights: Weights = found.weights(payer) if found else {NOBODY: 1}
            self._weighed[key] = tuple(sorted(weights.items()))
        return self._weighed[key]


def shares(
    postings: Iterable[Posted],
    arrangements: Sequence[Arrangement],
    payers: Mapping[str, str],
    *,
    until: date | None = None,
) -> dict[str, PartnerBook]:
    """Every partner's book, from all postings of a pool: together they are the pool, to the penny.

    `until` leaves out what is about a later day. Source of the method: largest remainder
    (Hamilton), taken over the whole of a stream, so that odd pence never pile up.
    """
    sharer = Sharer(arrangements, payers)
    for posting in postings:
        if until is None or posting.day <= until:
            sharer.take(posting)
    return sharer.books()


def lines_of(
    postings: Iterable[Posted],
    arrangements: Sequence[Arrangement],
    payers: Mapping[str, str],
    *,
    agency: str,
) -> Iterator[PartnerLine]:
    """What each posting put into a partner's book, posting by posting."""
    sharer = Sharer(arrangements, payers)
    for posting in postings:
        yield from sharer.lines(posting, agency)


def pool_of(postings: Iterable[Posted], *, until: date | None = None) -> dict[Account, int]:
    """The balances of the money plane of the pool itself, added up from its transfers."""
    found: dict[Account, int] = defaultdict(int)
    for posting in postings:
        if until is not None and posting.day > until:
            continue
        for transfer in posting.transfers:
            if transfer.debit.heading.plane is Plane.MONEY:
                found[transfer.debit] += transfer.pence
                found[transfer.credit] -= transfer.pence
    return _without_nothing(found)


def differences(pool: Balances, books: Mapping[str, PartnerBook]) -> dict[Account, int]:
    """Where partners' books do not come to the pool, in pence: nowhere, if this room is right."""
    off: dict[Account, int] = defaultdict(int, pool)
    for book in books.values():
        for account, pence in book.balances.items():
            off[account] -= pence
    return _without_nothing(off)


def total(
    balances: Balances, heading: Heading, *, year: int | None = None, line: str | None = None,
    agency: str | None = None,
) -> int:  # fmt: skip
    """Debits less credits of all accounts under a heading, in pence."""
    return sum(
        pence
        for account, pence in balances.items()
        if account.heading is heading
        and (year is None or account.year == year)
        and (line is None or account.line == line)
        and (agency is None or account.agency == agency)
    )


def _shared(stream: Stream, pence: int) -> dict[str, int]:
    return share_out(pence, dict(stream[3]))


def _sides(stream: Stream, pence: int) -> Iterator[tuple[Account, int]]:
    debit, credit, whole, _ = stream
    if not pence:
        return
    yield debit, pence
    if whole:
        yield credit, -pence


def _without_nothing(balances: Mapping[Account, int]) -> dict[Account, int]:
    return {account: pence for account, pence in balances.items() if pence}
