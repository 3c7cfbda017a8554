"""A pool of a council, an NHS board and a department, with a book that has a few lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from totalplace.ledger import actions, queries
from totalplace.ledger.actions import NewBook, NewLine
from totalplace.ledger.queries import PostingRow
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Account, Heading, Kind, Leg, Nature
from totalplace.ledger.rules.verbs import Colour
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = date(2025, 6, 2)
LETTER = Citation("letter", "2025-1")


@dataclass(frozen=True)
class Pool:
    """A book, and what its host posts in it: each verb by its own recipe."""

    code: str = "pool"

    def colour(self, line: str = "care", year: int = 2025) -> Colour:
        row = queries.line(self.code, line)
        return Colour(line, year, row.payer, "wex")

    def post(self, legs: list[Leg], kind: Kind, *, day: date = DAY, late: str = "") -> PostingRow:
        return actions.post(
            self.code, legs, day=day, kind=kind, citation=LETTER, late=late, by=ADA, on=NOON
        )

    def promise(self, pence: int, line: str = "care", *, day: date = DAY) -> PostingRow:
        return self.post(verbs.promised(self.colour(line), pence), Kind.PROMISED, day=day)

    def allocate(self, pence: int, agency: str = "icb", line: str = "care") -> PostingRow:
        return self.post(verbs.allocated(self.colour(line), agency, pence), Kind.ALLOCATED)

    def commit(self, pence: int, agency: str = "icb", line: str = "care") -> PostingRow:
        return self.post(verbs.committed(self.colour(line), agency, pence), Kind.COMMITTED)

    def spend(self, pence: int, agency: str = "icb", line: str = "care") -> PostingRow:
        return self.post(verbs.spent(self.colour(line), agency, pence), Kind.SPENT)

    def receive(self, pence: int, line: str = "care") -> PostingRow:
        self.post(verbs.due(self.colour(line), pence), Kind.DUE)
        return self.post(verbs.received(self.colour(line), pence), Kind.RECEIVED)

    def balance(self, heading: Heading, agency: str, line: str = "care", year: int = 2025) -> int:
        return queries.balance(self.code, Account(heading, agency, line, year))


def register() -> None:
    """The place, its agencies and an empty book."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOON)
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"), ("icb", "Wexshire ICB", "nhs-board"),
        ("dept", "Department of Care", "department"),
    ):  # fmt: skip
        places.register_agency(code, name=name, kind=kind, by=ADA, on=NOON)
    places.join_place("wexshire", "wex", by=ADA, on=NOON)
    places.join_place("wexshire", "icb", by=ADA, on=NOON)


def open_pool(code: str = "pool") -> Pool:
    """A book of three lines for three years."""
    new = NewBook("Wexshire pooled fund", "wexshire", "wex", 2025, 2027)
    actions.open_book(code, new, by=ADA, on=NOON)
    for line, title, payer, nature, first, last in (
        ("care", "Better care", "icb", Nature.REVENUE, None, None),
        ("skills", "Adult skills", "dept", Nature.REVENUE, date(2025, 4, 1), date(2026, 3, 31)),
        ("roads", "Road repairs", "dept", Nature.CAPITAL, None, None),
    ):
        said = NewLine(title, payer, nature, LETTER, first, last, f"Only for {title.lower()}.")
        actions.add_line(code, line, said, by=ADA, on=NOON)
    return Pool(code)


@pytest.fixture
def pool(db: None) -> Pool:
    """A book with its lines and nothing posted."""
    register()
    return open_pool()
