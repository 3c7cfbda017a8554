"""A partner's own ledger held against its book of the pool, line by line, to the penny.

Lines are matched by reference, then by amount and day, then one to many, then by amount alone. What
is left over is a difference: of amount, of timing, missing here or missing there. Each has its
pence, and together they are the difference of the two totals: none is hidden, whatever explains it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Final

_LEAST_REFERENCE: Final = 3  # letters and digits; fewer are no reference
LATE: Final = 92  # days, a quarter: the same sum further apart is not taken for the same thing
_RUN: Final = 31  # days over which one line may gather many, besides the tolerance
_FEW: Final = 12  # lines of which every choice of up to four is tried
_MOST_OF_FEW: Final = 4
_WINDOW: Final = (
    1_000  # lines near a day, among which several are looked for; else only the nearest
)
_TRIED: Final = 2_000  # lines left over on a side for which several are looked for
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]*")


class How(StrEnum):
    """By what lines were matched."""

    REFERENCE = "by reference"
    AMOUNT_AND_DAY = "by amount and day"
    ONE_TO_MANY = "one to many"
    AMOUNT = "by amount, far apart in time"


class Kind(StrEnum):
    """What a difference is of."""

    AMOUNT = "another amount"
    TIMING = "another time"
    MISSING_HERE = "missing in the pool's book"
    MISSING_THERE = "missing in the partner's ledger"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ledger. `key` is where it stands: row 12, or posting 17."""

    key: str
    day: date
    pence: int
    reference: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Lines that are the same thing here and there."""

    how: How
    here: tuple[Line, ...]
    there: tuple[Line, ...]

    @property
    def pence(self) -> int:
        """What is there beyond what is here."""
        return _sum(self.there) - _sum(self.here)

    @property
    def days_apart(self) -> int:
        """Days from the nearest line here to the nearest there."""
        return min(abs((a.day - b.day).days) for a in self.here for b in self.there)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference, and the pence by which it moves the total of the partner's ledger.

    `beyond` are lines of the pool's book about other days than those that are held against it: what
    a partner paid in March and the host received in April.
    """

    kind: Kind
    here: tuple[Line, ...]
    there: tuple[Line, ...]
    beyond: tuple[Line, ...] = ()

    @property
    def pence(self) -> int:
        """There less here; nothing where only the time is another, within the same days."""
        return _sum(self.there) - _sum(self.here)

    @property
    def key(self) -> str:
        """By which an explanation names it: it stays while the lines stay."""
        return " ~ ".join(line.key for line in (*self.here, *self.there))


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Two ledgers held against each other: what matched, and every difference."""

    here_pence: int
    there_pence: int
    matches: tuple[Match, ...]
    differences: tuple[Difference, ...]
    turned: bool  # whether the partner writes the same sums with the other sign

    @property
    def difference_pence(self) -> int:
        """There less here."""
        return self.there_pence - self.here_pence

    @property
    def ties(self) -> bool:
        """Whether the differences come to the difference of the totals, to the penny."""
        return sum(one.pence for one in self.differences) == self.difference_pence

    def of(self, kind: Kind) -> list[Difference]:
        """The differences of one kind."""
        return [one for one in self.differences if one.kind is kind]


def reconcile(
    here: Iterable[Line],
    there: Iterable[Line],
    *,
    tolerance_days: int = 5,
    beyond: Iterable[Line] = (),
) -> Reconciled:
    """Hold a partner's ledger (`there`) against its book of the pool (`here`).

    `beyond` are lines of the book about days just before or after: what is missing here and stands
    there is a difference of timing.

    Every line stands in one match or one difference, and in no two. A partner whose signs are the
    other way round is turned, and it is said. Raises ValueError for a tolerance below nothing.
    """
    if tolerance_days < 0:
        raise ValueError("a tolerance is a number of days, nothing or more")
    ours, theirs = _ordered(here), _ordered(there)
    turned = _is_turned(ours, theirs)
    if turned:
        theirs = [Line(x.key, x.day, -x.pence, x.reference, x.words) for x in theirs]
    matching = _Matching(ours, theirs, tolerance_days)
    matching.by_reference()
    matching.by_amount(How.AMOUNT_AND_DAY, tolerance_days)
    matching.one_to_many()
    matching.by_amount(How.AMOUNT, LATE)
    found = tuple(matching.differences(_ordered(beyond)))
    return Reconciled(_sum(ours), _sum(theirs), tuple(matching.matches), found, turned)


class _Matching:
    """What is matched so far, and what is left here and there."""

    def __init__(self, here: Sequence[Line], there: Sequence[Line], tolerance: int) -> None:
        self.here = {line.key: line for line in here}
        self.there = {line.key: line for line in there}
        self.tolerance = tolerance
        self.matches: list[Match] = []

    def take(self, how: How, here: Sequence[Line], there: Sequence[Line]) -> None:
        """Match lines, so that no other match may have them."""
        self.matches.append(Match(how, tuple(here), tuple(there)))
        for line in here:
            del self.here[line.key]
        for line in there:
            del self.there[line.key]

    def by_reference(self) -> None:
        """Match what names the same invoice, order or posting: in its reference, or in words."""
        named, mentioned = _by(references, self.there.values()), _by(mentions, self.there.values())
        ours, said = _by(references, self.here.values()), _by(mentions, self.here.values())
        for here, there in ((ours, named), (ours, mentioned), (said, named)):
            for word in sorted(here.keys() & there.keys(), key=lambda word: (-len(word), word)):
                left = [line for line in here[word] if line.key in self.here]
                theirs = [line for line in there[word] if line.key in self.there]
                if left and theirs:
                    self._of_one_reference(left, theirs)

    def _of_one_reference(self, ours: list[Line], theirs: list[Line]) -> None:
        """Equal sums one by one first; the rest of the reference together, if it is one thing.

        Many lines here and many there, of other sums, may be anything: they are left for later.
        """
        if len(ours) > 1 or len(theirs) > 1:
            for line in list(ours):
                same = next((other for other in theirs if other.pence == line.pence), None)
                if same is not None:
                    ours.remove(line)
                    theirs.remove(same)
                    self.take(How.REFERENCE, [line], [same])
        one_thing = len(ours) == 1 or len(theirs) == 1 or _sum(ours) == _sum(theirs)
        if ours and theirs and one_thing:
            self.take(How.REFERENCE, ours, theirs)

    def by_amount(self, how: How, within: int) -> None:
        """Match the same sum no further apart than so many days, the earliest first."""
        theirs: dict[int, list[Line]] = defaultdict(list)
        for line in _ordered(self.there.values()):
            theirs[line.pence].append(line)
        at: dict[int, int] = defaultdict(int)
        for line in _ordered(self.here.values()):
            found = theirs.get(line.pence, [])
            while at[line.pence] < len(found):
                other = found[at[line.pence]]
                gap = (other.day - line.day).days
                if gap > within:
                    break
                at[line.pence] += 1
                if gap >= -within:
                    self.take(how, [line], [other])
                    break

    def one_to_many(self) -> None:
        """Match one line with several that come to it: a month's journal, a batch of payments."""
        for line, found in self._several_for(self.there, self.here):
            self.take(How.ONE_TO_MANY, found, [line])
        for line, found in self._several_for(self.here, self.there):
            self.take(How.ONE_TO_MANY, [line], found)

    def _several_for(
        self, ones: Mapping[str, Line], others: Mapping[str, Line]
    ) -> Iterator[tuple[Line, list[Line]]]:
        """Each line left with the lines that come to it; the caller takes them before the next."""
        ordered = _ordered(line for line in others.values() if line.pence)
        days = [line.day for line in ordered]
        for line in _ordered(ones.values())[:_TRIED]:
            for within in (_RUN + self.tolerance, self.tolerance):
                first = bisect_left(days, line.day - timedelta(within))
                last = bisect_right(days, line.day + timedelta(within))
                if last - first <= _WINDOW:
                    near = [one for one in ordered[first:last] if one.key in others]
                    found = _several(line, near)
                    if found:
                        yield line, found
                    break

    def differences(self, beyond: Sequence[Line]) -> Iterator[Difference]:
        """What did not match, and what matched with another sum or at another time."""
        for match in self.matches:
            if match.pence:
                yield Difference(Kind.AMOUNT, match.here, match.there)
            elif match.days_apart > self.tolerance and match.how is not How.ONE_TO_MANY:
                yield Difference(Kind.TIMING, match.here, match.there)
        for line in _ordered(self.here.values()):
            yield Difference(Kind.MISSING_THERE, (line,), ())
        free = {line.key: line for line in beyond}
        sums: dict[int, list[Line]] = defaultdict(list)
        for line in beyond:
            sums[line.pence].append(line)
        for line in _ordered(self.there.values()):
            same = [one for one in sums[line.pence] if one.key in free]
            close = min(same, key=lambda one: abs((one.day - line.day).days), default=None)
            if close is not None and abs((close.day - line.day).days) <= LATE:
                del free[close.key]
                yield Difference(Kind.TIMING, (), (line,), (close,))
            else:
                yield Difference(Kind.MISSING_HERE, (), (line,))


