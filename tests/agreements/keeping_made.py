"""A place with a book and an agreement in force, whose first instalment was due some days ago."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from totalplace.agreements.actions import disputes, docket
from totalplace.agreements.queries import promises as queries
from totalplace.agreements.queries.promises_facts import Agreed, Signed
from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.models import Side
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.decisions.rules.days import local_day
from totalplace.ledger import actions as ledger
from totalplace.ledger.actions import NewBook, NewLine
from totalplace.ledger.queries import PostingRow
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind as Posted
from totalplace.ledger.rules.accounts import Leg, Nature
from totalplace.ledger.rules.verbs import Colour
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation

from .terms_made import ABSENCE, DFE, ICB, LINE, WEX, some_terms

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
ONE = "wexshire/1"
BOOK = "wex-pool"
LATE = 3  # days since the first instalment was due


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def at(days: int) -> datetime:
    """Noon of so many days from today."""
    return datetime.combine(day(days), time(12), tzinfo=UTC)


def promises() -> tuple[Promise, ...]:
    """An instalment that is late, a return that is due soon, and rules and floors to come."""
    year_end = FinancialYear.of(TODAY).last_day
    return (
        Promise(1, DFE, WEX, Kind.PAY, "the first instalment", day(-LATE), pence=2_000_000_00,
                line=LINE, cure_days=14, targets=(ABSENCE,)),
        Promise(2, WEX, DFE, Kind.REPORT, "spending of the quarter", day(10), verb="gave",
                about="return wexshire/q1", cure_days=28),
        Promise(3, DFE, WEX, Kind.LIFT, "attendance may be shared with health visitors", day(60),
                cure_days=28),
        Promise(4, WEX, DFE, Kind.SPEND, "early help", year_end, pence=500_000_00, line=LINE),
    )  # fmt: skip


def terms(**other: Any) -> t.Terms:
    """What the agreement says."""
    first = FinancialYear.of(TODAY).first_day
    said: dict[str, Any] = {
        "promises": promises(),
        "duration": t.Duration(first, FinancialYear(first.year + 2).last_day),
        "ladder": (t.Rung(1, "the officials", 10), t.Rung(2, "an adjudicator", 30)),
        "remedies": (
            t.Remedy(Side.CENTRE, t.Period.DAY, pence=1_000_00, cap_pence=10_000_00),
            t.Remedy(Side.PLACE, t.Period.BREACH, pence=500_00),
        ),
    }
    return replace(some_terms(), **(said | other))


@dataclass(frozen=True)
class Wexshire:
    """The place, its book, and the agreement that was signed there."""

    signed_on: date

    @property
    def colour(self) -> Colour:
        return Colour(LINE, FinancialYear.of(TODAY).start, DFE, WEX)

    def post(
        self, legs: list[Leg], kind: Posted, when: date = TODAY, *, cited: str = "letter"
    ) -> PostingRow:
        about = Citation(cited, "1")
        return ledger.post(BOOK, legs, day=when, kind=kind, citation=about, by=ADA, on=at(0))

    def pays(self, pence: int, when: date = TODAY) -> PostingRow:
        """The department pays in."""
        self.post(verbs.due(self.colour, pence), Posted.DUE, when)
        return self.post(verbs.received(self.colour, pence), Posted.RECEIVED, when)

    def spends(self, pence: int) -> PostingRow:
        """The council spends."""
        self.post(verbs.promised(self.colour, pence), Posted.PROMISED)
        self.post(verbs.allocated(self.colour, WEX, pence), Posted.ALLOCATED)
        self.post(verbs.committed(self.colour, WEX, pence), Posted.COMMITTED)
        return self.post(verbs.spent(self.colour, WEX, pence), Posted.SPENT)


def begun() -> None:
    """The place, its agencies and its book. Needs records."""
    long_ago = at(-200)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=long_ago)
    for code, name, kind in (
        (WEX, "Wexshire Council", "council"), (ICB, "Wexshire Health Board", "nhs-board"),
        (DFE, "Department for School", "department"),
    ):  # fmt: skip
        places.register_agency(code, name=name, kind=kind, by=ADA, on=long_ago)
    for code in (WEX, ICB):
        places.join_place("wexshire", code, by=ADA, on=long_ago)
    year = FinancialYear.of(TODAY).start
    ledger.open_book(
        BOOK, NewBook("The pool", "wexshire", WEX, year, year + 1), by=ADA, on=long_ago
    )
    line = NewLine("School support", DFE, Nature.REVENUE, Citation("letter", "1"))
    ledger.add_line(BOOK, LINE, line, by=ADA, on=long_ago)


def in_force(
    patch: pytest.MonkeyPatch, *, late: int = LATE, more: Promise | None = None
) -> Wexshire:
    """The agreement, signed some days before its first instalment was due."""
    begun()
    signed = day(-late - 20)
    first, *others = promises()
    made = (replace(first, due=day(-late)), *others, *([more] if more else []))
    text = terms(promises=made)
    row = Agreed(ONE, "wexshire", (Signed(1, signed, text),))
    for module in (queries, disputes, docket):
        patch.setattr(module, "agreed", lambda place="": [row] if place in ("", "wexshire") else [])
    return Wexshire(signed)
