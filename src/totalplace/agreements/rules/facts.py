"""What a promise is judged by: dated sums of the book, entries of the record, texts in force.

Nothing here is anybody's opinion. Each fact has two days: the one that it is about, and the one on
which the book or the record had it. A question "as known on a day" leaves out what came later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from totalplace.agreements.rules.promises import Promise
from totalplace.decisions.rules.days import Counting, counts, last_day_of
from totalplace.decisions.rules.holidays import Proclaimed

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Paid:
    """A sum of one posting, in pence: paid in by an agency on a line, or spent by it."""

    day: date  # that the posting is about
    pence: int  # below nothing where it was turned back
    line: str
    by: str
    number: int  # of the posting
    known: date  # the day on which the book had it
    reverses: int | None = None  # the posting that it turns round
    year: int | None = None  # in which the financial year of the account begins
    book: str = ""  # in which it stands; numbers are never used twice, in whatever book


@dataclass(frozen=True, slots=True)
class Done:
    """An act on the record: the day, what was done, to what (kind and id), and its entry."""

    day: date
    verb: str
    about: str
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    """The promises of one text, the day from which it says that it holds, and that of signing."""

    number: int
    holds_from: date
    agreed_on: date  # the day of the last signature
    promises: tuple[Promise, ...]

    @property
    def since(self) -> date:
        """The day from which it binds: nobody is bound before everybody has signed."""
        return max(self.holds_from, self.agreed_on)


@dataclass(frozen=True, slots=True)
class Bound:
    """An agreement, so far as its promises go. Sums before its first day are not of it."""

    citation: str  # PLACE/NUMBER
    first_day: date
    versions: tuple[Version, ...]
    ended_on: date | None = None  # what was to fall due from this day on no longer does


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the book and the record have."""

    paid: tuple[Paid, ...] = ()
    spent: tuple[Paid, ...] = ()
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """How days are counted: every day, unless the agreement says working days.

    In working days, what is due on a day on which offices are shut is due on the next that is one,
    and the days of cure are working days. A payment counts on the very day of its posting in both.
    """

    counting: Counting = Counting.CALENDAR
    proclaimed: Proclaimed = field(default_factory=lambda: Proclaimed(date.min.year))

    def due(self, promise: Promise) -> date:
        """The last day on which a promise is kept in time."""
        day = promise.due
        while not counts(day, self.counting, self.proclaimed):
            day += _DAY
        return day

    def last_cure_day(self, promise: Promise) -> date:
        """The last day on which a breach of it is cured; the due day where there is no such day."""
        return last_day_of(self.due(promise), promise.cure_days, self.counting, self.proclaimed)


EVERY_DAY: Final = Days()


def standing_sums(sums: Iterable[Paid], *, known: date) -> list[Paid]:
    """The sums that stand, by day, as the book had them on a day.

    A posting that was turned round never counted: it was no payment, as a cheque is none that comes
    back. So a breach by it is about the day after the promise was due, and is known from the day of
    the reversal. What is posted anew on the day of a reversal, by the same agency on the same line,
    is its correction: up to the sum turned back, it has the day of what it corrects.
    """
    had = [one for one in sums if one.known <= known]
    gone = _cancelled(had)
    corrected = _corrections(had, gone)
    stands: list[Paid] = []
    for one in sorted(had, key=lambda paid: (paid.known, paid.number)):
        if one.number not in gone:
            stands += _redated(one, corrected)
    return sorted(stands, key=lambda paid: (paid.day, paid.number))


def _cancelled(had: Sequence[Paid]) -> set[int]:
    """Postings that do not count: what was turned round, and what turned it round."""
    gone: set[int] = set()
    for one in sorted(had, key=lambda paid: -paid.number):
        if one.reverses is not None and one.number not in gone:
            gone |= {one.number, one.reverses}
    # A posting with more sums than one is gone with all of them, and so is one's own reversal.
    return gone | {one.number for one in had if one.reverses in gone}


_Key = tuple[date, str, str]  # known on, by, line


def _corrections(had: Sequence[Paid], gone: set[int]) -> dict[_Key, list[tuple[date, int]]]:
    """For each day of a reversal: the days of what was turned back, and how many pence."""
    reversals = {
        one.reverses: one.known for one in had if one.reverses is not None and one.number in gone
    }
    found: dict[_Key, list[tuple[date, int]]] = defaultdict(list)
    for one in sorted(had, key=lambda paid: (paid.day, paid.number)):
        if one.number in gone and one.number in reversals and one.pence > 0:
            found[(reversals[one.number], one.by, one.line)].append((one.day, one.pence))
    return found


def _redated(one: Paid, corrected: dict[_Key, list[tuple[date, int]]]) -> list[Paid]:
    """A sum with its own day, or in parts with the days of what it corrects, if they are before."""
    parts, left = [], one.pence
    waiting = corrected.get((one.known, one.by, one.line), [])
    while waiting and left > 0 and waiting[0][0] < one.day:
        day, pence = waiting.pop(0)
        taken = min(pence, left)
        parts.append(replace(one, day=day, pence=taken))
        left -= taken
        if pence > taken:
            waiting.insert(0, (day, pence - taken))
    return [*parts, replace(one, pence=left)] if left else parts
