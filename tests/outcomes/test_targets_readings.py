"""Readings beside a trajectory: shown with their interval, missing as missing, and no verdict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from totalplace.outcomes.actions import readings as actions
from totalplace.outcomes.queries.measured import baseline_of, outcome_of, readings_beside
from totalplace.outcomes.rules.given import Given
from totalplace.outcomes.rules.periods import Period
from totalplace.outcomes.rules.readings import Reading, Status
from totalplace.outcomes.rules.target_readings import beside
from totalplace.outcomes.rules.targets import Baseline
from totalplace.sources.home import Home

from .place_made import ADA, WexshirePlace
from .targets_made import a_target


def read(year: int, value: str | None, why: str = "") -> Reading:
    """A reading of a school year that begins in September."""
    period = Period(date(year, 9, 1), date(year + 1, 8, 31), f"{year}/{(year + 1) % 100:02d}")
    status = Status.PUBLISHED if value else Status.MISSING
    return Reading(period, Decimal(value) if value else None, None, None, status, why, 1)


def test_each_step_stands_beside_the_last_reading_that_had_ended_by_its_day() -> None:
    told = [read(2024, "12.3"), read(2026, "11.5"), read(2027, "10"), read(2028, "9.9")]
    found = beside(a_target(), told)
    assert [one.reading.value if one.reading else None for one in found.steps] == [
        Decimal("11.5"), Decimal(10), Decimal("9.9"),
    ]  # fmt: skip
    assert found.latest == told[-1]


def test_the_baseline_and_what_is_older_are_not_shown_as_reached() -> None:
    found = beside(a_target(), [read(2023, "13"), read(2024, "12.3")])
    assert [one.reading for one in found.steps] == [None, None, None]
    assert found.latest is not None


def test_a_missing_reading_is_missing_and_no_other_stands_in_for_it() -> None:
    found = beside(a_target(), [read(2026, "11"), read(2027, None, "schools were closed")])
    first, second, third = (one.reading for one in found.steps)
    assert first is not None
    assert first.value == 11
    assert second is not None
    assert (second.value, second.why_missing) == (None, "schools were closed")
    assert third is None
    assert found.latest == first
    assert beside(a_target(), []).latest is None


@pytest.mark.django_db
def test_the_latest_reading_is_offered_as_the_baseline_with_its_vintage(
    wexshire: WexshirePlace, tmp_path: Path
) -> None:
    home, area = Home(tmp_path), "wexshire"
    outcome = outcome_of("satisfied-with-council", area)
    assert baseline_of(outcome, home=home) == Baseline(None)
    given = [
        Given(area, "2024/25", Decimal(60), low=Decimal(57), high=Decimal(63)),
        Given(area, "2025/26", Decimal("62.5"), low=Decimal(59), high=Decimal(66)),
    ]
    number = actions.give(
        "satisfied-with-council", given, place="wexshire", home=home, by=ADA, on=wexshire.at(10)
    )
    found = baseline_of(outcome, home=home)
    assert (found.value, found.period) == (Decimal("62.5"), "2025/26")
    assert f"table {number} of the readings held" in found.source
    told = readings_beside(a_target(outcome), home=home)
    assert told.latest is not None
    assert (told.latest.low, told.latest.high) == (Decimal(59), Decimal(66))
