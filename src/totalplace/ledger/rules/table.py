"""The money of a book as a table: where every promised pound of a line stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from totalplace.ledger.rules.accounts import Account, Heading
from totalplace.ledger.rules.limits import natural

# In whose order a pound goes. Together they are what was promised.
STAGES: Final = (
    Heading.UNALLOCATED, Heading.ALLOCATED, Heading.COMMITTED, Heading.SPENT, Heading.RETURNED,
)  # fmt: skip


@dataclass(slots=True)
class Sums:
    """What stands under each heading, in whole pence above nothing as people think of it."""

    pence: dict[Heading, int] = field(default_factory=lambda: defaultdict(int))

    def of(self, heading: Heading) -> int:
        """What stands under a heading."""
        return self.pence.get(heading, 0)

    @property
    def promised(self) -> int:
        """What its payer promised."""
        return self.of(Heading.AUTHORITY)

    @property
    def received(self) -> int:
        """What came in: income less what is still due, with what went back again."""
        return self.of(Heading.INCOME) - self.of(Heading.DEBTOR) + self.of(Heading.RETURNED)

    @property
    def left(self) -> int:
        """What nobody has bound or spent yet."""
        return self.of(Heading.UNALLOCATED) + self.of(Heading.ALLOCATED)

    @property
    def unaccounted(self) -> int:
        """What was promised and stands in no stage: nothing, unless a settlement took it away."""
        return self.promised - sum(self.of(stage) for stage in STAGES)


@dataclass(slots=True)
class LineSums:
    """A line in a year: its sums, and those of each agency in it."""

    line: str
    year: int
    sums: Sums = field(default_factory=Sums)
    agencies: dict[str, Sums] = field(default_factory=dict)


def table(balances: Mapping[Account, int], lines: Iterable[str]) -> list[LineSums]:
    """The sums of each line and year that was posted to, in the order of lines and years."""
    found: dict[tuple[str, int], LineSums] = {}
    for account, balance in balances.items():
        row = found.setdefault((account.line, account.year), LineSums(account.line, account.year))
        pence = natural(account, balance)
        row.sums.pence[account.heading] += pence
        row.agencies.setdefault(account.agency, Sums()).pence[account.heading] += pence
    order = {line: number for number, line in enumerate(lines)}
    return sorted(found.values(), key=lambda row: (row.year, order.get(row.line, len(order))))


def whole(rows: Iterable[LineSums]) -> Sums:
    """The sums of all rows together."""
    total = Sums()
    for row in rows:
        for heading, pence in row.sums.pence.items():
            total.pence[heading] += pence
    return total
