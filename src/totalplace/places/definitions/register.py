"""The definitions of the register, read once: recipes of files, measures, kinds of body by code.

Unknown keys are refused, and every definition has an owner and a day of review.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.held_within import Within
from totalplace.places.rules.register.lines import Known
from totalplace.places.rules.register.measured import MeasureRule
from totalplace.places.rules.register.recipes import Recipe, recipe_of
from totalplace.refusal import Refused

_HEAD: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}


@cache
def recipes() -> dict[str, Recipe]:
    """Every recipe of a register's file, by its name."""
    return recipes_of(_said("register_files.yaml"))


def recipes_of(said: Mapping[str, Any]) -> dict[str, Recipe]:
    """Recipes from a definition; `Refused` where it has a key that nobody knows."""
    told = _within(said, "register_files.yaml", "files")
    return {str(name): recipe_of(str(name), one) for name, one in told.items()}


@cache
def measures() -> tuple[MeasureRule, ...]:
    """Every measure of areas, in the order in which they are shown."""
    return measures_of(_said("measures.yaml"))


def measures_of(said: Mapping[str, Any]) -> tuple[MeasureRule, ...]:
    """Measures from a definition; `Refused` where it has a key that nobody knows."""
    told = _within(said, "measures.yaml", "measures")
    rules = []
    for what, one in told.items():
        _check("measures.yaml", set(one) - {"title", "unit", "per_thousand_people"})
        least, most = one.get("per_thousand_people", (None, None))
        rules.append(MeasureRule(str(what), str(one["title"]), str(one["unit"]), least, most))
    return tuple(rules)


@cache
def kinds_by_gss() -> dict[str, AgencyKind]:
    """What kind of body the first three signs of a GSS code tell."""
    told = _within(_said("gss_codes.yaml"), "gss_codes.yaml", "kinds")
    return {str(start): AgencyKind(kind) for start, kind in told.items()}


@cache
def known() -> Known:
    """What is known before a file of the register is read."""
    return Known(kinds_by_gss(), frozenset(rule.what for rule in measures()))


@cache
def held_within() -> tuple[Within, ...]:
    """Services whose money stands in another body's accounts."""
    told = _within(_said("held_within.yaml"), "held_within.yaml", "held")
    held = []
    for one in told:
        _check("held_within.yaml", set(one) - {"body", "within", "first_day", "last_day", "why"})
        held.append(
            Within(
                str(one["body"]), str(one["within"]), one.get("first_day"), one.get("last_day"),
                str(one.get("why", "")),
            )
        )  # fmt: skip
    return tuple(held)


def _said(file: str) -> Mapping[str, Any]:
    text = files("totalplace.places.definitions").joinpath(file).read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


def _within(said: Mapping[str, Any], file: str, key: str) -> Any:
    _check(file, set(said) ^ (_HEAD | {key}))
    return said[key]


def _check(file: str, wrong: set[Any]) -> None:
    if wrong:
        raise Refused(
            f"The definition {file} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, wrong)))}",
            next_step=f"Put the key right in places/definitions/{file}",
        )
