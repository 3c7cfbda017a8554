"""What is said of plans by the service: what it answers, and what may be sent to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from totalplace.doors.api.frame import Code, Number
from totalplace.doors.api.words import Line, Pence, Said, Words

Proposable = Literal["most-outcomes", "fairest", "least-change"]
Cell = Annotated[str, Field(max_length=2_000)]
Sheet = Annotated[list[Annotated[list[Cell], Field(max_length=60)]], Field(max_length=100_001)]
Sheets = Annotated[
    dict[Annotated[str, Field(max_length=40)], Sheet],
    Field(max_length=20, description="The sheets of the workbook, each with its headings first."),
]


class PlanSide(Schema):
    """One way to divide the money, or a baseline beside it; 100 points: all outcomes, one year."""

    sort: str
    title: str
    reason: str
    points: float
    no_plan_exceeds: float | None = Field(description="In points; null: a baseline.")
    method: str
    pence: int
    moved_pence: int
    demands_broken: int
    openable_share: float = Field(description="Of its pounds, of effects with a source to open.")


class PlanChange(Schema):
    """One thing that changed from the version before."""

    of: str
    agency: str
    what: str
    before: str
    after: str


class PlanBrings(Schema):
    """What the plan that stands brings an outcome in a year, in what the outcome is counted in.

    Low and high: with every effect at its low, and at its high, together.
    """

    indicator: str
    area: str
    title: str
    counted_in: str
    year: str
    way_to_go: float = Field(description="The whole way to its target.")
    today: float = Field(description="What today's spending brings, beside buying nothing.")
    planned: float
    low: float
    high: float
    past_target: bool


class PlanVersion(Schema):
    """A plan as it stood from a moment on."""

    number: int
    on: datetime
    because_of_answer: int | None
    reason: str
    first_year: str
    last_year: str
    case_digest: str
    chosen: str | None
    chosen_because: str
    plans: list[PlanSide]
    brings: list[PlanBrings] = Field(description="By outcome and year.")
    changes: list[PlanChange]


class PlanIntent(Schema):
    """What an agency will commission with an option, for which outcome."""

    option: str
    indicator: str
    area: str
    pence: int | None = Field(description="Over all years; null: not said.")
    words: str


class PlanReply(Schema):
    """What was done about a contested part; no version: nothing changed."""

    changed_in_version: int | None
    words: str
    on: datetime


class PlanAnswer(Schema):
    """What an agency said of its part of a version."""

    number: int
    version: int
    agency: str
    accepts: bool
    words: str
    on: datetime
    intents: list[PlanIntent]
    reply: PlanReply | None


class PlanPart(Schema):
    """An agency's part over all years in pence; no answer: it said nothing."""

    agency: str
    now: int
    proposed: int
    services: int
    changed_since_its_answer: bool
    answer: int | None


class PlanStatement(Schema):
    """The chief finance officer's statement."""

    version: int
    on: datetime
    robustness: str
    reserves: str


class Plan(Schema):
    """A plan with all its versions since it was proposed."""

    plan: str = Field(description="As it is cited: place/number.")
    place: str
    agency: str = Field(description="Which is accountable.")
    title: str
    why: str
    stage: str
    hearing: str | None
    concluded_on: date | None
    decision: str | None
    allocation: str | None
    statement: PlanStatement | None
    agencies: list[PlanPart]
    answers: list[PlanAnswer]
    draft: PlanVersion | None = Field(description="Until it is proposed.")
    versions: list[PlanVersion]


class PlanListed(Schema):
    """A plan as it stands in a list."""

    plan: str = Field(description="As it is cited: place/number.")
    place: str
    agency: str
    title: str
    stage: str
    first_year: str
    last_year: str
    chosen: str | None
    pence: int = Field(description="Over all its years.")
    version: int


class PlanLack(Schema):
    """What is lacking before a plan can be adopted."""

    what: str
    why: str
    next_step: str


class PlanLacks(Plan):
    """The same, with what is lacking for it to be adopted today."""

    lacks: list[PlanLack]


class PaidFrom(Schema):
    """How much a fund pays."""

    fund: str
    pence: int


class PlanLine(Schema):
    """What an option gets in a year beside now, and which funds pay."""

    option: str
    agency: str
    year: str
    now: int
    pence: int
    paid: list[PaidFrom]


class AllocationLine(Schema):
    """What a fund pays an agency for an option in a year."""

    option: str
    agency: str
    year: str
    fund: str
    pence: int


class Allocation(Schema):
    """An adopted plan, which nothing changes."""

    allocation: str = Field(description="As it is cited: place/number.")
    place: str
    agency: str
    title: str
    version: int
    case_digest: str
    decision: str
    hearing: str
    adopted_on: date
    in_force: bool
    pence: int
    book: str | None = Field(description="To which it was posted; null: not yet.")
    lines: list[AllocationLine]


class PlanDrafting(Said):
    """A plan that is begun from a case."""

    title: Line
    why: Words
    agency: Code
    case: Sheets


class PlanProposing(Said):
    """Which of the three plans is proposed, and why."""

    plan: Proposable
    because: Words


class PlanRevising(PlanProposing):
    """The next version of a plan; without a case that of the version before stands."""

    reason: Words
    because_of_answer: Number | None = None
    case: Sheets | None = None


class IntentSaid(Said):
    """What an agency will commission with an option, for which outcome."""

    option: Line
    indicator: Line
    area: Line
    words: Words
    pence: Pence | None = None


class PlanAnswering(Said):
    """Whether an agency accepts its part, in its words."""

    agency: Code
    accepts: bool
    words: Words
    intents: Annotated[list[IntentSaid], Field(max_length=1_000, default_factory=list)]


class PlanReplying(Said):
    """What was done about a contested part."""

    answer: Number
    changed: bool
    words: Words


class PlanStating(Said):
    """The chief finance officer's statement (Local Government Act 2003, section 25)."""

    robustness: Words
    reserves: Words


class PlanAdopting(Said):
    """Under which decision, cited as body/number."""

    decision: Line
    reason: Words


class PlanPosting(Said):
    """To which book."""

    book: Code


class PlanWhy(Said):
    """Why it is done."""

    reason: Words
