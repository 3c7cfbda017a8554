"""Evidence of readiness: items that expire, so that a score rests on what still holds.

An item may be renewed by a later one. A score rests on every item that it names: when one of them
expires, and nothing renews it, the score is unsupported from that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.readiness.rules.scale import Area
from totalplace.refusal import Refused

_DAY: Final = timedelta(days=1)
_LONGEST_TITLE: Final = 300
_LONGEST: Final = 4000


class EvidenceKind(StrEnum):
    """What an item shows. Structures alone show little: people have to be able to use them."""

    STRUCTURE = "structure"  # a board, a plan, a system
    SKILLS = "skills"  # what people can do
    CAPACITY = "capacity"  # how many people have the time for it
    HISTORY = "history"  # that partners have worked together before
    RESULT = "result"  # what came of it


@dataclass(frozen=True, slots=True)
class EvidenceSaid:
    """An item as it is given: what it is, where it can be read, and until when it holds."""

    area: Area
    kind: EvidenceKind
    title: str
    says: str
    where: str
    first_day: date
    last_day: date
    renews: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of evidence of a place, by its number."""

    number: int
    area: Area
    first_day: date
    last_day: date
    renews: int | None = None
    withdrawn_on: date | None = None

    @property
    def falls_on(self) -> date:
        """The first day on which it no longer holds."""
        after = self.last_day + _DAY
        return after if self.withdrawn_on is None else min(after, self.withdrawn_on)

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.first_day <= on < self.falls_on


@dataclass(frozen=True, slots=True)
class Rest:
    """What a score rests on, on a day: the items that fell, each with the day since which."""

    named: tuple[int, ...]
    fallen: tuple[tuple[int, date], ...]

    @property
    def supported(self) -> bool:
        """Whether everything it rests on still holds."""
        return not self.fallen

    @property
    def since(self) -> date | None:
        """The first day of those on which it has no support; None while it is supported."""
        return min((day for _, day in self.fallen), default=None)


def rest(named: Iterable[int], items: Mapping[int, Item], *, on: date) -> Rest:
    """What a score that names these items rests on, on a day. An item that is renewed holds."""
    names = tuple(sorted(set(named)))
    fallen = []
    for number in names:
        line = _renewals(number, items)
        if not any(item.holds(on) for item in line):
            past = [item.falls_on for item in line if item.falls_on <= on]
            fallen.append((number, max(past, default=on)))
    return Rest(names, tuple(fallen))


def next_fall(named: Iterable[int], items: Mapping[int, Item], *, on: date) -> date | None:
    """The day on which the next of these falls, if nothing is renewed; None: one fell already."""
    days = []
    for number in set(named):
        held = [item.falls_on for item in _renewals(number, items) if item.holds(on)]
        if not held:
            return None
        days.append(max(held))
    return min(days, default=None)


def _renewals(number: int, items: Mapping[int, Item]) -> list[Item]:
    """An item and all that renewed it, one after another."""
    found = [items[number]] if number in items else []
    for item in found:  # it grows while it is read
        found += [one for one in items.values() if one.renews == item.number]
    return found


def check_evidence(
    said: EvidenceSaid, held: Mapping[int, Item], *, on: date, longest_days: int
) -> None:
    """Raise Refused for an item without words, a place to read it, or an end that is too far."""
    what = "The evidence cannot be kept"
    if not said.title.strip() or not said.says.strip() or not said.where.strip():
        raise Refused(
            what,
            why="it has no title, or it is not said what it shows, or where it can be read",
            next_step="Give each of the three",
        )
    if len(said.title) > _LONGEST_TITLE or max(len(said.says), len(said.where)) > _LONGEST:
        raise Refused(
            what,
            why=f"a title has at most {_LONGEST_TITLE} letters, all else {_LONGEST}",
            next_step="Make it shorter; where it can be read the rest stands",
        )
    if not said.first_day <= said.last_day or said.last_day < on:
        raise Refused(
            what,
            why="it expires before it begins, or has expired already",
            next_step="Give the last day on which it still holds",
        )
    if (said.last_day - said.first_day).days > longest_days:
        raise Refused(
            what,
            why=f"it would hold for more than {longest_days} days, and nothing shows that long",
            next_step="Give an earlier last day; it can be renewed",
        )
    _check_renews(said, held, what)


def _check_renews(said: EvidenceSaid, held: Mapping[int, Item], what: str) -> None:
    if said.renews is None:
        return
    old = held.get(said.renews)
    if old is None or old.area is not said.area or old.withdrawn_on is not None:
        raise Refused(
            what,
            why=f"it cannot renew item {said.renews}: there is none, it is of another area, or it "
            "was withdrawn",
            next_step="Give it as a new item",
        )
