"""Every figure of the sandbox with its formula, in words that can be checked by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from totalplace.agreements.rules.formula import Formula, Share, Year
from totalplace.money.pence import pounds

_PLACES: Final = 6
_NEED: Final = (
    "For each indicator: its weight, of all weights, times the area's part of the whole; added up"
)


def steps(formula: Formula, year: Year, share: Share) -> list[tuple[str, str, str]]:
    """Each step to a share: what it is, how it comes about, and what it comes to."""
    found = [
        (
            "Need",
            _NEED,
            _part(share.need),
        ),
        (
            "Part of the sum",
            f"Need times area cost, {_number(share.place.area_cost)}, of all such needs together",
            _part(share.adjusted),
        ),
        (
            "Before floors and ceilings",
            f"{_part(share.adjusted)} of {pounds(year.quantum_pence)}",
            pounds(share.undamped_pence),
        ),
    ]
    found += _bounds(formula, share)
    found.append(("Share", _damped(year, share), pounds(share.pence)))
    if formula.overspend_pence:
        what = "overspend" if formula.overspend_pence > 0 else "underspend"
        found.append(
            (
                f"Part of an {what}",
                f"{pounds(abs(formula.overspend_pence))} by share",
                pounds(abs(share.risk_pence)),
            )
        )
    return found


def _bounds(formula: Formula, share: Share) -> list[tuple[str, str, str]]:
    found = []
    for name, bound, per_cent in (
        ("Floor", share.floor_pence, formula.floor_per_cent),
        ("Ceiling", share.ceiling_pence, formula.ceiling_per_cent),
    ):
        if bound is not None and per_cent is not None and share.before_pence is not None:
            how = f"{pounds(share.before_pence)} in the year before, {_signed(per_cent)} per cent"
            found.append((name, how, pounds(bound)))
    return found


def _damped(year: Year, share: Share) -> str:
    if share.floor_pence is None or year.scaling is None:
        return "As before floors" + (", and not above its ceiling" if share.ceiling_pence else "")
    if share.pence <= share.floor_pence:
        return "Its floor"
    factor = _part(year.scaling)
    return f"Its floor, and {factor} of what is above it: so gains pay for the floors of others"


def _part(value: Fraction) -> str:
    return f"{float(value):.{_PLACES}f}"


def _number(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _signed(value: Fraction) -> str:
    return ("plus " if value >= 0 else "minus ") + _number(abs(value))
