"""Readings in order: gaps as missing, revisions shown, breaks never joined.

A reading is what a publisher said of an indicator in an area and a period. Missing is never zero:
a reading without a value says why. Of several vintages the newest says what counts, and what it
changed is a revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from totalplace.outcomes.rules.indicators import Better, Break, Gap, Indicator
from totalplace.outcomes.rules.periods import Period, following

_MOST_GAPS: Final = 60  # between two readings; more is another frequency, not a gap


class Status(StrEnum):
    """How a reading stands, in the publisher's own sense."""

    PUBLISHED = "published"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    FINAL = "final"
    ESTIMATED = "estimated"
    UNRELIABLE = "unreliable"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    MISSING = "missing"  # no figure, and no more is said
    NO_READING = "no reading"  # nothing at all was published for the period


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for one period; a value of None is missing, and `why_missing` says why.

    `numerator` and `denominator` are whole counts where the publisher gives them. `vintage` is the
    number of the table it was taken from, 0 for a period of which nothing was published.
    """

    period: Period
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    status: Status
    why_missing: str
    vintage: int
    note: str = ""
    numerator: int | None = None
    denominator: int | None = None
    row: int = 0  # of the table as published
    measure: str = ""

    @property
    def has_limits(self) -> bool:
        """Whether it came with an interval."""
        return self.value is not None and self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class Revision:
    """A later vintage that says something else of the same period."""

    period: Period
    before: Decimal | None
    after: Decimal | None
    before_vintage: int
    after_vintage: int


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator in an area over time: its readings in order, and all that must be said of them.

    `breaks` are days across which nothing may be compared, with why; `revisions` are in order of
    period; `vintages` are the numbers of the tables that it was read from.
    """

    indicator: Indicator
    area: str
    area_name: str
    readings: tuple[Reading, ...]
    revisions: tuple[Revision, ...] = ()
    breaks: tuple[Break, ...] = ()
    vintages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def latest(self) -> Reading | None:
        """The last reading that has a value."""
        known = [one for one in self.readings if one.value is not None]
        return known[-1] if known else None

    def of(self, period: Period) -> Reading | None:
        """The reading of a period by its days, or None."""
        days = (period.first_day, period.last_day)
        for one in self.readings:
            if (one.period.first_day, one.period.last_day) == days:
                return one
        return None


def in_order(
    read: Iterable[Reading], *, newest_first: Mapping[int, int]
) -> tuple[tuple[Reading, ...], tuple[Revision, ...]]:
    """One reading a period, from its newest vintage, and what newer vintages changed.

    `newest_first` gives each vintage's rank, 0 for the newest.
    """
    by_period: dict[tuple[date, date], list[Reading]] = {}
    for one in read:
        by_period.setdefault((one.period.first_day, one.period.last_day), []).append(one)
    kept, revised = [], []
    for days in sorted(by_period):
        told = sorted(by_period[days], key=lambda one: -newest_first[one.vintage])
        kept.append(told[-1])
        for before, after in pairwise(told):
            if before.value != after.value:
                revised.append(
                    Revision(after.period, before.value, after.value, before.vintage, after.vintage)
                )
    return tuple(kept), tuple(revised)


def with_gaps(
    readings: Sequence[Reading], *, months: int | None, gaps: Sequence[Gap] = ()
) -> tuple[Reading, ...]:
    """The readings, and between them each period that was left out, as missing and with why.

    `months` is how often the indicator is read; None where it is not read regularly. A period that
    a definition knows to be lacking is named with its reason.
    """
    if months is None:
        return tuple(readings)
    filled: list[Reading] = list(readings[:1])
    for before, after in pairwise(readings):
        filled += _between(before, after, months, gaps)
        filled.append(after)
    return tuple(filled)


def _between(
    before: Reading, after: Reading, months: int, gaps: Sequence[Gap]
) -> Iterator[Reading]:
    found: list[Reading] = []
    expected = following(before.period, months)
    while expected.first_day < after.period.first_day and len(found) < _MOST_GAPS:
        found.append(_no_reading(expected, gaps))
        expected = following(expected, months)
    # Where the steps do not meet the next reading, the series changed its rhythm: nothing is added.
    if expected.first_day == after.period.first_day:
        yield from found


def _no_reading(period: Period, gaps: Sequence[Gap]) -> Reading:
    known = [gap.why for gap in gaps if gap.first_day == period.first_day]
    why = known[0] if known else "nothing was published for this period"
    return Reading(period, None, None, None, Status.NO_READING, why, 0)


def breaks_of(indicator: Indicator, readings: Sequence[Reading]) -> tuple[Break, ...]:
    """The breaks that fall among some readings: as defined, as marked, and where measures change.

    Each stands on the first day of the first reading after it.
    """
    found: list[Break] = []
    for before, after in pairwise(readings):
        on = after.period.first_day
        found += [
            replace(one, on=on)
            for one in indicator.breaks
            if before.period.first_day < one.on <= on
        ]
        marked = _marked(after.note)
        if marked and not _marked(before.note):
            found.append(Break(on, marked))
    return tuple(found)


def _marked(note: str) -> str:
    """What a publisher's own note says of a break."""
    said = [part.strip() for part in note.split(";")]
    return next((part for part in said if part.lower().startswith("break in")), "")


def runs(series: Series) -> list[list[Reading]]:
    """Readings that may be joined by a line: none across a gap or a break."""
    stops = {one.on for one in series.breaks}
    found: list[list[Reading]] = [[]]
    for one in series.readings:
        if one.period.first_day in stops:
            found.append([])
        if one.value is None:
            found.append([])
        else:
            found[-1].append(one)
    return [run for run in found if run]


class Change(StrEnum):
    """What can be said of two readings of one indicator."""

    SAME = "the same"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Compared:
    """How one reading stands to another: which way, and whether that may be chance.

    `chance` is None where no limits were published: then nothing may be said of chance. `worse` is
    None where the indicator has no better direction, or nothing changed.
    """

    change: Change
    difference: Decimal
    chance: bool | None
    worse: bool | None

    @property
    def words(self) -> str:
        """In words a resident would use: lower, but it may be chance."""
        if self.change is Change.SAME:
            return "the same"
        way = str(self.change)
        if self.worse is not None:
            way = f"{way}, which is {'worse' if self.worse else 'better'}"
        if self.chance is None:
            return way
        return f"{way}, but it may be chance" if self.chance else f"{way}, more than chance"


def compare_two(later: Reading, earlier: Reading, better: Better) -> Compared | None:
    """How a reading stands to another; None where either has no value.

    Limits that overlap do not show that two values differ; limits that do not overlap do. That is
    the cautious of the usual readings: two values can differ though their limits overlap a little
    (Public Health England, Technical guide: confidence intervals, 2018).
    """
    if later.value is None or earlier.value is None:
        return None
    difference = later.value - earlier.value
    if not difference:
        return Compared(Change.SAME, difference, None, None)
    change = Change.HIGHER if difference > 0 else Change.LOWER
    worse = None if better is Better.NEITHER else (
        (change is Change.HIGHER) is (better is Better.LOWER)
    )  # fmt: skip
    return Compared(change, difference, _chance(later, earlier), worse)


def _chance(one: Reading, other: Reading) -> bool | None:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    return one.low <= other.high and other.low <= one.high
