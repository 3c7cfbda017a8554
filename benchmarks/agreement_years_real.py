"""Agreement-years through real acts: texts signed, a book posted to, a record written.

    python benchmarks/agreement_years_real.py [years] [first seed]

Prints the seed. In each year an agreement is drafted, laid open, heard, decided, signed by all and
varied once; then what happened is posted and put on record, with planted breaches and innocents of
both sides. The truth is written down beside what is done. What is known of it is known today, for
the book has its own clock; how a breach is told as it becomes known is in agreement_years.py.
"""

from __future__ import annotations

import importlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DAY = timedelta(days=1)
AGO = 330  # days since it was signed
VARIED = 49  # days after that until everybody had signed the variation
Truth = tuple[int, date, date | None]  # of which promise, its first day, the day of its end


@dataclass(slots=True)
class Year:
    """A year of an agreement: its promises, what is done about each, and what is true of it."""

    rng: random.Random
    made: Any  # builders of the tests, which make by real acts
    signed: date
    promises: list[Any] = field(default_factory=list)
    changed: dict[int, Any] = field(default_factory=dict)
    acts: list[Callable[[], object]] = field(default_factory=list)
    truth: set[Truth] = field(default_factory=set)
    plots: dict[int, str] = field(default_factory=dict)

    def promise(self, plot: str, kind: str, due: date) -> Any:
        """Write a promise: money is the department's, a floor the council's, acts of either."""
        from totalplace.agreements.rules.promises import Kind, Promise

        number = len(self.promises) + 1
        both = ("dfx", "wex")
        by = {"pay": "dfx", "spend at least": "wex"}.get(kind) or self.rng.choice(both)
        said: dict[str, Any] = {"cure_days": self.rng.choice((0, 10, 30))}
        if kind in ("pay", "spend at least"):
            said |= {"pence": self.rng.randrange(2, 10**9), "line": f"line-{number}"}
        elif kind == "lift":
            said |= {"about": f"docket wexshire/{self.items + 1}", "verb": "lift a rule"}
        else:
            said |= {"about": f"return wexshire/{number}", "verb": "gave in"}
        to = both[by == "dfx"]
        made = Promise(number, by, to, Kind(kind), plot, due, **said)
        self.promises.append(made)
        self.plots[number] = plot
        return made

    @property
    def items(self) -> int:
        """How many rules are to be lifted."""
        return sum(one.kind.value == "lift" for one in self.promises)

    def due(self, first: int = 60, last: int = 290) -> date:
        """Some day after it was signed."""
        return self.signed + self.rng.randrange(first, last) * DAY

    def pay(self, p: Any, when: date, pence: int | None = None, line: str = "") -> Any:
        """The department pays in, on a day."""
        colour = self.colour(line or p.line, when)
        verbs, post = self.made.verbs, self.post
        post(verbs.due(colour, pence or p.pence), "due", when)
        return post(verbs.received(colour, pence or p.pence), "received", when)

    def spend(self, p: Any, when: date, pence: int) -> None:
        """The council spends, on a day."""
        of, v = self.colour(p.line, when), self.made.verbs
        self.post(v.promised(of, pence), "promised", when)
        self.post(v.allocated(of, "wex", pence), "allocated", when)
        self.post(v.committed(of, "wex", pence), "committed", when)
        self.post(v.spent(of, "wex", pence), "spent", when)

    def colour(self, line: str, when: date) -> Any:
        """A line in the financial year of a day."""
        return self.made.Colour(line, self.made.FinancialYear.of(when).start, "dfx", "wex")

    def post(self, legs: Any, kind: str, when: date) -> Any:
        """One posting."""
        cited = self.made.Citation("letter", "1")
        return self.made.ledger.post(
            self.made.BOOK, legs, day=when, kind=self.made.Posted(kind), citation=cited,
            by=self.made.ADA, on=at(self.made.TODAY),
        )  # fmt: skip

    def done(self, p: Any, when: date) -> None:
        """An act on the record."""
        from totalplace.record import actions as record

        kind, _, named = p.about.partition(" ")
        record.write("ada", p.verb, about=self.made.Citation(kind, named), on=at(when))

    def lift(self, p: Any, when: date) -> None:
        """A rule is put on the docket in the order of the promises, and lifted."""
        from totalplace.agreements.actions import docket
        from totalplace.agreements.rules.docket import Change, Verb

        new = docket.Raised("A rule", "It blocks.", Change.REGULATORY, p.by, "by law", "all")
        ada = self.made.ADA
        row = docket.raise_item("wexshire", new, agency=p.to, by=ada, on=at(self.signed))
        assert str(row.citation) == p.about
        docket.move_item("wexshire", row.number, Verb.LIFT, reason="Done", evidence="SI 1", by=ada,
                         on=at(when))  # fmt: skip

    def breach(self, p: Any, ended: date | None = None) -> None:
        """What is true."""
        self.truth.add((p.number, p.due + DAY, ended))


