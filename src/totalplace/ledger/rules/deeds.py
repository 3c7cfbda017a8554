"""A deed: what happened to money, as people say it, and the legs that follow from it.

Every door speaks of deeds: a verb, a line, a year, a sum, and whatever that verb needs besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind, Leg
from totalplace.ledger.rules.refusing import Unposted
from totalplace.ledger.rules.verbs import Colour


class Verb(StrEnum):
    """What can happen to money. Opening balances and settlements are not said by hand."""

    PROMISED = "promised"
    ALLOCATED = "allocated"
    COMMITTED = "committed"
    SPENT = "spent"
    PAID = "paid"
    DUE = "due"
    RECEIVED = "received"
    RETURNED = "returned"
    VIREMENT = "virement"
    CARRY_FORWARD = "carry-forward"

    @property
    def kind(self) -> Kind:
        """The kind of posting that it makes."""
        return Kind(self.value)


# What each means, for whoever chooses one.
MEANING: Final[Mapping[Verb, str]] = {
    Verb.PROMISED: "Promised: the payer of the line binds itself to pay this much",
    Verb.ALLOCATED: "Allocated: given to an agency to spend",
    Verb.COMMITTED: "Committed: an agency has bound itself to spend it, such as by an order",
    Verb.SPENT: "Spent: what was committed was delivered and is owed",
    Verb.PAID: "Paid: what was owed went out of the cash of the host",
    Verb.DUE: "Due: the payer of the line has to pay this much now",
    Verb.RECEIVED: "Received: what was due came into the cash of the host",
    Verb.RETURNED: "Returned: cash that nobody was given goes back to the payer",
    Verb.VIREMENT: "Moved to another line of the year (virement)",
    Verb.CARRY_FORWARD: "Carried forward to another year",
}
OF_AN_AGENCY: Final = frozenset({Verb.ALLOCATED, Verb.COMMITTED, Verb.SPENT, Verb.PAID})
# What can be taken back by a sum below nothing: a variation, a release, a credit note.
BOTH_WAYS: Final = frozenset({Verb.PROMISED, Verb.ALLOCATED, Verb.COMMITTED, Verb.SPENT, Verb.DUE})


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened: in whole pence, on a line in a year, and what the verb needs besides."""

    verb: Verb
    line: str
    year: int
    pence: int
    agency: str = ""
    to_line: str = ""
    to_year: int | None = None
    received_pence: int = 0  # of what moves to another line or year


def legs_of(deed: Deed, *, payers: Mapping[str, str], host: str) -> list[Leg]:
    """The legs of a deed, in a book of a host whose lines have these payers.

    Raises Unposted for a line that the book does not have, a sum of nothing or below it where that
    cannot be, and where the agency, line or year that the verb needs is not said.
    """
    _check_sum(deed)
    of = _colour(deed.line, deed.year, payers, host, field="line")
    if deed.verb in OF_AN_AGENCY and not deed.agency:
        raise _lacks(deed, "it does not say which agency", "Name the agency", "agency")
    match deed.verb:
        case Verb.PROMISED:
            return verbs.promised(of, deed.pence)
        case Verb.ALLOCATED:
            return verbs.allocated(of, deed.agency, deed.pence)
        case Verb.COMMITTED:
            return verbs.committed(of, deed.agency, deed.pence)
        case Verb.SPENT:
            return verbs.spent(of, deed.agency, deed.pence)
        case Verb.PAID:
            return verbs.paid(of, deed.agency, deed.pence)
        case Verb.DUE:
            return verbs.due(of, deed.pence)
        case Verb.RECEIVED:
            return verbs.received(of, deed.pence)
        case Verb.RETURNED:
            return verbs.returned(of, deed.pence)
        case Verb.VIREMENT | Verb.CARRY_FORWARD:
            return _moved(deed, of, payers, host)


def _moved(deed: Deed, of: Colour, payers: Mapping[str, str], host: str) -> list[Leg]:
    if deed.received_pence < 0 or deed.received_pence > deed.pence:
        raise _lacks(deed, "more of it would have been received than moves", "Put the sum right",
                     "received")  # fmt: skip
    if deed.verb is Verb.CARRY_FORWARD:
        if deed.to_year is None or deed.to_year == deed.year:
            raise _lacks(deed, "it does not say to which other year", "Name the year", "to_year")
        return verbs.carry_forward(of, deed.to_year, deed.pence, received_pence=deed.received_pence)
    if not deed.to_line or deed.to_line == deed.line:
        raise _lacks(deed, "it does not say to which other line", "Name the line", "to_line")
    to = _colour(deed.to_line, deed.year, payers, host, field="to_line")
    return verbs.virement(of, to, deed.pence, received_pence=deed.received_pence)


def _check_sum(deed: Deed) -> None:
    if deed.pence == 0 or (deed.pence < 0 and deed.verb not in BOTH_WAYS):
        below = "it moves no money" if deed.pence == 0 else "its sum is below nothing"
        raise _lacks(deed, below, "Give a sum above nothing, or reverse a posting", "pence")


def _colour(line: str, year: int, payers: Mapping[str, str], host: str, *, field: str) -> Colour:
    payer = payers.get(line)
    if payer is None:
        raise Unposted(
            "The posting cannot be made",
            why=f"the book has no line '{line}'",
            next_step=f"Choose from: {', '.join(payers) or 'none yet, so add a line'}",
            field=field,
        )
    return Colour(line, year, payer, host)


def _lacks(deed: Deed, why: str, next_step: str, field: str) -> Unposted:
    what = f"What was {deed.verb} cannot be posted"
    if deed.verb in (Verb.VIREMENT, Verb.CARRY_FORWARD):
        what = f"The {deed.verb} cannot be posted"
    return Unposted(what, why=why, next_step=next_step, field=field)
