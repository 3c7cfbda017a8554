"""All identifiable spending of a count in three sets: every penny in exactly one, with the reason.

In this order a penny falls where a person overruled it, where a line of the offer that covers it
says, and else where the rules say. A line takes no more than it states; what it states beyond what
the count finds is shown, and so is a line that covers nothing: neither is spread over anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from totalplace.agreements.rules.lines import Line, Where
from totalplace.count.rules.whole_place.lines import Line as Spent
from totalplace.count.rules.whole_place.lines import Status
from totalplace.ledger.rules.accounts import Nature

ANY = "*"


class By(StrEnum):
    """What put spending into its set."""

    PERSON = "overruled"
    LINE = "a line of the offer"
    RULE = "a rule"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where spending falls by its agency, its service, who decides it, and what it was read from.

    `decides` is of the count's services: local, negotiable, national, or empty of what is unknown.
    """

    where: Where
    reason: str
    agency: str = ANY
    service: str = ANY
    decides: str = ANY
    source: str = ""  # words within the source of a line, in any case


@dataclass(frozen=True, slots=True)
class Overruled:
    """Spending that a person put into a set, whole, with the reason."""

    agency: str
    service: str
    where: Where
    reason: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Spending in a set. Pence of None is missing: it is in the set, and in no sum."""

    agency: str
    agency_name: str
    service: str
    status: Status
    pence: int | None
    low: int
    high: int
    where: Where
    reason: str
    by: By
    line: str = ""  # the funding line that put it there
    local: bool = False  # whether a body of the place decides it today


@dataclass(frozen=True, slots=True)
class SetTotal:
    """A set added up: pence with bounds, how much of it is measured, and how much is missing."""

    pence: int
    low: int
    high: int
    measured: int
    missing: int  # lines of the count without a value


@dataclass(frozen=True, slots=True)
class Share:
    """So many pence of so many."""

    part: int
    whole: int

    @property
    def words(self) -> str:
        """In per cent with one place, rounded down; or that it cannot be said."""
        if self.whole <= 0:
            return "not known"
        tenths = self.part * 1000 // self.whole
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class Beyond:
    """A line of an offer that the count cannot bear out: pence that it finds no spending for."""

    line: str
    fund: str
    pence: int | None  # None: the line states no sum for the year, or covers nothing
    why: str


@dataclass(frozen=True, slots=True)
class Partition:
    """The spending of a place in a year, in three sets."""

    portions: tuple[Portion, ...]
    beyond: tuple[Beyond, ...]

    def of(self, where: Where) -> SetTotal:
        """A set added up."""
        here = [p for p in self.portions if p.where is where]
        return SetTotal(
            sum(p.pence or 0 for p in here),
            sum(p.low for p in here),
            sum(p.high for p in here),
            sum(p.pence or 0 for p in here if p.status is Status.MEASURED),
            sum(1 for p in here if p.pence is None),
        )

    @property
    def pence(self) -> int:
        """All that is known, of every set."""
        return sum(p.pence or 0 for p in self.portions)

    @property
    def today(self) -> Share:
        """The share that bodies of the place decide today."""
        return Share(sum(p.pence or 0 for p in self.portions if p.local), self.pence)

    @property
    def offered(self) -> Share:
        """The share that they would decide: what is in the block."""
        return Share(self.of(Where.BLOCK).pence, self.pence)

    def reasons(self) -> list[tuple[Where, str, str, int]]:
        """Set, what put it there, why, and pence: the largest of each set first."""
        found: dict[tuple[Where, str, str], int] = {}
        for p in self.portions:
            key = (p.where, f"{p.by} {p.line}".strip(), p.reason)
            found[key] = found.get(key, 0) + (p.pence or 0)
        order = list(Where)
        rows = [(*key, pence) for key, pence in found.items()]
        return sorted(rows, key=lambda row: (order.index(row[0]), -row[3], row[1:3]))


@dataclass(slots=True)
class _Left:
    """What of a line of the count is not in a set yet."""

    spent: Spent
    decides: str
    pence: int | None
    low: int
    high: int


def partition(
    spending: Iterable[Spent],
    *,
    decides: Mapping[str, str],
    rules: Sequence[Rule],
    lines: Iterable[Line] = (),
    year: int,
    overruled: Sequence[Overruled] = (),
) -> Partition:
    """Lines of one income rule of a count, in three sets. `decides`: service -> who decides it.

    Raises ValueError where no rule covers some of it: the last has to be of everything.
    """
    left = [
        _Left(s, decides.get(s.service, ""), s.pence, s.low_pence or 0, s.high_pence or 0)
        for s in spending
    ]
    portions: list[Portion] = []
    for one in overruled:
        fitting = [x for x in left if _fits(f"{one.agency}/{one.service}", x.spent)]
        portions += [_portion(x, one.where, one.reason, By.PERSON) for x in fitting]
        left = [x for x in left if not _fits(f"{one.agency}/{one.service}", x.spent)]
    beyond: list[Beyond] = []
    for line in sorted(lines, key=lambda ln: ln.code):
        portions += _take(line, left, year, beyond)
    for x in left:
        rule = next((r for r in rules if _falls(r, x)), None)
        if rule is None:
            raise ValueError(f"no rule covers {x.spent.agency}/{x.spent.service}")
        # What a line took whole may leave a range: more may have been spent than was found.
        if x.pence != 0 or x.low or x.high or x.spent.pence == 0:
            portions.append(_portion(x, rule.where, rule.reason, By.RULE))
    return Partition(tuple(portions), tuple(beyond))


def _take(line: Line, left: list[_Left], year: int, beyond: list[Beyond]) -> list[Portion]:
    """Move into a line's set what it covers, and no more than it states for the year."""
    # The net lines of a count are revenue; building stands apart in it, and in no total.
    said = line.sum_of(Nature.REVENUE, year)
    if not line.covers:
        why = "it does not say which spending of the count it is"
        beyond.append(Beyond(line.code, line.fund, said.pence if said else None, why))
        return []
    if said is None or said.pence is None:
        beyond.append(Beyond(line.code, line.fund, None, "its revenue of the year is not stated"))
        return []
    wanted, found = said.pence, []
    for x in sorted(left, key=_surest):
        if wanted and x.pence and x.pence > 0 and any(_fits(c, x.spent) for c in line.covers):
            taken = _cut(x, min(wanted, x.pence))
            wanted -= taken.pence or 0
            portion = _portion(taken, line.where, line.reason, By.LINE)
            found.append(replace(portion, line=line.code))
    if wanted:
        why = "the count of the year finds less spending than it states"
        beyond.append(Beyond(line.code, line.fund, wanted, why))
    return found


def _surest(x: _Left) -> tuple[int, int, str, str]:
    return list(Status).index(x.spent.status), -(x.pence or 0), x.spent.agency, x.spent.service


def _cut(x: _Left, pence: int) -> _Left:
    """So many pence of what is left, which is less by them; bounds still add up to the line's."""
    low, high = min(pence, max(x.low, 0)), min(pence, x.high)
    x.pence, x.low, x.high = (x.pence or 0) - pence, x.low - low, x.high - high
    return _Left(x.spent, x.decides, pence, low, high)


def _portion(x: _Left, where: Where, reason: str, by: By) -> Portion:
    s = x.spent
    return Portion(
        s.agency, s.agency_name, s.service, s.status, x.pence, x.low, x.high, where, reason, by,
        local=x.decides == "local",
    )  # fmt: skip


def _fits(covered: str, spent: Spent) -> bool:
    agency, _, service = covered.partition("/")
    return agency in (ANY, spent.agency) and service in (ANY, spent.service)


def _falls(rule: Rule, x: _Left) -> bool:
    return (
        _fits(f"{rule.agency}/{rule.service}", x.spent)
        and rule.decides in (ANY, x.decides)
        and rule.source.casefold() in x.spent.source.casefold()
    )
