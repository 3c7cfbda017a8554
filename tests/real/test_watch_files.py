"""Published tables are looked at as they are: read without a fault, and told in plain words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from totalplace.monitoring.reading.series_file import SeriesFile, read_series
from totalplace.monitoring.rules.detecting import plan_of, watch
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.seen import Seen, Sign
from totalplace.monitoring.rules.telling import sentences
from totalplace.monitoring.rules.watched import Standing, Watched
from totalplace.outcomes.rules.indicators import Better

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
TODAY: Final = date(2026, 11, 26)
COUNTED: Final = {  # figures below the headings, counted by another program than ours
    "indicators_ons/persistent-absences-for-all-pupils.csv.gz": 2_909,
    "indicators_ons/healthy-life-expectancy.csv.gz": 5_814,
    "indicators_nhs/ae_attendances_monthly.csv.gz": 12_765,
}


def read(name: str) -> SeriesFile:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("the published files are not beside this checkout")
    return read_series(path)


def seen_of(name: str, area: str) -> list[tuple[Watched, Seen]]:
    """One area's series of a table, looked at as a dashboard of their own."""
    series = [judged(one, on=TODAY) for one in read(name).series if one.area == area]
    return list(zip(series, watch(series, plan_of(4, series)), strict=True))


@pytest.mark.parametrize("name", COUNTED)
def test_every_figure_of_a_published_table_is_a_point_and_none_a_fault(name: str) -> None:
    found = read(name)
    assert found.faults == ()
    assert sum(p.value is not None for one in found.series for p in one.points) == COUNTED[name]
    assert all(one.better is not Better.NEITHER for one in found.series)
    assert all(one.months in (1, 12) for one in found.series)


def test_the_year_without_absence_figures_is_missing_and_the_jump_after_it_is_told() -> None:
    ((watched, seen),) = seen_of(
        "indicators_ons/persistent-absences-for-all-pupils.csv.gz", "E10000017"
    )
    gap = next(point for point in watched.points if point.period.said == "2019/20")
    assert (gap.value, gap.standing) == (None, Standing.MISSING)
    assert seen.sign is Sign.WORSE
    told = sentences(seen, watched)
    assert "Lancashire: worse, at 17.6% in 2024/25" in told.headline
    assert told.since.startswith("It began in 2021/22")


def test_a_slide_in_a_monthly_table_of_counts_is_told_with_its_share() -> None:
    name = "indicators_nhs/ae_attendances_monthly.csv.gz"
    major = [pair for pair in seen_of(name, "RXN") if "major" in pair[0].title]
    ((watched, seen),) = major
    assert seen.sign is Sign.WORSE
    assert "worse, at 49.0% in March 2019" in sentences(seen, watched).headline
    assert watched.points[0].denominator is not None
