"""A place with a book and an agreement in force, whose first instalment was due some days ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.devolution import Side
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
from totalplace.places.rules.mandates import Operator, Who
from totalplace.record.rules.chain import Citation

from .agreement_made import SIGNED, with_targets
from .agreement_made import Wexshire as Agreement
from .terms_made import ABSENCE, DFE, ICB, LINE, WEX, some_terms

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
ONE = "wexshire/1"
BOOK = "wex-pool"
LATE = 3  # days since the first instalment was due
LONG = 40  # days since others were
HELP = "early-help"
SIGNED_DAYS = 60  # ago
OWN = ("promises", "duration", "ladder", "remedies")


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def at(days: int) -> datetime:
    """Noon of so many days from today."""
    return datetime.combine(day(days), time(12), tzinfo=UTC)


def promises() -> tuple[Promise, ...]:
    """What is late since a few days and since long, what is due soon, and what is to come."""
    year_end = FinancialYear.of(TODAY).last_day
    return (
        Promise(1, DFE, WEX, Kind.PAY, "the first instalment", day(-LATE), pence=2_000_000_00,
                line=LINE, cure_days=14, targets=(ABSENCE,)),
        Promise(2, WEX, DFE, Kind.REPORT, "spending of the quarter", day(10), verb="gave",
                about="return wexshire/q1", cure_days=28),
        Promise(3, DFE, WEX, Kind.LIFT, "attendance may be shared with health visitors", day(60),
                cure_days=28),
        Promise(4, WEX, DFE, Kind.SPEND, "early help", year_end, pence=500_000_00, line=LINE),
        Promise(5, DFE, WEX, Kind.PAY, "help for families", day(-LONG), pence=900_000_00, line=HELP,
                cure_days=14),
        Promise(6, WEX, DFE, Kind.REPORT, "the accounts", day(-1), verb="gave",
                about="return wexshire/q0"),
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
        return self.coloured(LINE)

    def coloured(self, line: str) -> Colour:
        return Colour(line, FinancialYear.of(TODAY).start, DFE, WEX)

    def post(
        self, legs: list[Leg], kind: Posted, when: date = TODAY, *, cited: str = "letter",
        by: Who = ADA,
    ) -> PostingRow:  # fmt: skip
        about = Citation(cited, "1")
        return ledger.post(BOOK, legs, day=when, kind=kind, citation=about, by=by, on=at(0))

    def pays(self, pence: int, when: date = TODAY, *, by: Who = ADA) -> PostingRow:
        """The department pays in."""
        self.post(verbs.due(self.colour, pence), Posted.DUE, when, by=by)
        return self.post(verbs.received(self.colour, pence), Posted.RECEIVED, when, by=by)

    def spends(self, pence: int, line: str = LINE) -> PostingRow:
        """The council spends."""
        of = self.coloured(line)
        self.post(verbs.promised(of, pence), Posted.PROMISED)
        self.post(verbs.allocated(of, WEX, pence), Posted.ALLOCATED)
        self.post(verbs.committed(of, WEX, pence), Posted.COMMITTED)
        return self.post(verbs.spent(of, WEX, pence), Posted.SPENT)


def in_force(folder: Path) -> Wexshire:
    """The place with its book, and the agreement that was heard, decided and signed by real acts.

    Needs records. The keys of the test authority are kept in the folder.
    """
    signed_by_all(terms(), day(-SIGNED_DAYS), folder)
    opened((LINE, HELP), day(-SIGNED_DAYS))
    return Wexshire(day(-SIGNED_DAYS))


def signed_by_all(said: t.Terms, signed: date, folder: Path) -> Agreement:
    """The agreement with these promises, signed on a day."""
    here = with_targets(signed - timedelta(days=SIGNED), folder)
    here.laid_open(**{name: getattr(said, name) for name in OWN})
    here.heard(here.hearing())
    here.decided(here.decision())
    here.waived()
    here.opened()
    for agency in (ICB, DFE, WEX):
        here.signed(agency)
    return here


def opened(lines: Iterable[str], on: date) -> None:
    """The book of the place, opened on a day, with lines that the department pays."""
    year, when = FinancialYear.of(TODAY).start, datetime.combine(on, time(12), tzinfo=UTC)
    new = NewBook("The pool", "wexshire", WEX, year - 1, year + 1)
    ledger.open_book(BOOK, new, by=ADA, on=when)
    for code in lines:
        line = NewLine(code, DFE, Nature.REVENUE, Citation("letter", "1"))
        ledger.add_line(BOOK, code, line, by=ADA, on=when)


@contextmanager
def in_force_once(blocker: DjangoDbBlocker, folder: Path) -> Iterator[Wexshire]:
    """The same, made once for a module, of which nothing is kept after it."""
    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), transaction.atomic():
        patch.setenv("TOTALPLACE_HOME", str(folder / "home"))
        yield in_force(folder)
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone after."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
