"""The definitions of this room, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from totalplace.entitlements.rules.guarantee import Guarantee
from totalplace.entitlements.rules.reading import read, texts
from totalplace.entitlements.rules.written import written
from totalplace.refusal import Refused

# The order is that in which people meet them.
ENGLAND: Final = (
    "early-education", "school-place", "free-school-meals", "adult-skills",
    "treatment-within-18-weeks", "urgent-care-in-four-hours", "care-and-support",
    "disabled-facilities-grant", "better-care-minimum",
)  # fmt: skip
_CENTRE: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "uncertain", "most", "notice_days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Centre:
    """How many national guarantees there are to be at the most, and the days of notice of one."""

    most: int
    notice_days: int
    uncertain: str
    sources: tuple[str, ...]


@cache
def centre() -> Centre:
    """What holds for every guarantee of the centre."""
    spot = written(_text("centre.yaml"), what="The definition of how few guarantees there are")
    spot.only(_CENTRE)
    return Centre(
        spot.whole("most"),
        spot.whole("notice_days"),
        spot.text("uncertain"),
        texts(spot.at("sources")),
    )


@cache
def shipped() -> Mapping[str, Guarantee]:
    """The guarantees that ship, by code."""
    return {code: read(shipped_text(code)) for code in ENGLAND}


def shipped_text(code: str) -> str:
    """The text of a guarantee that ships. Raises Refused where none of that code does."""
    if code not in ENGLAND:
        raise Refused(
            f"No guarantee called '{code}' comes with the program",
            why=f"those that do are {', '.join(ENGLAND)}",
            next_step="Choose one of them, or give the text of your own",
        )
    return _text(f"england/{code}.yaml")


def _text(file: str) -> str:
    return resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
