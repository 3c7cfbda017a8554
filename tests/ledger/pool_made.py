"""A pool of many partners, made from a seed: what is promised, due, received, spent and paid."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Account, Kind, Leg, Transfer
from totalplace.ledger.rules.pairing import paired
from totalplace.ledger.rules.statements import LineWords, Words
from totalplace.ledger.rules.verbs import Colour

TWELVE: Final = tuple(f"wex-{n:02d}" for n in range(1, 13))
HOST: Final = TWELVE[0]
YEAR: Final = 2025
COVER: Final = "cover"  # promised by the host, and due from nobody until the year is closed


@dataclass(frozen=True, slots=True)
class Made:
    """Something to be posted."""

    kind: Kind
    legs: list[Leg]
    day: date
    reference: str


@dataclass(frozen=True, slots=True)
class Posting:
    """Something posted, as the rules see it."""

    number: int
    day: date
    kind: Kind
    transfers: tuple[Transfer, ...]
    reverses: int | None = None


def line_of(partner: str) -> str:
    return f"grant-{partner.removeprefix('wex-')}"


def payers(partners: Sequence[str] = TWELVE) -> dict[str, str]:
    return {COVER: HOST} | {line_of(partner): partner for partner in partners}


def words(partners: Sequence[str] = TWELVE) -> Words:
    lines = [
        LineWords(
            code, f"Grant of {who}", who, "For adult social care alone" if code != COVER else ""
        )
        for code, who in payers(partners).items()
    ]
    return Words(lines, {who: who.upper() for who in partners}, HOST)


def a_year(
    *, seed: int = 1, over_pence: int = 0, partners: Sequence[str] = TWELVE, year: int = YEAR
) -> list[Made]:
    """A year of a pool: spent beyond what was put in by so much, or below nothing less."""
    chance = random.Random(f"{seed} {year}")
    made: list[Made] = []
    first = date(year, 4, 1)
    colours = {line: Colour(line, year, who, HOST) for line, who in payers(partners).items()}
    for at, partner in enumerate(partners):
        of, gives = colours[line_of(partner)], chance.randrange(1_000_00, 900_000_00)
        spender = chance.choice(partners)
        made.append(Made(Kind.PROMISED, verbs.promised(of, gives), first, f"AGR-{at + 1}"))
        made.append(Made(Kind.ALLOCATED, verbs.allocated(of, spender, gives), first, f"AL-{at}"))
        made += _quarters(of, gives, partner, at, first)
        under = max(0, -over_pence) if not at else 0
        made += _spending(of, gives - under, spender, at, first, chance)
    if over_pence > 0:
        of = colours[COVER]
        made.append(Made(Kind.PROMISED, verbs.promised(of, over_pence), first, "AGR-COVER"))
        made.append(Made(Kind.ALLOCATED, verbs.allocated(of, HOST, over_pence), first, "AL-COVER"))
        made += _spending(of, over_pence, HOST, 99, first, chance, paid=False)
    return sorted(made, key=lambda one: one.day)


def _quarters(of: Colour, gives: int, partner: str, at: int, first: date) -> list[Made]:
    made, left = [], gives
    for quarter in range(4):
        pence = left if quarter == 3 else gives // 4
        left -= pence
        day = first + timedelta(10 + 90 * quarter + at)
        reference = f"INV-{at + 1:02d}-{quarter + 1}"
        made.append(Made(Kind.DUE, verbs.due(of, pence), day, reference))
        made.append(Made(Kind.RECEIVED, verbs.received(of, pence), day + timedelta(9), reference))
    return made


def _spending(
    of: Colour, pence: int, spender: str, at: int, first: date, chance: random.Random,
    *, paid: bool = True,
) -> list[Made]:  # fmt: skip
    made = [Made(Kind.COMMITTED, verbs.committed(of, spender, pence), first, f"CON-{at:02d}")]
    left = pence
    for month in range(12):
        sum_ = left if month == 11 else min(left, chance.randrange(1, pence // 12 + 2))
        left -= sum_
        # The last payments wait for the last receipt.
        day = first + timedelta(25 + 28 * month + at % 5)
        if not sum_:
            continue
        reference = f"PI-{at:02d}-{month + 1:02d}"
        made.append(Made(Kind.SPENT, verbs.spent(of, spender, sum_), day, reference))
        if paid:
            made.append(Made(Kind.PAID, verbs.paid(of, spender, sum_), first + timedelta(340),
                             reference))  # fmt: skip
    return made


def posted(made: Iterable[Made], first: int = 1) -> list[Posting]:
    """What was made, as it stands once it is posted."""
    return [
        Posting(number, one.day, one.kind, paired(one.legs))
        for number, one in enumerate(made, start=first)
    ]


def balances_of(made: Iterable[Posting], until: date | None = None) -> dict[Account, int]:
    """Debits less credits of each account, added up apart from any rule."""
    found: dict[Account, int] = defaultdict(int)
    for posting in made:
        if until is None or posting.day <= until:
            for transfer in posting.transfers:
                found[transfer.debit] += transfer.pence
                found[transfer.credit] -= transfer.pence
    return {account: pence for account, pence in found.items() if pence}


def put_in(made: Mapping[Account, int], year: int = YEAR) -> dict[str, int]:
    """What each partner's income in a year comes to."""
    found: dict[str, int] = defaultdict(int)
    for account, pence in made.items():
        if account.heading == "income" and account.year == year:
            found[account.agency] -= pence
    return dict(found)
