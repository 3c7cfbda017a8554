"""From where on a plan may be called best, as `known.yaml` says."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from totalplace.commissioning.rules.weighing.known import Bar
from totalplace.entitlements.rules.written import Spot, written

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "openable_per_cent", "kept_per_cent",
}  # fmt: skip


@cache
def bar() -> Bar:
    """The shares that a plan has to reach. Raises Refused for a definition that is none."""
    return read_bar(resources.files(__package__).joinpath("known.yaml").read_text("utf-8"))


def read_bar(text: str) -> Bar:
    """The shares from their text. Raises Refused, with the line, for what it cannot say."""
    spot = written(text, what="What must be known before a plan is called best")
    spot.only(_KEYS)
    return Bar(_per_cent(spot, "openable_per_cent"), _per_cent(spot, "kept_per_cent"))


def _per_cent(spot: Spot, key: str) -> int:
    found = spot.whole(key)
    if not 1 <= found <= 100:
        raise spot.at(key).refused("a whole number from 1 to 100 belongs here")
    return found
