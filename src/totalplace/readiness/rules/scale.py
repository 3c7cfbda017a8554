"""The scale of readiness: four areas, four levels.

The areas and the levels are those of the readiness checks for integrated settlements, made for the
Ministry of Housing, Communities and Local Government. They look forward and are no tick-box: a
level says what a place can carry, not how good it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """The two sides of an assessment, and of a bargain."""

    PLACE = "place"
    CENTRE = "centre"

    @property
    def other(self) -> Side:
        """The other side."""
        return Side.CENTRE if self is Side.PLACE else Side.PLACE


class Area(StrEnum):
    """What is looked at."""

    STRATEGY = "strategy"
    PEOPLE = "people"
    FINANCE = "finance"
    REPORTING = "reporting"


class Level(StrEnum):
    """How far a place has come, the least first."""

    EMERGING = "emerging"
    DEVELOPING = "developing"
    CORE = "core"
    ADVANCED = "advanced"

    @property
    def rank(self) -> int:
        """Its place in the order: 1 for emerging, 4 for advanced."""
        return _ORDER[self]

    def reaches(self, needed: Level) -> bool:
        """Whether it is as much as is needed, or more."""
        return self.rank >= needed.rank


_ORDER: Final[Mapping[Level, int]] = {level: n for n, level in enumerate(Level, start=1)}
TITLES: Final[Mapping[Area, str]] = {
    Area.STRATEGY: "Strategy, planning and governance",
    Area.PEOPLE: "People and capability",
    Area.FINANCE: "Financial and performance management",
    Area.REPORTING: "Reporting and evaluation",
}

Scores = Mapping[Area, Level]


def lower_of(one: Level, other: Level) -> Level:
    """The lower of two levels."""
    return one if one.rank <= other.rank else other
