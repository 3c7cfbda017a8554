"""Readings beside a trajectory: what was read by each day, with its interval, and no verdict.

One reading below or above a trajectory shows nothing: it may be chance, and the interval says how
much of it may be. Whether an outcome is on its way is looked at over several readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.outcomes.rules.readings import Reading
from totalplace.outcomes.rules.targets import Step, Target


@dataclass(frozen=True, slots=True)
class Reached:
    """A step, and the last reading of a period that had ended by its day; None: none yet."""

    step: Step
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The steps of a target with their readings, and the latest reading that has a value."""

    steps: tuple[Reached, ...]
    latest: Reading | None


def beside(target: Target, readings: Sequence[Reading]) -> Beside:
    """Each step beside what was read between the day before it and its own.

    A period with no value stands there as missing, and no other is put in its place.
    """
    found, since = [], date.min
    for step in target.steps:
        read = [one for one in readings if since < one.period.last_day <= step.day]
        # Before the first step stands the baseline: what is older says nothing of the trajectory.
        after = [one for one in read if since != date.min or _is_later(one, target, readings)]
        found.append(Reached(step, after[-1] if after else None))
        since = step.day
    known = [one for one in readings if one.value is not None]
    return Beside(tuple(found), known[-1] if known else None)


def _is_later(reading: Reading, target: Target, readings: Sequence[Reading]) -> bool:
    """Whether a reading is later than that of the baseline, where that is one of these."""
    said = target.baseline.period
    base = next((one for one in readings if one.period.said == said), None)
    return base is None or reading.period.last_day > base.period.last_day
