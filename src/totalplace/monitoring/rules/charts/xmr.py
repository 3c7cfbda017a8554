"""Making Data Count: the chart, the rules and the icons that NHS boards know, as published.

The rules are those of NHSRplotthedots 0.2.2 (NHS-R Community, 29 September 2025, MIT licence), made
for NHS England's programme of that name: an XmR chart with limits at 2.66 mean moving ranges, of
which outlying ones are screened (Nelson 1982, Journal of Quality Technology 14:172-173), and four
rules. The words and drawings of the icons are our own; what each means is theirs.

A chart by these rules is an alarm bell without a promise: `crying_wolf` says how often it rings for
nothing. The watch itself is in `rules/detecting`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from totalplace.monitoring.rules.charts.icons import Assurance, Variation
from totalplace.monitoring.rules.charts.special_cause import Fired, Kind, Rule, fired, kind_of
from totalplace.outcomes.rules.indicators import Better
from totalplace.refusal import Refused

LIMIT: Final = 2.66  # mean moving ranges from the mean to a limit: 3 / 1.128 for ranges of two
NEAR: Final = 2 * LIMIT / 3  # from here on a point is near a limit
OUTLYING: Final = 3.267  # moving ranges of so many mean ones are left out, and the mean taken anew
FEW: Final = 12  # with fewer points the published chart calls its limits trial limits
Target = float | Sequence[float | None] | None


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One point: its value, the lines of its part, and which rules fired on it.

    All in the unit of the series. `part` counts from 0, one more at each rebase. `rules` are all
    that fired; `rule` is the one that the published chart names, `up` whether that one points up.
    A missing point has no value, and no rule looks at it. Without limits they are None.
    """

    value: float | None
    part: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    rules: tuple[Rule, ...] = ()
    rule: Rule | None = None
    up: bool = False
    kind: Kind = Kind.COMMON
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its points, its two icons and what they say, and what must be said beside it.

    `variation` is of the latest point, `assurance` of the latest part's limits and the latest
    target. `rebased_at` are places of points where a part begins.
    """

    points: tuple[ChartPoint, ...]
    better: Better
    variation: Variation
    variation_words: str
    assurance: Assurance
    assurance_words: str
    rebased_at: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def latest(self) -> ChartPoint | None:
        """The last point with a value."""
        return next((one for one in reversed(self.points) if one.value is not None), None)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The mean and the mean moving range of a part; None where there is none."""

    mean: float | None
    moving: float | None


def xmr_chart(
    values: Sequence[float | None],
    *,
    better: Better,
    target: Target = None,
    rebased_at: Sequence[int] = (),
    fixed_after: int | None = None,
    screened: bool = True,
) -> Chart:
    """The chart of a series by the published rules, in the series' own unit.

    `rebased_at` are places (from 0) at which a part begins with its own lines: each needs a reason
    on the record, which is its caller's to hold. `fixed_after` holds each part's lines at its first
    so many points. A target is one number, or one for each point. `screened=False` leaves outlying
    moving ranges in, as the programme's spreadsheet does. Missing points are skipped: those beside
    a gap are neighbours. Raises Refused where lines are fixed on fewer than 12 points, or a place
    or a number of targets is not of the series; ValueError where a value is not finite.
    """
    _checked(values, rebased_at, fixed_after, target)
    starts = tuple(sorted({0, *rebased_at}))
    points: list[ChartPoint] = []
    for part, (first, last) in enumerate(pairwise((*starts, len(values)))):
        points += _part(values[first:last], part, better, fixed_after, screened)
    targets = target if isinstance(target, Sequence) else [target] * len(points)
    shown = tuple(replace(one, target=at) for one, at in zip(points, targets, strict=True))
    latest = next((one for one in reversed(shown) if one.value is not None), None)
    variation = _variation(latest, better)
    assurance = _assurance(latest, better)
    return Chart(
        points=shown,
        better=better,
        variation=variation,
        variation_words=variation.says,
        assurance=assurance,
        assurance_words=assurance.says,
        rebased_at=starts[1:],
        notes=_notes(shown, fixed_after, screened=screened),
    )


def _checked(
    values: Sequence[float | None],
    rebased_at: Sequence[int],
    fixed_after: int | None,
    target: Target,
) -> None:
    if any(one is not None and not math.isfinite(one) for one in values):
        raise ValueError("every value of a chart is finite or None")
    if fixed_after is not None and fixed_after < FEW:
        raise Refused(
            "The lines cannot be fixed so early",
            why=f"{fixed_after} points are fewer than the {FEW} that the published rules ask for",
            next_step=f"Fix them after {FEW} points or more, or leave them free",
        )
    if any(not 0 <= place < max(1, len(values)) for place in rebased_at):
        raise Refused(
            "The chart cannot begin anew there",
            why="there is no such point in the series",
            next_step="Choose one of its periods",
        )
    if isinstance(target, Sequence) and len(target) != len(values):
        raise Refused(
            "The targets do not fit the chart",
            why=f"there are {len(target)} targets for {len(values)} points",
            next_step="Give one target, or one for each point",
        )


