"""The two icons of a Making Data Count chart: what varies, and whether a target can be counted on.

Their names are those of the published package's own icons, so that a reader can look them up.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Variation(StrEnum):
    """What the latest point is."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"
    NONE = "none"

    @property
    def called(self) -> str:
        """As the icon is called."""
        return _VARIATION[self][0]

    @property
    def says(self) -> str:
        """What it means, in a sentence."""
        return _VARIATION[self][1]


class Assurance(StrEnum):
    """Whether the target can be counted on as things stand."""

    CONSISTENT_PASS = "consistent_pass"  # noqa: S105 - the published icon's name
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"
    NO_LIMITS = "no_limits"
    NONE = "none"

    @property
    def called(self) -> str:
        """As the icon is called."""
        return _ASSURANCE[self][0]

    @property
    def says(self) -> str:
        """What it means, in a sentence."""
        return _ASSURANCE[self][1]


_VARIATION: Final = {
    Variation.COMMON_CAUSE: (
        "Usual variation",
        "The latest figure moves as it usually does; these rules see no change.",
    ),
    Variation.IMPROVEMENT_HIGH: (
        "Improvement, higher",
        "These rules call the latest figure an improvement: it is higher than usual, or rising.",
    ),
    Variation.IMPROVEMENT_LOW: (
        "Improvement, lower",
        "These rules call the latest figure an improvement: it is lower than usual, or falling.",
    ),
    Variation.CONCERN_HIGH: (
        "Concern, higher",
        "These rules call the latest figure a concern: it is higher than usual, or rising.",
    ),
    Variation.CONCERN_LOW: (
        "Concern, lower",
        "These rules call the latest figure a concern: it is lower than usual, or falling.",
    ),
    Variation.NEUTRAL_HIGH: (
        "Out of the ordinary, higher",
        (
            "The latest figure is out of the ordinary, higher than usual or rising; which way is "
            "better nobody said."
        ),
    ),
    Variation.NEUTRAL_LOW: (
        "Out of the ordinary, lower",
        (
            "The latest figure is out of the ordinary, lower than usual or falling; which way is "
            "better nobody said."
        ),
    ),
    Variation.NONE: ("No figure", "There is no figure to look at."),
}
_ASSURANCE: Final = {
    Assurance.CONSISTENT_PASS: (
        "Target met",
        (
            "As things stand the target will be met: it lies outside the usual range, on the "
            "side that is met."
        ),
    ),
    Assurance.CONSISTENT_FAIL: (
        "Target missed",
        (
            "As things stand the target will be missed: it lies outside the usual range, on the "
            "side that is missed."
        ),
    ),
    Assurance.INCONSISTENT: (
        "Hit and miss",
        (
            "As things stand the target will be met at times and missed at others, by chance: it "
            "lies within the usual range."
        ),
    ),
    Assurance.NO_LIMITS: (
        "Cannot say",
        "There are no limits to hold the target against.",
    ),
    Assurance.NONE: ("No target", "There is no target to hold it against."),
}
