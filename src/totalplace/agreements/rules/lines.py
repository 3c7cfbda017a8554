"""Funding lines as departments write them: fund, home department, mechanism, sums, conditions.

A sum that is to be confirmed, or that is within the sum of another line, has a status and no pence:
it is never nought, and no total counts it as if it were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.ledger.rules.accounts import Nature
from totalplace.money.pence import pounds
from totalplace.refusal import Refused

MOST_LINES: Final = 2_000  # a settlement has some dozens
MOST_PENCE: Final = 10**15  # ten million million pounds: more than the whole of public spending
_CODE: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Mechanism(StrEnum):
    """How a sum is come to, as the settlements of 2025-26 name it."""

    FORMULA = "national formula"
    EXISTING = "existing allocation"
    NEW = "new settlement formula"
    UNCONFIRMED = "to be confirmed"


class Where(StrEnum):
    """The three sets that all identifiable spending falls into."""

    BLOCK = "in the block"
    ALIGNED = "aligned but nationally held"
    NATIONAL = "national"


class Said(StrEnum):
    """What is said of a sum."""

    STATED = "stated"
    UNCONFIRMED = "to be confirmed"
    ABOVE = "included above"
    UNPUBLISHED = "not published"


class Bound(StrEnum):
    """What kind of condition binds a line."""

    RING_FENCE = "ring-fence"  # spent on this and on nothing else
    MINIMUM = "minimum"  # at least so much is spent on something
    REPORT = "report"  # figures are given in
    WINDOW = "window"  # spent within a time


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a line; `pence` is a minimum's, and None where it is not a sum."""

    kind: Bound
    text: str
    pence: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What is said of a line for a year and a nature; `year` is that in which it begins."""

    year: int
    nature: Nature
    pence: int | None = None
    said: Said = Said.STATED

    def __post_init__(self) -> None:
        """Refuse a stated sum without pence, and pence that nobody stated: ValueError."""
        if (self.pence is not None) != (self.said is Said.STATED):
            raise ValueError("a sum has pence where it is stated, and only then")
        if self.pence is not None and not 0 <= self.pence <= MOST_PENCE:
            raise ValueError("a sum is nought or more, and no more than there is")

    @property
    def words(self) -> str:
        """The sum, or what is said in its place."""
        return str(self.said) if self.pence is None else pounds(self.pence)


@dataclass(frozen=True, slots=True)
class Line:
    """A funding line. `covers` says which spending of the count it is: agency/service, * for all.

    `reason` says why it is in its set; `outcomes` are indicators that it is meant to move.
    """

    code: str
    fund: str
    responsibility: str = ""
    department: str = ""
    mechanism: Mechanism = Mechanism.UNCONFIRMED
    where: Where = Where.BLOCK
    reason: str = ""
    theme: str = ""
    sums: tuple[Sum, ...] = ()
    conditions: tuple[Condition, ...] = ()
    covers: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    def sum_of(self, nature: Nature, year: int) -> Sum | None:
        """What is said for a nature and a year; None where nothing is."""
        return next((s for s in self.sums if (s.nature, s.year) == (nature, year)), None)

    def stated(self, nature: Nature | None = None) -> int | None:
        """Pence that are stated, all years together; None where none are."""
        known = [s.pence for s in self.sums if s.pence is not None and nature in (None, s.nature)]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Lines added up, in pence: what is stated of each nature, and how many sums are not."""

    revenue: int
    capital: int
    not_stated: int  # sums that have a status in place of pence

    @property
    def pence(self) -> int:
        """Both natures together."""
        return self.revenue + self.capital


@dataclass(frozen=True, slots=True)
class Headline:
    """A published headline beside the lines that can be seen; what none explains is not spread."""

    pence: int
    visible: Totals

    @property
    def unexplained(self) -> int:
        """Pence of the headline that no visible line explains; below nought: lines say more."""
        return self.pence - self.visible.pence


def sum_of(year: int, nature: Nature, pence: int | None, said: Said) -> Sum:
    """A sum as another program says it. Raises Refused where pence and words do not go together."""
    try:
        return Sum(year, nature, pence, said)
    except ValueError as error:
        raise _refused(str(error), "Say pence, or what stands in their place") from error


def totals(lines: Iterable[Line], *, year: int | None = None) -> Totals:
    """Lines added up, for a year or for all: stated pence by nature, and what is not stated."""
    sums = [s for line in lines for s in line.sums if year in (None, s.year)]
    of = {n: sum(s.pence or 0 for s in sums if s.nature is n) for n in Nature}
    return Totals(
        of[Nature.REVENUE], of[Nature.CAPITAL], sum(1 for s in sums if s.pence is None)
    )  # fmt: skip


def years_of(lines: Iterable[Line]) -> list[int]:
    """The years of which anything is said, each by that in which it begins."""
    return sorted({s.year for line in lines for s in line.sums})


def check(lines: Sequence[Line], *, first: int, last: int) -> None:
    """Raise Refused for lines that cannot stand in an offer for the years from first to last."""
    check_codes(lines)
    for line in lines:
        _check_words(line)
        _check_sums(line, first, last)


def check_codes(lines: Sequence[Line]) -> None:
    """Raise Refused for codes that are none or stand twice, and for more lines than there may be.

    A draft is held to this too: by its code a line is found again.
    """
    repeated = [code for code, n in Counter(line.code for line in lines).items() if n > 1]
    if repeated:
        raise _refused(f"'{repeated[0]}' stands twice", "Give each line a code of its own")
    if len(lines) > MOST_LINES:
        raise _refused(f"there are more than {MOST_LINES:,}", "Put some of them together")
    check_code(*(line.code for line in lines))


def check_code(*codes: str) -> None:
    """Raise Refused for a code that is none."""
    for code in codes:
        if not _CODE.fullmatch(code):
            raise _refused(
                f"'{code[:80]}' is no code",
                "Write small letters, digits and hyphens, such as bus-services",
            )


def _check_words(line: Line) -> None:
    if not line.fund.strip():
        raise _refused(f"'{line.code}' does not say which fund it is", "Name the fund")
    if not line.reason.strip():
        raise _refused(
            f"'{line.code}' does not say why it is {line.where}",
            "Give the reason in a sentence; the other side reads it",
        )
    for condition in line.conditions:
        if not condition.text.strip():
            raise _refused(
                f"a condition of '{line.code}' ({condition.kind}) says nothing",
                "Write what is asked, or take it out",
            )
    for covered in line.covers:
        agency, slash, service = covered.partition("/")
        if not (slash and agency and service):
            raise _refused(
                f"'{covered}' of '{line.code}' names no spending of the count",
                "Write it as agency/service, with * for any",
            )


def _check_sums(line: Line, first: int, last: int) -> None:
    repeated = Counter((s.nature, s.year) for s in line.sums)
    for (nature, year), n in repeated.items():
        if n > 1:
            raise _refused(f"'{line.code}' says two sums of {nature} for {year}", "Say it once")
        if not first <= year <= last:
            raise _refused(
                f"'{line.code}' has a sum for the year from April {year}",
                f"Give sums for the years from April {first} to April {last}",
            )


def _refused(why: str, next_step: str) -> Refused:
    return Refused("These lines cannot stand", why=why, next_step=next_step)
