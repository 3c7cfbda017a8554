"""Closing on evidence: the series itself, as it stands now, says whether a fall is over.

Three grounds, and no other: it is back at the level from which it fell; it is steady at the level
that both sides agreed to; or its publisher revised the fall away. That somebody says so is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from statistics import fmean
from typing import Final

from totalplace.monitoring.rules.seen import Change, Seen, Sign
from totalplace.monitoring.rules.watched import Point, Watched
from totalplace.outcomes.rules.indicators import CLOSE_UNITS, Better, rounded
from totalplace.outcomes.rules.periods import Period
from totalplace.refusal import Refused


class Ground(StrEnum):
    """On what a response may close."""

    BACK = "it is back at the level from which it moved"
    AT_LEVEL = "it is steady at the level that was agreed"
    REVISED = "its publisher revised the finding away"


@dataclass(frozen=True, slots=True)
class Fall:
    """What a response is about: the change as it was told. `before` is the level it moved from.

    `revised_by` is the number of the finding that says that it was revised away; None: none does.
    """

    since: Period
    told_at: Period
    before: float
    after: float
    revised_by: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """On what ground a response may close, and what the series shows, in a sentence."""

    ground: Ground
    shown: str


# A level that is at most so many spreads of its own mean on the wrong side counts as reached,
# where nobody said which change matters: with more points it is less and less.
_SPREADS: Final = 1.0
_FOLLOWING_ITSELF: Final = 0.95  # beyond this, points say next to nothing of their own
_STILL_WORSE: Final = frozenset({Sign.WORSE, Sign.PERHAPS_WORSE})


def evidence(
    fall: Fall, watched: Watched, seen: Seen, *, points: int, level: float | None = None
) -> Evidence:
    """The ground on which a response may close; `level` is what was agreed, None where none was.

    `points` is how many points there must be since. Raises Refused with what is lacking.
    """
    if fall.revised_by is not None:
        return Evidence(
            Ground.REVISED,
            f"finding {fall.revised_by} says that the figures were revised and show no such "
            "change any more",
        )
    if seen.sign in (Sign.SET_ASIDE, Sign.TOO_FEW):
        raise _not_yet(f"the series stands so: {seen.sign}", "Wait for figures that can be used")
    late = _newer(fall, seen)
    if late is not None and late.sign in _STILL_WORSE:
        raise _not_yet(
            f"it moved the wrong way again, since {late.since.said}",
            "Say the cause of that, and propose a remedy",
        )
    settled = _since(fall, watched, late)
    if len(settled) < points:
        more = points - len(settled)
        raise _not_yet(
            f"{points} figures are needed since it began to settle, and there are {len(settled)}",
            f"Wait for {more} more figure{'' if more == 1 else 's'}",
        )
    return _held(fall, watched, seen, settled, level)


def shown(fall: Fall, watched: Watched, seen: Seen) -> str:
    """What the series shows now, in a sentence: for a review, good or bad."""
    latest = watched.latest
    if latest is None or latest.value is None:
        return "there is no figure that can be used"
    stands = f"in {latest.period.said} it was {_said(latest.value, watched)}"
    newer = _newer(fall, seen)
    now = f"{newer.sign} since {newer.since.said}" if newer else "no move since the finding"
    return (
        f"{stands}; it had moved from {_said(fall.before, watched)} to "
        f"{_said(fall.after, watched)}, and now: {now}"
    )


def _newer(fall: Fall, seen: Seen) -> Change | None:
    """The change that stands, where it began after the fall."""
    now = seen.now
    return now if now is not None and now.since.first_day > fall.since.first_day else None


def _since(fall: Fall, watched: Watched, late: Change | None) -> tuple[Point, ...]:
    """The points since the series began to settle: since it turned, or since the fall was told."""
    looked_at = watched.looked_at
    if late is not None:
        return tuple(p for p in looked_at if p.period.first_day >= late.since.first_day)
    return tuple(p for p in looked_at if p.period.first_day > fall.told_at.first_day)


def _held(
    fall: Fall, watched: Watched, seen: Seen, settled: tuple[Point, ...], level: float | None
) -> Evidence:
    values = [point.value for point in settled if point.value is not None]
    mean, margin = fmean(values), _margin(watched, seen, len(values))
    last = f"the mean of its last {len(values)} figures, up to {settled[-1].period.said},"
    said = f"{last} is {_said(mean, watched)}"
    if _reached(mean, fall.before, fall, watched.better, margin):
        return Evidence(
            Ground.BACK, f"{said}; it was {_said(fall.before, watched)} before it moved"
        )
    if level is not None and _reached(mean, level, fall, watched.better, margin):
        return Evidence(Ground.AT_LEVEL, f"{said}; {_said(level, watched)} was agreed")
    agreed = "" if level is None else f", nor at {_said(level, watched)}, which was agreed"
    raise _not_yet(
        f"{said}, which is not back at {_said(fall.before, watched)}{agreed}",
        "Wait until it is, or agree on a remedy with another level",
    )


def _reached(mean: float, target: float, fall: Fall, better: Better, margin: float) -> bool:
    """Whether a mean is at a level, or better than it; where no way is better, at it."""
    if better is Better.HIGHER:
        return mean >= target - margin
    if better is Better.LOWER:
        return mean <= target + margin
    back = mean <= target + margin if fall.after > fall.before else mean >= target - margin
    return back and abs(mean - target) <= max(margin, abs(fall.after - fall.before) / 2)


def _margin(watched: Watched, seen: Seen, number: int) -> float:
    """How far off still counts: the change that matters, or the spread of a mean of so many."""
    if watched.matters is not None:
        return watched.matters
    if seen.noise is None:
        return 0.0
    follows = min(max(seen.follows_itself or 0.0, 0.0), _FOLLOWING_ITSELF)
    return _SPREADS * seen.noise * sqrt((1 + follows) / ((1 - follows) * number))


def _said(value: float, watched: Watched) -> str:
    number = rounded(Decimal(str(value)), watched.decimals)
    close = watched.unit in CLOSE_UNITS
    return f"{number}{watched.unit}" if close else f"{number} {watched.unit}".strip()


def _not_yet(why: str, next_step: str) -> Refused:
    return Refused("The response cannot close yet", why=why, next_step=next_step)
