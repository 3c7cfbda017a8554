"""What is sent and answered about negotiations, drafts and offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from totalplace.agreements.rules import lines as funding
from totalplace.agreements.rules import promises
from totalplace.agreements.rules.offers import MOST
from totalplace.doors.api.frame import Code
from totalplace.doors.api.words import Day, Line, OptionalLine, OptionalWords, Said, Words
from totalplace.ledger.rules.accounts import Nature

StartYear = Annotated[
    int, Field(ge=1990, le=2190, description="The calendar year in which a financial year starts.")
]
Sum = Annotated[int | None, Field(ge=0, le=funding.MOST_PENCE)]


class LineSumSaid(Said):
    """A sum of a line: pence where it is stated, and else what stands in their place."""

    year: StartYear
    nature: Nature
    pence: Sum = None
    said: funding.Said = funding.Said.STATED


class ConditionSaid(Said):
    """A condition of a line."""

    kind: funding.Bound
    text: Words
    pence: Sum = None


class FundingLineSaid(Said):
    """A funding line."""

    code: Code
    fund: Line
    responsibility: OptionalLine = ""
    department: OptionalLine = ""
    mechanism: funding.Mechanism
    where: Annotated[funding.Where, Field(description="In which of the three sets it is.")]
    reason: OptionalWords = ""
    theme: OptionalLine = ""
    sums: Annotated[tuple[LineSumSaid, ...], Field(max_length=100)] = ()
    conditions: Annotated[tuple[ConditionSaid, ...], Field(max_length=100)] = ()
    covers: Annotated[
        tuple[Line, ...], Field(max_length=100, description="agency/service of the count.")
    ] = ()
    outcomes: Annotated[tuple[Line, ...], Field(max_length=100)] = ()


class OfferedPromiseSaid(Said):
    """What one party owes another."""

    by: Code
    to: Code
    kind: promises.Kind
    what: Line
    due: Day
    pence: Sum = None
    line: OptionalLine = ""
    cure_days: Annotated[int, Field(ge=0, le=3650)] = 0
    targets: Annotated[tuple[Line, ...], Field(max_length=100)] = ()


class GuaranteeSaid(Said):
    """A national guarantee in force, by its code."""

    code: Code
    reason: OptionalWords = ""


class LiftSaid(Said):
    """A rule that is asked to be lifted."""

    code: Code
    rule: Line
    by: Line
    why: Words
    pence: Sum = None


class WishedSaid(Said):
    """A target that the other side is asked to have."""

    indicator: Line
    words: Words


class SavingSaid(Said):
    """A saving that a side expects. No offer has a place for one."""

    what: Line
    agency: Code
    pence: Sum = None
    year: StartYear | None = None


class DraftSaid(Said):
    """All of a draft anew."""

    lines: Annotated[tuple[FundingLineSaid, ...], Field(max_length=funding.MOST_LINES)] = ()
    guarantees: Annotated[tuple[GuaranteeSaid, ...], Field(max_length=MOST)] = ()
    promises: Annotated[tuple[OfferedPromiseSaid, ...], Field(max_length=MOST)] = ()
    rules: Annotated[tuple[LiftSaid, ...], Field(max_length=MOST)] = ()
    targets: Annotated[tuple[WishedSaid, ...], Field(max_length=MOST)] = ()
    savings: Annotated[tuple[SavingSaid, ...], Field(max_length=MOST)] = ()
    notes: OptionalWords = ""


class NegotiationOpening(Said):
    """What a negotiation is about."""

    place: Code
    title: Line
    host: Code
    model: Code
    departments: Annotated[list[Code], Field(min_length=1, max_length=50)]
    first_year: StartYear
    last_year: StartYear
    edition: OptionalLine = ""


class OfferSaid(Said):
    """MoveSaid an offer is made, and by when an answer is asked for."""

    reason: Words
    answer_by: Day


class MoveSaid(Said):
    """MoveSaid it is done."""

    reason: Words


class PublishingSaid(Said):
    """That it is agreed to publish."""

    agreed: Annotated[bool, Field(description="Has to be true: it is not taken back.")] = True


class NegotiationStepTold(Schema):
    """A step: who did what when."""

    turn: int
    verb: str
    side: str
    number: int
    day: date
    answer_by: date | None
    digest: str
    published: bool


class NegotiationTold(Schema):
    """What anybody may know of a negotiation."""

    number: int
    place: str
    host: str
    model: str
    title: str
    departments: list[str]
    years: str
    edition: str
    stage: str
    to_move: str | None
    answer_by: date | None
    lapsed: bool
    digest: str
    opened_on: datetime
    steps: list[NegotiationStepTold]


class TermsTold(Schema):
    """What is offered; sums whose pence are null are not stated, and never nought."""

    lines: list[dict[str, Any]]
    entitlements: list[dict[str, Any]]
    promises: list[dict[str, Any]]
    lifts: list[dict[str, Any]]
    targets: list[dict[str, Any]]


class OfferTold(TermsTold):
    """An offer, which nobody changes."""

    negotiation: int
    number: int
    side: str
    day: date
    answer_by: date
    reason: str
    digest: str
    published: bool


class DraftTold(Schema):
    """The draft of a side, for that side alone."""

    terms: TermsTold
    savings: list[dict[str, Any]]
    notes: str


class DraftKept(Schema):
    """That a draft was kept; what it says is not repeated."""

    side: str
    turn: int


class OffersCompared(Schema):
    """What one offer differs by from another, and what that costs each side, in pence."""

    differences: list[dict[str, Any]]
    costs: list[dict[str, Any]]


class SettlementTold(Schema):
    """Published funding lines, in pence, beside a headline that they need not explain."""

    code: str
    title: str
    year: str
    headline_pence: int
    visible_revenue_pence: int
    visible_capital_pence: int
    unexplained_pence: int
    not_stated: int
    sources: list[str]
