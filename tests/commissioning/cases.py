"""Small cases that a person can read, and random ones, for the tests of plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from totalplace.commissioning.rules.case import (
    Case,
    Effect,
    Fund,
    Grade,
    Option,
    Rule,
    Wanted,
)

READY = ("ready-for-school", "X01")
WELL = ("fewer-falls", "X01")


def effect(mid: str, *, of: tuple[str, str] = READY, **more: Any) -> Effect:
    """A graded effect with an openable source, from half to one and a half times its middle."""
    middle = Decimal(mid)
    said: dict[str, Any] = {
        "indicator": of[0],
        "area": of[1],
        "counted_in": "children" if of == READY else "falls",
        "low": middle / 2,
        "mid": middle,
        "high": middle * 3 / 2,
        "grade": Grade.COMPARED,
        "source": "a made-up trial",
        "address": "https://example.org/trial",
    }
    return Effect(**{**said, **more})


def option(code: str, now_pounds: int, *effects: Effect, **more: Any) -> Option:
    """A service of ten pounds a unit."""
    said: dict[str, Any] = {
        "code": code,
        "title": code.replace("-", " ").capitalize(),
        "agency": "council",
        "now_pence": now_pounds * 100,
        "unit": "place",
        "unit_pence": 1_000,
        "effects": effects,
    }
    return Option(**{**said, **more})


def wanted(of: tuple[str, str], weight: int, gap: str = "1000") -> Wanted:
    """An outcome with its weight and its gap."""
    counted = "children" if of == READY else "falls"
    return Wanted(of[0], of[1], of[0].replace("-", " "), counted, Decimal(gap), weight)


def case(*options: Option, pounds: int, rules: tuple[Rule, ...] = (), **more: Any) -> Case:
    """One year, one fund, two outcomes that weigh 60 and 40."""
    years = more.get("years", 1)
    said: dict[str, Any] = {
        "place": "corner",
        "first_year": 2026,
        "years": years,
        "options": options,
        "wanted": (wanted(READY, 60), wanted(WELL, 40)),
        "funds": (Fund("grant", "the block grant", (pounds * 100,) * years),),
        "rules": rules,
        "weights_by": "decision corner/1",
    }
    return Case(**{**said, **more})
