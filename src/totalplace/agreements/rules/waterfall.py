"""Which promises are met at the end of a day: sums on one line meet the earliest due first.

Earliest first is how money without a name on it has long been set against debts (Clayton's Case,
1816). A floor on spending is judged by itself, by all that was spent on its line in its year.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from totalplace.agreements.rules.facts import Bound, Days, Done, Facts, Paid, standing_sums
from totalplace.agreements.rules.promises import Kind, Promise, SettledBy
from totalplace.money.years import FinancialYear

LIFTED: Final = "lift a rule"  # the verb by which the docket settles a promise to lift a rule


@dataclass(frozen=True, slots=True)
class Evidence:
    """What settles a promise: a posting with its pence towards it, or an entry of the record."""

    by: SettledBy
    number: int
    day: date
    pence: int | None = None
    book: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A promise as it stands in the version of a number."""

    promise: Promise
    version: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The terms that bind from a day on, and what was paid for good on terms that are gone."""

    start: date
    terms: dict[int, Term]
    gone: tuple[Promise, ...] = ()


_Key = tuple[Kind, str, str, int | None]  # kind, payer, line; for a floor, its year


def _year_of(paid: Paid) -> int:
    return FinancialYear.of(paid.day).start if paid.year is None else paid.year


def can_be_told(promise: Promise) -> bool:
    """Whether book or record can show that a promise was kept: it says a sum, or an act.

    A rule is lifted by the item of the docket that is tied to the promise, so its act is known.
    """
    if promise.settled_by is SettledBy.BOOK:
        return promise.pence is not None and bool(promise.line)
    return promise.kind is Kind.LIFT or bool(promise.about and promise.verb)


class Course:
    """An agreement beside what book and record had on a day."""

    def __init__(self, bound: Bound, facts: Facts, *, known: date, days: Days) -> None:
        self.days = days
        self._paid = [p for p in standing_sums(facts.paid, known=known) if p.day >= bound.first_day]
        self._spent = standing_sums(facts.spent, known=known)
        self._done = sorted(
            (d for d in facts.done if d.day <= known), key=lambda d: (d.day, d.number)
        )
        self._lines: dict[_Key, tuple[list[Paid], list[date], list[int]]] = {}
        self.stretches = self._stretched(bound, known)

    def _stretched(self, bound: Bound, known: date) -> list[Stretch]:
        found: list[Stretch] = []
        for start, terms in _terms_by_day(bound, known, self.days):
            gone: tuple[Promise, ...] = ()
            if found:
                last = found[-1]
                dropped = [last.terms[n].promise for n in last.terms if n not in terms]
                # What is dropped after it was kept keeps the money; unkept, it frees it.
                kept = [p for p in dropped if self._met(p, start, last)]
                gone = (*last.gone, *kept)
            found.append(Stretch(start, terms, gone))
        return found

    def stretch(self, on: date) -> Stretch | None:
        """The terms that bind on a day; before all, the first, since sums may come early."""
        begun = [one for one in self.stretches if one.start <= on]
        return begun[-1] if begun else (self.stretches[0] if self.stretches else None)

    def event_days(self, number: int) -> list[date]:
        """The days at whose end the standing of a promise may be another."""
        found = {one.start for one in self.stretches}
        for one in self.stretches:
            if number in one.terms:
                found.add(self.days.due(one.terms[number].promise))
        lines = {(t.promise.by, t.promise.line) for s in self.stretches for n, t in s.terms.items()
                 if n == number}  # fmt: skip
        abouts = {
            t.promise.about for s in self.stretches for n, t in s.terms.items() if n == number
        }
        found |= {p.day for p in (*self._paid, *self._spent) if (p.by, p.line) in lines}
        found |= {d.day for d in self._done if d.about in abouts}
        return sorted(found)

    def met(self, number: int, on: date) -> bool:
        """Whether a promise is met at the end of a day, in the terms of that day."""
        stretch = self.stretch(on)
        if stretch is None or number not in stretch.terms:
            return False
        return self._met(stretch.terms[number].promise, on, stretch)

    def _met(self, promise: Promise, on: date, stretch: Stretch) -> bool:
        if not can_be_told(promise):
            return False
        if promise.settled_by is SettledBy.RECORD:
            return any(d.day <= on for d in self._acts(promise))
        return self._towards(promise, on, stretch) >= (promise.pence or 0)

    def towards(self, number: int, on: date) -> int:
        """How many pence went to a promise by the end of a day; never more than it is of."""
        stretch = self.stretch(on)
        if stretch is None or number not in stretch.terms:
            return 0
        promise = stretch.terms[number].promise
        return max(0, min(self._towards(promise, on, stretch), promise.pence or 0))

    def _towards(self, promise: Promise, on: date, stretch: Stretch) -> int:
        _, days, totals = self._summed(promise)
        upto = bisect_right(days, on)
        return (totals[upto - 1] if upto else 0) - self._before(promise, stretch)

    def _before(self, promise: Promise, stretch: Stretch) -> int:
        """The pence that go to what was due earlier on the same line."""
        if promise.kind is Kind.SPEND:
            return 0
        all_of_it = [*stretch.gone, *(term.promise for term in stretch.terms.values())]
        mine = (self.days.due(promise), promise.number)
        return sum(
            other.pence or 0
            for other in all_of_it
            if (other.kind, other.by, other.line) == (promise.kind, promise.by, promise.line)
            and (self.days.due(other), other.number) < mine
        )

    def _summed(self, promise: Promise) -> tuple[list[Paid], list[date], list[int]]:
        """The sums towards a promise and others like it, their days, and how they add up."""
        year = FinancialYear.of(promise.due).start if promise.kind is Kind.SPEND else None
        key = (promise.kind, promise.by, promise.line, year)
        if key not in self._lines:
            sums = [
                p
                for p in (self._paid if year is None else self._spent)
                if (p.by, p.line) == (promise.by, promise.line)
                and (year is None or _year_of(p) == year)
            ]
            days, totals = [p.day for p in sums], list(accumulate(p.pence for p in sums))
            self._lines[key] = (sums, days, totals)
        return self._lines[key]

    def _acts(self, promise: Promise) -> list[Done]:
        verb = promise.verb or LIFTED
        return [d for d in self._done if d.about == promise.about and d.verb == verb]

    def evidence(self, number: int, on: date) -> tuple[Evidence, ...]:
        """What settles a promise, or goes towards it, by the end of a day."""
        stretch = self.stretch(on)
        if stretch is None or number not in stretch.terms:
            return ()
        promise = stretch.terms[number].promise
        if promise.settled_by is SettledBy.RECORD:
            acts = [d for d in self._acts(promise) if d.day <= on][:1] if promise.about else []
            return tuple(Evidence(SettledBy.RECORD, d.number, d.day) for d in acts)
        sums = [p for p in self._summed(promise)[0] if p.day <= on]
        skip, wanted = self._before(promise, stretch), promise.pence or 0
        return tuple(_taken(sums, skip, wanted))


def _taken(sums: Sequence[Paid], skip: int, wanted: int) -> Iterator[Evidence]:
    """The sums that go to a promise, after those that went to earlier ones."""
    upto = 0
    for one in sums:
        before, upto = upto, upto + one.pence
        pence = min(upto, skip + wanted) - max(before, skip)
        if pence > 0:
            yield Evidence(SettledBy.BOOK, one.number, one.day, pence, one.book)


def _terms_by_day(bound: Bound, known: date, days: Days) -> Iterator[tuple[date, dict[int, Term]]]:
    """The terms that bind, from each day on which they change."""
    texts = sorted(
        (v for v in bound.versions if v.agreed_on <= known), key=lambda v: (v.since, v.number)
    )
    end = bound.ended_on if bound.ended_on is not None and bound.ended_on <= known else None
    terms: dict[int, Term] = {}
    for text in texts:
        if end is not None and text.since >= end:
            break
        terms = {p.number: Term(p, text.number) for p in text.promises}
        yield text.since, terms
    if end is not None and texts:
        # What had fallen due before the end is owed still: an end forgives no debt.
        yield end, {n: t for n, t in terms.items() if days.due(t.promise) < end}
