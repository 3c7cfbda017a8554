"""Arrays of made-up series, given to the watch as watched series, or as one group at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
from watch_made import Block, Floats, Places

from totalplace.monitoring.definitions.limits import reading
from totalplace.monitoring.rules.detecting.nulls import Rhythm, before
from totalplace.monitoring.rules.detecting.ready import FEWEST
from totalplace.monitoring.rules.detecting.replay import Group, replay
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.watched import Kind, Point, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period

_LAST_MONTH = 2026 * 12
RHYTHMS = {1: Rhythm.MONTHLY, 3: Rhythm.QUARTERLY, 12: Rhythm.YEARLY}


@cache
def periods(count: int, months: int) -> tuple[Period, ...]:
    """So many periods of so many months each, the last one ending with 2025."""
    found = []
    for n in range(count):
        first = _LAST_MONTH - (count - n) * months
        begins = date(first // 12, first % 12 + 1, 1)
        after = first + months
        ends = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
        found.append(Period(begins, ends, begins.isoformat()))
    return tuple(found)


def watched(blocks: Sequence[Block]) -> list[Watched]:
    """A dashboard as watched series. Worse is up, as in the arrays."""
    found = []
    for block in blocks:
        when = periods(block.values.shape[1], block.months)
        kind = Kind.COUNT if block.counts else Kind.MEASURE
        for row in block.values.tolist():
            points = tuple(
                Point(period, value, numerator=value if block.counts else None)
                for period, value in zip(when, row, strict=True)
            )
            found.append(
                Watched(
                    code=f"made/{len(found)}",
                    title="Made up",
                    subject=Subject.OUTCOME,
                    place="made",
                    area="made",
                    area_name="Made",
                    unit="",
                    better=Better.LOWER,
                    months=block.months,
                    points=points,
                    kind=kind,
                    decimals=6,
                )
            )
    return found


def alarms(seen: Seen) -> list[date]:
    """The first days of the periods at which an alarm was told."""
    changes = [*seen.earlier, *([seen.now] if seen.now else [])]
    return [one.told_at.first_day for one in changes if one.sign.is_alarm]


def perhaps(seen: Seen) -> bool:
    """Whether it now says "worse, not certain"."""
    return seen.now is not None and seen.now.sign.value.startswith(("worse, not", "changed, not"))


def first_ours(
    values: Floats, start: int, chance: float, believed: Floats | None = None, months: int = 1
) -> Places:
    """The place of the first alarm that becomes worse at or after `start`, as the peers give it.

    Each look has the same `chance` of a false alarm. `believed` are weights of the named priors;
    where they are not given, what is believed before any series was seen.
    """
    rhythm = RHYTHMS[months]
    rows, count = values.shape
    group = Group(
        y=-values,
        at=tuple(range(count)),
        rhythm=rhythm,
        believed=before(rhythm) if believed is None else believed,
        floor=np.zeros(rows),
        breaks=np.full((rows, 0), -1),
        two_sided=np.zeros(rows),
        chances=np.full(rows, chance),
        hints=np.full(rows, min(0.2, 10 * chance)),
    )
    found = np.full(rows, count, dtype=np.int64)
    for one in replay(group, reading.limits()).told:
        if one.worse and one.at >= start:
            found[one.row] = min(found[one.row], one.at)
    return found


__all__ = ["FEWEST", "alarms", "first_ours", "perhaps", "periods", "watched"]
