"""Models of devolution: who sets targets, what the centre may add, what may be moved and kept.

Places differ, and so may the bargain. A model is data that officers own (`definitions/models/`);
here are its parts and what follows from them. One by its code: `queries.devolution.model(code)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.ledger.rules.accounts import Nature
from totalplace.readiness.rules.gate import MET
from totalplace.readiness.rules.scale import TITLES, Area, Scores, Side
from totalplace.refusal import Refused

__all__ = [
    "About", "Addition", "Between", "CarryForward", "Clause", "Model", "Movement", "Opening",
    "Power", "Savings", "SetBy", "Side", "Targets", "Theme", "YearEnd", "movement_limit", "opens",
    "refuse_addition", "refuse_designations", "refuse_switch", "shortfalls",
]  # fmt: skip
_HUNDRED: Final = 100


class Addition(StrEnum):
    """What a side may add to what the other offered."""

    TARGET = "target"
    ENTITLEMENT = "entitlement"  # a national guarantee that the place keeps
    PROMISE = "promise"  # of the side that adds it
    CONDITION = "condition"  # on how a line may be spent
    LINE = "line"  # of funding


class SetBy(StrEnum):
    """Who sets the targets."""

    PLACE = "the place"
    CENTRE = "the centre"
    BOTH = "both, by agreement"


class Between(StrEnum):
    """Between what money may be moved without asking the centre."""

    NOTHING = "nothing"
    THEMES = "themes"
    LINES = "lines"


class CarryForward(StrEnum):
    """What becomes of what is not spent by the end of a year."""

    ALL = "all of it is kept"
    PART = "a part of it is kept"
    NONE = "it is given back"
    OWN_RULES = "each body's own rules hold"


class Clause(StrEnum):
    """The sections of an agreement, any of which a model may require."""

    PARTIES = "parties"
    AIMS = "aims"
    OUTCOMES = "outcomes"
    CONTRIBUTIONS = "contributions"
    ENTITLEMENTS = "entitlements"
    PROMISES = "promises"
    GOVERNANCE = "governance"
    FLEXIBILITY = "flexibility"
    RISK_SHARE = "risk-share"
    CHANGES = "changes"
    REVIEW = "review"
    VARIATION = "variation"
    BREACH = "breach"
    DISPUTES = "disputes"
    REMEDIES = "remedies"
    TERMINATION = "termination"


@dataclass(frozen=True, slots=True)
class Targets:
    """Who sets targets, and how many of them the centre may designate: 0 is none, None no limit."""

    set_by: SetBy
    most_designated: int | None
    says: str


@dataclass(frozen=True, slots=True)
class Movement:
    """What may be moved: so many per cent of what it is taken from; None: no limit.

    Revenue and capital are reckoned each by itself where `natures_apart`.
    """

    between: Between
    per_cent: int | None
    natures_apart: bool
    says: str


@dataclass(frozen=True, slots=True)
class Savings:
    """How many per cent of what is saved the place keeps; None: it is not said."""

    kept_per_cent: int | None
    says: str


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What becomes of what is left at the end of a year; per cent of a line where it is a part."""

    carry_forward: CarryForward
    per_cent: int | None
    says: str


