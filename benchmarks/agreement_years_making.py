"""A year of an agreement in the making: what is written, what happens, and what is true of it.

No rule of ours is called here: what is true is written down beside what happens.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from totalplace.agreements.rules.facts import Bound, Done, Facts, Paid, Version
from totalplace.agreements.rules.promises import Kind, Promise

DAY = timedelta(days=1)
DEPARTMENTS = ("mhclg", "dhsc", "dfe", "dwp")
PARTNERS = ("county", "icb", "police", "district")
# As gov.uk lists them for England, from April 2026 to March 2028.
BANK_HOLIDAYS = frozenset(
    date(year, month, day)
    for year, month, day in (
        (2026, 4, 3), (2026, 4, 6), (2026, 5, 4), (2026, 5, 25), (2026, 8, 31), (2026, 12, 25),
        (2026, 12, 28), (2027, 1, 1), (2027, 3, 26), (2027, 3, 29), (2027, 5, 3), (2027, 5, 31),
        (2027, 8, 30), (2027, 12, 27), (2027, 12, 28), (2028, 1, 3),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A breach that is true: of which promise, its days, and from when the book shows it."""

    number: int
    since: date
    known_from: date
    ended: date | None


@dataclass(slots=True)
class Year:
    """A year of an agreement in the making: what is written, what happened, what is true."""

    seed: int
    rng: random.Random
    start: date
    working: bool
    first: dict[int, Promise] = field(default_factory=dict)
    changes: list[tuple[date, int, Promise | None]] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)
    spent: list[Paid] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    truth: list[Planted] = field(default_factory=list)
    plots: dict[int, str] = field(default_factory=dict)
    flickers: set[int] = field(default_factory=set)  # entered after the day that they are about
    ended_on: date | None = None
    counter: int = 0

    @property
    def end(self) -> date:
        """The day on which it is judged as a whole."""
        return self.start + 460 * DAY

    @property
    def bound(self) -> Bound:
        """The agreement with all of its texts, which take in one change after another."""
        versions = [Version(1, self.start, self.start - 10 * DAY, tuple(self.first.values()))]
        changed: dict[date, dict[int, Promise | None]] = defaultdict(dict)
        for day, number, promise in self.changes:
            changed[day][number] = promise
        now: dict[int, Promise] = dict(self.first)
        for turn, day in enumerate(sorted(changed), start=2):
            for number, promise in changed[day].items():
                if promise is None:
                    del now[number]
                else:
                    now[number] = promise
            versions.append(Version(turn, day, day, tuple(now.values())))
        return Bound(f"place/{self.seed}", self.start, tuple(versions), self.ended_on)

    @property
    def facts(self) -> Facts:
        """What the book and the record have, in no order."""
        for sums in (self.paid, self.spent, self.done):
            self.rng.shuffle(sums)
        return Facts(tuple(self.paid), tuple(self.spent), tuple(self.done))

    def next(self) -> int:
        """A number that nothing else has."""
        self.counter += 1
        return self.counter

    def due(self) -> date:
        """Some day of the year; in an agreement of working days, a working day."""
        return self.open(self.start + self.rng.randrange(60, 280) * DAY)

    def open(self, day: date) -> date:
        """A day, or where days are working days the next on which offices are open."""
        while self.working and self.shut(day):
            day += DAY
        return day

    @staticmethod
    def shut(day: date) -> bool:
        """Whether offices are shut."""
        return day.weekday() > 4 or day in BANK_HOLIDAYS

    def promise(self, plot: str, kind: Kind, due: date, **said: object) -> Promise:
        """Write a promise into the first text."""
        number = self.next()
        by = self.rng.choice(DEPARTMENTS + PARTNERS)
        given: dict[str, object] = {
            "number": number, "by": by, "to": "county", "kind": kind, "what": plot, "due": due,
            "cure_days": self.rng.choice((0, 5, 10, 20, 30)), "targets": (f"outcome-{number}",),
        }  # fmt: skip
        if kind in (Kind.PAY, Kind.SPEND):
            given |= {"pence": self.rng.randrange(2, 5_000_000_00), "line": f"line-{number}"}
        elif kind is Kind.LIFT:
            given |= {"about": f"docket place/{number}", "verb": ""}
        else:
            given |= {"about": f"return place/{number}", "verb": "gave in"}
        made = Promise(**(given | said))  # type: ignore[arg-type]
        self.first[number] = made
        self.plots[number] = plot
        return made

    def pay(self, promise: Promise, day: date, pence: int | None = None, **other: object) -> Paid:
        """A posting about a promise on a day, entered on that day unless said otherwise."""
        sum_of_it = promise.pence if pence is None else pence
        made = Paid(day, sum_of_it or 0, promise.line, promise.by, self.next(), day)
        made = replace(made, **other)  # type: ignore[arg-type]
        (self.spent if promise.kind is Kind.SPEND else self.paid).append(made)
        return made

    def turn_back(self, paid: Paid, day: date) -> None:
        """A reversal on a day."""
        self.paid.append(
            replace(paid, day=day, known=day, pence=-paid.pence, number=self.next(),
                    reverses=paid.number)
        )  # fmt: skip

    def do(self, promise: Promise, day: date, *, verb: str = "", about: str = "") -> None:
        """An act on the record."""
        said = verb or promise.verb or "lift a rule"
        self.done.append(Done(day, said, about or promise.about, self.next()))

    def breach(
        self, promise: Promise, *, ended: date | None = None, known: date | None = None,
        due: date | None = None,
    ) -> None:  # fmt: skip
        """What is true: a breach from the day after a promise was due."""
        since = (due or promise.due) + DAY
        self.truth.append(Planted(promise.number, since, max(since, known or since), ended))

    def late(self) -> int:
        """So many days late."""
        return self.rng.choice((1, 2, 3, 7, 10, 11, 29, 30, 31, 60, 90))
