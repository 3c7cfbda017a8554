"""What a watch promises where a place said nothing, as `watch.yaml` has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Final

from totalplace.entitlements.rules.written import Spot, written

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "promise_a_year", "most_a_year",
    "compared_years",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promises:
    """False alarms a year by default and at the most; years between those of an area beside."""

    a_year: int
    most: int
    compared_years: int


@cache
def promises() -> Promises:
    """The numbers that are shipped. Raises Refused for a definition that is none."""
    return read_promises(resources.files(__package__).joinpath("watch.yaml").read_text("utf-8"))


@cache
def limits_used() -> tuple[str, ...]:
    """By which tables the watch tells, for a finding to keep: their day, seed and SHA-256 each."""
    folder = resources.files(__package__).joinpath("limits")
    said = written(folder.joinpath("limits.yaml").read_text("utf-8"), what="The limits")
    tables = said.at("tables")
    return (
        f"limits as of {said.day('as_of')}, seed {said.whole('seed')}",
        *(
            f"{spot.value} {sha256(folder.joinpath(str(spot.value)).read_bytes()).hexdigest()}"
            for _, spot in tables.items()
        ),
    )


def read_promises(text: str) -> Promises:
    """The numbers from their text. Raises Refused, with the line, for what it cannot say."""
    spot = written(text, what="What a watch promises")
    spot.only(_KEYS)
    most = _number(spot, "most_a_year", 365)
    return Promises(
        _number(spot, "promise_a_year", most), most, _number(spot, "compared_years", 99)
    )


def _number(spot: Spot, key: str, most: int) -> int:
    found = spot.whole(key)
    if not 1 <= found <= most:
        raise spot.at(key).refused(f"a whole number from 1 to {most} belongs here")
    return found
