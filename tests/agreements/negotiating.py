"""A negotiation between Wexshire and a department, by officers of either side, on days of June."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from totalplace.agreements.actions.drafts import keep_draft
from totalplace.agreements.actions.negotiations import accept, open_negotiation
from totalplace.agreements.actions.offers import offer
from totalplace.agreements.queries.negotiations import NegotiationRow, negotiation
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lines import Bound, Condition, Line, Mechanism, Sum, Where
from totalplace.agreements.rules.offers import Entitled, Opening, Saving, Terms, Working
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.ledger.rules.accounts import Nature
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ADA = Operator("Ada")
UNSAID = "Close the old depot"  # a saving that must never leak
YEAR = 2027


def a_sum(pence: int | None, nature: Nature = Nature.REVENUE, year: int = YEAR) -> Sum:
    return Sum(year, nature, pence)


def a_line(code: str = "bus-services", pence: int = 4_000_000_00, **said: object) -> Line:
    line = Line(
        code, "Bus Service Improvement Plan", "Local transport", "dft", Mechanism.FORMULA,
        Where.BLOCK, "Buses are planned here.", "transport", (a_sum(pence),),
    )  # fmt: skip
    return replace(line, **said)  # type: ignore[arg-type]


RING_FENCED = a_line(
    "skills", 9_000_000_00, fund="Adult Skills Fund", responsibility="Adult skills",
    department="dfe", where=Where.ALIGNED, reason="The rules of the fund are national.",
    conditions=(Condition(Bound.RING_FENCE, "Courses for adults alone"),),
)  # fmt: skip


def a_promise(**said: object) -> Promise:
    made = Promise(
        1, "mhclg", "wex", Kind.PAY, "pays the grant of the first quarter", date(2027, 4, 15),
        pence=1_000_000_00, line="bus-services",
    )  # fmt: skip
    return replace(made, **said)  # type: ignore[arg-type]


FIRST = Terms(lines=(a_line(), RING_FENCED))
GUARANTEE = Entitled("adult-skills", 1, "Free courses for adults", "dfe", 2_000_000_00)
COUNTER = Terms(
    lines=(a_line(pence=3_500_000_00), RING_FENCED),
    entitlements=(GUARANTEE,),
    promises=(a_promise(),),
)


@dataclass(frozen=True)
class Bargain:
    """Both sides, and the acts that they do on so many days from the first of June."""

    place: Officer
    centre: Officer
    number: int = 1

    def who(self, side: Side) -> Officer:
        return self.place if side is Side.PLACE else self.centre

    def at(self, days: int) -> datetime:
        return NOON + timedelta(days=days)

    @property
    def row(self) -> NegotiationRow:
        return negotiation(self.number)

    def drafted(self, side: Side, terms: Terms, days: int = 1) -> None:
        working = Working(terms, (Saving(UNSAID, "wex", 700_000_00),), "Our last word is 3.4m")
        keep_draft(self.number, side, working, by=self.who(side), on=self.at(days))

    def offered(self, side: Side, terms: Terms, days: int = 1) -> NegotiationRow:
        self.drafted(side, terms, days)
        return offer(
            self.number, side, reason="As we discussed", answer_by=self.at(days + 14).date(),
            by=self.who(side), on=self.at(days),
        )  # fmt: skip

    def accepted(self, side: Side, days: int = 3) -> NegotiationRow:
        return accept(
            self.number, side, reason="We can keep this", by=self.who(side), on=self.at(days)
        )


def an_opening(**said: object) -> Opening:
    made = Opening(
        "wexshire", "wex", "block-grant", "The Wexshire block grant", YEAR, YEAR + 2,
        ("mhclg", "dft"),
    )  # fmt: skip
    return replace(made, **said)  # type: ignore[arg-type]


def registered() -> None:
    """The place, its agencies, and two departments."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOON)
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"),
        ("icb", "Wexshire Health Board", "nhs-board"),
        ("mhclg", "Ministry of Housing and Local Government", "department"),
        ("dft", "Department for Transport", "department"),
    ):
        places.register_agency(code, name=name, kind=kind, by=ADA, on=NOON)
    for code in ("wex", "icb"):
        places.join_place("wexshire", code, by=ADA, on=NOON)


def begun(an_officer: Callable[..., Officer], **said: object) -> Bargain:
    """The place and two departments, an officer of either side, and a negotiation that is open."""
    registered()
    place = an_officer("pat", Role.COMMISSIONER, place="wexshire")
    centre = an_officer("cho", Role.DEPARTMENT_OFFICIAL, agency="mhclg")
    made = open_negotiation(an_opening(**said), by=place, on=NOON)
    return Bargain(place, centre, made.number)
