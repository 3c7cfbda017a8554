"""Which kind of posting moves money from which heading to which: the same table as in SQL.

A posting says what happened by its kind; what it may move follows from that. `opening` and
`settlement` may move between any headings of one plane; a reversal is what it turns round.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from totalplace.ledger.rules.accounts import Heading, Kind, Transfer

H = Heading
_SAME: Final = frozenset((one, one) for one in Heading)
# (into, out of). What can be taken back, such as a promise that is varied, stands both ways round.
LAWFUL: Final[Mapping[Kind, frozenset[tuple[Heading, Heading]]]] = {
    Kind.PROMISED: frozenset({(H.UNALLOCATED, H.AUTHORITY), (H.AUTHORITY, H.UNALLOCATED)}),
    Kind.ALLOCATED: frozenset({(H.ALLOCATED, H.UNALLOCATED), (H.UNALLOCATED, H.ALLOCATED)}),
    Kind.COMMITTED: frozenset({(H.COMMITTED, H.ALLOCATED), (H.ALLOCATED, H.COMMITTED)}),
    Kind.SPENT: frozenset(
        {
            (H.SPENT, H.COMMITTED), (H.COMMITTED, H.SPENT),
            (H.EXPENDITURE, H.CREDITOR), (H.CREDITOR, H.EXPENDITURE),
        }
    ),
    Kind.PAID: frozenset({(H.CREDITOR, H.CASH)}),
    Kind.DUE: frozenset({(H.DEBTOR, H.INCOME), (H.INCOME, H.DEBTOR)}),
    Kind.RECEIVED: frozenset({(H.CASH, H.DEBTOR)}),
    Kind.RETURNED: frozenset({(H.RETURNED, H.UNALLOCATED), (H.INCOME, H.CASH)}),
    Kind.VIREMENT: _SAME,
    Kind.CARRY_FORWARD: _SAME,
}  # fmt: skip
FREE: Final = frozenset({Kind.OPENING, Kind.SETTLEMENT, Kind.REVERSAL})


def is_lawful(kind: Kind, transfer: Transfer) -> bool:
    """Whether a posting of a kind may move money so: by its headings, its line and its year."""
    into, out_of = transfer.debit, transfer.credit
    if into.heading.plane is not out_of.heading.plane:
        return False
    if kind is Kind.REVERSAL:
        return True
    if kind not in FREE and (into.heading, out_of.heading) not in LAWFUL[kind]:
        return False
    same_line, same_year = into.line == out_of.line, into.year == out_of.year
    if kind is Kind.VIREMENT:
        return not same_line and same_year
    if kind is Kind.CARRY_FORWARD:
        return same_line and not same_year
    return kind is Kind.SETTLEMENT or (same_line and same_year)