def references(line: Line) -> set[str]:
    """What its reference names, as it can be compared: letters and digits alone."""
    return _long_enough({_bare(line.reference), *_numbered(line.reference)})


def mentions(line: Line) -> set[str]:
    """What its words name that holds a digit, for people write references there too."""
    return _long_enough(_numbered(line.words))


def _numbered(text: str) -> set[str]:
    return {_bare(word) for word in _WORD.findall(text) if any(map(str.isdigit, word))}


def _long_enough(words: set[str]) -> set[str]:
    return {word for word in words if len(word) >= _LEAST_REFERENCE}


def _by(named: Callable[[Line], set[str]], lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in _ordered(lines):
        for word in named(line):
            found[word].append(line)
    return found


def _several(line: Line, others: list[Line]) -> list[Line]:
    """Two or more of the others that come to a line: of its month, that follow on, or a few."""
    month = [o for o in others if (o.day.year, o.day.month) == (line.day.year, line.day.month)]
    if len(month) > 1 and _sum(month) == line.pence:
        return month
    first_after: dict[int, int] = {0: 0}
    running = 0
    for at, other in enumerate(others, start=1):
        running += other.pence
        start = first_after.get(running - line.pence)
        if start is not None and at - start > 1:
            return others[start:at]
        first_after.setdefault(running, at)
    if len(others) <= _FEW:
        for many in range(2, _MOST_OF_FEW + 1):
            for chosen in combinations(others, many):
                if _sum(chosen) == line.pence:
                    return list(chosen)
    return []


def _is_turned(here: Sequence[Line], there: Sequence[Line]) -> bool:
    """Whether more sums of the partner are ours with the sign turned than as they stand."""
    ours = {line.pence for line in here}
    same = sum(line.pence in ours for line in there)
    return sum(-line.pence in ours for line in there) > same


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _ordered(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.day, line.key))


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.pence for line in lines)
