"""Support to civil society as indicators: what one room counts is watched by another.

Neither room knows the other; this door hands the totals over. Each kind is an indicator of its own
of the place, in pounds or in hours, and a year in which nobody counted a kind gives no reading.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from importlib import resources
from typing import Final

import yaml

from totalplace.outcomes.actions.defining import define
from totalplace.outcomes.actions.readings import give
from totalplace.outcomes.rules.given import Given
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership.support import SupportKind, Total
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_FILE: Final = "civil_society_indicators.yaml"
CODES: Final = {
    SupportKind.GRANT: "civil-society-grants",
    SupportKind.LENT: "civil-society-asset-lent",
    SupportKind.GIVEN: "civil-society-asset-given",
    SupportKind.VOLUNTEERING: "civil-society-volunteering",
}


def watch_support(place: str, *, home: Home, by: Who, on: datetime) -> list[str]:
    """Give the yearly totals of a place's support as readings; returns the codes of indicators.

    The indicators are defined for the place where they are not yet. Raises Refused where nobody
    counted any, where `by` may not define indicators or give readings, and where all of it is held.
    """
    found: dict[SupportKind, list[Total]] = defaultdict(list)
    for year in queries.support_years(place):
        for total in queries.support(place, year):
            found[total.kind].append(total)
    if not found:
        raise Refused(
            f"There is nothing to watch in {place}",
            why="nobody has counted support to civil society there",
            next_step="Count it first, with: totalplace participation partnership count-support",
        )
    define(_definitions(place), place=place, by=by, on=on)
    given = []
    for kind, totals in found.items():
        code = code_of(kind, place)
        readings = [_reading(one, place) for one in sorted(totals, key=lambda one: one.year)]
        give(code, readings, place=place, home=home, by=by, on=on)
        given.append(code)
    return given


def code_of(kind: SupportKind, place: str) -> str:
    """The indicator of a kind in a place. Codes of indicators have small letters and hyphens."""
    own = "-".join(
        filter(None, "".join(c if c.isalnum() else "-" for c in place.lower()).split("-"))
    )
    return f"{CODES[kind]}-{own}"


def _reading(one: Total, place: str) -> Given:
    """A total as a reading: whole hours, or pounds and pence."""
    value = Decimal(one.amount) if one.kind.unit == "hours" else Decimal(one.amount) / 100
    return Given(area=place, period=one.year.replace("-", "/"), value=value)


def _definitions(place: str) -> str:
    """The indicators of the place, from those that are shipped for every place."""
    text = resources.files("totalplace.doors").joinpath("definitions", _FILE).read_text("utf-8")
    said = yaml.safe_load(text)
    made = {}
    for kind, code in CODES.items():
        mine = dict(said["indicators"][code])
        mine["held_as"] = [{"form": "own", "measure": code_of(kind, place)}]
        made[code_of(kind, place)] = mine
    return yaml.safe_dump({**said, "indicators": made}, sort_keys=True, allow_unicode=True)