@dataclass(frozen=True, slots=True)
class Power:
    """What a place may do once it is ready enough for it."""

    code: str
    title: str
    needs: Scores


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of lines within which money is free, or between which it is limited."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class About:
    """Who answers for a definition, from where it comes, and what in it is not certain."""

    why: str
    owner: str
    as_of: date
    review_by: date
    sources: tuple[str, ...]
    uncertain: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model of devolution."""

    code: str
    title: str
    plain: str
    about: About
    targets: Targets
    may_add: Mapping[Side, frozenset[Addition]]
    most_entitlements: int | None  # above it an offer is warned of; None: not said
    themes: tuple[Theme, ...]
    movement: Movement
    capital_to_revenue: bool
    savings: Savings
    year_end: YearEnd
    review_months: int | None
    review_says: str
    conditions: tuple[str, ...]
    clauses: frozenset[Clause]
    section_75: bool  # whether the checklist of SI 2000/617, regulation 7(3), applies
    powers: tuple[Power, ...]
    eligibility: tuple[str, ...]  # facts that have to hold before it is signed
    signing_needs: Scores

    @property
    def needs(self) -> dict[str, str]:
        """What signing needs, as `readiness.queries.lacking` is asked: area -> level, fact -> met.

        Empty: signing under this model needs no readiness.
        """
        facts = dict.fromkeys(self.eligibility, MET)
        return facts | {area.value: level.value for area, level in self.signing_needs.items()}


@dataclass(frozen=True, slots=True)
class Opening:
    """A power, and what is lacking for it; it is open where nothing is."""

    power: Power
    lacking: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the place may use it."""
        return not self.lacking


def refuse_addition(model: Model, side: Side, kind: Addition) -> None:
    """Raise Refused where a side may not add such a thing under a model."""
    if kind in model.may_add[side]:
        return
    may = sorted(
        f"a {one}" if one[0] not in "aeiou" else f"an {one}" for one in model.may_add[side]
    )
    why = f"under the model '{model.title}' that is not the {side}'s to add"
    if kind is Addition.TARGET and model.targets.set_by is SetBy.PLACE:
        why = f"under the model '{model.title}' targets are set by the place"
    raise Refused(
        f"The {side} cannot add a {kind}" if kind[0] not in "aeiou" else
        f"The {side} cannot add an {kind}",
        why=why,
        next_step=f"The {side} may add {', or '.join(may)}" if may else "Leave it out",
    )  # fmt: skip


def refuse_designations(model: Model, designated: int) -> None:
    """Raise Refused where more targets are designated by the centre than a model allows."""
    most = model.targets.most_designated
    if most is not None and designated > most:
        raise Refused(
            f"The centre cannot designate {designated} targets",
            why=f"under the model '{model.title}' it is at most {most}",
            next_step="Leave some out, or leave them to the place",
        )


def movement_limit(model: Model, theme_total: int) -> int | None:
    """The most pence that may be moved out of a group of lines that comes to a sum of pence.

    None: the model sets no limit. Rounded down, so that the limit is never exceeded by a part of a
    penny. Where `natures_apart`, ask for revenue and for capital each. Raises ValueError for a sum
    below nothing.
    """
    if theme_total < 0:
        raise ValueError("a group of lines does not come to less than nothing")
    if model.movement.between is Between.NOTHING:
        return 0
    if model.movement.per_cent is None:
        return None
    return theme_total * model.movement.per_cent // _HUNDRED


def refuse_switch(model: Model, *, taken_from: Nature, given_to: Nature) -> None:
    """Raise Refused where capital would become revenue under a model that does not allow it."""
    switch = taken_from is Nature.CAPITAL and given_to is Nature.REVENUE
    if switch and not model.capital_to_revenue:
        raise Refused(
            "Capital cannot be moved to revenue",
            why=f"the model '{model.title}' does not allow it",
            next_step="Take it from a line of revenue",
        )


def opens(model: Model, scores: Scores) -> list[Opening]:
    """Each power of a model, and what is lacking for it at these agreed levels.

    An area without a level is lacking for whatever needs that area: not scored is not ready.
    """
    return [Opening(power, tuple(shortfalls(power.needs, scores))) for power in model.powers]


def shortfalls(needs: Scores, scores: Scores) -> list[str]:
    """What is lacking in each area, in words, in the order of the areas."""
    short = []
    for area in Area:
        if area not in needs:
            continue
        has = scores.get(area)
        if has is None or not has.reaches(needs[area]):
            words = has.value if has is not None else "not agreed"
            short.append(f"{TITLES[area]}: needs {needs[area].value}, is {words}")
    return short
