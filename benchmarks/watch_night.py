"""A night's look at a country: 400 places of 200 indicators each, made up from a seed.

    python benchmarks/watch_night.py [--places 400] [--indicators 200] [--seed 8]

Each place has indicators of four kinds in turn (monthly shares of 60 months, quarterly counts of 24
quarters, yearly measures of 20 years with limits, monthly measures with a season); one in twenty
has got worse by two spreads within its last quarter, and one in fifty has a fault in its figures.
What is timed is what the nightly run does in memory: marking bad figures, learning the plan and
looking, each indicator once more in all places to compare with, telling, and freezing the text of
each finding. Reading holdings and writing records are not in it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from itertools import pairwise

import numpy as np

from totalplace.monitoring.definitions.watch import promises
from totalplace.monitoring.rules.comparing import (
    Compared,
    Other,
    beside,
    difference,
    moved_alike,
    moved_at_once,
)
from totalplace.monitoring.rules.detecting import Promise, looks_a_year, plan_of, watch
from totalplace.monitoring.rules.findings import Under, frozen
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.telling import sentences
from totalplace.monitoring.rules.watched import Kind, Point, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period, following, lasting

ON = date(2026, 11, 26)
PROMISE = 4.0
YEARS = promises().compared_years
WORSE, FAULTY = 0.05, 0.02
ALIKE = 15  # similar places of each


def periods(months: int, count: int) -> list[Period]:
    """The last periods before today."""
    first = lasting(date(2026 - (count * months) // 12 - 1, 1, 1), months)
    found = [first]
    for _ in range(count - 1):
        found.append(following(found[-1], months))
    assert all(one.last_day < other.first_day for one, other in pairwise(found))
    return found


SHAPES = (
    (Kind.SHARE, 1, periods(1, 60)),
    (Kind.COUNT, 3, periods(3, 24)),
    (Kind.MEASURE, 12, periods(12, 20)),
    (Kind.MEASURE, 1, periods(1, 60)),
)


def series(number: int, place: int, draw: np.random.Generator) -> Watched:
    """One indicator of one place."""
    kind, months, days = SHAPES[number % len(SHAPES)]
    count = len(days)
    noise = draw.standard_normal(count)
    if draw.random() < WORSE:
        noise[-draw.integers(1, count // 4) :] += 2.0
    wave = np.sin(np.arange(count) * np.pi / 6) if number % 4 == 3 else 0.0
    points = _points(kind, days, noise + wave, draw)
    if draw.random() < FAULTY:
        at = int(draw.integers(count))
        value = (points[at].value or 0.0) * 100
        points[at] = replace(points[at], value=value, numerator=None, denominator=None)
    return Watched(
        code=f"outcome/made-{number}", title=f"Made-up indicator {number}",
        subject=Subject.OUTCOME, place=f"place-{place}", area=f"A{place:04}",
        area_name=f"Place {place}", unit="%" if kind is Kind.SHARE else "days",
        better=Better.LOWER, months=months, points=tuple(points), kind=kind,
        protected=number % 2 == 0,
    )  # fmt: skip


def _points(
    kind: Kind, days: Sequence[Period], noise: np.ndarray, draw: np.random.Generator
) -> list[Point]:
    if kind is Kind.SHARE:
        whole = draw.integers(500, 5_000)
        parts = np.clip(np.round(whole * (0.3 + 0.015 * noise)), 0, whole)
        return [
            Point(d, 100 * float(p) / float(whole), numerator=float(p), denominator=float(whole))
            for d, p in zip(days, parts, strict=True)
        ]
    if kind is Kind.COUNT:
        return [
            Point(d, float(v))
            for d, v in zip(days, draw.poisson(np.clip(60 + 8 * noise, 1, None)), strict=True)
        ]
    return [
        Point(d, float(v), low=float(v) - 1.5, high=float(v) + 1.5)
        for d, v in zip(days, 40 + noise, strict=True)
    ]


class Clock:
    """Seconds of computing by what they were spent on: other work of the machine is not in them."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Count the time within under a name."""
        began = time.process_time()
        yield
        self.spent[what] += time.process_time() - began


