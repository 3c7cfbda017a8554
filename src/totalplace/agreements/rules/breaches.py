"""Breaches: from the day after a promise was due and not kept, until it is kept or varied.

A breach stands on each day in whose morning the promise was due and not kept. What is due on 30
April and paid on 2 May is two days late: the breach begins on 1 May and ends on 2 May. A variation
moves the day only where it was signed by then; after, the breach stands to the day of signing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.agreements.rules.facts import EVERY_DAY, Bound, Days, Facts
from totalplace.agreements.rules.promises import Promise
from totalplace.agreements.rules.waterfall import Course, Term, can_be_told

_DAY: Final = timedelta(days=1)


class Ending(StrEnum):
    """How a breach ended."""

    CURED = "cured within its days"
    KEPT_LATE = "kept after its days of cure"
    VARIED = "varied by both sides"
    DROPPED = "left out of the agreement by both sides"


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach of one promise. It is about `since`; book and record show it from `known_from`."""

    agreement: str
    promise: Promise  # as it stood when it was due
    version: int
    due: date
    since: date  # the day after it was due
    known_from: date
    last_cure_day: date
    ended: date | None = None  # the day on which it was kept or varied
    how: Ending | None = None
    by_version: int | None = None  # the version that ended it

    def stands(self, on: date) -> bool:
        """Whether it stands on a day; not on the day on which it was kept or varied."""
        return self.since <= on and (self.ended is None or on < self.ended)

    def days_late(self, on: date) -> int:
        """Days from the day on which it was due to a day, or to its end."""
        return (min(on, self.ended or on) - self.due).days

    def in_its_days_of_cure(self, on: date) -> bool:
        """Whether it may yet be cured on a day."""
        return on <= self.last_cure_day


def breaches(
    bound: Bound, facts: Facts, *, on: date, known: date | None = None, days: Days = EVERY_DAY
) -> list[Breach]:
    """Every breach that began by a day, ended or not, by day and number of the promise.

    `known` is the day as on which book and record are read; left out, all that they have.
    """
    course = Course(bound, facts, known=known or date.max, days=days)
    numbers = {number for stretch in course.stretches for number in stretch.terms}
    found = []
    for number in sorted(numbers):
        for one in breaches_of(course, bound.citation, number, on=on):
            first = _known_from(one, bound, facts, known or date.max, days)
            found.append(replace(one, known_from=first))
    return sorted(found, key=lambda b: (b.since, b.promise.number))


def breaches_of(course: Course, agreement: str, number: int, *, on: date) -> list[Breach]:
    """The breaches of one promise that began by a day. Their `known_from` is as yet `since`."""
    found: list[Breach] = []
    for term, begun, ended, after in _runs(course, number, on):
        due = course.days.due(term.promise)
        since = begun + _DAY
        if since > on:
            continue
        last_cure_day = course.days.last_cure_day(term.promise)
        how, version = _how(course, ended, after, term)
        found.append(
            Breach(agreement, term.promise, term.version, due, since, since, last_cure_day,
                   ended, how, version)
        )  # fmt: skip
    return found


def open_by(found: Iterable[Breach], *, on: date) -> list[Breach]:
    """The breaches that stand on a day, the oldest first."""
    return sorted((b for b in found if b.stands(on)), key=lambda b: (b.since, b.promise.number))


_Run = tuple[
    Term, date, date | None, Term | None
]  # of what, day it fell due, end, terms at its end


def _runs(course: Course, number: int, on: date) -> Iterator[_Run]:
    """Runs of days in which a promise was due and not kept, each in terms of one due day."""
    running: tuple[Term, date] | None = None
    for day in course.event_days(number):
        if day > on:
            break
        stretch = course.stretch(day)
        begun = stretch is not None and stretch.start <= day
        term = stretch.terms.get(number) if stretch is not None and begun else None
        unmet = (
            term is not None
            and can_be_told(term.promise)
            and course.days.due(term.promise) <= day
            and not course.met(number, day)
        )
        same = running is not None and term is not None and _same_due(course, running[0], term)
        if running is not None and not (unmet and same):
            yield running[0], running[1], day, term
            running = None
        if unmet and running is None and term is not None:
            running = (term, day)
    if running is not None:
        yield running[0], running[1], None, None


def _same_due(course: Course, one: Term, other: Term) -> bool:
    return course.days.due(one.promise) == course.days.due(other.promise)


def _how(
    course: Course, ended: date | None, after: Term | None, term: Term
) -> tuple[Ending | None, int | None]:
    """How a run ended, and the version by which it did, if by one."""
    if ended is None:
        return None, None
    if after is None:
        return Ending.DROPPED, None
    stretch = course.stretch(ended)
    changed = after.version != term.version and after.promise != term.promise
    if changed and stretch is not None and stretch.start == ended:
        return Ending.VARIED, after.version
    cured = ended <= course.days.last_cure_day(term.promise)
    return (Ending.CURED if cured else Ending.KEPT_LATE), None


def _known_from(one: Breach, bound: Bound, facts: Facts, known: date, days: Days) -> date:
    """The first day on which book and record, as they stood then, showed a breach."""
    sums = (*facts.paid, *facts.spent)
    mine = [s for s in sums if (s.by, s.line) == (one.promise.by, one.promise.line)]
    later = {s.known for s in mine if one.since < s.known <= known}
    signed = {v.agreed_on for v in bound.versions if one.since < v.agreed_on <= known}
    if not later:
        return one.since
    for day in (one.since, *sorted(later | signed)):
        course = Course(bound, facts, known=day, days=days)
        seen = breaches_of(course, bound.citation, one.promise.number, on=day)
        if any(b.due == one.due for b in seen):
            return day
    return one.since
