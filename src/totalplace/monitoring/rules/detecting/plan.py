"""The plan of a watch: what was promised, and what series of each kind show of chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from totalplace.monitoring.definitions.limits import reading
from totalplace.monitoring.rules.detecting import wildness
from totalplace.monitoring.rules.detecting.learning import Sample, held, learnt, likelihoods
from totalplace.monitoring.rules.detecting.limits import Limits
from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm, before
from totalplace.monitoring.rules.detecting.promise import Promise, looks_a_year
from totalplace.monitoring.rules.detecting.ready import FEWEST, Ready, ready
from totalplace.monitoring.rules.detecting.replay import Group
from totalplace.monitoring.rules.watched import Kind, Watched

Of = tuple[Kind, Rhythm, int]
# What is learnt, and levels after a change, are not certain: so much of a promise is kept back that
# it is not broken by that (measured by replaying whole dashboards of quiet series).
KEPT_BACK: Final = 0.88


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What was promised, the limits that keep it, and what was learnt of each kind and rhythm.

    `learnt` are weights of the named priors, adding to one; `wild` the share of series whose points
    are now and then far out.
    """

    promise: Promise
    limits: Limits
    learnt: Mapping[Of, Numbers] = field(default_factory=dict)
    wild: Mapping[Of, float] = field(default_factory=dict)

    def believed(self, kind: Kind, rhythm: Rhythm, over: int = 1) -> Numbers:
        """The weights of the named priors of a kind; none of a level that wanders."""
        weights = self.learnt.get((kind, rhythm, over), before(rhythm))
        return held(weights, 0.0)

    def limited(self, kind: Kind, rhythm: Rhythm, over: int = 1) -> Numbers:
        """The weights of the limits: of points that are means over several, as they follow then."""
        return held(self.believed(kind, rhythm, over), 1 - 1 / over)


def plan_of(promise: float, series: Sequence[Watched]) -> Plan:
    """The plan of a promise of so many false alarms a year over these series."""
    made = Promise(promise, len(series))
    return planned(made, [one for one in map(ready, series) if isinstance(one, Ready)])


def planned(promise: Promise, series: Iterable[Ready]) -> Plan:
    """The plan of a promise, learnt from series made ready."""
    first = Plan(promise, reading.limits())
    likely: dict[Of, list[Numbers]] = defaultdict(list)
    ratios: dict[Of, list[Numbers]] = defaultdict(list)
    for group, rows in groups(series, first):
        kind, sample = (rows[0].scale.kind, group.rhythm, group.over), _sample(group)
        likely[kind].append(likelihoods(sample))
        ratios[kind].append(wildness.log_ratios(sample))
    return Plan(
        promise,
        first.limits,
        {of: learnt(np.vstack(parts), of[1]) for of, parts in likely.items()},
        {of: wildness.share(np.concatenate(parts)) for of, parts in ratios.items()},
    )


def groups(series: Iterable[Ready], plan: Plan) -> Iterator[tuple[Group, list[Ready]]]:
    """Series with enough points, put together where they are on the same positions."""
    together: dict[tuple[object, ...], list[Ready]] = {}
    for one in series:
        if len(one.points) < FEWEST:
            continue
        key = (one.at, one.rhythm, one.scale.kind, one.over)
        together.setdefault(key, []).append(one)
    for rows in together.values():
        yield _group(rows, plan), rows


def _group(rows: Sequence[Ready], plan: Plan) -> Group:
    one = rows[0]
    most = max(len(each.breaks) for each in rows)
    looks = [looks_a_year(each.series) for each in rows]
    return Group(
        # About its middle: the sums of a small spread about a large level would lose digits.
        y=np.array([each.y - np.median(each.y) for each in rows]),
        at=one.at,
        rhythm=one.rhythm,
        believed=plan.believed(one.scale.kind, one.rhythm, one.over),
        limited=plan.limited(one.scale.kind, one.rhythm, one.over),
        floor=np.array([each.floor for each in rows]),
        breaks=np.array(
            [[*each.breaks, *[-1] * (most - len(each.breaks))] for each in rows], dtype=np.int64
        ).reshape(len(rows), most),
        two_sided=np.array([float(each.two_sided) for each in rows]),
        chances=KEPT_BACK * np.array([plan.promise.a_look(look) for look in looks]),
        over=one.over,
        wild=plan.wild.get((one.scale.kind, one.rhythm, one.over), 0.0),
        hints=np.array([plan.promise.perhaps_a_look(look) for look in looks]),
    )


def _sample(group: Group) -> Sample:
    return Sample(group.y, group.at, group.breaks, group.floor, group.rhythm, group.over)
