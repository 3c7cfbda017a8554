"""The postings that close a year: what the clause shares, turned into legs that keep their colour.

First lines with money left cover lines that are overspent. Then an overspend becomes due from those
who bear it; or what is left is owed back to those whose it is, or carried to the next year for
those that may. Where a partner is due something of a line that it pays itself, it is that line's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from totalplace.ledger.rules.accounts import Account, Heading, Kind, Leg
from totalplace.ledger.rules.verbs import Colour, moved
from totalplace.ledger.rules.year_end import YearEnd

H: Final = Heading
_BOUND: Final = (H.COMMITTED, H.ALLOCATED)


@dataclass(frozen=True, slots=True)
class Step:
    """One posting of a year's close."""

    kind: Kind
    note: str
    legs: tuple[Leg, ...]


@dataclass(slots=True)
class _Closing:
    """Balances as they will stand, and the legs so far."""

    balances: dict[Account, int]
    year: int
    host: str
    payers: Mapping[str, str]
    settled: list[Leg] = field(default_factory=list)
    carried: list[Leg] = field(default_factory=list)

    def colour(self, line: str) -> Colour:
        return Colour(line, self.year, self.payers[line], self.host)

    def settle(self, into: Account, out_of: Account, pence: int) -> None:
        if pence:
            self._put(self.settled, moved(into, out_of, pence))

    def carry(self, into: Account, out_of: Account, pence: int) -> None:
        if pence:
            self._put(self.carried, moved(into, out_of, pence))

    def _put(self, where: list[Leg], legs: list[Leg]) -> None:
        for leg in legs:
            self.balances[leg.account] = self.balances.get(leg.account, 0) + leg.pence
        where += legs

    def at(self, account: Account) -> int:
        return self.balances.get(account, 0)

    def left(self, line: str) -> int:
        """What is due on a line, less what was spent of it."""
        money = (H.INCOME, H.EXPENDITURE)
        return -sum(
            pence
            for account, pence in self.balances.items()
            if account.year == self.year and account.line == line and account.heading in money
        )


def closing_steps(
    balances: Mapping[Account, int], end: YearEnd, *, host: str, payers: Mapping[str, str]
) -> list[Step]:
    """The postings that close a year as its clause shares it: a settlement, and what is carried.

    `balances` are those of the book before; `payers` is who pays each line. An overspend is due
    from those who bear it; an underspend is owed to those whose it is, or carried for those that
    may. Nothing is posted where the year comes out even.
    """
    year = end.figures.year
    closing = _Closing(dict(balances), year, host, payers)
    lines = sorted({a.line for a in balances if a.year == year and a.line in payers})
    _cover(closing, lines)
    short = {line: -closing.left(line) for line in lines if closing.left(line) < 0}
    spare = {line: closing.left(line) for line in lines if closing.left(line) > 0}
    bear = {agency: pence for agency, pence in end.pays.items() if pence > 0}
    for line, agency, pence in _filled(short, bear, payers):
        of = closing.colour(line)
        closing.settle(of.at(H.DEBTOR, agency), of.at(H.INCOME, agency), pence)
    back = {agency: -pence for agency, pence in end.pays.items() if pence < 0}
    for line, agency, pence in _filled(spare, back, payers):
        _give_back(closing, closing.colour(line), agency, pence)
    spare = {line: closing.left(line) for line in lines if closing.left(line) > 0}
    for line, _, pence in _filled(spare, dict(end.kept), payers):
        _carry(closing, closing.colour(line), pence)
    label = end.label
    steps = [
        Step(Kind.SETTLEMENT, f"Year end {label}: shared as agreed", tuple(closing.settled)),
        Step(Kind.CARRY_FORWARD, f"Year end {label}: carried forward", tuple(closing.carried)),
    ]
    return [step for step in steps if step.legs]


def _cover(closing: _Closing, lines: Iterable[str]) -> None:
    """What is left on some lines covers what is overspent on others, with its cash."""
    short = {line: -closing.left(line) for line in lines if closing.left(line) < 0}
    spare = {line: closing.left(line) for line in lines if closing.left(line) > 0}
    for line, wanted in short.items():
        missing = wanted
        for other, had in spare.items():
            pence = min(missing, had)
            if not pence:
                continue
            missing -= pence
            spare[other] = had - pence
            to, of = closing.colour(line), closing.colour(other)
            closing.settle(of.income, to.at(H.INCOME, of.payer), pence)
            closing.settle(to.cash, of.cash, min(pence, max(0, closing.at(of.cash))))


def _give_back(closing: _Closing, of: Colour, agency: str, pence: int) -> None:
    """Money of a line that was not spent is owed to whose it is, and may no longer be spent."""
    closing.settle(of.income, of.at(H.CREDITOR, agency), pence)
    left = pence
    for account in (of.unallocated, *_bound(closing, of)):
        within = min(left, max(0, closing.at(account)))
        closing.settle(of.at(H.RETURNED, of.payer), account, within)
        left -= within


def _carry(closing: _Closing, of: Colour, pence: int) -> None:
    """Money of a line that was not spent is carried to the next year, its cash with it."""
    for account in _bound(closing, of):
        missing = pence - max(0, closing.at(of.unallocated))
        if missing > 0:
            within = min(missing, max(0, closing.at(account)))
            closing.settle(of.unallocated, account, within)
    # Cash that is owed already stays to pay for it.
    owed = sum(
        -found
        for account, found in closing.balances.items()
        if account.heading is H.CREDITOR and (account.line, account.year) == (of.line, of.year)
    )
    after, debtor = replace(of, year=of.year + 1), of.at(H.DEBTOR, of.payer)
    cash = min(pence, max(0, closing.at(of.cash) - owed))
    due = min(pence - cash, max(0, closing.at(debtor)))
    control = min(pence, max(0, closing.at(of.unallocated)))
    closing.carry(after.unallocated, of.unallocated, control)
    closing.carry(of.authority, after.authority, control)
    closing.carry(after.cash, of.cash, cash)
    closing.carry(after.at(H.DEBTOR, of.payer), debtor, due)
    closing.carry(of.income, after.income, pence)


def _bound(closing: _Closing, of: Colour) -> list[Account]:
    found = [
        account
        for account, pence in closing.balances.items()
        if account.heading in _BOUND
        and (account.line, account.year) == (of.line, of.year)
        and pence > 0
    ]
    return sorted(found, key=lambda account: (_BOUND[::-1].index(account.heading), account.agency))


def _filled(
    rows: Mapping[str, int], columns: Mapping[str, int], payers: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    """Sums that fill lines and agencies alike; what an agency pays itself comes first."""
    lines, agencies = dict(rows), dict(columns)
    own = [(line, agency) for line in lines for agency in agencies if payers[line] == agency]
    other = [(line, agency) for line in lines for agency in agencies if payers[line] != agency]
    found = []
    for line, agency in (*own, *other):
        pence = min(lines[line], agencies[agency])
        if pence > 0:
            lines[line] -= pence
            agencies[agency] -= pence
            found.append((line, agency, pence))
    return found
