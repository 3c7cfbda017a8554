"""Where the limit of a series comes from, step by step, in words that a councillor would use."""

from __future__ import annotations

from typing import Final

from totalplace.doors.report.watch_told import plainly, said
from totalplace.monitoring.rules.findings import Under
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.watched import Watched

_LOOKS: Final = {1: "every month", 3: "every three months", 12: "once a year"}
_EVIDENCE: Final = (
    "The evidence is how many times likelier the figures are if something changed, at once or "
    "little by little, than if nothing did. That each figure follows the one before, seasons, and "
    "a steady improvement are taken for nothing new."
)
_SIMULATED: Final = (
    "healthy series of this kind pass that by chance no oftener than was promised, as found by "
    "simulation"
)
_HARDLY, _SOMEWHAT = 0.15, 0.45  # how far one figure follows another, in words: our own
_MANY: Final = 1e6
_LESS: Final = 0.99  # of its even part: then it is held to less


def limit_steps(watched: Watched, seen: Seen, under: Under) -> list[str]:
    """The steps from the promise of a place to the limit of one series, and its evidence now."""
    whole = f"This place promised at most {plainly(under.a_year)} false alarms a year"
    steps = [
        f"{whole}, over all of its {under.series:,} series.",
        _part(under),
        _published(watched),
        _EVIDENCE,
        _spread(watched, seen),
        _now(seen),
    ]
    return [one for one in steps if one]


def _part(under: Under) -> str:
    part = f"Each has the same part in that: this one may raise one {_often(under.chance)}."
    if under.series and under.chance < _LESS * under.a_year / under.series:
        return f"{part} With so few series that is less than was promised: none is watched laxly."
    return part


def _now(seen: Seen) -> str:
    if seen.now is None:
        return f"Now no evidence passes the limit; {_SIMULATED}."
    return (
        f"Now the evidence is {_weight(seen.now.evidence)}. An alarm needs "
        f"{_weight(seen.now.limit)}; {_SIMULATED}."
    )


def _often(chance: float) -> str:
    if chance <= 0:
        return "never"
    years = 1 / chance
    return f"once in {years:,.0f} years" if years >= 1.5 else f"{plainly(chance)} times a year"


def _published(watched: Watched) -> str:
    if watched.months is None:
        return "It has no regular rhythm; each new figure is looked at once."
    rhythm = _LOOKS.get(watched.months, f"every {watched.months} months")
    return f"It is published {rhythm}; each new figure is looked at once, with its part of that."


def _spread(watched: Watched, seen: Seen) -> str:
    if seen.noise is None:
        return ""
    told = f"A figure moves about its level by {said(watched, seen.noise)} or so by chance alone"
    follows = seen.follows_itself
    if follows is None:
        return f"{told}."
    if follows <= -_HARDLY:
        return f"{told}, and tends to turn back after a move."
    how = "hardly" if follows < _HARDLY else "somewhat" if follows < _SOMEWHAT else "closely"
    return (
        f"{told}, and {how} follows the one before it ({max(follows, 0):.2f}, where 1 is wholly)."
    )


def _weight(number: float) -> str:
    """A weight of evidence with two or three digits that count."""
    if number >= _MANY:
        return "more than a million"
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"
