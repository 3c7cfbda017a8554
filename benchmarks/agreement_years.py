"""Agreement-years with planted breaches: how many are found on the right day, or invented.

    python benchmarks/agreement_years.py [years] [first seed]

Prints the seed. A breach is found when its promise, its first day, the day from which the book
showed it and the day on which it ended are those that were planted; and when, day by day and with
what was known by then, nobody was told of it before, and everybody from then on. The truth is
written down by benchmarks/agreement_years_planted.py beside what happened, by no rule of ours.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from totalplace.agreements.rules.breaches import breaches
from totalplace.agreements.rules.facts import EVERY_DAY, Days
from totalplace.agreements.rules.suspension import suspended
from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.days import Counting

sys.path.insert(0, str(Path(__file__).parent))
planted_years: Any = importlib.import_module("agreement_years_planted")
DAY = timedelta(days=1)
WORKING = Days(Counting.WORKING, proclaimed())


@dataclass(slots=True)
class Score:
    """What came of years that were judged."""

    promises: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    invented: list[str] = field(default_factory=list)
    untimely: list[str] = field(default_factory=list)
    innocent: Counter[str] = field(default_factory=Counter)
    by_side: Counter[str] = field(default_factory=Counter)

    @property
    def missed(self) -> int:
        """Planted, and not found on the right day."""
        return self.planted.total() - self.found.total()

    @property
    def faultless(self) -> bool:
        """Every planted breach was found on its day, and none invented."""
        return not (self.missed or self.invented or self.untimely)


def judged(year: Any, score: Score) -> None:
    """Judge a year as a whole, and then day by day as it went by."""
    bound, facts = year.bound, year.facts
    days = WORKING if year.working else EVERY_DAY
    truth = {(p.number, p.since, p.known_from, p.ended) for p in year.truth}
    found = breaches(bound, facts, on=year.end, days=days)
    seen = {(b.promise.number, b.since, b.known_from, b.ended) for b in found}
    score.promises += len(year.plots)
    for one in sorted(truth, key=str):
        plot = year.plots[one[0]]
        score.planted[plot] += 1
        score.found[plot] += one in seen
        side = "centre" if year.first[one[0]].by in planted_years.DEPARTMENTS else "place"
        score.by_side[side] += 1
    score.invented += [f"seed {year.seed}: {one} {year.plots[one[0]]}" for one in seen - truth]
    guilty = {one[0] for one in truth}
    score.innocent.update(plot for n, plot in year.plots.items() if n not in guilty)
    _told_in_time(year, days, score)


def _told_in_time(year: Any, days: Days, score: Score) -> None:
    """With what was known on each of the telling days: told from the right day, and not before."""
    bound, facts = year.bound, year.facts
    telling = {p.known_from for p in year.truth} | {p.known_from - DAY for p in year.truth}
    telling |= {p.ended for p in year.truth if p.ended} | {year.start + 200 * DAY, year.end}
    for day in sorted(telling):
        told = {
            b.promise.number
            for b in breaches(bound, facts, on=day, known=day, days=days)
            if b.stands(day) and b.promise.number not in year.flickers
        }
        true = {
            p.number
            for p in year.truth
            if p.known_from <= day and (p.ended is None or day < p.ended)
        }
        if told != true:
            wrong = [f"{n} {year.plots[n]}" for n in told ^ true]
            score.untimely.append(f"seed {year.seed} on {day}: {wrong}")
        _still(year, day, days, score)


def _still(year: Any, day: Any, days: Days, score: Score) -> None:
    """The targets that stand still are those of departments in breach, and of no partner."""
    found = breaches(year.bound, year.facts, on=day, days=days)
    still = suspended(found, centre=frozenset(planted_years.DEPARTMENTS), on=day)
    true = {
        f"outcome-{p.number}"
        for p in year.truth
        if year.first[p.number].by in planted_years.DEPARTMENTS
        and p.since <= day
        and (p.ended is None or day < p.ended)
    }
    if set(still) != true:
        score.untimely.append(f"seed {year.seed} on {day}: targets {set(still) ^ true}")


def run(years: int, seed: int) -> Score:
    """Judge so many years, from a seed on."""
    score = Score()
    for one in range(seed, seed + years):
        judged(planted_years.a_year(one), score)
    return score


def main() -> None:
    """Print what came of it."""
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begun = time.perf_counter()
    score = run(years, seed)
    seconds = time.perf_counter() - begun
    print(f"seeds {seed} to {seed + years - 1}: {years} agreement-years, {score.promises} promises")
    print(f"{'planted':42} planted   found")
    for plot, count in sorted(score.planted.items()):
        print(f"{plot:42} {count:7} {score.found[plot]:7}")
    print(f"by departments {score.by_side['centre']}, by partners {score.by_side['place']}")
    print(f"innocent promises, of {len(score.innocent)} kinds: {score.innocent.total()}")
    print(
        f"planted {score.planted.total()}, found on the right day {score.found.total()}, "
        f"missed {score.missed}, invented {len(score.invented)}, "
        f"told too early, too late or too long {len(score.untimely)}"
    )
    for wrong in [*score.invented, *score.untimely][:20]:
        print(" ", wrong)
    print(f"{seconds:.1f} s")
    sys.exit(not score.faultless)


if __name__ == "__main__":
    main()
