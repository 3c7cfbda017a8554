"""People counted by age: however they were born over the year, the need is within its bounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.entitlements.definitions.reading import shipped
from totalplace.entitlements.rules.by_age import spread_over_births
from totalplace.entitlements.rules.language import Unit
from totalplace.entitlements.rules.need import Population, need
from totalplace.entitlements.rules.time_passed import completed
from totalplace.refusal import Refused

ON = date(2026, 11, 26)
SCHOOL = shipped()["school-place"]


@settings(max_examples=40)
@given(st.lists(st.dates(date(2003, 1, 1), ON), min_size=1, max_size=30))
def test_the_need_by_age_has_the_true_one_within_its_bounds(births: list[date]) -> None:
    everybody: dict[str, Any] = {"born": births, "lives_in_england": [True] * len(births)}
    true = need(SCHOOL, Population(everybody), on=ON).persons
    ages = [completed(born, ON, Unit.YEARS) for born in births]
    counted = Population({"lives_in_england": [True] * 30}, [ages.count(age) for age in range(30)])
    found = need(SCHOOL, spread_over_births(counted, range(30), ON), on=ON)
    assert found.low <= true <= found.high
    assert found.low <= found.persons <= found.high


def test_ages_that_are_wholly_in_or_out_are_counted_exactly() -> None:
    ages = [4, 8, 12, 40]
    counted = Population({"lives_in_england": [True] * 4}, [1_000, 700, 300, 9_000])
    found = need(SCHOOL, spread_over_births(counted, ages, ON), on=ON)
    assert (found.low, found.persons, found.high) == (1_000, 1_000, 1_000)
    part = spread_over_births(Population({"lives_in_england": [True]}, [3_650]), [5], ON)
    some = need(SCHOOL, part, on=ON)
    assert (some.low, some.high) == (0, 3_650)
    assert some.persons == pytest.approx(3_650 * 278 / 365, abs=2)  # born until 31 August


def test_the_last_age_may_be_open() -> None:
    counted = Population({}, [10])
    found = spread_over_births(counted, [90], ON, open_from=90)
    assert sum(found.persons or ()) == 10
    assert len(found.columns["born"]) > 25 * 365
    assert max(found.columns["born"]) == ON - timedelta(days=90 * 365 + 22)


@pytest.mark.parametrize(
    ("population", "ages", "why"),
    [
        (Population({"born": [ON]}), [3], "there already"),
        (Population({}, [1]), [-1], "nobody is -1 years old"),
        (Population({}, [1, 2]), [3], "one count"),
        (Population({}, [-1]), [3], "one count"),
    ],
)
def test_ages_that_cannot_be_are_refused(population: Population, ages: list[int], why: str) -> None:
    with pytest.raises(Refused, match=why):
        spread_over_births(population, ages, ON)
