"""What changed from one version of a place's targets to the next, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from totalplace.decisions.rules.days import in_words
from totalplace.money.pence import pounds
from totalplace.outcomes.rules.targets import Baseline, Part, Target, plain


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: of which outcome, what, from what, to what. Empty: not said.

    `agency` is the code of whose part changed, where it is an agency's.
    """

    outcome: str
    what: str
    before: str
    after: str
    agency: str = ""


def differences(before: Sequence[Target], after: Sequence[Target]) -> list[Change]:
    """Every difference between two versions, in the order of the later one, what is gone last."""
    old = {target.key: target for target in before}
    found: list[Change] = []
    for target in after:
        was = old.pop(target.key, None)
        found += _added(target) if was is None else _changed(was, target)
    for gone in old.values():
        said = f"{plain(gone.last.value)} by {in_words(gone.last.day)}"
        found.append(Change(gone.outcome.title, "The target was taken out", said, ""))
    return found


def _added(target: Target) -> list[Change]:
    said = f"{plain(target.last.value)} by {in_words(target.last.day)}"
    return [Change(target.outcome.title, "The target was added", "", said)]


def _changed(was: Target, now: Target) -> Iterator[Change]:
    title = now.outcome.title
    pairs = [
        ("What it is called", was.outcome.title, title),
        ("Its unit", was.outcome.unit, now.outcome.unit),
        ("Which way is better", was.outcome.better.value, now.outcome.better.value),
        ("The baseline", _baseline(was.baseline), _baseline(now.baseline)),
    ]
    old = {step.day: plain(step.value) for step in was.steps}
    new = {step.day: plain(step.value) for step in now.steps}
    pairs += [
        (f"By {in_words(day)}", old.get(day, ""), new.get(day, "")) for day in sorted(old | new)
    ]
    yield from _where(title, pairs)
    whys = [
        ("Why it matters", was.why, now.why),
        ("Why it goes that way", was.against, now.against),
    ]
    held = {part.agency: _part(part) for part in was.parts}
    holds = {part.agency: _part(part) for part in now.parts}
    for agency in sorted(held | holds, key=lambda code: (code == "", code)):
        one, other = held.get(agency, ""), holds.get(agency, "")
        if one != other:
            who = f"What {agency or 'nobody here'} can move"
            yield Change(title, who, one, other, agency)
    yield from _where(title, whys)


def _where(title: str, pairs: Sequence[tuple[str, str, str]]) -> Iterator[Change]:
    """Those of some pairs of before and after that differ."""
    for what, one, other in pairs:
        if one != other:
            yield Change(title, what, one, other)


def _baseline(said: Baseline) -> str:
    if said.value is None:
        return f"not known: {said.why_missing}"
    return f"{plain(said.value)} in {said.period} ({said.source})"


def _part(part: Part) -> str:
    share = f"{part.share} per cent"
    return share if part.pence is None else f"{share}, with {pounds(part.pence)}"
