"""What a response answers, read from the text of its finding, which is never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from totalplace.monitoring.rules.closing import Fall
from totalplace.monitoring.rules.findings import period_of

_KEPT: Final = 512  # texts that are read once


@dataclass(frozen=True, slots=True)
class About:
    """A finding as its response needs it. `fall` is None of one that tells no change."""

    code: str
    title: str
    subject: str
    area: str
    area_name: str
    unit: str
    decimals: int
    owners: tuple[str, str]  # local, national
    headline: str
    fall: Fall | None


@lru_cache(maxsize=_KEPT)
def about_of(text: str) -> About:
    """What a finding is about. Raises ValueError for a text that is none."""
    said = json.loads(text)
    series = said["series"]
    local, national = series["owners"]
    return About(
        code=series["code"],
        title=series["title"],
        subject=series["subject"],
        area=series["area"],
        area_name=series["area_name"],
        unit=series["unit"],
        decimals=series["decimals"],
        owners=(local, national),
        headline=said["words"]["headline"],
        fall=_fall(said["change"]),
    )


def _fall(change: dict[str, Any] | None) -> Fall | None:
    if change is None:
        return None
    return Fall(
        period_of(change["since"]), period_of(change["told_at"]), change["before"], change["after"]
    )
