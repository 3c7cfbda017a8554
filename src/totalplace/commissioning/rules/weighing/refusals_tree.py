"""A search for a proof: branch by branch of what is open or shut, each leaf proved in fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import exp, inf
from typing import Final

from totalplace.commissioning.rules.problem import (
    Aim,
    Branch,
    Certificate,
    Multiplier,
    Problem,
    Straight,
)
from totalplace.commissioning.rules.weighing.proofs import Reading, Sum
from totalplace.commissioning.rules.weighing.refusals_exact import exactly
from totalplace.commissioning.rules.weighing.refusals_solver import (
    Bent,
    Column,
    Key,
    Row,
    bent,
)

MOST_BRANCHES: Final = 400  # a proof of more would be read by nobody
MOST_STRAIGHTS: Final = 20  # laid over the aims in one branch
MOST_ALONE: Final = 3  # demands that are looked at alone where many conflicts are mixed
ROOM: Final = 1e-3  # pence: nearer to its bound than this a line is held by it
FINE: Final = 2**24  # how finely a tangent is chosen
MISSED: Final = 2e-9  # the share of an aim that may be missed: twice what a proof lets pass
SEEN: Final = 1e-6  # pence: less than this that is lacking is the solver's rounding


@dataclass
class Search:
    """A problem with all that can give way in it, and the straight lines laid so far."""

    problem: Problem
    reading: Reading
    keys: tuple[Key, ...]
    straights: list[Straight] = field(default_factory=list)
    tried: int = 0  # branches looked at
    weights: Mapping[Key, float] = field(default_factory=dict)
    read: dict[tuple[str, str, frozenset[int], frozenset[int]], Row] = field(default_factory=dict)

    def rows(
        self, kept: AbstractSet[Key], shut: frozenset[int], opened: frozenset[int]
    ) -> list[Row]:
        """What is kept, as sums, where some lines are shut and others open."""
        named: list[tuple[str, str, Key]] = [
            (*key, key) for key in self.keys if key in kept and not key[0].startswith("aim ")
        ]
        for place, straight in enumerate(self.straights):
            key = f"aim {straight.aim}", "least"
            if key in kept:
                named.append((f"straight {place}", "least", key))
        found = [self._row(name, side, key, (shut, opened)) for name, side, key in named]
        # What asks nothing of nobody is no row; a bound of what is shut asks nothing.
        return [row for row in found if row.parts or row.sum.least > 0]

    def _row(
        self, name: str, side: str, key: Key, where: tuple[frozenset[int], frozenset[int]]
    ) -> Row:
        known = self.read.get((name, side, *where))
        if known is None:
            unit = self._unit(key) if name.startswith("straight ") else None
            known = Row(name, side, self.reading.within(name, side, *where), key, unit)
            self.read[name, side, *where] = known
        return known

    def _unit(self, key: Key) -> Fraction | None:
        """What the best first penny reaches of an aim."""
        aim = self.reading.aims[key[0].removeprefix("aim ")]
        lines = self.problem.lines
        its = (abs(each * lines[n].slope) for each, n in zip(aim.each, aim.lines, strict=True))
        return Fraction(max(its, default=0.0)) or None

    def forget(self, first: int) -> None:
        """Take away the straight lines from a number on."""
        del self.straights[first:]
        gone = [
            key
            for key in self.read
            if key[0].startswith("straight ") and int(key[0].split()[1]) >= first
        ]
        for key in gone:
            del self.read[key]

    @cached_property
    def start(self) -> dict[Column, float]:
        """A point near which plans lie: what is spent now."""
        found: dict[Column, float] = {}
        for place, line in enumerate(self.problem.lines):
            found["pence", place] = float(max(0, line.least, min(line.now, line.most)))
        return found


def search_of(problem: Problem) -> Search:
    """All that can give way in a problem: demands, aims, and the bounds of lines."""
    reading = Reading(problem)
    keys: list[Key] = []
    for name, demand in reading.demands.items():
        keys += [(name, "least")] if demand.least is not None else []
        keys += [(name, "most")] if demand.most is not None else []
    keys += [(f"aim {aim.code}", "least") for aim in problem.aims]
    endless = {
        place
        for place, line in enumerate(problem.lines)
        if line.ceiling is None and place not in reading.closing
    }
    for place, line in enumerate(problem.lines):
        keys += [(f"line {place} least", "least")] if line.least > 0 else []
        keys += [(f"line {place} most", "most")] if place not in endless else []
    search = Search(problem, reading, tuple(keys))
    # What the first penny reaches, and all that is ever reached: who asks more is refused by that.
    search.straights += [
        Straight(aim.code, (Fraction(e),) * len(aim.lines)) for aim in problem.aims for e in (1, 0)
    ]
    reading.straights = search.straights
    return search


def refute(search: Search, kept: AbstractSet[Key]) -> Certificate | None:
    """A proof that what is kept cannot be met, or None where none was found."""
    search.tried = 0
    branches = _branches(search, kept, frozenset(), frozenset())
    if branches is None:
        return None
    return Certificate(tuple(branches), tuple(search.straights))


def names_in(certificate: Certificate) -> set[Key]:
    """What takes part in a proof, by what can give way."""
    found: set[Key] = set()
    for branch in certificate.branches:
        for its in branch.multipliers:
            if its.demand.startswith("straight "):
                straight = certificate.straights[int(its.demand.split()[1])]
                found.add((f"aim {straight.aim}", "least"))
            else:
                found.add((its.demand, its.side))
    return found


def _branches(
    search: Search, kept: AbstractSet[Key], shut: frozenset[int], opened: frozenset[int]
) -> list[Branch] | None:
    search.tried += 1
    if search.tried > MOST_BRANCHES:
        return None
    found = _leaf(search, kept, shut, opened)
    if isinstance(found, tuple):
        return [Branch(tuple(sorted(shut)), tuple(sorted(opened)), found)]
    if found is None:
        return None
    first = _branches(search, kept, shut | {found}, opened)
    if first is None:
        return None
    second = _branches(search, kept, shut, opened | {found})
    return None if second is None else [*first, *second]


def _leaf(
    search: Search, kept: AbstractSet[Key], shut: frozenset[int], opened: frozenset[int]
) -> tuple[Multiplier, ...] | int | None:
    """The multipliers that prove a branch, or the line to branch on, or None: it can be met."""
    origin: Mapping[Column, float] = search.start
    its: Bent | None = None
    for step in range(2 * MOST_STRAIGHTS):
        rows = search.rows(kept, shut, opened)
        broken = [row for row in rows if not row.parts]
        if broken:
            return (Multiplier(broken[0].name, broken[0].side, Fraction(1)),)
        costs = {row.gives: search.weights.get(row.gives, 1.0) for row in rows if row.gives}
        # every second look is from where the first one led, in pence as they are
        its = bent(rows, costs, origin, fine=step % 2 == 1)
        if its is None:
            return None
        proof = _proof(rows, its) if its.total > SEEN else None
        if proof is not None:
            return proof
        origin = its.at
        if step % 2 == 1 and not lay_over_aims(search, kept, its):
            break
    return None if its is None else _between(its)


def _between(its: Bent) -> int | None:
    """The line that is least of all either open or shut."""
    free = {line: abs(at - 0.5) for (kind, line), at in its.at.items() if kind == "open"}
    undecided = {line: far for line, far in free.items() if its.total > SEEN or far < 0.5 - 1e-9}
    return min(undecided, key=lambda line: (undecided[line], line)) if undecided else None


def _proof(rows: Sequence[Row], its: Bent) -> tuple[Multiplier, ...] | None:
    """Multipliers in fractions from prices in floats; where there are many conflicts, of one."""
    found = exactly(_priced(rows, its), its.leaning) or _by_bounds(rows, its)
    if found is not None:
        return found
    worst = sorted(its.given, key=lambda key: (-its.given[key], key))[:MOST_ALONE]
    for key in worst:
        if its.given[key] > SEEN:
            # All others give way as they did: what this one still lacks is one conflict's price.
            eased = [row if row.gives in {key, None} else _eased(row, its) for row in rows]
            alone = bent(eased, {key: 1.0}, its.at, fine=True)
            if alone is not None and alone.total > SEEN:
                found = exactly(_priced(rows, alone), alone.leaning) or _by_bounds(rows, alone)
        if found is not None:
            return found
    return None


def _by_bounds(rows: Sequence[Row], its: Bent) -> tuple[Multiplier, ...] | None:
    """Multipliers of demands alone, where the solver lost those of bounds as too small to see."""
    of_lines = [row for row in rows if row.name.startswith("line ")]
    bounds = {(int(row.name.split()[1]), row.side): row for row in of_lines}
    held = {column for row in of_lines if row.lack(its.at) > -ROOM for column, _ in row.parts}
    held |= {column for column, where in its.at.items() if where < ROOM or column[0] == "open"}
    demands = [row for row in _priced(rows, its) if not row.name.startswith("line ")]
    return exactly(demands, held, bounds) if demands else None


def _priced(rows: Sequence[Row], its: Bent) -> list[Row]:
    return [row for row, price in zip(rows, its.prices, strict=True) if price * row.size > 1e-9]


def _eased(row: Row, its: Bent) -> Row:
    """A row that asks so much less as it gave way, and a hair's breadth less than that."""
    by = 0.0 if row.gives is None else max(0.0, its.given.get(row.gives, 0.0))
    size = its.sizes.get(row.gives, row.size) if row.gives else row.size
    eased = row.sum.least - Fraction(by * (1 + 1e-12)) * size
    return Row(row.name, row.side, Sum(row.sum.pence, row.sum.opened, eased), row.gives, row.unit)


