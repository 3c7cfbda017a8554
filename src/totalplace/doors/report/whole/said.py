"""Sums, ranges and shares in the words of the whole-place report; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.purposes.services import Decides
from totalplace.count.rules.whole_place.flows import Treatment
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status, Total
from totalplace.count.rules.words import percent, whole_pounds
from totalplace.doors.report.pictures.sums import brief, finer
from totalplace.money.pence import share_out

NOT_KNOWN: Final = "not known"
_MILLIONS_FROM: Final = 50_000_000_00  # in pence: from here on a table is in millions of pounds
_SMALL: Final = frozenset({"of", "and", "for", "the", "in", "on", "to", "with", "at", "upon"})
_INITIALS: Final = frozenset({"nhs", "hm", "uk", "llp", "plc", "cic"})
KNOWN: Final = (Status.MEASURED, Status.APPORTIONED, Status.MODELLED)

STATUSES: Final = {
    Status.MEASURED: "read from what the body itself reported for this year",
    Status.APPORTIONED: "the place’s share of what a wider body reported, worked out by a key "
    "such as people",
    Status.MODELLED: "an estimate, because no report for this place and year is held",
    Status.MISSING: "not known; where an estimate can be made it is shown as a range, and is not "
    "in the total",
}
BASES: Final = {
    Basis.ACTUAL: "as recorded",
    Basis.HEAD_COUNT: "by number of people",
    Basis.CASELOAD: "by number of cases",
    Basis.FORMULA: "by a formula",
    Basis.APPORTIONED: "by another key",
}
DECIDES: Final = {
    Decides.LOCAL: "Decided in the place",
    Decides.NEGOTIABLE: "Given with conditions",
    Decides.NATIONAL: "Decided nationally",
    Decides.NOBODY: "Not said",
}
DECIDES_MEANS: Final = {
    Decides.LOCAL: "A body of the place can change it, within its legal duties.",
    Decides.NEGOTIABLE: "A department sets conditions that it could lift by agreement "
    "(negotiable).",
    Decides.NATIONAL: "Parliament or a department sets it for everybody.",
    Decides.NOBODY: "It is not known what the money was for, so nobody can say.",
}
ECONOMIC: Final = {
    Economic.REVENUE: "Running costs (revenue)",
    Economic.CAPITAL: "Building and buying to keep (capital)",
    Economic.UNKNOWN: "The files do not say which",
}
INCOMES: Final = {
    Income.NET: "Net: what bodies take in as fees, charges and other income is set against what "
    "they spend. It comes from returns, which are complete but coarse.",
    Income.GROSS: "Gross: money out, with no income set against it. It comes from published "
    "payments only. Payroll and benefits are in no payment file, so this is not all that is "
    "spent.",
}
TREATMENTS: Final = {
    Treatment.ELIMINATED: "taken out",
    Treatment.PASSED_ON: "only passed on",
    Treatment.KEPT: "left in",
    Treatment.RULED_OUT: "left in by an officer",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """How a table writes its sums: in millions of pounds to one place, or in whole pounds."""

    is_millions: bool

    @classmethod
    def for_sums(cls, pence: Iterable[int]) -> Unit:
        """Millions where the greatest sum is large."""
        return cls(max((abs(p) for p in pence), default=0) >= _MILLIONS_FROM)

    @property
    def name(self) -> str:
        """As the head of a column says it."""
        return "£ million" if self.is_millions else "£"

    def said(self, pence: int | None) -> str:
        """A sum: 1,234.5 in millions, or 1,234,567; what is not known is said to be so."""
        if pence is None:
            return NOT_KNOWN
        if not self.is_millions:
            return whole_pounds(pence).replace("£", "")
        tenths = (abs(pence) + 5_000_000) // 10_000_000
        if pence and not tenths:
            return "under 0.1" if pence > 0 else "above -0.1"
        return f"{'-' if pence < 0 else ''}{tenths // 10:,}.{tenths % 10}"

    def range_said(self, low: int | None, high: int | None) -> str:
        """From the least to the most; a dash where they are one; where no most is known, so."""
        if low is None:
            return "no estimate"
        if high is None:
            return f"{self.said(low)} or more"
        if low == high:
            return "–"
        ends = self.said(low), self.said(high)
        return f"{ends[0]} to {ends[1]}" if ends[0] != ends[1] else f"about {ends[0]}"


def name_said(name: str) -> str:
    """A name as it is read: one that is known in small letters alone gets its capitals back.

    A body that the register does not have is known by its payee's name in small letters.
    """
    if name != name.lower():
        return name
    words = [w.upper() if w in _INITIALS else w if w in _SMALL else w[:1].upper() + w[1:]
             for w in name.split(" ")]  # fmt: skip
    said = " ".join(words)
    return said[:1].upper() + said[1:]


def between(low: int | None, high: int | None) -> str:
    """A range in a sentence: between £7.9bn and £8.9bn. Nothing where it is a point or unknown."""
    if low is None or high is None or low == high:
        return ""
    least, most = ends(low, high)
    return f"between {least} and {most}" if least != most else ""


def ends(low: int, high: int) -> tuple[str, str]:
    """The ends of a range, as short as they can be told from each other."""
    for say in (brief, finer, whole_pounds):
        if say(low) != say(high):
            break
    return say(low), say(high)


def per_head(pence: int | None, people: int | None) -> str:
    """Pounds for each person, to the pound; a dash where there is no sum to divide."""
    if pence is None:
        return "–"
    if not people:
        return NOT_KNOWN
    halved = (2 * abs(pence) + people) // (2 * people)
    return whole_pounds(-halved if pence < 0 else halved)


def split(by_status: Mapping[Status, int]) -> list[tuple[Status, int]]:
    """The statuses that a sum has, with their whole per cent; they add up to 100.

    What is missing counts only where it is given a sum: an estimate. None where the sum is not
    above nothing or a part is below it: no share has a meaning then.
    """
    known = {status.value: by_status.get(status, 0) for status in Status}
    if min(known.values()) < 0 or not any(known.values()):
        return []
    shares = share_out(100, known)
    return [(status, shares[status.value]) for status in Status if known[status.value]]


def split_said(by_status: Mapping[Status, int]) -> str:
    """How a sum is known, in words: measured 71%, apportioned 6%, modelled 23%."""
    found = split(by_status)
    if not found:
        return "how much of it is measured cannot be said as a share"
    if len(found) == 1:
        return f"all {found[0][0]}"
    return ", ".join(f"{status} {_edge(share)}" for status, share in found)


def _edge(share: int) -> str:
    """A per cent of one of several parts, that does not hide the others."""
    if share in {0, 100}:
        return "under 1%" if share == 0 else "over 99%"
    return f"{share}%"


def share_said(pence: int | None, whole: int) -> str:
    """The share of a whole: 12%, under 0.1%; a dash where there is none to be said."""
    return "–" if pence is None or pence < 0 or whole <= 0 else percent(pence, whole)


@dataclass(frozen=True, slots=True)
class Summed:
    """Lines of one name, added up; `pence` is None where not one of them is known.

    The range is that of what is known; where nothing is, that of the estimates, and then there is
    a most only where every line has an estimate.
    """

    name: str
    lines: tuple[Line, ...]
    total: Total

    @property
    def pence(self) -> int | None:
        """The sum of what is known."""
        return self.total.pence if any(x.pence is not None for x in self.lines) else None

    @property
    def low_pence(self) -> int | None:
        """The least; of what is wholly missing, the least estimate."""
        return self.total.low_pence if self.pence is not None else estimate(self.lines)[0]

    @property
    def high_pence(self) -> int | None:
        """The most; of what is wholly missing, the highest estimate."""
        if self.pence is not None:
            return self.total.high_pence
        if any(x.high_pence is None for x in self.lines):
            return None
        return estimate(self.lines)[1]


def estimate(lines: Iterable[Line]) -> tuple[int | None, int | None]:
    """The least and the most that missing lines may come to, of those that can be estimated."""
    ranged = [
        (x.low_pence, x.high_pence)
        for x in lines
        if x.pence is None and x.low_pence is not None and x.high_pence is not None
    ]
    if not ranged:
        return None, None
    return sum(low for low, _ in ranged), sum(high for _, high in ranged)
