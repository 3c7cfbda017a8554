"""The register of published effects, read once. Unknown and missing keys are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Final

from totalplace.commissioning.rules.addresses import is_public
from totalplace.commissioning.rules.case import Grade
from totalplace.commissioning.rules.registered import Cost, Registered
from totalplace.entitlements.rules.written import Spot, written
from totalplace.refusal import Refused

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "service", "unit", "outcome",
    "counted_in", "low", "mid", "high", "interval", "grade", "source", "address", "checked",
    "lag_years", "lasts_years", "kept", "limits",
}  # fmt: skip
_COST: Final = {"cost_pounds", "cost_source", "cost_address"}
_NUMBER: Final = re.compile(r"-?\d{1,9}(\.\d{1,9})?", re.ASCII)
_MOST_YEARS: Final = 30


@cache
def register() -> Mapping[str, Registered]:
    """Every published effect that ships, by its code. Raises Refused for one that is none."""
    folder = resources.files(__package__).joinpath("effects")
    files = sorted(
        (one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name
    )
    codes = {one.name.removesuffix(".yaml"): one.read_text("utf-8") for one in files}
    return {code: read_effect(text, code) for code, text in codes.items()}


def registered(code: str) -> Registered:
    """The published effect of a code. Raises Refused where the register has none."""
    if code not in register():
        raise Refused(
            f"The register has no effect '{code[:80]}'",
            why=f"it has {', '.join(register())}",
            next_step="Choose one of them, or put your own in the case with its source",
        )
    return register()[code]


def read_effect(text: str, code: str) -> Registered:
    """An effect from its text. Raises Refused, with the line, for what it cannot say."""
    spot = written(text, what=f"The effect '{code}'")
    spot.only(_KEYS, _COST)
    low, mid, high = (_number(spot, key) for key in ("low", "mid", "high"))
    if not low <= mid <= high:
        raise spot.at("mid").refused("it does not lie between low and high")
    return Registered(
        code=code,
        title=spot.text("title"),
        service=spot.text("service"),
        unit=spot.text("unit"),
        outcome=spot.text("outcome"),
        counted_in=spot.text("counted_in"),
        low=low,
        mid=mid,
        high=high,
        interval=spot.text("interval", least=20),
        grade=_grade(spot),
        source=spot.text("source"),
        address=_address(spot),
        checked=spot.yes("checked"),
        as_of=spot.day("as_of"),
        limits=spot.text("limits"),
        lag_years=_years(spot, "lag_years", least=0),
        lasts_years=_years(spot, "lasts_years", least=1),
        kept=_kept(spot),
        cost=_cost(spot),
    )


def _address(spot: Spot) -> str:
    """Where the source can be opened. Only what was checked there has one."""
    found = spot.at("address")
    said = found.value
    if not isinstance(said, str) or (said and not is_public(said)):
        raise found.refused("the address of a public page belongs here, or nothing in quotes")
    if spot.yes("checked") != bool(said):
        raise found.refused("what was checked has an address, and what was not has none")
    return said


def _cost(spot: Spot) -> Cost | None:
    said = [key for key in sorted(_COST) if spot.has(key)]
    if not said:
        return None
    if len(said) != len(_COST):
        raise spot.at(said[0]).refused(f"a cost needs {', '.join(sorted(_COST))}")
    pence = _number(spot, "cost_pounds") * 100
    if pence != pence.to_integral_value() or pence <= 0:
        raise spot.at("cost_pounds").refused("pounds with at most two digits of pence belong here")
    address = spot.text("cost_address")
    if not is_public(address):
        raise spot.at("cost_address").refused("the address of a public page belongs here")
    return Cost(int(pence), spot.text("cost_source"), address)


def _grade(spot: Spot) -> Grade:
    try:
        return Grade(spot.whole("grade"))
    except ValueError:
        raise spot.at("grade").refused("a whole number from 0 to 5 belongs here") from None


def _years(spot: Spot, key: str, *, least: int) -> int:
    found = spot.whole(key)
    if not least <= found <= _MOST_YEARS:
        raise spot.at(key).refused(f"a number of years from {least} to {_MOST_YEARS} belongs here")
    return found


def _kept(spot: Spot) -> Decimal:
    found = _number(spot, "kept")
    if not 0 <= found <= 1:
        raise spot.at("kept").refused("a share from 0 to 1 belongs here")
    return found


def _number(spot: Spot, key: str) -> Decimal:
    """A number in quotes, so that it is read exactly."""
    said = spot.at(key).value
    if not isinstance(said, str) or not _NUMBER.fullmatch(said):
        raise spot.at(key).refused('a number in quotes belongs here, such as "0.195"')
    return Decimal(said)
