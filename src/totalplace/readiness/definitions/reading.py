"""The definitions of this room, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from totalplace.entitlements.rules.written import Spot, written
from totalplace.readiness.rules.eligibility import FactRule, Test
from totalplace.readiness.rules.evidence import EvidenceKind
from totalplace.readiness.rules.scale import Area, Level

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "uncertain"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked for in a cell; `kind` says what it is about."""

    kind: EvidenceKind
    says: str


@dataclass(frozen=True, slots=True)
class AreaCriteria:
    """An area: what it covers, in the words of the checks, and what is looked for at each level."""

    area: Area
    covers: str
    criteria: Mapping[Level, tuple[Criterion, ...]]
    sources: tuple[str, ...]
    uncertain: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What each level means, and for how many days evidence holds at the most."""

    means: Mapping[Level, str]
    longest_evidence_days: int
    sources: tuple[str, ...]
    uncertain: str


@cache
def fact_rules() -> Mapping[str, FactRule]:
    """The facts that are asked for first, by code, in their order."""
    spot = _read("eligibility.yaml", {"facts"})
    found = {}
    for code, fact in spot.at("facts").items():
        fact.only({"title", "question", "test", "months"})
        found[code] = FactRule(
            code, fact.text("title"), fact.text("question"), fact.one_of("test", Test),
            fact.whole("months"),
        )  # fmt: skip
    return found


@cache
def scale() -> Scale:
    """What each level means."""
    spot = _read("scale.yaml", {"levels", "longest_evidence_days"})
    levels = spot.at("levels")
    levels.only({level.value for level in Level})
    return Scale(
        {level: levels.text(level.value) for level in Level},
        spot.whole("longest_evidence_days"),
        tuple(spot.at("sources").value),
        spot.text("uncertain"),
    )


@cache
def criteria() -> Mapping[Area, AreaCriteria]:
    """What is looked for in each area at each level."""
    return {area: _area(area) for area in Area}


def _area(area: Area) -> AreaCriteria:
    spot = _read(f"areas/{area.value}.yaml", {"area", "covers", "levels"})
    if spot.one_of("area", Area) is not area:
        raise spot.at("area").refused(f"its file is called {area}")
    levels = spot.at("levels")
    levels.only({level.value for level in Level})
    return AreaCriteria(
        area,
        spot.text("covers"),
        {level: tuple(_criteria(levels.at(level.value))) for level in Level},
        tuple(spot.at("sources").value),
        spot.text("uncertain"),
    )


def _criteria(spot: Spot) -> list[Criterion]:
    found = []
    for one in spot.each():
        one.only({"kind", "says"})
        found.append(Criterion(one.one_of("kind", EvidenceKind), one.text("says")))
    return found


def _read(file: str, keys: set[str]) -> Spot:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    spot = written(text, what=f"The definitions in {file}")
    spot.only(_ABOUT | keys)
    return spot
