"""The formula with which the sandbox begins, read once."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib import resources

from totalplace.agreements.rules.formula import Formula, Place
from totalplace.entitlements.rules.written import written

_KEYS = {
    "title", "why", "owner", "as_of", "review_by", "sources", "uncertain", "sum_pence",
    "floor_per_cent", "ceiling_per_cent", "growth_per_cent", "weights", "areas",
}  # fmt: skip


@cache
def first_formula() -> tuple[Formula, tuple[Place, ...]]:
    """A made-up formula and its made-up areas."""
    text = resources.files(__package__).joinpath("formula.yaml").read_text(encoding="utf-8")
    spot = written(text, what="The first formula")
    spot.only(_KEYS)
    said = spot.value
    formula = Formula(
        spot.whole("sum_pence"),
        {name: Fraction(weight) for name, weight in said["weights"].items()},
        _per_cent(said["floor_per_cent"]),
        _per_cent(said["ceiling_per_cent"]),
        tuple(Fraction(one) for one in said["growth_per_cent"]),
    )
    places = tuple(
        Place(
            one["code"], one["name"], {k: Fraction(v) for k, v in one["needs"].items()},
            Fraction(one["area_cost"]), one["today_pence"], one["people"],
        )
        for one in said["areas"]
    )  # fmt: skip
    return formula, places


def _per_cent(said: int | None) -> Fraction | None:
    return None if said is None else Fraction(said)
