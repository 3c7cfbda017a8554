"""Submissions as officers give them: held, read on trial, corrected, certified, added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Operator, Role
from totalplace.sources.home import Home
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.actions import Giving
from totalplace.sources.submitting.actions.taking_in import given_of
from totalplace.sources.submitting.bytes_held import Held, Incoming
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.trial import try_out

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ADA = Operator("Ada")
HEAD = "Date,Supplier,Directorate,Amount\n"
APRIL = HEAD + "".join(f"{d:02d}/04/2025,Oak Ltd {d},Highways,{d}.50\n" for d in range(1, 29))


@pytest.fixture
def council(db: None) -> str:
    """An agency that gives figures in."""
    places.register_agency("wexshire", name="Wexshire Council", by=ADA, on=NOON)
    return "wexshire"


@pytest.fixture
def officers(council: str) -> dict[str, Officer]:
    """Two finance leads, a chief finance officer, and one who has no mandate at all."""
    made = {
        code: places.appoint(code, name=code.title(), email=f"{code}@example.org", by=ADA, on=NOON)
        for code in ("bea", "cem", "dov", "eve")
    }
    chief = Role.CHIEF_FINANCE_OFFICER
    for code, role in (("bea", Role.FINANCE_LEAD), ("cem", Role.FINANCE_LEAD), ("dov", chief)):
        places.grant(code, role, Matter(council), power="scheme 4.2", by=ADA, on=NOON)
    return made


def kept(home: Home, text: str | bytes, name: str = "April 2025.csv") -> Held:
    """Bytes held as an upload holds them."""
    incoming = Incoming(home, name=name, most_bytes=10**7)
    incoming.write(text.encode() if isinstance(text, str) else text)
    return incoming.keep()


def tried(home: Home, row: SubmissionRow) -> SubmissionRow:
    """Read on trial, as the background does."""
    found = try_out(home, given_of(row), lambda *_: None)
    actions.tried(home, row.id, row.recipe, found, on=NOON)
    return queries.submission(row.id)


Gives = Callable[..., SubmissionRow]


@pytest.fixture
def gives(home: Home, officers: dict[str, Officer]) -> Gives:
    """Bea gives a file and it is read on trial."""

    def give(
        text: str | bytes = APRIL,
        *,
        name: str = "April 2025.csv",
        read: bool = True,
        **said: object,
    ) -> SubmissionRow:
        giving = Giving("wexshire", **said)  # type: ignore[arg-type]
        row = actions.give(kept(home, text, name), giving, by=officers["bea"], on=NOON)
        return tried(home, row) if read else row

    return give
