"""From what was told of a series to what is seen in it: when, how big, how sure, what stands.

A change told again while it is still going on is one slide, not several alarms. A change that is
not beyond doubt and comes back to the level before it was perhaps chance: its coming back is told
as not certain, or one lucky point would make two alarms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.evidence import SLIDE_SIZE, STEP_SIZE, log_weights, sums
from totalplace.monitoring.rules.detecting.fitting import Fit, Guess, Laid, fit, slide, step
from totalplace.monitoring.rules.detecting.lenses import onward
from totalplace.monitoring.rules.detecting.nulls import Null, Numbers
from totalplace.monitoring.rules.detecting.ready import FEWEST, Ready
from totalplace.monitoring.rules.detecting.replay import (
    AFTER_BREAK,
    AFTER_CHANGE,
    FIRST_CHANGE,
    Group,
    Replayed,
    Told,
    row_batch,
    where_begun,
)
from totalplace.monitoring.rules.seen import Change, Seen, Shape, Sign

STILL: Final = 3  # points within which a change told again is the same one going on
_TAIL: Final = 0.05  # of the belief in when it began, left out at either end
_ENOUGH_APART: Final = 2.5  # standard errors that part two levels
_BEYOND_DOUBT: Final = 5.0  # and that no chance brings about: one in millions
_CLEARLY: Final = 3.0  # how much better a slide must explain the points than a step
_OVERLAPPING: Final = (
    "Its periods overlap, so a change comes in over several points, and each of them counts for "
    "less."
)


@dataclass(frozen=True, slots=True)
class Episode:
    """One or more tellings of one change. `begins` are the points its levels begin at."""

    first: Told
    begins: tuple[int, ...]
    last_told: int
    came_back: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One series of a group that was replayed."""

    ready: Ready
    group: Group
    replayed: Replayed
    row: int

    @property
    def null(self) -> Null:
        """The null that explains its points best."""
        return self.group.nulls[0][int(np.argmax(self.replayed.nulls[self.row]))]

    @property
    def follows(self) -> float:
        """How far a point of it follows the one before."""
        each = np.array([null.follows for null in self.group.nulls[0]])
        return float(self.replayed.nulls[self.row] @ each)

    @property
    def y(self) -> Numbers:
        """Its numbers."""
        return self.ready.y


def seen(one: Row) -> Seen:
    """What is seen in a series that was replayed."""
    if len(one.y) < one.group.first_look:
        return too_few(one.ready, one.group.first_look)
    told = [each for each in one.replayed.told if each.row == one.row]
    hint = next((each for each in one.replayed.hint if each.row == one.row), None)
    episodes = _episodes(one, told)
    changes = [_change(one, episodes, n) for n in range(len(episodes))]
    begun = max(one.ready.breaks, default=0)
    standing = changes[-1] if episodes and episodes[-1].first.since >= begun else None
    if standing is not None and standing.size_low <= 0 <= standing.size_high:
        standing = None  # the points since have not borne it out
    perhaps = _hinted(one, episodes, hint, standing)
    now = perhaps or standing
    earlier = tuple(change for change in changes if change is not now)
    few = len(one.y) - begun
    sign = now.sign if now else Sign.STEADY
    needed = AFTER_BREAK + 1
    if begun and few < needed and now is None:
        sign = Sign.TOO_FEW
    return _with_usual(
        one,
        episodes,
        Seen(
            sign=sign,
            upto=one.ready.points[-1].period,
            now=now,
            earlier=earlier,
            points=len(one.y),
            short_by=needed - few if sign is Sign.TOO_FEW else 0,
            notes=_notes(one),
        ),
    )


def too_few(ready: Ready, needed: int = FEWEST) -> Seen:
    """What is said of a series with fewer points than can be weighed."""
    points = len(ready.points)
    return Seen(
        sign=Sign.TOO_FEW,
        upto=ready.points[-1].period,
        points=points,
        short_by=needed - points,
    )


def _episodes(one: Row, told: Sequence[Told]) -> list[Episode]:
    """Tellings as changes: one that goes on is one, and one that comes back is marked."""
    found: list[Episode] = []
    for each in told:
        last = found[-1] if found else None
        same = last is not None and last.first.worse == each.worse
        parted = last is not None and any(
            last.first.since < at <= each.since for at in one.ready.breaks
        )
        if (
            last
            and same
            and not parted
            and not last.came_back
            and each.since - last.last_told <= STILL
        ):
            found[-1] = replace(last, begins=(*last.begins, each.since), last_told=each.at)
            continue
        back = last is not None and not same and not parted and _came_back(one, found, each)
        found.append(Episode(each, (each.since,), each.at, back))
    return found