def lay_over_aims(
    search: Search, kept: AbstractSet[Key], its: Bent, *, missed: float = MISSED
) -> bool:
    """Lay a straight line over each aim that is not reached where money now is; whether any was.

    By so much as the aim gives way there it need not be reached, nor by the share `missed`.
    """
    laid = False
    for aim in search.problem.aims:
        if (f"aim {aim.code}", "least") not in kept:
            continue
        at = [its.at.get(("pence", line), 0.0) for line in aim.lines]
        reached = sum(
            each * search.problem.lines[i].points(x)
            for i, each, x in zip(aim.lines, aim.each, at, strict=True)
        )
        key = f"aim {aim.code}", "least"
        given = max(0.0, its.given.get(key, 0.0)) * float(its.sizes.get(key, 0))
        if reached + given < aim.amount - missed * abs(aim.amount):
            straight = Straight(aim.code, _steep(search.problem, aim, at))
            laid = laid or straight not in search.straights
            search.straights.append(straight)
    return laid


def _steep(problem: Problem, aim: Aim, at: Sequence[float]) -> tuple[Fraction, ...]:
    """For each line of an aim, the share of the first penny's reach that the next one has."""
    found: list[Fraction] = []
    for place, x in zip(aim.lines, at, strict=True):
        line = problem.lines[place]
        share = 1.0 if line.scale == inf else exp(-max(0.0, x - line.fixed) / line.scale)
        found.append(Fraction(round(share * FINE), FINE))
    return tuple(found)
