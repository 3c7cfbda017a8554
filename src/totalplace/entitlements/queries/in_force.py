"""What is guaranteed on a day: everywhere or in a place, how few, what it comes to, its floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.entitlements.definitions.reading import centre
from totalplace.entitlements.queries.guarantees import (
    CostRow,
    GuaranteeRow,
    VersionRow,
    guarantee,
    guarantees,
)
from totalplace.entitlements.queries.variants import (
    VariantRow,
    said_against,
    variant_in_force,
    variants,
)
from totalplace.entitlements.rules.guarantee import Guarantee, Strength
from totalplace.entitlements.rules.need import Need, Population
from totalplace.entitlements.rules.need import need as of_population
from totalplace.entitlements.rules.variants import applied
from totalplace.places import queries as places
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A guarantee as it is on a day, with a place's own variant applied where it has one.

    `rule` is pure: ask it with `rules.guarantee.assess`. `below` says that the place's variant has
    come to be below the floor, and that `rule` is therefore the floor.
    """

    code: str
    title: str
    number: int
    digest: str
    agency: str
    agency_name: str
    since: date
    rule: Guarantee
    national: Guarantee
    costs: tuple[CostRow, ...]
    variant: VariantRow | None = None
    below: bool = False

    @property
    def citation(self) -> Citation:
        """As it is cited: entitlement school-place/2."""
        return Citation("entitlement", f"{self.code}/{self.number}")

    def cost_in(self, place: str) -> CostRow | None:
        """What it was said to cost in a place, or None where nobody said."""
        return next((cost for cost in self.costs if cost.place == place), None)


@dataclass(frozen=True, slots=True)
class Few:
    """How many guarantees are in force and are to be at the most, and what they cost in a place.

    The sums are of those whose cost is known, which are `costed` of them.
    """

    number: int
    most: int
    costed: int
    pence: int
    low: int
    high: int

    @property
    def too_many(self) -> bool:
        """Whether there are more than are to be."""
        return self.number > self.most


@dataclass(frozen=True, slots=True)
class Floor:
    """The least spending (pence) or volume in a place; an amount of None is not known."""

    code: str
    title: str
    what: str
    unit: str
    amount: int | None
    low: int | None
    high: int | None
    source: str


def in_force(place: str, on: date) -> list[Entitlement]:
    """Every guarantee in force on a day, by title; in a place ("": none) with its own variants.

    Raises Refused where there is no such place.
    """
    rows: Sequence[VariantRow] = ()
    if place:
        places.place(place)
        rows = variants(place=place)
    found = [
        _entitlement(row, version, place, on, rows)
        for row in guarantees()
        if (version := row.in_force(on)) is not None
    ]
    return sorted(found, key=lambda one: (one.rule.strength is Strength.MONEY_FLOOR, one.title))


def entitlement(code: str, place: str = "", *, on: date) -> Entitlement:
    """One guarantee as it is on a day. Raises Refused where none of that code is in force."""
    row = guarantee(code)
    version = row.in_force(on)
    if version is None:
        raise Refused(
            f"'{row.latest.title}' is not in force",
            why="no version of it is on that day",
            next_step=f"See its versions with: totalplace entitlements show {code}",
        )
    if place:
        places.place(place)
    return _entitlement(row, version, place, on, None)


def _entitlement(
    row: GuaranteeRow, version: VersionRow, place: str, on: date,
    rows: Sequence[VariantRow] | None,
) -> Entitlement:  # fmt: skip
    national = version.rule
    variant, below = variant_in_force(version, place, on, rows) if place else (None, False)
    said = said_against(variant.text, version.text) if variant and not below else None
    began = [event.first_day for event in row.events if event.version == version.number]
    return Entitlement(
        code=row.code,
        title=version.title,
        number=version.number,
        digest=version.digest,
        agency=row.agency,
        agency_name=row.agency_name,
        since=began[-1],
        rule=applied(national, said) if said else national,
        national=national,
        costs=version.costs,
        variant=variant,
        below=below,
    )


def few(*, on: date, place: str = "") -> Few:
    """How few guarantees are in force, and what those of known cost come to in a place."""
    found = in_force("", on)
    costs = [cost for one in found if (cost := one.cost_in(place)) is not None] if place else []
    return Few(
        len(found), centre().most, len(costs),
        sum(cost.pence for cost in costs), sum(cost.low for cost in costs),
        sum(cost.high for cost in costs),
    )  # fmt: skip


def need(code: str, population: Population, on: date, *, place: str = "") -> Need:
    """What a guarantee comes to for a population on a day: persons, volume, pence, with bounds.

    With a place, its variant is applied. Raises Refused where it is not in force, is a floor of
    spending, or the population does not fit what it asks.
    """
    return of_population(entitlement(code, place, on=on).rule, population, on=on)


def floor(place: str, on: date, *, populations: Population | None = None) -> list[Floor]:
    """The least that is to be spent or provided in a place on a day, by guarantee.

    What the centre said for the place; else, where the least is so much for each who is eligible
    and a population is given, that; else not known, which is never nought.
    """
    return [
        _floor(one, place, on, populations)
        for one in in_force(place, on)
        if one.national.minimum is not None
    ]


def _floor(one: Entitlement, place: str, on: date, population: Population | None) -> Floor:
    minimum = one.national.minimum
    assert minimum is not None  # noqa: S101  (the caller asked)
    said = minimum.in_place(place, on)
    if said is not None:
        source = f"{one.agency_name}, {one.citation}"
        return Floor(one.code, one.title, minimum.what, minimum.unit, said, said, said, source)
    if minimum.each_eligible is not None and population is not None:
        found = of_population(one.national.with_amount(minimum.each_eligible), population, on=on)
        return Floor(
            one.code, one.title, minimum.what, minimum.unit, found.volume, found.volume_low,
            found.volume_high, population.source or "the population that was given",
        )  # fmt: skip
    return Floor(one.code, one.title, minimum.what, minimum.unit, None, None, None, "")