def _came_back(one: Row, told: Sequence[Episode], each: Told) -> bool:
    """Whether a change brings back the level before the last, which was perhaps chance itself.

    Not where either is beyond doubt: then its coming back is as certain as any change.
    """
    last = told[-1].first.since
    if each.since <= last:
        return False
    begun = {0, each.since, *one.ready.breaks, *(at for other in told for at in other.begins)}
    levels = np.split(one.y[: each.at + 1], sorted(at for at in begun if 0 < at <= each.at))
    between = one.y[last : each.since]
    before = one.y[max(at for at in begun if at < last) : last]
    left = sum(float(((level - level.mean()) ** 2).sum()) for level in levels)
    noise = max(left / max(each.at + 1 - len(levels), 1), float(one.ready.floor[each.at]))
    now, way = one.y[each.since : each.at + 1], -1.0 if each.worse else 1.0
    doubt = _BEYOND_DOUBT * (1 + one.group.wild)  # points far out now and then bring about more
    if way * _apart(between, now, noise) > doubt:
        return False
    noise *= (1 + one.follows) / (1 - one.follows)  # of means of points that follow themselves
    beyond, first = way * _apart(before, now, noise), -way * _apart(before, between, noise)
    return beyond < _ENOUGH_APART and first < doubt


def _apart(one: Numbers, other: Numbers, noise: float) -> float:
    """By how many standard errors the second level lies above the first."""
    error = float(np.sqrt(max(noise, 1e-300) * (1 / len(one) + 1 / len(other))))
    return float(other.mean() - one.mean()) / error


def _change(one: Row, episodes: Sequence[Episode], n: int) -> Change:
    """A change as it is known today: of points up to the next one."""
    this = episodes[n]
    end = episodes[n + 1].first.since if n + 1 < len(episodes) else len(one.y)
    end = max([end, this.last_told + 1, *this.begins])
    others = [at for each in (*episodes[:n],) for at in each.begins]
    others += [at for at in one.ready.breaks if at < end]
    return _described(one, this, _sign(one, this), sorted(set(others)), end)


def _hinted(
    one: Row, episodes: Sequence[Episode], hint: Told | None, standing: Change | None
) -> Change | None:
    """What is not certain, where it says something that the change that stands does not."""
    if hint is None:
        return None
    if standing is not None and (standing.sign.is_alarm or not hint.worse):
        return None
    others = [at for each in episodes for at in each.begins]
    this = Episode(hint, (hint.since,), hint.at)
    sign = Sign.PERHAPS_WORSE if hint.worse else Sign.PERHAPS_BETTER
    sign = Sign.PERHAPS_CHANGED if one.ready.two_sided else sign
    known = sorted({*others, *one.ready.breaks})
    return _described(one, this, sign, known, len(one.y))


def _sign(one: Row, this: Episode) -> Sign:
    if one.ready.two_sided:
        return Sign.PERHAPS_CHANGED if this.came_back else Sign.CHANGED
    if not this.first.worse:
        return Sign.BETTER
    return Sign.PERHAPS_WORSE if this.came_back else Sign.WORSE


def _described(one: Row, this: Episode, sign: Sign, others: Sequence[int], end: int) -> Change:
    """A change with when it began, its shape and its size, from the first `end` points."""
    shape, since, earliest, latest = _when(one, this, others, end)
    begins, over = (since, *this.begins[1:]), one.ready.over
    if shape is Shape.SLIDE and len(this.begins) == 1:
        lines = [*(step(end, at, over) for at in others), slide(end, since)]
        marks = [0.0] * len(others) + [1.0]
    else:
        lines = [step(end, at, over) for at in (*others, *begins)]
        marks = [0.0] * len(others) + [1.0] * len(begins)
    fitted = fit(_laid(one, end), lines)
    parts = np.array([0.0, *marks])
    start = np.array([1.0, *(1.0 if at <= since else 0.0 for at in others), *[0.0] * (
        len(lines) - len(others))])  # fmt: skip
    before, size = fitted.guess(start), fitted.guess(parts)
    period = one.ready.points
    return Change(
        sign=sign,
        shape=shape,
        since=period[since].period,
        since_earliest=period[earliest].period,
        since_latest=period[latest].period,
        told_at=period[this.first.at].period,
        points_late=this.first.at - since + 1,
        **_in_unit(one, before, size),
        evidence=this.first.evidence,
        limit=this.first.limit,
    )


