"""Which lines of the sources speak of one body: by a code and a name that they share.

- Lines that share a code and whose names are alike are of one body.
- Lines of one kind and name, in days that may overlap, are of one body even where their codes
  differ: so a body that two sources give different codes keeps both, and the conflict is seen.
- Lines that share a code under unlike names are of two bodies that claim one code.
- A line without a name (a list of codes), or with names as people write them, follows the one
  body that its codes lead to. Where they lead to several, it joins none of them: each gets the
  other codes as disputed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, count
from typing import Any, Final

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.facts import Change, Entry, NameForm, gss_of
from totalplace.places.rules.register.names import key, plain, slug

_FORMS: Final = tuple(NameForm)  # the fullest first


@dataclass(frozen=True, slots=True)
class Held:
    """A code of a body: who says so, whether it is a code of before, whether it is in doubt.

    `ended` is the last day of a code of before, and `began` the first day of one that replaced
    another, where a source says so.
    """

    code: str
    sources: tuple[int, ...]
    former: bool
    disputed: bool = False
    began: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body as all sources together describe it. Days: None is always, or still."""

    key: str
    kind: AgencyKind
    name: str
    held: tuple[Held, ...]
    names: tuple[tuple[str, NameForm], ...]
    first_day: date | None
    last_day: date | None
    sources: tuple[int, ...]
    said: tuple[Entry, ...]

    @property
    def gss(self) -> str:
        """Its GSS code, or nothing where it has none."""
        return next(filter(None, map(gss_of, _best_first(self.held))), "")

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes that are in no dispute, with those of before."""
        return tuple(held.code for held in self.held if not held.disputed)

    def stands(self, on: date) -> bool:
        """Whether it is there on a day, as far as is known."""
        began = self.first_day is None or self.first_day <= on
        return began and (self.last_day is None or on <= self.last_day)


class Groups:
    """Which things are of one group, where they were joined two at a time."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, one: int) -> int:
        """The group of a thing, as its least member."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        least, most = sorted((self.of(one), self.of(other)))
        self._above[most] = least


def bodies_of(
    entries: Iterable[Entry], years: Mapping[int, int | None], changes: Iterable[Change] = ()
) -> list[Body]:
    """Every body of the sources, by key. `years` is the year that each source describes.

    A change from one code to another of the same body is a change of its code alone.
    """
    lines = sorted(entries, key=lambda e: (e.source, e.line, e.codes, e.names))
    groups = Groups(len(lines))
    _join_named(lines, groups)
    disputed, torn = _join_nameless(lines, groups)
    members: dict[int, list[Entry]] = defaultdict(list)
    for number, line in enumerate(lines):
        if number not in torn:
            members[groups.of(number)].append(line)
    claimed: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for group, code, source in disputed:
        claimed[groups.of(group)].append((code, source))
    rank = {source: (year or 0, source) for source, year in years.items()}
    made = [_body(said, claimed.get(group, []), rank) for group, said in members.items()]
    recoded: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        recoded[change.old].append(change)
    made = [replace(body, held=_dated(body.held, recoded)) for body in made]
    return sorted(_with_keys(made), key=lambda body: body.key)


def _join_named(lines: Sequence[Entry], groups: Groups) -> None:
    keys = [{key(name) for name, _ in line.names} for line in lines]
    by_code: dict[str, list[int]] = defaultdict(list)
    by_name: dict[tuple[AgencyKind, str], list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if not line.is_named:
            continue
        for code in line.all_codes:
            by_code[code].append(number)
        if line.kind is not AgencyKind.UNKNOWN:
            for name in {key(name) for name, form in line.names if form is not NameForm.ALIAS}:
                by_name[line.kind, name].append(number)
    for one, other in _pairs(by_code):
        if not keys[one].isdisjoint(keys[other]):
            groups.join(one, other)
    for one, other in _pairs(by_name):
        if _may_overlap(lines[one], lines[other]):
            groups.join(one, other)


def _pairs(together: Mapping[Any, Sequence[int]]) -> Iterator[tuple[int, int]]:
    for numbers in together.values():
        yield from combinations(numbers, 2)


def _may_overlap(one: Entry, other: Entry) -> bool:
    first, second = sorted((one, other), key=lambda entry: entry.last_day or date.max)
    if first.last_day is None or second.first_day is None:
        return True
    return second.first_day <= first.last_day


@dataclass(slots=True)
class _Leads:
    """To which groups the codes of lines lead."""

    lines: Sequence[Entry]
    groups: Groups
    homes: dict[str, set[int]]

    def add(self, number: int) -> None:
        """Let a line's codes lead to the group that it is in."""
        for code in self.lines[number].all_codes:
            self.homes[code].add(self.groups.of(number))

    def by_code(self, code: str) -> set[int]:
        """The groups that a code leads to."""
        return {self.groups.of(group) for group in self.homes[code]}

    def of(self, number: int) -> set[int]:
        """The groups that a line's codes lead to."""
        return set().union(*map(self.by_code, self.lines[number].all_codes))


