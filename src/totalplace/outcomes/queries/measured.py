"""The outcome of a target, where it stands, and what was read of it since."""

from __future__ import annotations

from totalplace.outcomes.queries.indicators import indicator
from totalplace.outcomes.queries.readings import series, vintage
from totalplace.outcomes.rules.target_readings import Beside, beside
from totalplace.outcomes.rules.targets import Baseline, Outcome, Target
from totalplace.places.rules.kinds import code_is_sound
from totalplace.refusal import Refused
from totalplace.sources.home import Home


def outcome_of(code: str, area: str) -> Outcome:
    """An outcome in the words of its definition. Raises Refused for no such indicator or area."""
    if not code_is_sound(area):
        raise Refused(
            f"'{area}' is no area",
            why="an area has a code, such as E10000017",
            next_step="Give the code under which its readings are published",
        )
    found = indicator(code)
    return Outcome(found.code, area, found.title, found.unit, found.better)


def baseline_of(outcome: Outcome, *, home: Home) -> Baseline:
    """Where an outcome stands by its latest reading, with the vintage cited; empty without one."""
    latest = series(outcome.indicator, outcome.area, home=home).latest
    if latest is None or latest.value is None:
        return Baseline(None)
    table = vintage(latest.vintage)
    source = f"{table.publisher or table.name}, table {latest.vintage} of the readings held"
    return Baseline(round(latest.value, 4), latest.period.said, source)


def readings_beside(target: Target, *, home: Home) -> Beside:
    """What was read of a target's outcome, beside its trajectory."""
    outcome = target.outcome
    return beside(target, series(outcome.indicator, outcome.area, home=home).readings)
