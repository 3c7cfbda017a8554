"""How often the watch cries wolf on quiet places, beside what it promises and beside its peers.

    python benchmarks/watch_quiet.py [--place-years 1000] [--series 100] [--promise 4] [--seed 8]

Makes dashboards in which nothing ever happens: monthly, quarterly and yearly series, of one kind of
chance each, and mixed. Each place has a history, and is then watched for four years; what is told
in these years as worse is a false alarm. The watch is used as it is: the plan is learnt from the
series themselves (of 25 places together), and every series is replayed point by point.

The peers are given the same numbers, one year at a time, with their lines fixed on the first 24
points (fewer where the history is shorter) and with the limits of their textbooks. Of each the
series are counted that raise an alarm in a year, once, however often they raise it. Prints alarms
a place and year with the bounds that hold them 95 times in 100 (places are what varies).
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import watch_peers as peers
from watch_made import CONDITIONS, Block, Floats, Places, a_place
from watch_ours import watched

from totalplace.monitoring.rules.detecting import telling_changes
from totalplace.monitoring.rules.detecting.plan import groups, planned
from totalplace.monitoring.rules.detecting.promise import Promise
from totalplace.monitoring.rules.detecting.ready import Ready, ready
from totalplace.monitoring.rules.detecting.replay import Told, replay
from totalplace.monitoring.rules.detecting.telling_changes import Row

YEARS: Final = 4
TOGETHER: Final = (
    25  # places whose series have one shape, and whose plan is learnt from all of them
)
BASE: Final = 24
Peer = Callable[[Floats, int, int], Places]
PEERS: Final[dict[str, Peer]] = {
    "NHS rules, lines fixed": lambda v, base, start: peers.first_nhs(v, base, start, 1),
    "NHS rules, drawn anew": lambda v, _, start: peers.first_nhs_growing(v, start, 1),
    "Nelson's rules": lambda v, base, start: peers.first_nelson(v, base, start, 1),
    "XmR, 3 spreads": lambda v, base, start: peers.first_xmr(v, base, start, 1),
    "CUSUM 0.5/4.77": lambda v, base, start: peers.first_cusum(v, base, start, 1, 0.5, 4.77),
    "EWMA 0.2/2.86": lambda v, base, start: peers.first_ewma(v, base, start, 1, 0.2, 2.86),
}


@dataclass
class Counted:
    """Of each place: false alarms in its years, what was promised, and "not certain" on a day."""

    ours: list[float] = field(default_factory=list)
    promised: list[float] = field(default_factory=list)
    hints: list[float] = field(default_factory=list)
    peers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def ours(blocks: list[Block], promise: Promise) -> tuple[Floats, Floats]:
    """False alarms of each place in the watched years, and its series "not certain" at the end.

    A telling that goes on with a change told before is no second alarm, and one that only brings
    the level before it back is told as not certain, as on the pages.
    """
    series = watched(blocks)
    years = {1: YEARS * 12, 3: YEARS * 4, 12: YEARS}
    sound = [one for one in map(ready, series) if isinstance(one, Ready)]
    plan = planned(promise, sound)
    alarms, hints = np.zeros(TOGETHER), np.zeros(TOGETHER)
    for group, rows in groups(sound, plan):
        found = replay(group, plan.limits)
        begin = group.y.shape[1] - years[rows[0].series.months or 1]
        told: dict[int, list[Told]] = defaultdict(list)
        for one in found.told:
            told[one.row].append(one)
        for row, each in told.items():
            changes = telling_changes._episodes(Row(rows[row], group, found, row), each)  # noqa: SLF001 - how pages count
            alarms[row % TOGETHER] += sum(
                one.first.worse and not one.came_back and one.first.at >= begin for one in changes
            )
        for one in found.hint:
            hints[one.row % TOGETHER] += one.worse
    return alarms, hints


def by_peers(blocks: list[Block]) -> dict[str, Floats]:
    """Of each place, series that raise an alarm in a year, over all of its years."""
    found: dict[str, Floats] = defaultdict(lambda: np.zeros(TOGETHER))
    for block in blocks:
        size = block.values.shape[1]
        a_year = block.watched // YEARS
        base = min(BASE, size - block.watched)
        places = np.arange(len(block.values)) % TOGETHER
        for year in range(YEARS):
            start = size - block.watched + year * a_year
            values = np.ascontiguousarray(block.values[:, : start + a_year])
            for name, peer in PEERS.items():
                raised = peer(values, base, start) < start + a_year
                found[name] += np.bincount(places, raised, TOGETHER)
    return found


def counted(name: str, batches: int, series: int, promise: float, seed: int) -> Counted:
    """What is raised in so many quiet places of a kind, `TOGETHER` at a time."""
    rng = np.random.default_rng([seed, CONDITIONS.index(name)])
    found = Counted()
    for _ in range(batches):
        blocks = a_place(name, rng, series * TOGETHER, YEARS)
        alarms, hints = ours(blocks, Promise(promise, series))
        found.ours += alarms.tolist()
        found.hints += hints.tolist()
        for peer, numbers in by_peers(blocks).items():
            found.peers[peer] += numbers.tolist()
        looks = [(12 / block.months, len(block.values)) for block in blocks]
        a_year = sum(Promise(promise, series).a_look(n) * n * many for n, many in looks)
        found.promised += [YEARS * a_year / TOGETHER] * TOGETHER
    return found


def bounds(each: list[float], over: float) -> tuple[float, float, float]:
    """The mean of what places raise, over so many years, and the bounds of it."""
    values = np.array(each) / over
    error = values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean()), float(values.mean() - 1.96 * error), float(
        values.mean() + 1.96 * error
    )  # fmt: skip


def told(name: str, found: Counted) -> None:
    """Print what came of a kind."""
    years = len(found.ours) * YEARS
    mean, low, high = bounds(found.ours, YEARS)
    promised = float(np.mean(found.promised)) / YEARS
    kept = "kept" if high <= promised else ("not told apart" if low <= promised else "BROKEN")
    hint, hint_low, hint_high = bounds(found.hints, 1)
    print(f"\n{name}: {years} place-years")
    print(f"  the watch               {mean:7.2f}  ({low:.2f} to {high:.2f})  "
          f"promised {promised:.2f}: {kept}")  # fmt: skip
    print(f"  its 'not certain'       {hint:7.2f}  ({hint_low:.2f} to {hint_high:.2f})  "
          f"series stand so on a day")  # fmt: skip
    for peer, each in found.peers.items():
        mean, low, high = bounds(each, YEARS)
        print(f"  {peer:<24}{mean:7.2f}  ({low:.2f} to {high:.2f})")


def main() -> None:
    """Count false alarms in quiet places of every kind."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--place-years", type=int, default=1000, help="over all kinds together")
    asked.add_argument("--series", type=int, default=100, help="on each dashboard")
    asked.add_argument("--promise", type=float, default=4.0, help="false alarms a place and year")
    asked.add_argument("--seed", type=int, default=8)
    asked.add_argument("--only", choices=CONDITIONS, default=None)
    given = asked.parse_args()
    kinds = (given.only,) if given.only else CONDITIONS
    batches = max(1, round(given.place_years / len(kinds) / YEARS / TOGETHER))
    print(f"seed {given.seed}; {batches * TOGETHER} places of each kind, {given.series} series "
          f"each, {YEARS} years; promised {given.promise:g} alarms a place and year")  # fmt: skip
    begun = time.perf_counter()
    everything = Counted()
    for name in kinds:
        found = counted(name, batches, given.series, given.promise, given.seed)
        told(name, found)
        everything.ours += found.ours
        everything.promised += found.promised
        everything.hints += found.hints
        for peer, each in found.peers.items():
            everything.peers[peer] += each
    told("all kinds together", everything)
    print(f"\n{time.perf_counter() - begun:.0f} seconds")


if __name__ == "__main__":
    main()
