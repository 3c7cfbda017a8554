"""Why no plan exists: which demands cannot be met together, by how much, and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.problem import (
    Branch,
    Certificate,
    Impossible,
    Multiplier,
    Problem,
)
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.proofs import proves
from totalplace.commissioning.rules.weighing.refusals_giving import Given, given_way, gives
from totalplace.commissioning.rules.weighing.refusals_solver import Key
from totalplace.commissioning.rules.weighing.refusals_tree import (
    Search,
    names_in,
    refute,
    search_of,
)
from totalplace.commissioning.rules.weighing.refusals_words import (
    amount_of,
    asked,
    gap_told,
    giving_told,
    told_of,
)

TRIES: Final = (1.0, 30.0, 1 / 30)  # what a penny of a line's own bound costs beside a demand's
FEW: Final = 3  # demands: of so few, no smaller set is looked for
MOST_LOOKS: Final = 150  # ways tried of leaving demands out
SECONDS: Final = 10.0  # to solve what a repair leaves
MOST_GAPS: Final = 40  # demands of which it is worked out what it alone would have to give


@dataclass(frozen=True, slots=True)
class Clash:
    """A demand that cannot be met together with the others of its refusal.

    `gap` is by how much it would have to give way if every other demand of the whole plan stands,
    in its own `unit`; None where no giving way of this one alone would be enough. `gap_pence` is
    the same in pence that are put where they count most.
    """

    demand: str
    side: str
    title: str  # in an officer's words, with the amount
    unit: str
    gap: Fraction | None
    gap_pence: int | None
    told: str


@dataclass(frozen=True, slots=True)
class Giving:
    """So much by which one demand gives way, in its own unit and in pence."""

    demand: str
    side: str
    title: str
    unit: str
    by: Fraction
    pence: int
    told: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What would have to give way together so that a plan exists: in all, so many pence.

    There is a plan then: it was solved, and is not shown where none was found.
    """

    givings: tuple[Giving, ...]
    pence: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """The smallest set of demands found that cannot be met together, its proof, and what mends it.

    `smallest`: without any one of them the rest can be met, as the solver found. `proved`: the
    certificate was added up in fractions; else there is none, and the solver's word is all.
    """

    demands: tuple[Clash, ...]
    repairs: tuple[Repair, ...]
    certificate: Certificate | None
    proved: bool
    smallest: bool
    told: str


def refusal_of(problem: Problem, *, titles: Mapping[str, str] | None = None) -> Refusal:
    """Why no plan meets a problem. `titles` are of options by their code, for the words.

    Of several sets that cannot be met together it gives the one of fewest demands that a few tries
    find. Where no proof is found (a plan may exist, or only none in whole pence), it says so.
    """
    search = search_of(problem)
    found = _smallest(search)
    words = titles or {}
    repairs = _repairs(search, words)
    if found is None:
        return Refusal((), repairs, None, False, False, told_of(0, proved=False))
    certificate, smallest = found
    keys = [key for key in search.keys if key in names_in(certificate)]
    clashes = [_clash(search, key, words, place < MOST_GAPS) for place, key in enumerate(keys)]
    proved = proves(problem, certificate)
    told = told_of(len(clashes), proved=proved)
    return Refusal(tuple(clashes), repairs, certificate, proved, smallest, told)


def proof_of(problem: Problem) -> Certificate | None:
    """A proof that no plan exists, the first that is found; None where none is."""
    search = search_of(problem)
    certificate = refute(search, frozenset(search.keys))
    return None if certificate is None else _tidy(certificate)


def titles_of(case: Case) -> dict[str, str]:
    """The titles of a case's options by their code."""
    return {option.code: option.title for option in case.options}


def _smallest(search: Search) -> tuple[Certificate, bool] | None:
    """Of the conflicts that are found by different prices of bounds, that of fewest demands."""
    best: tuple[Certificate, bool] | None = None
    for dear in TRIES:
        search.weights = {key: dear for key in search.keys if key[0].startswith("line ")}
        found = refute(search, frozenset(search.keys))
        if found is None:
            return best
        shrunk = _without_what_is_spare(search, found)
        if best is None or _count(search, shrunk[0]) < _count(search, best[0]):
            best = shrunk
        if _count(search, best[0]) <= FEW:
            break
    return None if best is None else (_tidy(best[0]), best[1])


def _count(search: Search, certificate: Certificate) -> int:
    return len(names_in(certificate) & set(search.keys))


