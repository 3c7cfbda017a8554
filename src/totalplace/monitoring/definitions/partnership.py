"""The questions on the partnership, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from totalplace.entitlements.rules.written import Spot
from totalplace.monitoring.definitions.capacity import opened
from totalplace.monitoring.rules.questions import STEPS, Element, Principle, Questions

_EACH: Final = 6  # elements of a principle, as the tool has them
_FEWEST: Final = 5  # below it a person could be known; a definition may ask for more, never fewer


@dataclass(frozen=True, slots=True)
class About:
    """Where the questions come from, and what is not certain of them."""

    sources: tuple[str, ...]
    uncertain: str


@cache
def questions() -> Questions:
    """What is put to each person today."""
    spot = _read()
    steps = spot.at("steps")
    worded = tuple(str(one.value) for one in steps.each())
    if len(worded) != len(STEPS):
        raise steps.refused(f"there are {len(STEPS)} steps, from disagreeing most")
    fewest = spot.whole("fewest")
    if fewest < _FEWEST:
        raise spot.at("fewest").refused(f"fewer than {_FEWEST} people could be known")
    found = [_principle(code, one) for code, one in spot.at("principles").items()]
    return Questions(tuple(found), worded, spot.text("cannot_say"), fewest)


@cache
def about() -> About:
    """Where the questions come from."""
    spot = _read()
    return About(tuple(spot.at("sources").value), spot.text("uncertain"))


def _principle(code: str, spot: Spot) -> Principle:
    spot.only({"title", "elements"})
    elements = [_element(name, one) for name, one in spot.at("elements").items()]
    if len(elements) != _EACH:
        raise spot.at("elements").refused(f"a principle has {_EACH} elements")
    return Principle(code, spot.text("title"), tuple(elements))


def _element(code: str, spot: Spot) -> Element:
    spot.only({"says", "verified"})
    return Element(code, spot.text("says"), spot.yes("verified"))


def _read() -> Spot:
    keys = {"fewest", "steps", "cannot_say", "principles"}
    return opened("partnership.yaml", keys)