Seens = dict[str, dict[str, Seen]]  # by code and area


def night(country: list[list[Watched]], clock: Clock) -> tuple[int, int, int]:
    """Look at every place; how many series were looked at, moved, and were alarms."""
    elsewhere: Seens = {}
    with clock.on("marking bad figures"):
        country = [[judged(one, on=ON) for one in place] for place in country]
    moved = alarms = looked = 0
    for at, place in enumerate(country):
        with clock.on("looking"):
            seen = watch(place, plan_of(PROMISE, place))
        looked += len(place)
        news = [n for n, found in enumerate(seen) if found.now is not None]
        with clock.on("comparing"):
            others = dict(zip(news, _beside(country, at, news, seen, elsewhere), strict=True))
        for n, (one, found) in enumerate(zip(place, seen, strict=True)):
            with clock.on("telling"):
                told = sentences(found, one, others.get(n), chance=0.02)
            if found.now is None:
                continue
            moved += 1
            alarms += found.sign.is_alarm
            with clock.on("freezing"):
                words = asdict(told) | {"sign": told.sign.value, "notes": list(told.notes)}
                rate = Promise(PROMISE, len(place)).a_look(looks_a_year(one))
                under = Under(PROMISE, len(place), rate)
                frozen(one, words, under, change=found.now, since=found.now.since)
    return looked, moved, alarms


def _beside(
    country: list[list[Watched]], at: int, news: list[int], seen: list[Seen], elsewhere: Seens
) -> list[Compared]:
    """What moved in a place beside the country and similar places, as the queries do it."""
    whole = country[0]  # the first place stands for the country
    for number in news:
        every = [place[number] for place in country]
        if every[0].code not in elsewhere:
            found = watch(every, plan_of(len(every) / YEARS, every))
            elsewhere[every[0].code] = {each.area: s for each, s in zip(every, found, strict=True)}
            moved_at_once(every)
    less: dict[int, Watched] = {}
    for number in news:
        change, code = seen[number].now, whole[number].code
        if change is not None and moved_alike(change, elsewhere[code][whole[number].area]):
            less[number] = difference(country[at][number], whole[number])
    told = watch(list(less.values()), plan_of(max(1, len(less)) / YEARS, list(less.values())))
    beyond = dict(zip(less, told, strict=True))
    made = []
    for number in news:
        change, one = seen[number].now, country[at][number]
        assert change is not None
        areas = elsewhere[one.code]
        alike = [country[(at + n) % len(country)][number] for n in range(1, ALIKE + 1)]
        made.append(
            beside(
                change,
                country=Other(whole[number].area, "The country", areas[whole[number].area]),
                difference=beyond.get(number),
                others=[Other(each.area, each.area_name, areas[each.area]) for each in alike],
            )
        )
    return made


def main() -> None:
    """Make the country, look at it, print the time of each part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--places", type=int, default=400)
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--seed", type=int, default=8)
    said = parser.parse_args()
    draw = np.random.default_rng(said.seed)
    country = [
        [series(number, place, draw) for number in range(said.indicators)]
        for place in range(said.places)
    ]
    points = sum(len(one.points) for place in country for one in place)
    watch(country[0], plan_of(PROMISE, country[0]))  # what is compiled is compiled once
    clock, began, busy = Clock(), time.perf_counter(), time.process_time()
    looked, moved, alarms = night(country, clock)
    whole, busy = time.perf_counter() - began, time.process_time() - busy
    print(f"seed {said.seed}: {said.places} places, {looked:,} series, {points:,} points")
    print(
        f"{busy:.1f} s of computing, {whole:.1f} s by the clock; {moved:,} moved, {alarms:,} alarms"
    )
    for what, seconds in sorted(clock.spent.items(), key=lambda pair: -pair[1]):
        print(f"  {what:22} {seconds:8.1f} s  {100 * seconds / busy:5.1f} %")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB (all series of the country are held at once here)")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
