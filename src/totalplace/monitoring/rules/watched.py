"""A series as it is watched: points in order, what each stands for, and breaks never crossed.

Whatever is watched becomes one of these: an outcome, an entitlement, spending beside its
allocation, vacancies, how partners judge their partnership. Missing is never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.outcomes.rules.indicators import Better, Break
from totalplace.outcomes.rules.periods import Period


class Subject(StrEnum):
    """What kind of thing is watched."""

    OUTCOME = "outcome"
    EXPERIENCE = "citizens’ experience"
    ENTITLEMENT = "national entitlement"
    DELIVERY = "delivery"
    MONEY = "money"
    CAPACITY = "capacity and competency"
    PARTNERSHIP = "quality of partnership"


class Kind(StrEnum):
    """What a point is, and so how far it moves by chance alone."""

    MEASURE = "a measure"  # its spread is learnt from the series, or from published limits
    SHARE = "a share"  # numerator of denominator: binomial, with over-dispersion
    COUNT = "a count or a rate"  # events, per denominator where there is one: Poisson, the same


class Standing(StrEnum):
    """Whether a point may be looked at as news."""

    FIRM = "as published"
    PROVISIONAL = "provisional"  # looked at, and said to be so
    PARTIAL = "only part of it was in"  # shown, never news
    MISSING = "missing"
    SET_ASIDE = "set aside"  # a figure that cannot be what it says; shown, never charted


LOOKED_AT: Final = frozenset({Standing.FIRM, Standing.PROVISIONAL})


@dataclass(frozen=True, slots=True)
class Point:
    """One period. `value`, `low` and `high` are in the series' unit; None is missing.

    `low` and `high` are published 95% limits. `why` says why it is missing or not looked at.
    """

    period: Period
    value: float | None
    standing: Standing = Standing.FIRM
    why: str = ""
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def looked_at(self) -> bool:
        """Whether it may be news."""
        return self.value is not None and self.standing in LOOKED_AT


@dataclass(frozen=True, slots=True)
class Watched:
    """A series of a place. `code` names it for good, as `outcome/persistent-absence`.

    `months` is from one period's first day to the next's; None where it is not regular. `matters`
    is the smallest change that matters, in its unit; None where nobody said. `protected` outcomes
    and entitlements open a joint response. `breaks` are days across which nothing is compared.
    `scale` is what a share or a rate is multiplied by: 100 for per cent, 1000 for per thousand.
    """

    code: str
    title: str
    subject: Subject
    place: str
    area: str
    area_name: str
    unit: str
    better: Better
    months: int | None
    points: tuple[Point, ...]
    kind: Kind = Kind.MEASURE
    decimals: int = 1
    scale: int = 100
    breaks: tuple[Break, ...] = ()
    protected: bool = False
    matters: float | None = None
    owners: tuple[str, str] = ("", "")  # local, national
    notes: tuple[str, ...] = ()  # what must be said beside it, in sentences

    @property
    def looked_at(self) -> tuple[Point, ...]:
        """The points that may be news, in order."""
        return tuple(point for point in self.points if point.looked_at)

    @property
    def latest(self) -> Point | None:
        """The last point that may be news."""
        seen = self.looked_at
        return seen[-1] if seen else None
