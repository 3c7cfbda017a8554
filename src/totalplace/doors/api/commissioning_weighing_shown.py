"""What is weighed of a plan, as it is given to other programs."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field


class WorkedOut(Schema):
    """When it was worked out, from which seed, and from which case and amounts."""

    cited: str
    digest: str = Field(description="SHA-256 of the case and the amounts.")
    worked_out_at: datetime
    seed: int | None


class PoundsKnown(Schema):
    """Pence by what their effects rest on; the share is from 0 to 1, null without money."""

    openable_pence: int
    accepted_pence: int
    without_pence: int
    openable_share: float | None


class AgencyPounds(Schema):
    """The same of one agency."""

    agency: str
    now: PoundsKnown
    planned: PoundsKnown


class ChanceTold(Schema):
    """The share of draws in which the plan reaches more than today's spending, and the gain."""

    beats: float
    beats_low: float
    beats_high: float
    mean_points: float
    low_points: float
    high_points: float
    draws: int
    distribution: str


class DirectionTold(Schema):
    """The share of moved pence that keep their direction; null where nothing is moved."""

    kept: float | None
    error: float
    moved_pence: int
    impossible: int
    draws: int


class SourceTold(Schema):
    """A source, how well it knows, and the services that rest on it."""

    source: str
    address: str
    grade: str
    services: list[str]


class LeftTold(Schema):
    """A service that is left where it is, for nothing is known of its effect."""

    title: str
    agency: str
    pence: int


class KnownTold(WorkedOut):
    """How much of a plan is known."""

    words: str = Field(description="What the plan may be called.")
    best_may_be_said: bool
    now: PoundsKnown
    planned: PoundsKnown
    agencies: list[AgencyPounds]
    chance: ChanceTold
    direction: DirectionTold
    sentences: list[str]
    sources: list[SourceTold]
    left_where_it_is: list[LeftTold]


class PriceTold(Schema):
    """What one demand costs, in points; amounts in its own unit, which is pence where it is money.

    Nothing within which it holds was found where `low` and `high` are null.
    """

    demand: str
    side: str
    title: str
    kind: str | None
    unit: str
    amount: float
    points_per: float = Field(description="Won for each pound, or unit, less of it.")
    points_tighter: float | None
    low: float | None
    high: float | None
    whole_cost_points: float | None
    out_by_points: float
    how: str
    costs_nothing: bool
    told: str


class PricesTold(WorkedOut):
    """What every demand costs, the dearest first."""

    prices: list[PriceTold]


class AreaReached(Schema):
    """What services of one area reach for it."""

    area: str
    name: str
    people: int
    points_per_thousand: float


class WalkStepTold(Schema):
    """A plan to walk to; without a plan its figures are null, and `told` says why."""

    asked: float
    title: str
    budget_pence: int
    spent_pence: int | None
    points: float | None
    gap: float | None
    fairness: float | None
    told: str
    areas: list[AreaReached]


class FrontierTold(WorkedOut):
    """Plans with less and more money, and fairer ones."""

    cost: list[WalkStepTold]
    fairness: list[WalkStepTold]


class CutTold(Schema):
    """The plan where money falls by so many per cent; without one, why there is none."""

    per_cent: float
    budget_pence: int
    points: float | None
    refusal: str | None


class SqueezedTold(Schema):
    """How one option fares: pence of the last year at each cut, null without a plan."""

    option: str
    title: str
    now_pence: int
    pence: list[int | None]
    first_cut: float | None
    lost_share: float
    told: str


class PressureTold(WorkedOut):
    """What goes first, and what is protected, as money falls."""

    cuts: list[CutTold]
    no_plan_at: float | None
    options: list[SqueezedTold]


class BindingTold(Schema):
    """A rule that leaves no room, and where it stands."""

    title: str
    source: str


class GainedTold(Schema):
    """Where money went that could have paid for it."""

    option: str
    title: str
    agency: str
    more_pence: int


class WhyTold(WorkedOut):
    """Why an option gets what it gets: pence a year, points for each pound."""

    option: str
    title: str
    agency: str
    year: str
    now_pence: int
    gets_pence: int
    reaches_per_pound: float
    price_per_pound: float | None
    more_money_pence: int | None
    more_in: str | None = Field(description="The fund that so much more money would be in.")
    binding: list[BindingTold]
    went_to: list[GainedTold]
    told: list[str]


class MoneyLine(Schema):
    """A row of the financial plan; pence by year, null where it is not known."""

    part: str
    title: str
    whose: str = Field(description="Whose budget; empty: the accountable body's.")
    pence: list[int | None]
    note: str


class MoneyTotal(Schema):
    """The sum of a part by year."""

    part: str
    pence: list[int | None]


class PlanBalanceTold(Schema):
    """Whether a budget is in balance in a year; null where that is not known."""

    whose: str
    year: str
    balanced: bool | None
    words: str


class ReserveTold(Schema):
    """A reserve by year, and by how much it is below its least level."""

    title: str
    opening: list[int | None]
    closing: list[int | None]
    below_least: list[int | None]
    least_pence: int | None


class FinancialPlanTold(Schema):
    """All the money of a plan, year by year."""

    cited: str
    years: list[str]
    balanced: bool | None
    rows: list[MoneyLine]
    totals: list[MoneyTotal]
    comes_in: list[int | None]
    goes_out: list[int | None]
    tied: list[int | None]
    left: list[int | None]
    balances: list[PlanBalanceTold]
    reserves: list[ReserveTold]
    noticed: list[str]


class MoneyGiven(Schema):
    """The money beside a plan: the sheets of its workbook, headings first, and why."""

    reason: str = Field(max_length=2_000)
    sheets: dict[str, list[list[str]]] = Field(
        description="By the names of the workbook: Resources, Spending, Pressures, Savings, "
        "Reserves. Sums are pounds as they are written; a blank cell is not known."
    )


class MoneyKept(Schema):
    """That it was kept: the plan, and the digest of what stands beside it now."""

    citation: str
    digest: str
