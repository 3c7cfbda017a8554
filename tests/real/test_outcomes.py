"""The real tables: every row accounted for, and the quirks that were planted in them by life."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import pytest

from totalplace.outcomes import queries
from totalplace.outcomes.actions import neighbours, readings
from totalplace.outcomes.rules.readings import Status, compare_two
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
ADA: Final = Operator("Ada")
LANCASHIRE: Final = "E10000017"
ROWS: Final = {  # rows below the headings, counted by another program than ours
    "indicators_ons/*.csv.gz": 93_061,
    "indicators_imd/*.csv.gz": 6_130,
    "indicators_nhs/*.csv.gz": 12_765,
    "indicators_dfe_lait/*.parquet": 641_070,
}


@pytest.fixture
def home(tmp_path: Path, db: None) -> Home:
    if not SHARED.is_dir():
        pytest.skip("the published files are not beside this checkout")
    return Home(tmp_path / "home")


def add(home: Home, pattern: str, noon: datetime) -> list[readings.Added]:
    files = sorted(SHARED.glob(pattern))
    found = list(readings.add(files, readings.Terms(), home=home, by=ADA, on=noon))
    refused = [one.refused for one in found if isinstance(one, readings.NotAdded)]
    assert refused == []
    return [one for one in found if isinstance(one, readings.Added)]


@pytest.mark.parametrize("pattern", [p for p in ROWS if "parquet" not in p])
def test_every_row_of_every_real_table_is_accounted_for(
    home: Home, noon: datetime, pattern: str
) -> None:
    added = add(home, pattern, noon)
    assert sum(one.rows for one in added) == ROWS[pattern]
    is_accounted_for(home, added)


def is_accounted_for(home: Home, added: list[readings.Added]) -> None:
    for one in added:
        assert one.figures == one.kept + one.missing + one.set_aside
        aside = queries.set_aside(one.vintage, home=home, most=1_000_000)
        assert len(aside) == one.set_aside
        assert all(fault.why and fault.row > 1 for fault in aside)
        held = home.holdings / "readings" / f"{queries.vintage(one.vintage).digest}.parquet"
        with duckdb.connect() as con:
            counted = con.execute(
                "SELECT COUNT(*) FILTER (value IS NOT NULL OR numerator IS NOT NULL), "
                "COUNT(*) FILTER (value IS NULL AND numerator IS NULL), "
                "COUNT(*) FILTER (value = '' OR row IS NULL) FROM read_parquet(?)",
                [str(held)],
            ).fetchall()
        assert counted == [(one.kept + one.added_up, one.missing, 0)]


def test_a_year_without_absence_figures_is_missing_and_not_zero(home: Home, noon: datetime) -> None:
    add(home, "indicators_ons/persistent*", noon)
    series = queries.series("persistent-absence", LANCASHIRE, home=home)
    by_name = {one.period.said: one for one in series.readings}
    gap = by_name["2019/20"]
    assert gap.value is None
    assert gap.status is Status.NO_READING
    assert gap.why_missing.startswith("schools were closed to most pupils")
    assert series.indicator.said(by_name["2020/21"].value) == "11.5%"
    assert series.indicator.said(by_name["2021/22"].value) == "21.2%"


def test_men_s_and_women_s_healthy_years_stand_apart_and_may_be_chance(
    home: Home, noon: datetime
) -> None:
    add(home, "indicators_ons/healthy*", noon)
    add(home, "indicators_ons/persistent*", noon)
    men = queries.series("healthy-life-expectancy-male", LANCASHIRE, home=home)
    women = queries.series("healthy-life-expectancy-female", LANCASHIRE, home=home)
    said = {one.period.said: one for one in men.readings}
    before, after = said["2019 to 2021"], said["2022 to 2024"]
    assert (before.value, after.value) == (Decimal("62.1"), Decimal("59.3"))
    assert (after.low, after.high) == (Decimal("57.3"), Decimal("61.4"))
    assert women.latest is not None
    assert women.latest.value != after.value
    stands = compare_two(after, before, men.indicator.better)
    assert stands is not None
    assert stands.words == "lower, which is worse, but it may be chance"
    absence = queries.series("persistent-absence", LANCASHIRE, home=home)
    values = [one for one in absence.readings if one.value is not None]
    stands = compare_two(values[-1], values[-2], absence.indicator.better)
    assert stands is not None
    assert "chance" not in stands.words  # no limits were published


def test_waits_are_shares_of_whole_counts_and_all_types_are_added_up(
    home: Home, noon: datetime
) -> None:
    add(home, "indicators_nhs/*.csv.gz", noon)
    series = queries.series("emergency-four-hours-type-1", "RXR", home=home)
    by_name = {one.period.said: one for one in series.readings}
    assert series.indicator.said(by_name["April 2016"].value) == "82.7%"
    assert series.indicator.said(by_name["January 2018"].value) == "60.0%"
    every = queries.series("emergency-four-hours", "RXR", home=home).readings[0]
    assert every.denominator is not None
    assert by_name["April 2016"].denominator is not None
    assert every.denominator > by_name["April 2016"].denominator
    country = queries.series("emergency-four-hours", "E92000001", home=home)
    assert len(country.readings) == 36


def test_the_department_s_numbers_become_codes_and_its_dashes_are_missing(
    home: Home, noon: datetime
) -> None:
    (pattern,) = (p for p in ROWS if "parquet" in p)
    (added,) = add(home, pattern, noon)
    assert added.rows == ROWS[pattern]
    is_accounted_for(home, [added])
    assert (added.missing + added.set_aside, added.undefined) == (93_883, 434 - 21)
    series = queries.series("re-referrals", LANCASHIRE, home=home)
    by_name = {one.period.said: one for one in series.readings}
    assert series.indicator.said(by_name["2020/21"].value) == "20.7%"
    assert series.indicator.said(by_name["2022/23"].value) == "14.6%"
    absent = queries.series("looked-after-persistent-absence", LANCASHIRE, home=home)
    said = {one.period.said: absent.indicator.said(one.value) for one in absent.readings}
    assert said["2020/21"] == "30.2%"
    assert len(queries.undefined()) == 434 - 21
    assert queries.areas("re-referrals", home=home)[0].code.startswith("E")


def test_neighbours_are_those_of_a_list_that_is_named(home: Home, noon: datetime) -> None:
    terms = neighbours.ListTerms("ons-demographic", "Demographic neighbours", "ONS")
    path = SHARED / "reference" / "demographic-neighbours.csv"
    listed = neighbours.add_neighbours(path, terms, home=home, by=ADA, on=noon)
    assert len(listed.neighbours) + len(listed.rows_aside) == listed.rows
    assert listed.neighbours_aside == 0
    terms = neighbours.ListTerms("dfe", "Statistical neighbours", "DfE", date(2025, 5, 1))
    path = SHARED / "indicators_dfe_lait" / "sn_may_2025.xlsx"
    on = noon + timedelta(hours=1)
    listed = neighbours.add_neighbours(path, terms, home=home, by=ADA, on=on)
    assert len(listed.neighbours) + len(listed.rows_aside) == listed.rows
    found = queries.comparators(LANCASHIRE)
    assert (found.country, found.region, len(found.neighbours)) == ("E92000001", "E12000002", 10)
    assert "Statistical neighbours (DfE, 2025)" in found.said
    assert queries.comparators(LANCASHIRE, as_at=noon).used != found.used
