"""The watch on real series: what fell is told, when, and what did not is left alone.

Straight from the published files. A dashboard of ordinary size is 200 series and four false alarms
a year.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from totalplace.monitoring.rules.detecting import DEFAULT_PROMISE, Promise, plan_of, watch
from totalplace.monitoring.rules.seen import Change, Seen, Sign
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import read

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
LANCASHIRE: Final = "E10000017"
ORDINARY: Final = 200
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published files are not beside this checkout"
)


def rows_of(path: str) -> Iterator[dict[str, str]]:
    with gzip.open(SHARED / path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def a_point(period: str, value: float | None, **other: Any) -> Point:
    found = read(period)
    assert found is not None
    standing = Standing.MISSING if value is None else Standing.FIRM
    return Point(found.period, value, standing, **other)


def a_series(area: str, points: list[Point], **other: Any) -> Watched:
    said: dict[str, Any] = {"better": Better.LOWER, "months": 12} | other
    return Watched(
        code="outcome/one", title="One", subject=Subject.OUTCOME, place="england", area=area,
        area_name=area, unit="%",
        points=tuple(sorted(points, key=lambda one: one.period)), **said,
    )  # fmt: skip


def of_areas(table: str, indicator: str = "", **other: Any) -> dict[str, Watched]:
    """Every area's series in a table of the statistics office."""
    points: Mapping[str, list[Point]] = defaultdict(list)
    for row in rows_of(f"indicators_ons/{table}.csv.gz"):
        if not indicator or row["indicator"] == indicator:
            low, high = number(row["lci_95"]), number(row["uci_95"])
            value = number(row["observation"])
            points[row["areacd"]].append(a_point(row["period"], value, low=low, high=high))
    return {area: a_series(area, found, **other) for area, found in points.items()}


def of_hospitals() -> dict[str, Watched]:
    """Patients of each trust's main department who waited no more than four hours."""
    points: Mapping[str, list[Point]] = defaultdict(list)
    for row in rows_of("indicators_nhs/ae_attendances_monthly.csv.gz"):
        came, late = number(row["attendances"]), number(row["breaches"])
        if row["type"] == "1" and came and late is not None:
            month = row["period"][:7]
            share = 100 * (came - late) / came
            points[row["org_code"]].append(
                a_point(month, share, numerator=came - late, denominator=came)
            )
    return {
        trust: a_series(trust, found, better=Better.HIGHER, months=1, kind=Kind.SHARE)
        for trust, found in points.items()
    }


def see(one: Watched, *, among: int = ORDINARY) -> Seen:
    plan = replace(plan_of(DEFAULT_PROMISE, [one]), promise=Promise(DEFAULT_PROMISE, among))
    return watch([one], plan)[0]


def told(seen: Seen, sign: Sign) -> list[Change]:
    return [change for change in (*seen.earlier, seen.now) if change and change.sign is sign]


def test_persistent_absence_is_told_at_that_very_point() -> None:
    """Lancashire and fifteen more: 2021/22, in the first figures of it; the gap year is no fall.

    One of them, whose years before had slid down by a third, may take a year longer.
    """
    areas = of_areas("persistent-absences-for-all-pupils")
    like = [area for area in areas if area.startswith("E10")][:16]
    late: dict[str, str] = {}
    for area in {LANCASHIRE, *like}:
        if not any(point.period.said == "2021/22" for point in areas[area].looked_at):
            continue
        worse = told(see(areas[area]), Sign.WORSE)
        if "2021/22" not in [change.told_at.said for change in worse]:
            assert "2022/23" in [change.told_at.said for change in worse]
            late[area] = str([change.told_at.said for change in worse])
        assert all(change.told_at.said != "2020/21" for change in worse)
    assert len(late) <= 1
    assert LANCASHIRE not in late


def of_children(measure: str) -> Watched:
    """A measure of Lancashire in the education department's table; a dash is missing."""
    file = SHARED / "indicators_dfe_lait" / "bds_long_0.parquet"
    with duckdb.connect() as con:
        rows = con.execute(
            'SELECT Years, "Values" FROM read_parquet(?) WHERE "LA and Regions" = ? '
            'AND "Short Desc" = ?',
            [str(file), "Lancashire", measure],
        ).fetchall()
    return a_series("Lancashire", [a_point(year, number(value)) for year, value in rows])


def test_two_hospitals_slides_are_told() -> None:
    """On a dashboard of twenty, in their first year of figures: by the third low month."""
    hospitals = of_hospitals()
    for trust, by in (("RXR", "2017-01"), ("RXN", "2016-12")):
        worse = told(see(hospitals[trust], among=20), Sign.WORSE)
        assert worse, trust
        assert worse[0].told_at.first_day.isoformat()[:7] <= by


def test_healthy_life_expectancy_is_worse_but_not_certain() -> None:
    males = of_areas(
        "healthy-life-expectancy", "Male healthy life expectancy", better=Better.HIGHER
    )
    seen = see(males[LANCASHIRE])
    assert seen.sign is Sign.PERHAPS_WORSE
    assert seen.now is not None
    assert seen.now.size < 0


def test_claimants_are_told_in_2020_and_their_fall_after_it() -> None:
    burnley = see(of_areas("claimant-count")["E07000117"])
    worse = told(burnley, Sign.WORSE)
    assert any(change.since.said in ("2018", "2019", "2020") for change in worse)
    assert all(change.told_at.said <= "2020" for change in worse[:2])
    assert any(change.since.said == "2022" for change in told(burnley, Sign.BETTER))


def test_fewer_children_referred_again_is_left_alone_or_praised() -> None:
    seen = see(of_children("ReReferral"))
    assert seen.sign in (Sign.STEADY, Sign.BETTER, Sign.PERHAPS_BETTER)
    assert not told(seen, Sign.WORSE)


def test_a_year_out_of_all_proportion_after_three_years_is_no_alarm_yet() -> None:
    """Absence of children in care, 13.1% to 30.2% to 17.2%: three years before say too little."""
    seen = see(of_children("LAC_Pers_Abs"))
    assert not told(seen, Sign.BETTER)
    assert seen.points == 8
    assert seen.usual_high is not None
    assert seen.usual_high > 30