def _part(
    values: Sequence[float | None],
    part: int,
    better: Better,
    fixed_after: int | None,
    screened: bool,
) -> list[ChartPoint]:
    """The points of a part, with its lines and rules; rules never look across a rebase."""
    present = [one for one in values if one is not None]
    lines = _lines(present[:fixed_after], screened=screened)
    flags = iter(_flags(present, lines))
    found = []
    for value in values:
        if value is None:
            found.append(ChartPoint(None, part, *_drawn(lines)))
            continue
        flag = next(flags)
        kind = kind_of(flag, better)
        found.append(ChartPoint(value, part, *_drawn(lines), flag.rules, flag.named, flag.up, kind))
    return found


def _lines(values: Sequence[float], *, screened: bool) -> _Lines:
    if not values:
        return _Lines(None, None)
    moves = [abs(b - a) for a, b in pairwise(values)]
    moving = _mean(moves)
    if screened and moving is not None:
        moving = _mean([one for one in moves if one < OUTLYING * moving])
    return _Lines(_mean(values), moving)


def _mean(values: Sequence[float]) -> float | None:
    """The mean, corrected once for rounding, so that equal values have themselves as mean."""
    if not values:
        return None
    first = math.fsum(values) / len(values)
    return first + math.fsum(one - first for one in values) / len(values)


def _drawn(lines: _Lines) -> tuple[float | None, float | None, float | None, float | None,
                                   float | None]:  # fmt: skip
    """The mean, the limits, and from where on a point is near one."""
    mean, moving = lines.mean, lines.moving
    if mean is None or moving is None:
        return mean, None, None, None, None
    return (
        mean,
        mean - LIMIT * moving,
        mean + LIMIT * moving,
        mean - NEAR * moving,
        mean + NEAR * moving,
    )


def _flags(values: Sequence[float], lines: _Lines) -> list[Fired]:
    mean, lower, upper, near_lower, near_upper = _drawn(lines)
    if mean is None:
        return []
    sides = [(one > mean) - (one < mean) for one in values]
    if lower is None or upper is None or near_lower is None or near_upper is None:
        no = [False] * len(values)
        return fired(values, sides, no, no)
    outside = [one > upper or one < lower for one in values]
    close = [
        not out and (one < near_lower or one > near_upper)
        for one, out in zip(values, outside, strict=True)
    ]
    return fired(values, sides, outside, close)


def _variation(latest: ChartPoint | None, better: Better) -> Variation:
    """The icon of the latest point, by its own part's lines and whichever rule fired on it."""
    if latest is None:
        return Variation.NONE
    good_is_high = better is Better.HIGHER
    match latest.kind:
        case Kind.COMMON:
            return Variation.COMMON_CAUSE
        case Kind.IMPROVEMENT:
            return Variation.IMPROVEMENT_HIGH if good_is_high else Variation.IMPROVEMENT_LOW
        case Kind.CONCERN:
            return Variation.CONCERN_LOW if good_is_high else Variation.CONCERN_HIGH
        case Kind.HIGH:
            return Variation.NEUTRAL_HIGH
        case Kind.LOW:
            return Variation.NEUTRAL_LOW


def _assurance(latest: ChartPoint | None, better: Better) -> Assurance:
    """The icon of the target against the latest part's limits.

    Of the latest part alone: with the first part's the published package once showed the wrong icon
    after a rebase (its issue 172).
    """
    if latest is None or latest.target is None or better is Better.NEITHER:
        return Assurance.NONE
    if latest.lower is None or latest.upper is None:
        return Assurance.NO_LIMITS
    if latest.target > latest.upper:
        higher_passes = False
    elif latest.target < latest.lower:
        higher_passes = True
    else:
        return Assurance.INCONSISTENT
    passes = higher_passes if better is Better.HIGHER else not higher_passes
    return Assurance.CONSISTENT_PASS if passes else Assurance.CONSISTENT_FAIL


def _notes(
    points: Sequence[ChartPoint], fixed_after: int | None, *, screened: bool
) -> tuple[str, ...]:
    present = [one for one in points if one.value is not None]
    found = []
    if present and len(present) < len(points):
        missing = len(points) - len(present)
        found.append(
            f"{missing} of {len(points)} points are missing and are skipped: these rules treat "
            "the points beside a gap as neighbours."
        )
    sizes = {part: sum(one.part == part for one in present) for part in {p.part for p in present}}
    if any(size < FEW for size in sizes.values()):
        found.append(
            f"A part of this chart has fewer than {FEW} points: its limits are trial limits, "
            "and move with each point that comes."
        )
    if any(one.lower is None for one in present):
        found.append(
            "A part of this chart has no limits: it has a single point, or its points do not "
            "differ by any usual amount."
        )
    if fixed_after is not None:
        found.append(f"The limits of each part stand on its first {fixed_after} points.")
    if not screened:
        found.append("Outlying moves are left in, as in the programme’s spreadsheet.")
    return tuple(found)