def at(when: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(when, clock(12), tzinfo=UTC)


def plots(y: Year) -> None:
    """Every plot once, and some once more; each writes a promise, what is done, what is true."""
    for plot in (*PLOTS, *y.rng.sample(PLOTS, 5)):
        plot(y)


def never(y: Year) -> None:
    """Never paid, or paid on another line."""
    p = y.promise("never paid, or on the wrong line", "pay", y.due())
    if y.rng.random() < 0.5:
        y.acts.append(lambda: y.pay(p, p.due, line="stray"))
    y.breach(p)


def part(y: Year) -> None:
    """Part paid, and perhaps made up."""
    p = y.promise("part paid", "pay", y.due())
    short, late = y.rng.randrange(1, p.pence), y.rng.choice((0, 1, 12, 30))
    y.acts.append(lambda: y.pay(p, p.due - 3 * DAY, p.pence - short) if p.pence > short else None)
    if late:
        y.acts.append(lambda: y.pay(p, p.due + late * DAY, short))
    y.breach(p, p.due + late * DAY if late else None)


def late(y: Year) -> None:
    """Paid late."""
    p = y.promise("paid late", "pay", y.due())
    day = p.due + y.rng.choice((1, 5, 10, 11, 31)) * DAY
    y.acts.append(lambda: y.pay(p, day))
    y.breach(p, day)


def reversed_later(y: Year) -> None:
    """Paid in time, and turned back."""
    p = y.promise("turned back", "pay", y.due())
    made = y.made

    def do() -> None:
        paid = y.pay(p, p.due)
        made.ledger.reverse(made.BOOK, paid.number, why="It came back", by=made.ADA,
                            on=at(made.TODAY))  # fmt: skip

    y.acts.append(do)
    y.breach(p)


def corrected(y: Year) -> None:
    """Paid in time, posted wrongly, and posted again on the day of its reversal."""
    p = y.promise("corrected", "pay", y.due())
    made = y.made

    def do() -> None:
        paid = y.pay(p, p.due)
        made.ledger.reverse(made.BOOK, paid.number, why="Wrong", by=made.ADA, on=at(made.TODAY))
        y.post(made.verbs.received(y.colour(p.line, p.due), p.pence), "received", made.TODAY)

    y.acts.append(do)


def not_given(y: Year) -> None:
    """A report that is not given, or late."""
    p = y.promise("report not given, or late", "report", y.due())
    day = p.due + y.rng.choice((1, 20)) * DAY if y.rng.random() < 0.5 else None
    if day:
        y.acts.append(lambda: y.done(p, day))
    y.breach(p, day)


def floor(y: Year) -> None:
    """A floor of the year that is over: spent, or a penny short."""
    year = y.made.FinancialYear.of(y.signed)
    short = y.rng.random() < 0.5
    p = y.promise("floor", "spend at least", year.last_day)
    y.acts.append(lambda: y.spend(p, year.last_day - 9 * DAY, p.pence - short))
    if short:
        y.breach(p)


def lifted(y: Year) -> None:
    """A rule lifted in time, or late."""
    p = y.promise("rule", "lift", y.due())
    late_by = y.rng.choice((-20, -1, 0, 1, 15))
    y.acts.append(lambda: y.lift(p, p.due + late_by * DAY))
    if late_by > 0:
        y.breach(p, p.due + late_by * DAY)


def varied(y: Year) -> None:
    """Varied by all, in time or too late; then kept by the new day."""
    in_time = y.rng.random() < 0.5
    due = y.due(VARIED, VARIED + 3) if in_time else y.due(5, VARIED)
    p = y.promise("varied in time" if in_time else "varied too late", "pay", due)
    new = replace(p, due=y.signed + (VARIED + 40) * DAY)
    y.changed[p.number] = new
    y.acts.append(lambda: y.pay(new, new.due))
    if not in_time:
        y.breach(p, y.signed + VARIED * DAY)


def kept(y: Year) -> None:
    """Paid early, in parts, or on the last day; or a report in time."""
    p = y.promise("in time", "pay", y.due())
    half = p.pence // 2
    y.acts.append(lambda: y.pay(p, p.due - y.rng.randrange(40) * DAY, half))
    y.acts.append(lambda: y.pay(p, p.due, p.pence - half))
    given = y.promise("given in time", "report", y.due())
    y.acts.append(lambda: y.done(given, given.due - y.rng.randrange(30) * DAY))


PLOTS = (never, part, late, reversed_later, corrected, not_given, floor, lifted, varied, kept)


def judged(seed: int, made: Any, folder: Path, score: Counter[str]) -> list[str]:
    """Live a year, and hold what is read of it against what is true."""
    from totalplace.agreements.queries import promises
    from totalplace.agreements.rules import terms as t

    y = Year(random.Random(seed), made, made.day(-AGO))  # noqa: S311
    plots(y)
    duration = t.Duration(y.signed, made.FinancialYear(y.signed.year + 2).last_day)
    terms = made.terms(promises=tuple(y.promises), duration=duration)
    here = made.signed_by_all(terms, y.signed, folder)
    made.opened(("stray", *(p.line for p in y.promises if p.line)), y.signed)
    vary(y, here, terms)
    for act in y.acts:
        act()
    found = promises.breaches("wexshire", on=made.TODAY)
    seen = {(b.promise.number, b.since, b.ended) for b in found}
    score["promises"] += len(y.promises)
    score["planted"] += len(y.truth)
    score["found"] += len(y.truth & seen)
    score["centre"] += sum(y.promises[n - 1].by == "dfx" for n, _, _ in y.truth)
    score["invented"] += len(seen - y.truth)
    return [f"seed {seed}: {one} {y.plots[one[0]]}" for one in sorted(seen ^ y.truth, key=str)]


def vary(y: Year, here: Any, terms: Any) -> None:
    """Sign a variation, of the days of those promises that are varied."""
    from totalplace.agreements.actions import varying
    from totalplace.agreements.queries.agreements import agreement

    new = tuple(y.changed.get(p.number, p) for p in terms.promises)
    said = {name: getattr(terms, name) for name in y.made.OWN}
    signed = importlib.import_module("tests.agreements.agreement_made").SIGNED
    on: dict[str, Any] = {"by": here.by, "on": here.at(signed + 1)}
    text = here.text(**(said | {"promises": new}))
    varying.propose(y.made.ONE, text, agency="dfx", reason="Later", **on)
    varying.consent(y.made.ONE, agency="wex", reason="We agree", **on)
    last = agreement(y.made.ONE).last
    if last.to_be_heard:
        since = signed + 2 - importlib.import_module("tests.agreements.agreement_made").HEARD_FROM
        here.heard(here.hearing(last.about, since=since), since=since)
    decision = here.decision(last.about, on=signed + 42)
    here.decided(decision, on=signed + VARIED - 1)
    here.opened(on=signed + VARIED - 1)
    for agency in ("icb", "dfx", "wex"):
        here.signed(agency, on=signed + VARIED)


def main() -> None:
    """Live so many years, and print what came of it."""
    from totalplace.doors import records

    years = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    records.start_django(records.SERVICE)
    from django.db import transaction

    sys.path.insert(0, str(ROOT))
    made = importlib.import_module("tests.agreements.keeping_made")
    score: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as home:
        records.ready(Path(home) / "home")
        begun = time.perf_counter()
        for one in range(seed, seed + years):
            with transaction.atomic():
                wrong += judged(one, made, Path(home), score)
                transaction.set_rollback(True)
        seconds = time.perf_counter() - begun
    print(f"seeds {seed} to {seed + years - 1}: {years} agreement-years by real acts, "
          f"{score['promises']} promises, {seconds:.0f} s")  # fmt: skip
    print(
        f"planted {score['planted']} ({score['centre']} of the department), found on the right "
        f"day {score['found']}, missed {score['planted'] - score['found']}, "
        f"invented {score['invented']}"
    )
    for line in wrong:
        print(" ", line)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
