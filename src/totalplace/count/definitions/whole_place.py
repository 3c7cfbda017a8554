"""The definitions that the whole-place count rests on, as the rules take them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.count.rules.whole_place.from_returns import Overlap
from totalplace.count.rules.whole_place.modelled import MILLION_POUNDS, Programme
from totalplace.count.rules.whole_place.modelled import programmes as programmes_of
from totalplace.count.rules.whole_place.natures import Natures
from totalplace.count.rules.whole_place.whole import Checked, KnownCount

_FOLDER: Final = resources.files(__package__)


@cache
def natures() -> Natures:
    """What a payment between public bodies may be, and the words that tell it."""
    return Natures.of(_read("natures"))


@cache
def overlaps() -> tuple[Overlap, ...]:
    """Money that two returns both show, and whose lines are left out."""
    return tuple(
        Overlap(said["service"], said["from"], tuple(said["where_also_in"]), said["why"])
        for said in _read("between_returns")["take_out"]
    )


@cache
def checked() -> tuple[Checked, ...]:
    """Returns that look as if they overlap and do not."""
    return tuple(Checked(**said) for said in _read("between_returns")["checked"])


@cache
def programmes() -> tuple[Programme, ...]:
    """National programmes, to estimate what a place is missing."""
    return tuple(programmes_of(_read("national_programmes")))


@cache
def deflator() -> Mapping[int, int]:
    """The GDP deflator in tenths of a point, by the year in which the financial year starts."""
    return {year: round(value * 10) for year, value in _read("gdp_deflator")["index"].items()}


@cache
def known_counts(areas: frozenset[str]) -> tuple[KnownCount, ...]:
    """The counts that a place of exactly these areas once made of itself."""
    return tuple(
        KnownCount(
            title=said["title"],
            year=said["year"],
            pence=said["million"] * MILLION_POUNDS,
            parts=tuple((p["name"], p["million"] * MILLION_POUNDS) for p in said["parts"]),
            note=said["note"],
        )
        for said in _read("known_counts")["counts"]
        if frozenset(said["areas"]) == areas
    )


def hashes() -> dict[str, str]:
    """The SHA-256 of every definitions file of the room, by name: an edition cites them."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in _FOLDER.iterdir()
        if file.name.endswith(".yaml")
    }


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return read
