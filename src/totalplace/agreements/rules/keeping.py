"""Where each promise stands on a day, from book and record alone.

`standings` answers for every promise of an agreement. What a party says of a promise is shown
beside it and is no argument here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.agreements.rules.breaches import Breach, breaches
from totalplace.agreements.rules.facts import EVERY_DAY, Bound, Days, Facts
from totalplace.agreements.rules.promises import Promise
from totalplace.agreements.rules.waterfall import Course, Evidence, Term, can_be_told

SOON: Final = timedelta(days=30)  # a month's notice is what a payment run of a department takes


class Status(StrEnum):
    """Where a promise stands."""

    NOT_YET_DUE = "not yet due"
    DUE_SOON = "due soon"
    KEPT = "kept"
    CURED = "kept late, within its days of cure"
    KEPT_LATE = "kept late"
    LATE = "late, and may be cured"
    IN_BREACH = "late, and not cured"
    ENDED = "ended"
    CANNOT_BE_TOLD = "cannot be told"

    @property
    def group(self) -> Group:
        """The one word for it in a count."""
        return _GROUPS[self]


class Group(StrEnum):
    """Every promise is in one of these."""

    KEPT = "kept"
    KEPT_LATE = "kept late"
    LATE = "late"
    DUE = "due"
    OTHER = "ended or cannot be told"


_GROUPS: Final = {
    Status.NOT_YET_DUE: Group.DUE,
    Status.DUE_SOON: Group.DUE,
    Status.KEPT: Group.KEPT,
    Status.CURED: Group.KEPT_LATE,
    Status.KEPT_LATE: Group.KEPT_LATE,
    Status.LATE: Group.LATE,
    Status.IN_BREACH: Group.LATE,
    Status.ENDED: Group.OTHER,
    Status.CANNOT_BE_TOLD: Group.OTHER,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise on a day: where it stands, since when, and what shows it."""

    agreement: str
    promise: Promise
    version: int  # that it is read from
    due: date  # the last day on which it is kept in time
    status: Status
    on: date
    kept_on: date | None = None
    towards_pence: int | None = None  # that came by the day; None where it is not of money
    evidence: tuple[Evidence, ...] = ()
    varied_by: tuple[int, ...] = ()  # versions that changed its day, sum or words
    breaches: tuple[Breach, ...] = ()

    @property
    def breach(self) -> Breach | None:
        """The breach that stands, if one does."""
        return next((b for b in self.breaches if b.stands(self.on)), None)

    @property
    def late_since(self) -> date | None:
        """The first day of the breach that stands."""
        return self.breach.since if self.breach else None

    @property
    def days_late(self) -> int:
        """How many days late it is, or was when it was kept; nought where it was not late."""
        own = [b for b in self.breaches if b.due == self.due]
        return own[-1].days_late(self.on) if own and self.status.group is not Group.DUE else 0

    @property
    def lacking_pence(self) -> int | None:
        """What has not come of it; None where it is not of money."""
        if self.towards_pence is None or self.promise.pence is None:
            return None
        return self.promise.pence - self.towards_pence


def standings(
    bound: Bound, facts: Facts, *, on: date, known: date | None = None, days: Days = EVERY_DAY
) -> list[Standing]:
    """Every promise that ever bound by a day, and where it stands, by number.

    `known` is the day as on which book and record are read; left out, all that they have.
    """
    course = Course(bound, facts, known=known or date.max, days=days)
    found = breaches(bound, facts, on=on, known=known, days=days)
    last: dict[int, Term] = {}
    for stretch in course.stretches:
        if stretch.start <= on:
            last |= stretch.terms
    now = course.stretch(on)
    in_force = now.terms if now is not None and now.start <= on else {}
    return [
        _standing(
            course, bound.citation, last[number], on,
            ended=number not in in_force,
            own=tuple(b for b in found if b.promise.number == number),
        )
        for number in sorted(last)
    ]  # fmt: skip


def _standing(
    course: Course, agreement: str, term: Term, on: date, *, ended: bool, own: tuple[Breach, ...]
) -> Standing:
    promise = term.promise
    kept_on = None if ended else _kept_on(course, promise.number, on)
    return Standing(
        agreement=agreement,
        promise=promise,
        version=term.version,
        due=course.days.due(promise),
        status=Status.ENDED if ended else _status(course, promise, kept_on, on),
        on=on,
        kept_on=kept_on,
        towards_pence=None if promise.pence is None else course.towards(promise.number, on),
        evidence=course.evidence(promise.number, on),
        varied_by=_varied_by(course, promise.number, on),
        breaches=own,
    )


def _status(course: Course, promise: Promise, kept_on: date | None, on: date) -> Status:
    due, cure = course.days.due(promise), course.days.last_cure_day(promise)
    if not can_be_told(promise):
        return Status.CANNOT_BE_TOLD
    if kept_on is not None:
        if kept_on <= due:
            return Status.KEPT
        return Status.CURED if kept_on <= cure else Status.KEPT_LATE
    if on > due:
        return Status.LATE if on <= cure else Status.IN_BREACH
    return Status.DUE_SOON if due - on <= SOON else Status.NOT_YET_DUE


def _kept_on(course: Course, number: int, on: date) -> date | None:
    """The day from which a promise has been met without a break; None where it is not met."""
    since: date | None = None
    for day in course.event_days(number):
        if day > on:
            break
        if not course.met(number, day):
            since = None
        elif since is None:
            since = day
    return since


def _varied_by(course: Course, number: int, on: date) -> tuple[int, ...]:
    """The versions that changed what a promise says, in turn."""
    before: Promise | None = None
    found: list[int] = []
    for stretch in course.stretches:
        term = stretch.terms.get(number)
        if stretch.start > on or term is None:
            continue
        if before is not None and term.promise != before:
            found.append(term.version)
        before = term.promise
    return tuple(found)


def due_soon(found: Iterable[Standing]) -> list[Standing]:
    """What is due soon or late, the soonest due first: whoever owes it is to be reminded."""
    wanted = (Status.DUE_SOON, Status.LATE, Status.IN_BREACH)
    return sorted(
        (one for one in found if one.status in wanted),
        key=lambda one: (one.due, one.agreement, one.promise.number),
    )


def counted(found: Iterable[Standing]) -> dict[Group, int]:
    """How many promises are in each group; each promise is in one."""
    counts = dict.fromkeys(Group, 0)
    for one in found:
        counts[one.status.group] += 1
    return counts