def _in_unit(one: Row, before: Guess, size: Guess) -> dict[str, float]:
    """Levels and sizes in the series' own unit."""
    value = one.ready.scale.value
    start = value(before.best)
    after = value(before.best + size.best)
    ends = sorted((value(before.best + size.low) - start, value(before.best + size.high) - start))
    return {
        "before": start,
        "after": after,
        "size": after - start,
        "size_low": ends[0],
        "size_high": ends[1],
    }


def _when(one: Row, this: Episode, others: Sequence[int], end: int) -> tuple[Shape, int, int, int]:
    """Its shape; the likeliest point it began at, and the earliest and latest (90%)."""
    told = this.first
    first = max([FIRST_CHANGE, *(at + AFTER_CHANGE for at in others if at < told.since)])
    first = min(first, told.since)
    rows = np.array([one.row])
    known = np.array([[*others, *this.begins[1:]]]).reshape(1, -1)
    belief = where_begun(one.group, end, rows, known, np.array([first]))[0]
    stepping = _one_way(belief, told, end)
    if not stepping.sum() > 0:
        return Shape.STEP, told.since, told.since, told.since
    slides = len(this.begins) > 1
    if not slides:
        weight, sliding = _as_slide(one, told, known, first, end)
        if weight:
            slides, stepping = True, sliding
    among = np.cumsum(stepping) / stepping.sum()
    since = int(np.argmax(stepping))
    earliest = min(since, int(np.searchsorted(among, _TAIL)))
    latest = max(since, int(np.searchsorted(among, 1 - _TAIL)))
    return (Shape.SLIDE if slides else Shape.STEP), since, earliest, min(latest, told.at)


def _one_way(belief: Numbers, told: Told, end: int) -> Numbers:
    """Belief in when it began, of changes its way, not after it was told."""
    points = np.arange(end)
    return np.where((np.sign(belief) == (-1 if told.worse else 1)) & (points <= told.at),
                    np.abs(belief), 0.0)  # fmt: skip


def _as_slide(one: Row, told: Told, known: Numbers, first: int, end: int) -> tuple[bool, Numbers]:
    """Whether a slide explains the points better than a step, and when it would have begun."""
    batch = row_batch(one.group, end, np.asarray(known, dtype=np.int64), one.row)
    which = int(np.argmax(one.replayed.nulls[one.row]))
    looking = sums(batch, one.group.lenses(end)[which])
    may = (np.arange(end) >= first) & (np.arange(end) <= told.at)
    weights = []
    for c, q, size in (
        (looking.c, looking.q, STEP_SIZE),
        (onward(looking.c), looking.slide_q, SLIDE_SIZE),
    ):
        logs = log_weights(c, q, looking.noise, looking.df, size)[0]
        way = (c[0] < 0) == told.worse
        weights.append(np.where(may & way, np.exp(logs), 0.0))
    return bool(weights[1].sum() > _CLEARLY * weights[0].sum()), weights[1]


def _laid(one: Row, end: int) -> Laid:
    ready = one.ready
    return Laid(
        one.y[:end], ready.at[:end], one.null, ready.rhythm.a_round, float(ready.floor[end - 1])
    )


def _with_usual(one: Row, episodes: Sequence[Episode], found: Seen) -> Seen:
    """With where the next point would lie if nothing changed, and the noise about the level."""
    n = len(one.y)
    known = sorted({at for each in episodes for at in each.begins} | set(one.ready.breaks))
    fitted = fit(_laid(one, n), [step(n, at, one.ready.over) for at in known])
    value, ahead = one.ready.scale.value, fitted.following
    low, high = sorted((value(ahead.low), value(ahead.high)))
    return replace(
        found,
        usual=value(ahead.best),
        usual_low=low,
        usual_high=high,
        noise=_noise(one, fitted),
        follows_itself=one.follows,
    )


def _noise(one: Row, fitted: Fit) -> float:
    """The spread of one point, in the series' unit."""
    level, half, value = fitted.following.best, fitted.noise / 2, one.ready.scale.value
    return abs(value(level + half) - value(level - half))


def _notes(one: Row) -> tuple[str, ...]:
    """What must be said beside what is seen."""
    if one.ready.over > 1:
        return (_OVERLAPPING,)
    return ()
