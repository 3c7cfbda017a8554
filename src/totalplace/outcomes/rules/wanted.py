"""A target as somebody says it, before its outcome is looked up and its shares are made whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from totalplace.outcomes.rules.targets import (
    NOBODY,
    Baseline,
    Outcome,
    Part,
    Step,
    Target,
    whole_shares,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants an outcome to be. `shares` are per cent, as they were said."""

    indicator: str
    area: str
    baseline: Baseline
    steps: tuple[Step, ...]
    shares: Mapping[str, Decimal]
    why: str
    pence: Mapping[str, int] = field(default_factory=dict)
    against: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By which its target is known."""
        return self.indicator, self.area


def made(wanted: Wanted, outcome: Outcome) -> Target:
    """The target that is wanted. Raises Refused for shares that cannot be."""
    shares = whole_shares(wanted.shares, of=outcome.title)
    named = dict.fromkeys([*wanted.shares, *wanted.pence, *shares])
    parts = [
        Part(who, shares.get(who, 0), wanted.pence.get(who))
        for who in sorted(named, key=lambda code: (code == NOBODY, code))
        if shares.get(who) or wanted.pence.get(who) is not None
    ]
    return Target(
        outcome=outcome,
        baseline=wanted.baseline,
        steps=wanted.steps,
        parts=tuple(parts),
        why=wanted.why.strip(),
        against=wanted.against.strip(),
    )


def said_again(target: Target) -> Wanted:
    """A target as somebody would say it: to change one thing of it and leave the rest."""
    return Wanted(
        indicator=target.outcome.indicator,
        area=target.outcome.area,
        baseline=target.baseline,
        steps=target.steps,
        shares={part.agency: Decimal(part.share) for part in target.parts if part.share},
        why=target.why,
        pence={part.agency: part.pence for part in target.parts if part.pence is not None},
        against=target.against,
    )
