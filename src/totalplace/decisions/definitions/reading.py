"""The definitions of this room, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.decisions.rules.bodies import (
    BodyKind,
    CallInLaw,
    Matter,
    Office,
    Period,
    RuleSet,
    Urgency,
)
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.holidays import Proclaimed
from totalplace.decisions.rules.papers import Category
from totalplace.refusal import Refused

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "uncertain"}
_RULE_SET: Final = {
    "bodies", "agencies", "key_decisions", "wards_from", "notice", "general_exception",
    "special_urgency", "call_in",
}  # fmt: skip
# The order is that in which they are offered.
RULE_SETS: Final = ("council_executive", "full_council", "combined_authority", "own_rules")


@cache
def proclaimed() -> Proclaimed:
    """The bank holidays that were moved or added for one year alone."""
    said = _read("bank_holidays.yaml", {"first_year", "moved", "added"})
    for line in said["moved"]:
        _only(line, {"from", "to", "why"}, "bank_holidays.yaml")
    for line in said["added"]:
        _only(line, {"day", "name"}, "bank_holidays.yaml")
    return Proclaimed(
        first_year=said["first_year"],
        moved={line["from"]: line["to"] for line in said["moved"]},
        added={line["day"]: line["name"] for line in said["added"]},
    )


@cache
def categories() -> Mapping[str, Category]:
    """The reasons for which a paper may be kept from the public, by code."""
    said = _read("exempt_information.yaml", {"categories"})
    found = {}
    for code, one in said["categories"].items():
        _only(one, {"law", "says", "weighed"}, "exempt_information.yaml")
        found[code] = Category(code=code, **one)
    return found


@cache
def matters() -> Mapping[str, Matter]:
    """What is decided, by code, and which kinds of body may decide it."""
    said = _read("matters.yaml", {"matters"})
    found = {}
    for code, one in said["matters"].items():
        _only(one, {"title", "law", "decided_by"}, "matters.yaml")
        kinds = tuple(BodyKind(kind) for kind in one["decided_by"])
        found[code] = Matter(code, one["title"], one["law"], kinds)
    return found


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """The law under which bodies decide, by code."""
    found = {}
    for name in RULE_SETS:
        code = name.replace("_", "-")
        found[code] = _rule_set(code, _read(f"rule_sets/{name}.yaml", _RULE_SET))
    return found


def rule_set(code: str) -> RuleSet:
    """The set of rules of a code. Raises Refused where there is none."""
    found = rule_sets()
    if code not in found:
        raise Refused(
            f"There are no rules called '{code}'",
            why=f"the sets of rules are {', '.join(found)}",
            next_step="Choose one of them",
        )
    return found[code]


def _rule_set(code: str, said: Mapping[str, Any]) -> RuleSet:
    urgency, call_in = said["special_urgency"], said["call_in"]
    if urgency is not None:
        _only(urgency, {"agreed_by", "law"}, code)
    if call_in is not None:
        _only(call_in, {"law", "lasts_days", "council"}, code)
    return RuleSet(
        code=code,
        title=said["title"],
        bodies=frozenset(BodyKind(kind) for kind in said["bodies"]),
        agencies=frozenset(said["agencies"]),
        key_decisions=said["key_decisions"],
        wards_from=said["wards_from"],
        notice=_period(said["notice"], code),
        general_exception=_period(said["general_exception"], code),
        special_urgency=None
        if urgency is None
        else Urgency(tuple(Office(who) for who in urgency["agreed_by"]), urgency["law"]),
        call_in=None if call_in is None else CallInLaw(**call_in),
        uncertain=said["uncertain"].strip(),
        sources=tuple(said["sources"]),
    )


def _period(said: Mapping[str, Any] | None, where: str) -> Period | None:
    if said is None:
        return None
    _only(said, {"days", "counting", "law", "uncertain"}, where)
    return Period(said["days"], Counting(said["counting"]), said["law"], said["uncertain"].strip())


def _read(file: str, keys: Iterable[str]) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    _only(said, _ABOUT | set(keys), file)
    return said


def _only(said: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    """Raise Refused unless exactly these keys are said."""
    odd = set(said) ^ set(keys)
    if odd:
        raise Refused(
            f"The definitions in {where} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}",
            next_step=f"Put the key right in {where}",
        )
