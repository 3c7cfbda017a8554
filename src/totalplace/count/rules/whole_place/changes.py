"""Why an agency's payments rose or fell between two years: by kind, before it is called growth."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.whole_place.flows import Flow

# A way of paying that a body's system writes beside the payee's name.
_WAYS: Final = {
    "direct debit": re.compile(r"\bdirect debits?\b|\(\s*dd\b|\bdd payments?\b", re.IGNORECASE),
    "standing order": re.compile(r"\bstanding orders?\b|\(\s*so\s*\)", re.IGNORECASE),
    "CHAPS": re.compile(r"\bchaps\b", re.IGNORECASE),
    "card": re.compile(r"\bp-?cards?\b|\bpurchas\w* cards?\b", re.IGNORECASE),
}
_NEW: Final = 20  # times as much as before, from which a way of paying is newly published
_NOTABLE: Final = 0.05  # of the change, from which a payee is named
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class PaidTo:
    """What a payee was paid by an agency in a year."""

    payee: str
    year_start: int
    pence: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a change: its kind, what it is, and how much more was paid in the later year."""

    kind: str  # "way of paying", "nature" or "payee" or "the rest"
    what: str
    pence: int


@dataclass(frozen=True, slots=True)
class Change:
    """The change of an agency's payments between two years, taken apart. The parts add up."""

    agency: str
    before_pence: int
    after_pence: int
    parts: tuple[Part, ...]
    within: tuple[Part, ...]  # of a way of paying that is new: by nature of the flow

    @property
    def pence(self) -> int:
        """How much more was paid in the later year."""
        return self.after_pence - self.before_pence


def way_of_paying(payee: str) -> str:
    """The way of paying that stands beside a payee's name, such as "direct debit"; '' if none."""
    return next((way for way, pattern in _WAYS.items() if pattern.search(payee)), "")


def change(
    agency: str, paid: Sequence[PaidTo], flows: Iterable[Flow], before: int, after: int
) -> Change:
    """Take a change apart: ways of paying newly published, then payees that moved it most.

    `paid` is all that the agency paid in the two years; `flows` its payments to public bodies in
    the later. A way of paying is new where its payments are twenty times what they were.
    """
    sums = {year: sum(p.pence for p in paid if p.year_start == year) for year in (before, after)}
    ways: list[Part] = []
    rest = list(paid)
    for way, pattern in _WAYS.items():
        marked = [p for p in rest if pattern.search(p.payee)]
        old = sum(p.pence for p in marked if p.year_start == before)
        new = sum(p.pence for p in marked if p.year_start == after)
        if new > 0 and new >= _NEW * abs(old):
            ways.append(Part("way of paying", f"{way}s, newly published", new - old))
            rest = [p for p in rest if not pattern.search(p.payee)]
    whole = sums[after] - sums[before]
    named = _movers(rest, before, after, whole)
    other = whole - sum(p.pence for p in (*ways, *named))
    parts = (*ways, *named, Part("the rest", "all other payees together", other))
    within = _natures(flows, after) if ways else ()
    return Change(agency, sums[before], sums[after], parts, within)


def _movers(paid: Iterable[PaidTo], before: int, after: int, whole: int) -> list[Part]:
    moved: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for p in paid:
        key = " ".join(p.payee.lower().split())
        names.setdefault(key, p.payee)
        if p.year_start == after:
            moved[key] += p.pence
        elif p.year_start == before:
            moved[key] -= p.pence
    largest = sorted(moved.items(), key=lambda row: (-abs(row[1]), row[0]))[:_MOST_NAMED]
    return [
        Part("payee", names[key], pence)
        for key, pence in largest
        if abs(pence) >= _NOTABLE * abs(whole) and pence
    ]


def _natures(flows: Iterable[Flow], year: int) -> tuple[Part, ...]:
    sums: dict[str, int] = defaultdict(int)
    for flow in flows:
        if flow.year_start == year:
            sums[flow.nature] += flow.pence
    ordered = sorted(sums.items(), key=lambda row: (-abs(row[1]), row[0]))
    return tuple(Part("nature", nature, pence) for nature, pence in ordered)
