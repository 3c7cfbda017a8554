"""Who lives in an area, by the groups of age that people are asked about, from a real table."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from totalplace.doors.cli.participation.lived import people_of
from totalplace.refusal import Refused

TABLE = Path(__file__).resolve().parents[3] / "shared/data/reference/la_population_by_age.csv.gz"


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """Every area by single year of age, as it is published."""
    if not TABLE.exists():
        pytest.skip("../shared/data is not there")
    with gzip.open(TABLE, "rt", encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def test_the_groups_of_age_add_up_to_all_who_live_there(rows: list[list[str]]) -> None:
    wanted = {"E06000001", "E06000002"}
    people = people_of(rows, "age", areas=wanted, where="ages")
    whole = sum(int(float(row[2])) for row in rows[1:] if row[0] in wanted)
    assert list(people) == [
        "Under 16", "16 to 24", "25 to 34", "35 to 44", "45 to 54", "55 to 64", "65 to 74",
        "75 to 84", "85 or over",
    ]  # fmt: skip
    assert abs(sum(people.values()) - whole) <= 2 * 91  # its years are rounded by its publisher


def test_an_area_that_the_table_lacks_is_said_and_nothing_is_guessed(rows: list[list[str]]) -> None:
    with pytest.raises(Refused, match="it has no row of E99999999"):
        people_of(rows, "age", areas={"E06000001", "E99999999"}, where="ages")
    with pytest.raises(Refused, match="sex is not asked by age"):
        people_of(rows, "sex", areas={"E06000001"}, where="ages")


def test_a_table_of_categories_is_read_with_a_head_or_without() -> None:
    rows = [["Sex", "People"], ["Female", "1,020"], ["Male", "980"], []]
    assert people_of(rows, "sex", areas=(), where="x") == {"Female": 1020, "Male": 980}
    assert people_of(rows[1:], "sex", areas=(), where="x") == {"Female": 1020, "Male": 980}
    with pytest.raises(Refused, match="row 3 gives no number of people"):
        people_of([*rows[:2], ["Male", "some"]], "sex", areas=(), where="x")
