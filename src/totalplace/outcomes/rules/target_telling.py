"""Targets in plain words, as a resident reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.targets import NOBODY, Part, Target, plain

_PER_CENT: Final = ("per cent", "percent", "%", "percentage")
_POINT: Final[Mapping[Better, str]] = {
    Better.LOWER: "no more than",
    Better.HIGHER: "at least",
    Better.NEITHER: "",
}


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit: 9 in 100, 9.5 in 100, 412 per 100,000 people, 79.3 years."""
    if unit.strip().casefold() in _PER_CENT:
        return f"{plain(value)} in 100"
    return f"{plain(value)} {unit.strip()}".strip()


def sentence(target: Target) -> str:
    """A target in a sentence, without its title: no more than 9 in 100 by 31 March 2029."""
    last = target.last
    point = _POINT[target.outcome.better]  # where it may get worse too: how far at most
    aim = " ".join(filter(None, [point, amount(last.value, target.outcome.unit)]))
    return f"{aim} by {in_words(last.day)}"


def now(target: Target) -> str:
    """Where it stands before: it was 12 in 100 in 2024/25; or why that is not known."""
    baseline = target.baseline
    if baseline.value is None:
        return f"where it stands now is not known: {baseline.why_missing}"
    return f"it was {amount(baseline.value, target.outcome.unit)} in {baseline.period}"


def whole(target: Target) -> str:
    """The whole of it: Persistent absence: no more than 9 in 100 by ...; it was 12 in 100 in ..."""
    return f"{target.outcome.title}: {sentence(target)}; {now(target)}."


def wanted_at(target: Target, on: date) -> str:
    """What is to be reached next from a day on: 11 in 100 by 31 March 2027; empty once all went."""
    for step in target.steps:
        if step.day >= on:
            return f"{amount(step.value, target.outcome.unit)} by {in_words(step.day)}"
    return ""


def share(part: Part, names: Mapping[str, str]) -> str:
    """Who can move how much: Wexshire Council, 40 per cent; nobody here, 20 per cent."""
    who = "nobody here" if part.agency == NOBODY else names.get(part.agency, part.agency)
    return f"{who}, {part.share} per cent"


def reading(value: Decimal, low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """A reading with its interval: 11.2 in 100 (between 10.8 and 11.6)."""
    said = amount(value, unit)
    if low is None or high is None:
        return said
    return f"{said} (between {plain(low)} and {plain(high)})"