def _without_what_is_spare(search: Search, certificate: Certificate) -> tuple[Certificate, bool]:
    """Leave out whatever can be left out while a proof remains; and whether all was tried.

    Halves of what is left are tried first, the smallest sums before the largest.
    """
    keys = set(search.keys)
    kept = names_in(certificate) & keys
    parts = [sorted(kept, key=lambda key: _weight(search, key))]
    looks = 0
    needed: set[Key] = set()
    while parts:
        part = [key for key in parts.pop(0) if key in kept and key not in needed]
        if not part:
            continue
        looks += 1
        if looks > MOST_LOOKS:
            return certificate, False
        less = refute(search, kept - set(part)) if len(part) < len(kept) else None
        if less is None:
            search.forget(len(certificate.straights))
        if less is not None:
            certificate, kept = less, names_in(less) & keys
        elif len(part) == 1:
            needed.add(part[0])
        else:
            half = len(part) // 2
            parts = [part[:half], part[half:], *parts]
    return certificate, True


def _weight(search: Search, key: Key) -> tuple[bool, Fraction, Key]:
    """Bounds of lines before demands, small sums before great ones."""
    of_line = key[0].startswith("line ")
    return not of_line, abs(amount_of(search, key)) if of_line else Fraction(0), key


def _tidy(certificate: Certificate) -> Certificate:
    """Only the straight lines that take part, and multipliers in whole numbers."""
    used = sorted(
        {
            int(its.demand.split()[1])
            for branch in certificate.branches
            for its in branch.multipliers
            if its.demand.startswith("straight ")
        }
    )
    names = {f"straight {old}": f"straight {new}" for new, old in enumerate(used)}
    branches = tuple(
        Branch(
            branch.shut,
            branch.open,
            tuple(
                Multiplier(names.get(its.demand, its.demand), its.side, its.by)
                for its in branch.multipliers
            ),
        )
        for branch in certificate.branches
    )
    return Certificate(branches, tuple(certificate.straights[old] for old in used))


def _clash(search: Search, key: Key, words: Mapping[str, str], asked_gap: bool) -> Clash:
    said = asked(search, key, words)
    found = gives(search, [key]) if asked_gap else None
    its = None if found is None else found.get(key)
    gap, pence = (None, None) if its is None else (its.by, ceil(its.pence - 1e-3))
    return Clash(
        said.demand, said.side, said.title, said.unit, gap, pence, gap_told(said, gap, asked_gap)
    )


def _repairs(search: Search, words: Mapping[str, str]) -> tuple[Repair, ...]:
    """The cheapest way in which demands can give way, and the cheapest that spares its first."""
    can = [key for key in search.keys if not _is_money(search.problem, key)]
    first = gives(search, search.keys)
    if not first:
        return ()
    largest = max(first, key=lambda key: (first[key].pence, key))
    second = gives(search, [key for key in search.keys if key != largest])
    tried = [{key: its for key, its in one.items() if key in can} for one in (first, second or {})]
    return tuple(_repair(search, one, words) for one in tried if one and _mends(search, one))


def _is_money(problem: Problem, key: Key) -> bool:
    """Whether a line's most is nothing but the money that there is: it rises with the money."""
    word, number, bound = (*key[0].split(), "", "")[:3]
    if word != "line" or bound != "most" or not number.isdecimal():
        return False
    return problem.lines[int(number)].ceiling is None


def _mends(search: Search, given: Mapping[Key, Given]) -> bool:
    """Whether there is a plan once these have given way: solved, and checked in whole pence."""
    changed = given_way(search.problem, {key: its.by for key, its in given.items()})
    return not isinstance(solve(changed, seconds=SECONDS), Impossible)


def _repair(search: Search, given: Mapping[Key, Given], words: Mapping[str, str]) -> Repair:
    givings: list[Giving] = []
    for key, its in sorted(given.items(), key=lambda one: (-one[1].pence, one[0])):
        said = asked(search, key, words)
        givings.append(
            Giving(
                said.demand, said.side, said.title, said.unit, its.by, ceil(its.pence - 1e-3),
                giving_told(said, its.by),
            )
        )  # fmt: skip
    return Repair(tuple(givings), sum(one.pence for one in givings))


def repaired(problem: Problem, givings: Sequence[Giving]) -> Problem:
    """The problem after these demands have given way."""
    return given_way(problem, {(one.demand, one.side): one.by for one in givings})
