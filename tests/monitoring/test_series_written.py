"""Tables as people write them: what one cell leaves open its column tells, or it is said."""

from __future__ import annotations

from datetime import date

import pytest

from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.watched import Standing, Watched
from totalplace.outcomes.rules.indicators import Better

from .test_series_file import only, table, values


def spans(series: Watched) -> list[date]:
    return [point.period.first_day for point in series.points]


def test_months_written_as_numbers_are_months_though_some_could_be_years() -> None:
    months = [f"{year}-{month:02}" for year in (2009, 2010) for month in range(1, 13)]
    found = table("period,value", *(f"{month},5" for month in months))
    assert spans(only(found)) == [date(2009 + n // 12, n % 12 + 1, 1) for n in range(24)]
    assert "such as 2009-10, are read as a year and a month" in found.said[0]
    years = only(table("period,value", "2009-10,5", "2010-11,6", "2011-12,5"))
    assert (spans(years)[0], years.months) == (date(2009, 4, 1), 12)
    together = only(table("period,value", "2009-11,5", "2010-12,6", "2011-13,5"))
    assert together.points[0].period.last_day == date(2011, 12, 31)


def test_days_with_the_month_first_are_seen_by_the_whole_column_and_said() -> None:
    lines = [f"{month}/1/{year},{month}" for year in (2023, 2024) for month in range(1, 13)]
    found = table("date,value", *lines)
    assert (spans(only(found))[1], only(found).months) == (date(2023, 2, 1), 1)
    assert "read with the month first" in found.said[0]
    assert spans(only(table("date,value", "4/6/2024,1", "4/13/2024,2", "4/20/2024,3"))) == [
        date(2024, 4, 6), date(2024, 4, 13), date(2024, 4, 20)
    ]  # fmt: skip
    british = only(table("date,value", "4/6/2024,1", "11/6/2024,2", "18/6/2024,3"))
    assert spans(british)[0] == date(2024, 6, 4)


def test_a_year_or_quarter_that_may_be_of_two_kinds_is_said_to_be_so_once() -> None:
    said = table("period,value", "2021,5", "2022,6", "2023,7").said
    assert len(said) == 1
    assert "does not say from which month its year 2021 runs" in said[0]
    assert "calendar year or of the financial" in table(
        "period,value", "Q1 2021,5", "Q2 2021,6", "Q3 2021,7"
    ).said[0]  # fmt: skip


def test_a_table_without_a_heading_loses_no_figure() -> None:
    assert values(only(table("Jan 2023,5", "Feb 2023,6", "Mar 2023,7"))) == [5, 6, 7]
    found = table("Jan 2023,5,50", "Feb 2023,6,60", "Mar 2023,7,70")
    assert [(one.title, values(one)) for one in found.series] == [
        ("column B", [5, 6, 7]), ("column C", [50, 60, 70])
    ]  # fmt: skip


def test_quarters_and_months_below_their_years_are_read_with_them() -> None:
    found = table(
        ",2023/24,,,,2024/25,,,", "Area,Q1,Q2,Q3,Q4,Q1,Q2,Q3,Q4", "Wex,1,2,3,4,5,6,7,8",
    )  # fmt: skip
    assert (only(found).area_name, only(found).months, values(only(found))[-1]) == ("Wex", 3, 8)
    assert spans(only(found))[0] == date(2023, 4, 1)
    months = only(table("KPI,,2024/25,,", "Name,Target,Apr,Dec,Jan", "Waits,5,1,2,3"))
    assert spans(months)[0] == date(2024, 4, 1)
    assert months.points[-1].period.said == "January 2025"


def test_figures_are_read_as_spreadsheets_and_other_countries_write_them() -> None:
    below = only(table("period,value", "2020,\u22120.5", "2021,(3.2)", "2022,1", "2023,\u20132"))
    assert values(below) == [-0.5, -3.2, 1.0, -2.0]
    spaced = only(table("period,value", "2020,50\u00a0800", "2021,1\u202f050\u202f800", "2022,7"))
    assert values(spaced) == [50_800, 1_050_800, 7]
    comma = table("period;value", "2020;50,8", "2021;1.234,56", "2022;50,125", "2023;7")
    assert values(only(comma)) == [50.8, 1234.56, 50.125, 7]
    assert any("a comma before their decimals" in said for said in comma.said)
    thousands = only(table("period;value", "2020;50,800", "2021;51,200", "2022;7"))
    assert values(thousands) == [50_800, 51_200, 7]


def test_a_figure_only_said_to_be_below_something_is_missing_and_no_fault() -> None:
    found = table("period,value", "2020,<5", "2021,12", "2022,1-4", "2023,9", "2024,11")
    assert found.faults == ()
    assert [point.standing for point in only(found).points][:3:2] == [Standing.MISSING] * 2
    assert "says only “<5”" in only(found).points[0].why


def test_thousands_and_millions_in_short_are_faults_as_they_would_be_read_as_falls() -> None:
    found = table("period,value", "2020,£950k", "2021,£1.2m", "2022,3", "2023,4")
    assert [fault.cell for fault in found.faults] == ["B2", "B3"]


def test_where_the_table_says_another_unit_the_series_begins_anew() -> None:
    lines = [f"{2010 + n},{5 if n < 6 else 35},{'weeks' if n < 6 else 'days'}" for n in range(12)]
    series = only(table("period,value,unit", *lines))
    assert (series.unit, [one.on for one in series.breaks]) == ("days", [date(2016, 1, 1)])
    assert "in days, before in weeks" in series.breaks[0].why
    written = only(table("period,value", "2019,5 weeks", "2020,6 weeks", "2021,38 days"))
    assert (written.unit, len(written.breaks)) == ("days", 1)
    same = only(table("period,value,unit", "2019,5,%", "2020,6,Per cent", "2021,7,percent"))
    assert (same.breaks, len(same.looked_at)) == ((), 3)


def test_a_lone_figure_in_another_unit_is_set_aside() -> None:
    series = only(
        table("period,value,unit", "2019,5,£m", "2020,6000,£000", "2021,7,£m", "2022,7,£m")
    )
    assert [p.period.said for p in series.points if not p.looked_at] == ["2020"]
    assert series.unit == "£m"
    assert series.points[1].why == "the table gives it in £000, and others in £m"


def test_a_revision_in_the_same_table_takes_the_place_of_its_figure() -> None:
    series = only(table("period,value", "2020,5", "2021,6p", "2021,6.4r", "2022,7"))
    found = judged(series, on=date(2024, 1, 1))
    assert [p.value for p in found.looked_at] == [5, 6.4, 7]
    assert "the revision counts" in found.notes[0]


def test_a_period_marked_provisional_makes_its_figure_provisional() -> None:
    series = only(table("period,value", "2022/23,5", "2023/24,6", "2024/25 (provisional),7"))
    assert series.points[-1].standing is Standing.PROVISIONAL


@pytest.mark.parametrize("said", ["low is good", "Lower is better", "RAG - Low is good  ", "LOW"])
def test_publishers_ways_to_say_what_is_better_are_known(said: str) -> None:
    series = only(table("period,value,polarity", f"2020,5,{said}", f"2021,6,{said}"))
    assert series.better is Better.LOWER


def test_a_direction_that_nobody_knows_is_one_fault_a_series() -> None:
    lines = [f"{year},5,sideways" for year in range(2010, 2020)]
    assert len(table("period,value,better", *lines).faults) == 1


def test_a_total_beside_periods_names_no_series_and_is_said_to_be_passed_over() -> None:
    found = table(
        "Indicator,Target,Apr-24,May-24,Jun-24,Jul-24,YTD", "Waits,5,1,2,3,tbc,2.5",
        "Calls,9,4,5,6,tbc,5.5",
    )  # fmt: skip
    assert [(one.title, values(one)) for one in found.series] == [
        ("Waits", [1, 2, 3]), ("Calls", [4, 5, 6])
    ]  # fmt: skip
    assert found.said == ("In table.csv these columns were not read: Jul-24, YTD.",)
