"""In how many days each side answers a finding, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from totalplace.agreements.rules.terms import Rung
from totalplace.entitlements.rules.written import Spot, written
from totalplace.monitoring.rules.clocks import Days, Standard

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "working_days", "closing", "ladder",
}  # fmt: skip
_DAYS: Final = {"reply", "cause", "remedy", "again", "answer", "review"}
_MOST_DAYS: Final = 260  # working days of a year: what is owed later than that is owed by nobody
_MOST_POINTS: Final = 24


@cache
def standard() -> Standard:
    """The days and the ladder that hold where no agreement says otherwise."""
    text = resources.files(__package__).joinpath("clocks.yaml").read_text("utf-8")
    return read_clocks(text)


def read_clocks(text: str) -> Standard:
    """Days and ladder from their text. Raises Refused, with the line, for what it cannot say."""
    spot = written(text, what="The definition of clocks")
    spot.only(_KEYS)
    said = spot.at("working_days")
    said.only(_DAYS)
    closing = spot.at("closing")
    closing.only({"points"})
    days = {key: _whole(said, key, _MOST_DAYS) for key in sorted(_DAYS)}
    return Standard(Days(points=_whole(closing, "points", _MOST_POINTS), **days), _ladder(spot))


def _ladder(spot: Spot) -> tuple[Rung, ...]:
    found = []
    for number, step in enumerate(spot.at("ladder").each(), 1):
        step.only({"who", "days"})
        found.append(Rung(number, step.text("who"), _whole(step, "days", _MOST_DAYS)))
    if not found:
        raise spot.at("ladder").refused("it names nobody who can be asked")
    return tuple(found)


def _whole(spot: Spot, key: str, most: int) -> int:
    found = spot.whole(key)
    if not 1 <= found <= most:
        raise spot.at(key).refused(f"it is from 1 to {most}")
    return found