def _join_nameless(
    lines: Sequence[Entry], groups: Groups
) -> tuple[list[tuple[int, str, int]], set[int]]:
    """Join lines without names to what their codes lead to; give the codes that are disputed.

    Each disputed code comes with the group that it is claimed for and the source that claims it.
    With them come the lines that lead to several bodies, and so are of none.
    """
    leads = _Leads(lines, groups, defaultdict(set))
    for number, line in enumerate(lines):
        if line.is_named:
            leads.add(number)
    loose = {number for number, line in enumerate(lines) if not line.is_named}
    while found := [(n, led) for n in sorted(loose) if len(led := leads.of(n)) == 1]:
        for number, led in found:
            groups.join(number, *led)
        for number, _ in found:
            leads.add(number)
            loose.discard(number)
    first_with: dict[str, int] = {}
    for number in sorted(n for n in loose if not leads.of(n)):
        for code in lines[number].codes:
            groups.join(first_with.setdefault(code, number), number)
    torn = {number for number in loose if len(leads.of(number)) > 1}
    disputed = [
        (group, code, lines[number].source)
        for number in sorted(torn)
        for group in sorted(leads.of(number))
        for code in lines[number].codes
        if group not in leads.by_code(code)
    ]
    return disputed, torn


def _body(
    said: Sequence[Entry], claimed: Sequence[tuple[str, int]], rank: Mapping[int, tuple[int, int]]
) -> Body:
    newest_first = sorted(said, key=lambda e: (rank.get(e.source, (0, 0)), e.line), reverse=True)
    kinds = Counter(e.kind for e in newest_first if e.kind is not AgencyKind.UNKNOWN)
    kind = kinds.most_common(1)[0][0] if kinds else AgencyKind.UNKNOWN
    names = dict.fromkeys(
        (name, form)
        for wanted in _FORMS
        for entry in newest_first
        for name, form in entry.names
        if form is wanted
    )
    held = _held(said, claimed)
    first = next((e.first_day for e in newest_first if e.first_day), None)
    last = next((e.last_day for e in newest_first if e.last_day), None)
    name = next(iter(names), (held[0].code, NameForm.ALIAS))[0]
    sources = tuple(sorted({e.source for e in said}))
    return Body(
        "", kind, name, held, _distinct(names), first, last, sources, tuple(said)
    )  # fmt: skip


def _distinct(names: Iterable[tuple[str, NameForm]]) -> tuple[tuple[str, NameForm], ...]:
    """Names once each, in their fullest form, written as first met."""
    kept: dict[str, tuple[str, NameForm]] = {}
    for name, form in names:
        kept.setdefault(plain(name), (name, form))
    return tuple(kept.values())


def _held(said: Sequence[Entry], claimed: Sequence[tuple[str, int]]) -> tuple[Held, ...]:
    now: dict[str, set[int]] = defaultdict(set)
    before: dict[str, set[int]] = defaultdict(set)
    for entry in said:
        for code in entry.codes:
            now[code].add(entry.source)
        for code in entry.former:
            before[code].add(entry.source)
    held = [
        Held(code, tuple(sorted(now[code] | before[code])), bool(before[code]))
        for code in sorted({*now, *before})
    ]
    doubts: dict[str, set[int]] = defaultdict(set)
    for code, source in claimed:
        if code not in now and code not in before:
            doubts[code].add(source)
    held += [Held(code, tuple(sorted(doubts[code])), False, True) for code in sorted(doubts)]
    return tuple(held)


def _dated(held: Sequence[Held], recoded: Mapping[str, Sequence[Change]]) -> tuple[Held, ...]:
    """Codes with the days on which one replaced another, as changes between them say."""
    own = {h.code: h for h in held if not h.disputed}
    steps = [c for code in own for c in recoded.get(code, ()) if c.new in own]
    for change in sorted(steps, key=lambda c: (c.day is None, c.source, c.line)):
        day = change.day
        old, new = own[change.old], own[change.new]
        eve = None if day is None else day - timedelta(days=1)
        own[change.old] = replace(old, former=True, ended=old.ended or eve)
        own[change.new] = replace(new, began=new.began or day)
    return tuple(own.get(h.code, h) if not h.disputed else h for h in held)


def _best_first(held: Sequence[Held]) -> list[str]:
    """The codes under which a body may be known: GSS before others, of now before former.

    Then the one that more sources give. Of two GSS codes that as many give, the later is taken, as
    numbers are given in order. It is a label only; that there are two is reported.
    """
    sure = [h for h in held if not h.disputed]
    sure.sort(key=lambda h: h.code, reverse=True)
    sure.sort(key=lambda h: (not gss_of(h.code), h.former, -len(h.sources)))
    return [h.code for h in sure]


def _with_keys(bodies: Iterable[Body]) -> list[Body]:
    """Each body under the best of its codes that no other is under, or else under its name."""
    taken: set[str] = set()
    keyed = []
    for body in sorted(bodies, key=lambda b: (-len(b.sources), b.name, b.kind, b.codes)):
        free = [code for code in _best_first(body.held) if code not in taken]
        named = f"name:{slug(body.name)}"
        alone = (f"{named}-{n}" if n > 1 else named for n in count(1))
        key_of_it = free[0] if free else next(name for name in alone if name not in taken)
        taken.add(key_of_it)
        keyed.append(replace(body, key=key_of_it))
    return keyed
