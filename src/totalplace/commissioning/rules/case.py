"""The case of a plan: everything that an officer puts in, in the words of the field.

An *option* is a service that can be bought more or less of, from one agency, in one area, for one
group. A *fund* is money and who may spend it on what. A *rule* is what no plan may break. What is
*wanted* is an outcome of the place's own targets, with its weight and how far there is to go.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum

ONE: Decimal = Decimal(1)
WHOLE_WEIGHT: int = 100  # what the weights of a decision add up to


class Grade(IntEnum):
    """How well an effect is known: the Maryland scale, and nought for what nobody tested.

    Source: Sherman and others (1998); as used by the What Works Centre for Local Economic Growth.
    """

    UNGRADED = 0
    BEFORE_AND_AFTER = 1
    CONTROLLED = 2
    COMPARED = 3
    NATURAL_EXPERIMENT = 4
    RANDOMISED = 5


@dataclass(frozen=True, slots=True)
class Effect:
    """What one unit of an option changes in an outcome, for the better where it is above nought.

    `low`, `mid` and `high` are numbers of what the outcome is counted in (such as children), in one
    year, with 95 chances in 100 from low to high. It begins `lag_years` after the money, lasts
    `lasts_years`, and of each year's effect the share `kept` remains in the next.
    """

    indicator: str
    area: str
    counted_in: str
    low: Decimal
    mid: Decimal
    high: Decimal
    grade: Grade = Grade.UNGRADED
    source: str = ""
    address: str = ""  # where a stranger can open the source; empty: nowhere
    lag_years: int = 0
    lasts_years: int = 1
    kept: Decimal = ONE
    accepted: str = ""  # the entry of the record by which an officer let it drive money ungraded

    @property
    def openable(self) -> bool:
        """Whether a stranger can open the source of a graded effect."""
        return self.grade > Grade.UNGRADED and bool(self.source and self.address)

    @property
    def drives(self) -> bool:
        """Whether it may move money: graded with an openable source, or accepted on the record."""
        return self.openable or bool(self.accepted)


@dataclass(frozen=True, slots=True)
class Prevents:
    """How many units less of another option one unit of this makes needed, some years later."""

    option: str
    units: Decimal
    lag_years: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """A service or intervention. Sums are pence a year; missing is None, never nought.

    `unit_pence` of None, or no effect that drives, leaves its money where it is. `fixed_pence` is
    spent before the first unit. `saturates_units` is by how many units 63 in 100 of all that it can
    do has been done (1 - 1/e); None: each unit does as much as the one before.
    """

    code: str
    title: str
    agency: str
    now_pence: int
    unit: str = ""
    unit_pence: int | None = None
    fixed_pence: int = 0
    area: str = ""
    group: str = ""
    least_pence: int = 0
    capacity_units: int | None = None
    most_more_units: int | None = None  # ramp: in a year, over the year before
    most_fewer_units: int | None = None
    saturates_units: int | None = None
    protected: bool = False  # a critical service: never less than now
    may_close: bool = False  # may cease altogether, and then its fixed cost with it
    funds: tuple[str, ...] = ()  # those that may pay for it; none named: any that names none either
    covers: tuple[str, ...] = ()  # lines of the count that it is: agency/service
    effects: tuple[Effect, ...] = ()
    prevents: tuple[Prevents, ...] = ()
    held_pence: tuple[int, ...] = ()  # by year, where nothing may move it: said by what-ifs alone

    @property
    def driven(self) -> tuple[Effect, ...]:
        """The effects that may move money."""
        return tuple(one for one in self.effects if one.drives)

    @property
    def movable(self) -> bool:
        """Whether the plan may move its money at all."""
        return self.unit_pence is not None and bool(self.driven or self.prevents)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An outcome of the place's targets: its weight of 100, and the whole way to its target.

    `gap` is in what it is `counted_in`, in one year. `health` effects are discounted at the health
    rates of the Green Book (2026).
    """

    indicator: str
    area: str
    title: str
    counted_in: str
    gap: Decimal
    weight: int
    health: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By which effects find it."""
        return self.indicator, self.area


@dataclass(frozen=True, slots=True)
class Fund:
    """Money for the plan, year by year from its first. An aligned fund is held by another body.

    `only` says that it pays for nothing but options that name it. `must_spend`: all of it is spent.
    """

    code: str
    title: str
    pence: tuple[int, ...]
    holder: str = ""
    aligned: bool = False
    only: bool = False
    must_spend: bool = False
    source: str = ""


class Kind(StrEnum):
    """What kind of demand a rule is."""

    GRANT = "the money that there is"
    RING_FENCE = "ring-fence"
    CONDITION = "condition of a line"
    VIREMENT = "limit of movement"
    ALIGNED = "aligned budget"
    CAPACITY = "capacity"
    RAMP = "how fast a service can change"
    ENTITLEMENT = "national guarantee"
    PROTECTED = "protected service"
    FAIR = "fair share"
    TARGET = "target"


class In(StrEnum):
    """What a rule is counted in."""

    PENCE = "pence"
    UNITS = "units"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class Rule:
    """At least or at most so much, of some options together, in a year of the plan or in each.

    `year` counts from 0 at the first year; None is every year. Where it is counted in effect, it
    names an outcome of those that are wanted, and the amount is in what that is counted in.
    """

    code: str
    title: str
    kind: Kind
    options: tuple[str, ...]
    counted: In = In.PENCE
    least: Decimal | None = None
    most: Decimal | None = None
    year: int | None = None
    outcome: tuple[str, str] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the place, and how many people live there (of a group, where one is named)."""

    code: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Case:
    """All that a plan is made from. `first_year` is that in which the financial year begins."""

    place: str
    first_year: int
    years: int
    options: tuple[Option, ...]
    wanted: tuple[Wanted, ...]
    funds: tuple[Fund, ...]
    rules: tuple[Rule, ...] = ()
    areas: tuple[Area, ...] = ()
    weights_by: str = ""  # the decision that set the weights, as it is cited

    def option(self, code: str) -> Option:
        """One option. Raises KeyError where there is none of that code."""
        return next(one for one in self.options if one.code == code)

    @property
    def now_pence(self) -> int:
        """What is spent now, a year, on all options together."""
        return sum(one.now_pence for one in self.options)
