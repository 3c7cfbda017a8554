"""What became what, and when: successors, predecessors, and areas that others were made of.

A change has a day: the first day of the new body. Sources give it as the last day of the old one or
as the first of the new; reorganisations of councils take effect on 1 April, so an end on 1 April
is the first day of what followed (Local Government and Public Involvement in Health Act 2007,
section 7, and the orders made under it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from totalplace.places.rules.register.facts import Change


@dataclass(frozen=True, slots=True)
class Step:
    """One body became another; `day` is the first day of the new one."""

    old: str
    new: str
    day: date
    source: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Changes that are not in the succession as they were said.

    Of `differing` pairs the first is in it; `circling` steps would lead a body back to itself, and
    of `undated` changes nobody says when they were.
    """

    circling: tuple[Step, ...] = ()
    differing: tuple[tuple[Step, Step], ...] = ()
    undated: tuple[tuple[str, str, int], ...] = ()  # old, new and source


@dataclass(frozen=True, slots=True)
class Succession:
    """Every step from body to body, by their keys. No body comes after itself."""

    after: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    before: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)

    def successors(self, body: str, on: date | None = None) -> tuple[str, ...]:
        """What a body has become by a day (None: in the end), through every step; else nothing."""
        return _ends(body, lambda at: [step.new for step in self._gone(at, on)])

    def predecessors(self, body: str, on: date | None = None) -> tuple[str, ...]:
        """What stood in a body's place on a day (None: at first), through every step back."""
        return _ends(body, lambda at: [step.old for step in self._to_come(at, on)])

    def standing(self, body: str, on: date) -> tuple[str, ...]:
        """What a body is on a day: itself, what it has become, or what it was made of."""
        return self.successors(body, on) or self.predecessors(body, on) or (body,)

    def _gone(self, body: str, on: date | None) -> tuple[Step, ...]:
        return tuple(s for s in self.after.get(body, ()) if on is None or s.day <= on)

    def _to_come(self, body: str, on: date | None) -> tuple[Step, ...]:
        return tuple(s for s in self.before.get(body, ()) if on is None or s.day > on)


def _ends(start: str, onward: Callable[[str], list[str]]) -> tuple[str, ...]:
    """Where all ways onward from a body end; nothing where there is no way."""
    ends, seen, waiting = set(), {start}, onward(start)
    while waiting:
        body = waiting.pop()
        if body not in seen:
            seen.add(body)
            further = onward(body)
            waiting += further
            if not further:
                ends.add(body)
    return tuple(sorted(ends))


def first_day_of(change: Change, new_began: date | None) -> date | None:
    """The first day of what followed, from a day or an end that a source gives."""
    if change.day is not None:
        return change.day
    if change.end is None:
        return None
    if new_began in (change.end, change.end + timedelta(days=1)):
        return new_began
    if (change.end.month, change.end.day) == (4, 1):
        return change.end
    return change.end + timedelta(days=1)


def succession_of(
    changes: Iterable[Change],
    key_of: Callable[[str], str],
    began: Mapping[str, date | None],
) -> tuple[Succession, LeftOut]:
    """The steps from body to body, and what is left out of them.

    `key_of` gives the body of a code, and `began` the first day of a body. Of two dates for one
    change the one that was said first is kept.
    """
    said: dict[tuple[str, str], list[Step]] = defaultdict(list)
    undated: dict[tuple[str, str], int] = {}
    for change in changes:
        old, new = key_of(change.old), key_of(change.new)
        day = first_day_of(change, began.get(new))
        if old == new:
            continue
        if day is None:
            undated.setdefault((old, new), change.source)
        else:
            said[old, new].append(Step(old, new, day, change.source))
    kept, differing = [], []
    for steps in said.values():
        first, *others = sorted(steps, key=lambda s: (s.source, s.day))
        kept.append(first)
        by_day = {step.day: step for step in reversed(others)}
        differing += [(first, step) for day, step in sorted(by_day.items()) if day != first.day]
    straight, circling = _without_circles(kept)
    never = tuple(
        (old, new, source)
        for (old, new), source in undated.items()
        if not _leads(old, new, straight.after)  # by steps that others date
    )
    return straight, LeftOut(tuple(circling), tuple(differing), never)


def _without_circles(steps: Iterable[Step]) -> tuple[Succession, list[Step]]:
    """Steps in order of their days, each kept unless what it leads to leads back to it."""
    after: dict[str, list[Step]] = defaultdict(list)
    before: dict[str, list[Step]] = defaultdict(list)
    circling = []
    for step in sorted(steps, key=lambda s: (s.day, s.old, s.new)):
        if _leads(step.new, step.old, after):
            circling.append(step)
            continue
        after[step.old].append(step)
        before[step.new].append(step)
    fixed = Succession(
        {body: tuple(found) for body, found in after.items()},
        {body: tuple(found) for body, found in before.items()},
    )
    return fixed, circling


def _leads(start: str, end: str, after: Mapping[str, Iterable[Step]]) -> bool:
    waiting, seen = [start], set()
    while waiting:
        body = waiting.pop()
        if body == end:
            return True
        if body not in seen:
            seen.add(body)
            waiting += [step.new for step in after.get(body, ())]
    return False
