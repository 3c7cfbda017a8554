"""Any table of series: long, wide, across, of a known publisher, in a workbook, and hostile."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from math import isfinite
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.reading.series_file import SeriesFile, read_series, template
from totalplace.monitoring.rules import series_periods
from totalplace.monitoring.rules.detecting import plan_of, watch
from totalplace.monitoring.rules.judging import as_seen, judged
from totalplace.monitoring.rules.series_rhythm import rhythm
from totalplace.monitoring.rules.telling import sentences
from totalplace.monitoring.rules.watched import Kind, Standing, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import lasting
from totalplace.refusal import Refused


def table(*lines: str, name: str = "table.csv", better: Better | None = None) -> SeriesFile:
    return read_series("\n".join(lines).encode(), name=name, better=better)


def only(found: SeriesFile) -> Watched:
    (series,) = found.series
    return series


def values(series: Watched) -> list[float | None]:
    return [point.value for point in series.points]


def test_a_figure_a_row_with_all_that_may_stand_beside_it() -> None:
    found = table(
        "Series,Area,Period,Value,Numerator,Denominator,Low,High,Unit,Better,Target,Matters",
        "Seen in time,Wexshire,2023/24,80.1,801,1000,77.5,82.5,%,higher,95,2",
        "Seen in time,Wexshire,2024/25,78.0,780,1000,75.3,80.5,%,higher,95,2",
        "Seen in time,Essetshire,2024/25,90.0,900,1000,88,92,%,higher,95,2",
    )
    wex, essex = found.series
    assert (wex.title, wex.area_name, essex.area_name) == ("Seen in time", "Wexshire", "Essetshire")
    assert (wex.kind, wex.scale, wex.unit, wex.better) == (Kind.SHARE, 100, "%", Better.HIGHER)
    assert (wex.matters, wex.months, wex.decimals) == (2.0, 12, 1)
    assert (wex.points[1].numerator, wex.points[1].low) == (780.0, 75.3)
    assert "Its target is 95." in wex.notes
    assert found.faults == ()


def test_a_share_follows_from_its_counts_where_no_value_is_given() -> None:
    series = only(table("month,numerator,denominator", "2024-01,30,40", "2024-02,20,50"))
    assert values(series) == [75.0, 40.0]
    assert (series.kind, series.unit, series.months) == (Kind.SHARE, "%", 1)


def test_periods_down_and_series_across() -> None:
    found = table(
        "Date,Referrals,Waiting over 18 weeks", "Jan 2024,120,15%", "Feb 2024,125,16%",
        "Mar 2024,118,17%",
    )  # fmt: skip
    assert [(one.title, values(one)) for one in found.series] == [
        ("Referrals", [120, 125, 118]), ("Waiting over 18 weeks", [15, 16, 17])
    ]  # fmt: skip
    assert [one.months for one in found.series] == [1, 1]
    assert found.series[1].unit == "%"


def test_series_down_and_periods_across_below_a_title() -> None:
    found = table(
        "A title,,,,", ",,,,", "Indicator,Area,2021/22,2022/23,2023/24", "Absence,Wex,10.1,10.4,c",
        "Absence,Ess,9.1,,9.9",
    )  # fmt: skip
    assert [one.area_name for one in found.series] == ["Wex", "Ess"]
    assert values(found.series[0]) == [10.1, 10.4, None]
    assert "recognised" in found.series[0].points[2].why
    assert found.series[1].points[1].standing is Standing.MISSING


def test_monthly_files_of_a_publisher_are_read_by_their_own_form() -> None:
    found = table(
        "period,org_code,type,attendances,breaches,admissions",
        "2017-03-01,RF4,1,200,50,60", "2017-04-01,RF4,1,400,50,60", "2017-03-01,RF4,2,10,0,0",
    )  # fmt: skip
    one = found.series[0]
    assert one.title == "People seen within four hours in a major emergency department"
    assert (values(one), one.kind) == ([75.0, 87.5], Kind.SHARE)
    assert (one.area, one.better, one.months) == ("RF4", Better.HIGHER, 1)
    assert [point.period.said for point in one.points] == ["March 2017", "April 2017"]


def test_monthly_files_of_no_known_form_just_work() -> None:
    found = table(
        "Organisation,Month,Metric,Numerator,Denominator",
        *(f"Trust A,01/{month:02}/2024,Two week wait,{90 + month},100" for month in range(1, 8)),
    )
    one = only(found)
    assert (one.title, one.area_name, one.months) == ("Two week wait", "Trust A", 1)
    assert [point.period.said for point in one.points][:2] == ["January 2024", "February 2024"]


def test_a_period_that_is_left_out_is_missing_and_not_nought() -> None:
    series = only(table("period,value", "2018,5", "2019,6", "2020,5", "2022,6", "2023,6"))
    assert values(series) == [5, 6, 5, None, 6, 6]
    assert series.points[3].why == "no figure is in the table"


def test_text_and_odd_periods_are_faults_at_their_cells_and_never_news() -> None:
    found = table("period,value", "2020,5", "soon,6", "2021,about six", "2022,5", "2023,6")
    assert [(fault.cell, fault.found) for fault in found.faults] == [
        ("A3", "soon"), ("B4", "about six")
    ]  # fmt: skip
    odd = only(found).points[1]
    assert (odd.standing, odd.value) == (Standing.SET_ASIDE, None)
    assert str(found.faults[0]).endswith("is no period. Write it such as 2023/24 or Apr 2024.")


def test_which_way_is_better_is_said_or_asked_and_never_guessed() -> None:
    lines = ("period,value", "2020,5", "2021,6", "2022,7")
    assert only(table(*lines)).better is Better.NEITHER
    assert "Nobody said which way is better" in only(table(*lines)).notes[0]
    assert only(table(*lines, better=Better.LOWER)).better is Better.LOWER
    odd = table("period,value,better", "2020,5,sideways", "2021,6,sideways", "2022,7,sideways")
    assert "is no direction" in str(odd.faults[0])


def test_the_same_period_twice_is_kept_to_be_judged() -> None:
    series = only(table("period,value", "2020,5", "2021,6", "2021,9", "2022,7"))
    found = judged(series, on=date(2023, 6, 1))
    assert [p.period.said for p in found.points if not p.looked_at] == ["2021"]


def test_a_workbook_is_read_as_a_text_is_and_a_formula_without_a_result_is_a_fault(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Month", "Value"])
    for month in range(1, 6):
        sheet.append([date(2024, month, 1), 10 + month])
    sheet.append([date(2024, 6, 1), "=SUM(B2:B3)"])
    path = tmp_path / "series.xlsx"
    book.save(path)
    found = read_series(path)
    series = only(found)
    assert values(series) == [11, 12, 13, 14, 15, None]
    assert series.points[0].period.said == "January 2024"
    assert [(fault.cell, fault.why) for fault in found.faults] == [
        ("B7", "holds a formula without a result")
    ]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "name,colour\nred,blue\nred,blue\n", "period\n2020\n2021\n"]
)
def test_what_has_no_periods_or_no_figures_is_refused_kindly(text: str) -> None:
    with pytest.raises(Refused, match=r"no column of periods|holds nothing|empty|was not"):
        read_series(text.encode(), name="odd.csv")


def test_the_template_reads_back() -> None:
    out = io.StringIO()
    csv.writer(out).writerows(template())
    series = only(read_series(out.getvalue().encode(), name="template.csv"))
    assert (series.better, series.matters) == (Better.LOWER, 1.0)
    assert values(series) == [pytest.approx(7.6098, abs=0.001)]


def test_a_rhythm_is_seen_where_there_is_one() -> None:
    def months(*at: int) -> list[int]:
        return list(at)

    def of(at: Sequence[int]) -> int | None:
        return rhythm([lasting(date(2020 + n // 12, n % 12 + 1, 1), 1) for n in at])

    assert of(months(0, 1, 2, 4, 5)) == 1
    assert of(months(0, 3, 6, 9)) == 3
    assert of(months(0, 5, 7, 12)) is None
    assert of(months(4)) is None


@given(st.lists(st.floats(-1e6, 1e6) | st.none(), min_size=3, max_size=20))
def test_what_is_written_is_what_is_read(figures: list[float | None]) -> None:
    if all(figure is None for figure in figures):
        return
    lines = ["period,value"] + [
        f"{year}/{(year + 1) % 100:02},{'' if figure is None else repr(figure)}"
        for year, figure in enumerate(figures, start=2001)
    ]
    known = sum(figure is not None for figure in figures)
    if known * 2 < len(figures):
        return  # a column with few figures may be of anything
    assert values(only(table(*lines))) == figures


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2023/24 Q1", date(2023, 4, 1), date(2023, 6, 30)),
        ("Q4 2023-24", date(2024, 1, 1), date(2024, 3, 31)),
        ("FY2023/24", date(2023, 4, 1), date(2024, 3, 31)),
        ("w/e 07/04/2024", date(2024, 4, 1), date(2024, 4, 7)),
        ("Week ending 7 April 2024", date(2024, 4, 1), date(2024, 4, 7)),
        ("01-Apr-24", date(2024, 4, 1), date(2024, 4, 1)),
        ("1st April 2024", date(2024, 4, 1), date(2024, 4, 1)),
        ("2024M04", date(2024, 4, 1), date(2024, 4, 30)),
        ("Apr-24", date(2024, 4, 1), date(2024, 4, 30)),
        ("Q1 23/24", date(2023, 4, 1), date(2023, 6, 30)),
        ("Quarter 2 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("Apr-Jun 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("Dec 2022 to Feb 2023", date(2022, 12, 1), date(2023, 2, 28)),
        ("December to February 2023", date(2022, 12, 1), date(2023, 2, 28)),
        ("April 2023 to March 2024", date(2023, 4, 1), date(2024, 3, 31)),
        ("Quarter ending June 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("YE 31 Mar 2024", date(2023, 4, 1), date(2024, 3, 31)),
        ("3 months to June 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("Academic year 2023/24", date(2023, 9, 1), date(2024, 8, 31)),
        ("2023/24 financial year", date(2023, 4, 1), date(2024, 3, 31)),
        ("2023/24 M12", date(2024, 3, 1), date(2024, 3, 31)),
        ("2023/24 Jan", date(2024, 1, 1), date(2024, 1, 31)),
        ("202404", date(2024, 4, 1), date(2024, 4, 30)),
        ("04/2024", date(2024, 4, 1), date(2024, 4, 30)),
        ("20240401", date(2024, 4, 1), date(2024, 4, 1)),
        ("w/c 1 April 2024", date(2024, 4, 1), date(2024, 4, 7)),
        ("2024-W14", date(2024, 4, 1), date(2024, 4, 7)),
        ("Monday, 1 April 2024", date(2024, 4, 1), date(2024, 4, 1)),
        ("MSitAE-APRIL-2024", date(2024, 4, 1), date(2024, 4, 30)),
        ("2023/24p", date(2023, 4, 1), date(2024, 3, 31)),
    ],
)
def test_periods_are_read_as_analysts_write_them(cell: str, first: date, last: date) -> None:
    found = series_periods.read(cell)
    assert found is not None
    assert (found.period.first_day, found.period.last_day) == (first, last)


@pytest.mark.parametrize("cell", ["Q5 2023/24", "2023/25 Q1", "32/01/2024", "w/e soon", "", "Q1"])
def test_what_is_no_period_is_none(cell: str) -> None:
    assert series_periods.read(cell) is None


def test_last_days_of_months_are_months_and_financial_quarters_keep_their_rhythm() -> None:
    months = only(table("date,value", "31/01/2024,5", "29/02/2024,6", "31/03/2024,7"))
    assert [p.period.said for p in months.points][1] == "February 2024"
    assert months.months == 1
    quarters = only(table("period,value", "2023/24 Q3,5", "2023/24 Q4,6", "2024/25 Q1,7"))
    assert (quarters.months, quarters.points[2].period.first_day) == (3, date(2024, 4, 1))


cells = st.sampled_from(
    ["", "2020", "2021/22", "Apr 2020", "5", "-3.2", "1,000", "c", "text", "£4", "12%", "=1+1",
     "1e400", "nan", "00", "Q1 2020", "value", "period", "lower", "\ufeff", '"', "9" * 400]
)  # fmt: skip


@given(st.lists(st.lists(cells, max_size=6), max_size=12))
def test_whatever_is_in_a_table_it_is_read_or_refused_in_words(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    try:
        found = read_series(out.getvalue().encode(), name="any.csv")
    except Refused:
        return
    series = [judged(one, on=date(2026, 11, 26)) for one in found.series]
    for one in series:
        assert all(p.value is not None and isfinite(p.value) for p in one.looked_at)
    for one, seen in zip(series, watch(series, plan_of(4, series)), strict=True):
        assert sentences(as_seen(one, seen), one).headline


@given(st.binary(max_size=200))
def test_whatever_a_file_is_it_is_read_or_refused_in_words(content: bytes) -> None:
    try:
        found = read_series(content, name="any.csv")
        said = bool(found.series or found.faults)
    except Refused as refused:
        said = bool(refused.why and refused.next_step)
    assert said
