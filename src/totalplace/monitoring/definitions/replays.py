"""Which failures of the past the watch is tried on, read once. Unknown keys are refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from totalplace.entitlements.rules.written import Spot, written
from totalplace.monitoring.rules.replaying import Replay

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}
_EACH: Final = {
    "title", "indicator", "area", "began", "found_on", "found_by", "source",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Replays:
    """The failures, and what each is watched with: false alarms a year of so many series."""

    false_a_year: int
    series: int
    every: tuple[Replay, ...]

    @property
    def share(self) -> float:
        """False alarms a year of one series."""
        return self.false_a_year / self.series


@cache
def replays() -> Replays:
    """The failures of the past, as they are shipped."""
    path = resources.files("totalplace.monitoring.definitions") / "replays.yaml"
    return read(path.read_text(encoding="utf-8"))


def read(text: str) -> Replays:
    """The same of a text. Raises Refused for a key that is unknown or lacking, and for a value."""
    spot = written(text, what="The failures of the past")
    spot.only(_ABOUT | {"promise", "replays"})
    promise = spot.at("promise")
    promise.only({"false_a_year", "series"})
    false_a_year, series = promise.whole("false_a_year"), promise.whole("series")
    if false_a_year < 1 or series < 1:
        raise promise.refused("both are one or more")
    every = tuple(_replay(code, one) for code, one in spot.at("replays").items())
    return Replays(false_a_year, series, every)


def _replay(code: str, spot: Spot) -> Replay:
    spot.only(_EACH)
    return Replay(
        code,
        spot.text("title"),
        spot.text("indicator"),
        spot.text("area"),
        spot.day("began"),
        spot.day("found_on"),
        spot.text("found_by"),
        spot.text("source"),
    )
