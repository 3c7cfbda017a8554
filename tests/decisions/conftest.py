"""A council with a cabinet, a full council and a director who decides; and days that pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from totalplace.decisions import actions
from totalplace.decisions.queries import DecisionRow
from totalplace.decisions.rules.bodies import CallInWindow, Office, OwnRules
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.decisions.rules.taking_part import Held
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator, Who

ADA = Operator("Ada")
NOTICE_GIVEN = date(2026, 6, 1)
MAY_BE_TAKEN = date(2026, 6, 30)


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


@dataclass(frozen=True)
class Council:
    """A council, and what its officers do on which day."""

    by: Who = ADA

    def propose(
        self,
        body: str = "wex-cabinet",
        *,
        matter: str = "executive",
        amount_pence: int | None = 900_000_00,
        wards: int | None = 1,
        planned_on: date = MAY_BE_TAKEN,
        on: date = NOTICE_GIVEN,
    ) -> str:
        proposal = Proposal(
            "A family hub", "To open one hub", matter, planned_on, amount_pence, wards
        )
        return actions.propose(body, proposal, by=self.by, on=at(on)).citation.id

    def notice(self, citation: str, *, on: date = NOTICE_GIVEN) -> DecisionRow:
        return actions.give_notice(citation, by=self.by, on=at(on))

    def comment(self, citation: str, *, on: date = NOTICE_GIVEN) -> DecisionRow:
        return actions.comment_on_finance(citation, "Affordable.", by=self.by, on=at(on))

    def take(self, citation: str, *, on: date = MAY_BE_TAKEN) -> DecisionRow:
        taking = Taking("It serves families.", ["Cllr Ann Lee", "Cllr Bo Park"])
        return actions.take(citation, taking, by=self.by, on=at(on))

    def taken(self) -> str:
        """A key decision of the cabinet, taken on the first day on which it might be."""
        citation = self.propose()
        self.notice(citation)
        self.comment(citation)
        self.take(citation)
        return citation

    def call_in(self, citation: str, *, on: date) -> DecisionRow:
        members = ["Cllr Day", "Cllr Eve", "Cllr Fay"]
        return actions.call_in(
            citation, reason="Nobody was asked", members=members, by=self.by, on=at(on)
        )


def cabinet_rules(**other: object) -> OwnRules:
    """The rules of a cabinet, as a constitution has them."""
    said: dict[str, object] = {
        "rule_set": "council-executive",
        "first_day": date(2026, 1, 1),
        "source": "Constitution, part 4",
        "matters": frozenset({"executive"}),
        "key_from_pence": 500_000_00,
        "call_in": CallInWindow(5, Counting.WORKING, 3),
    }
    return OwnRules(**(said | other))  # type: ignore[arg-type]


@pytest.fixture
def council() -> Council:
    """A council in a place, whose bodies have their rules and whose offices are held."""
    day = at(date(2026, 1, 1))
    places.register_place("wexshire", name="Wexshire", by=ADA, on=day)
    places.register_agency("wex", name="Wexshire Council", kind="council", by=ADA, on=day)
    places.join_place("wexshire", "wex", by=ADA, on=day)
    bodies = {
        "wex-cabinet": ("executive", "Cabinet", cabinet_rules()),
        "wex-council": ("full-council", "Full Council", cabinet_rules(
            rule_set="full-council", matters=frozenset({"budget", "policy-framework"}),
            call_in=None)),
        "wex-director": ("officer", "Director of Children", cabinet_rules(
            limit_pence=100_000_00, call_in=None)),
    }  # fmt: skip
    for code, (kind, name, rules) in bodies.items():
        actions.add_body(code, agency="wex", kind=kind, name=name, by=ADA, on=day)
        actions.set_rules(code, rules, by=ADA, on=day)
    chair = Held(Office.SCRUTINY_CHAIR, "Cllr Day", date(2026, 5, 19))
    actions.appoint("wex", chair, source="Annual council", by=ADA, on=day)
    return Council()


@pytest.fixture
def on_day() -> Callable[[date], datetime]:
    """Noon of a day, for tests that act on their own."""
    return at
