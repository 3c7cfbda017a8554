"""The rates, the grades and the published values of appraisal, read once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Final

from totalplace.commissioning.rules.appraisal.rates import NEVER, Method, Schedule, Step
from totalplace.commissioning.rules.appraisal.terms import Gives
from totalplace.entitlements.rules.written import Spot, written

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "uncertain"}
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class GradeWords:
    """A grade of how well a number is known: what it takes, and what optimism takes off."""

    grade: int
    share: Decimal
    evidence: str


@dataclass(frozen=True, slots=True)
class UnitValue:
    """A published value of one outcome for one person in a year, in pounds."""

    code: str
    title: str
    who: str
    gives: Gives
    pounds: Decimal
    price_year: int


@cache
def method() -> Method:
    """The published method: rates and optimism, with their sources."""
    spot = _read("rates.yaml", {"standard", "health", "lower", "beyond"})
    return Method(
        standard=_schedule(spot, "standard"),
        health=_schedule(spot, "health"),
        lower=_schedule(spot, "lower"),
        beyond=spot.whole("beyond"),
        optimism={one.grade: one.share for one in grades()},
        rates_as_of=spot.day("as_of").isoformat(),
        sources=(*_sources(spot), *_sources(_optimism())),
    )


@cache
def grades() -> tuple[GradeWords, ...]:
    """The grades, the best known first."""
    found = []
    for one in _optimism().at("grades").each():
        one.only({"grade", "per_cent", "evidence"})
        share = Decimal(one.whole("per_cent")) / _HUNDRED
        found.append(GradeWords(one.whole("grade"), share, one.text("evidence")))
    return tuple(found)


@cache
def unit_values() -> tuple[UnitValue, ...]:
    """Published values, each with who gains by it."""
    found = []
    for one in _read("unit_costs.yaml", {"values"}).at("values").each():
        one.only({"code", "title", "who", "gives", "pounds", "price_year"})
        found.append(
            UnitValue(
                one.text("code"), one.text("title"), one.text("who"), one.one_of("gives", Gives),
                _decimal(one, "pounds"), one.whole("price_year"),
            )
        )  # fmt: skip
    return tuple(found)


def _optimism() -> Spot:
    return _read("optimism.yaml", {"grades"})


def _schedule(spot: Spot, code: str) -> Schedule:
    here = spot.at(code)
    here.only({"title", "steps"})
    steps = []
    for one in here.at("steps").each():
        one.only({"until", "per_cent"})
        until = one.whole("until") if one.has("until") else NEVER
        steps.append(Step(until, _decimal(one, "per_cent") / _HUNDRED))
    if [step.until for step in steps] != sorted({step.until for step in steps}):
        raise here.refused("each step ends later than the one before")
    return Schedule(code, here.text("title"), tuple(steps))


def _decimal(spot: Spot, key: str) -> Decimal:
    try:
        return Decimal(spot.text(key))
    except InvalidOperation:
        raise spot.at(key).refused("a number belongs here, in quotation marks") from None


def _sources(spot: Spot) -> tuple[str, ...]:
    return tuple(str(one.value) for one in spot.at("sources").each())


def _read(name: str, keys: set[str]) -> Spot:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    spot = written(text, what=f"The definitions in {name}")
    spot.only(_ABOUT | keys)
    return spot
