"""What the terms of an agreement put into its book: lines, sums promised, limits, a clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from totalplace.agreements.rules.terms import (
    Contribution,
    Freedom,
    RiskShare,
    Sharing,
    Terms,
    Unspent,
)
from totalplace.ledger.rules import year_end
from totalplace.ledger.rules.accounts import Nature
from totalplace.ledger.rules.limits import Bound, Limit
from totalplace.ledger.rules.treatments import WHOLE
from totalplace.ledger.rules.year_end import Band, Bearing, Clause, Keeping
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_PER_CENT: Final = 100
_UNSPENT: Final = {
    Unspent.SHARED: Keeping.RETURNED,
    Unspent.RETURNED: Keeping.RETURNED,
    Unspent.NON_RECURRENT: Keeping.KEPT,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the book: the money of one payer, of one nature, under one line of the text."""

    code: str
    line: str  # as the text calls it
    payer: str
    nature: Nature


@dataclass(frozen=True, slots=True)
class Promised:
    """A sum that a party puts in, in whole pence of a year."""

    line: Line
    year: int
    pence: int


@dataclass(frozen=True, slots=True)
class Booked:
    """All that a book is opened with. What is not settled yet is counted, and is not in it."""

    lines: tuple[Line, ...]
    promised: tuple[Promised, ...]
    limits: tuple[Limit, ...]
    clause: Clause | None
    years: range
    unsettled: int


def booked(terms: Terms, *, citation: Citation, on: date) -> Booked:
    """What the terms put into a book that is opened on a day.

    A share of a line that may be moved is rounded down to the penny. Raises Refused for terms
    without a contribution that is settled, or shares finer than a hundredth of a per cent.
    """
    settled = [one for one in terms.contributions if one.pence is not None]
    if not settled:
        raise Refused(
            f"Agreement {terms.cited} has no book",
            why="its text settles no contribution",
            next_step="Say who puts in what, in a variation",
        )
    lines = {_key(one): _line(one, terms) for one in terms.contributions}
    promised = tuple(
        Promised(lines[_key(one)], one.year, one.pence) for one in settled if one.pence is not None
    )
    years = [one.year for one in terms.contributions]
    return Booked(
        tuple(dict.fromkeys(lines.values())),
        promised,
        tuple(_limits(terms, promised, citation, on)),
        clause_of(terms.risk_share, terms.accountable) if terms.risk_share else None,
        range(min(years), max(years) + 1),
        len(terms.contributions) - len(settled),
    )


def clause_of(share: RiskShare, host: str) -> Clause:
    """The year-end clause that a sentence of the text is, as the book keeps it.

    Raises Refused for shares that are finer than a hundredth of a per cent, or not a hundred.
    """
    keeping = _UNSPENT[share.unspent]
    found = {
        Sharing.BY_CONTRIBUTION: lambda: year_end.by_contribution(keeping),
        Sharing.HOST: lambda: year_end.host_bears(host, keeping),
        Sharing.CAPPED: lambda: year_end.capped(host, share.cap_pence or 0, keeping),
        Sharing.AGREED: lambda: year_end.by_percentages(_hundredths(share), keeping),
    }[share.sharing]()
    if share.unspent is Unspent.RETURNED:  # to those who paid it in, whoever bears an overspend
        found = Clause(found.overspend, (Band(None, Bearing.CONTRIBUTION),), keeping)
    year_end.check_clause(found)
    return found


def _key(one: Contribution) -> tuple[str, str, Nature]:
    return one.line, one.payer, one.nature


def _line(one: Contribution, terms: Terms) -> Line:
    """A line of the text is one of the book, unless several pay it or it is of both natures."""
    same = [other for other in terms.contributions if other.line == one.line]
    code = one.line
    if len({other.payer for other in same}) > 1:
        code = f"{code}-{one.payer}"
    if len({other.nature for other in same}) > 1:
        code = f"{code}-{one.nature}"
    return Line(code, one.line, one.payer, one.nature)


def names_of(line: str, payer: str) -> frozenset[str]:
    """The codes that a line of the text may have in a book, for who pays it."""
    ends = ("", f"-{Nature.REVENUE}", f"-{Nature.CAPITAL}")
    return frozenset(f"{start}{end}" for start in (line, f"{line}-{payer}") for end in ends)


def _limits(
    terms: Terms, promised: tuple[Promised, ...], citation: Citation, on: date
) -> Iterator[Limit]:
    for freedom in terms.flexibility:
        if freedom.freedom is not Freedom.MOVE or freedom.per_cent is None:
            continue
        for one in promised:
            pence = int(one.pence * freedom.per_cent / _PER_CENT)
            yield Limit(
                f"Moved out of {one.line.code} in {one.year}: {freedom.per_cent.normalize():f}%",
                Bound.MOVED_OUT, pence, on, citation, (one.line.code,), year=one.year,
            )  # fmt: skip


def _hundredths(share: RiskShare) -> dict[str, int]:
    found = {}
    for agency, per_cent in share.shares:
        hundredths = per_cent * Decimal(_PER_CENT)
        if hundredths != int(hundredths):
            raise Refused(
                "The risk cannot be shared so in a book",
                why=f"{per_cent} per cent is finer than a hundredth of a per cent",
                next_step="Agree shares of at most two decimals, which come to a hundred",
            )
        found[agency] = int(hundredths)
    if sum(found.values()) != WHOLE:
        raise Refused(
            "The risk cannot be shared so in a book",
            why="the shares do not come to a hundred per cent",
            next_step="Agree shares of at most two decimals, which come to a hundred",
        )
    return found
