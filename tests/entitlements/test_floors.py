"""Whatever variant is let through, nobody is worse off by it; whoever would be is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.entitlements.definitions.reading import shipped
from totalplace.entitlements.rules.facts import Answer, Person
from totalplace.entitlements.rules.floors import check_floor, days_to_check, is_below
from totalplace.entitlements.rules.guarantee import assess
from totalplace.entitlements.rules.reading import read
from totalplace.entitlements.rules.variants import applied, read_variant
from totalplace.refusal import Refused

from .conftest import BUS, VARIANT

NATIONAL = read(BUS)
DAY = date(2026, 12, 1)
LIVES = "{fact: lives_in_england, is: yes}"
RULES = (
    "null",
    f"{{all: [{LIVES}, {{value: {{age: born}}, at_least: AGE}}]}}",
    f"{{any: [{LIVES}, {{value: {{age: born}}, more_than: AGE}}]}}",
    f"{{all: [{LIVES}, {{value: {{age: born, in: months}}, between: [AGE, 1500]}}]}}",
    f"{{all: [{LIVES}, {{not: {{value: {{age: born, on_last: ['03-31']}}, less_than: AGE}}}}]}}",
    f"{{all: [{LIVES}, {{value: {{sum: [{{age: born}}, 1]}}, at_least: AGE}}]}}",
)
AMOUNTS = (
    "null",
    "{sum: [{parameter: journeys}, 1]}",
    "{percent: 99, of: {parameter: journeys}}",
    "{if: {value: {age: born}, at_least: 80}, then: 200, else: 100}",
    "{if: {value: {age: born}, at_least: 80}, then: 99, else: 100}",
)
bounds = st.sampled_from([0, 59, 60, 64, 65, 66, 67, 68, 90, 700, 791, 792, 793])
people = st.fixed_dictionaries(
    {"born": st.dates(date(1900, 1, 1), DAY), "lives_in_england": st.booleans()}
)


@settings(max_examples=60)
@given(
    st.sampled_from(RULES), bounds, st.sampled_from(AMOUNTS), st.sampled_from([60, 66, 67]),
    st.lists(people, min_size=5, max_size=20), st.integers(0, 400),
)  # fmt: skip
def test_a_variant_that_is_let_through_leaves_nobody_worse_off(
    who: str, bound: int, amount: str, age: int, rows: list[Person], later: int
) -> None:
    text = VARIANT.replace("value: 60", f"value: {age}").replace(
        "who: null", f"who: {who.replace('AGE', str(bound))}"
    )
    text = text[: text.index("tests:")].replace("amount: null", f"amount: {amount}") + "tests: null"
    variant = read_variant(text, NATIONAL)
    try:
        check_floor(NATIONAL, variant)
    except Refused:
        return
    here, day = applied(NATIONAL, variant), DAY + timedelta(days=later)
    for person in rows:
        floor, found = assess(NATIONAL, person, on=day), assess(here, person, on=day)
        if floor.answer is Answer.YES:
            assert found.answer is Answer.YES, person
            assert (found.amount or 0) >= (floor.amount or 0)


def test_it_is_looked_at_on_each_day_from_which_either_rule_is_another() -> None:
    later = BUS.replace("value: 66}", "value: 66}, {from: 2030-01-01, value: 55}").replace(
        "on: 2026-11-26", "on: 2026-11-27"
    )
    national = read(later.replace("1960-11-27, lives", "1960-11-28, lives"))
    variant = read_variant(VARIANT, national)
    assert days_to_check(national, variant) == [DAY, date(2030, 1, 1)]
    with pytest.raises(Refused, match="worse from 1 January 2030: 60 years, against 55 years"):
        check_floor(national, variant)
    assert not is_below(national, variant, DAY)
    assert is_below(national, variant, date(2030, 1, 1))


@pytest.mark.parametrize("code", ["disabled-facilities-grant", "early-education"])
def test_a_variant_that_changes_nothing_is_not_below(code: str) -> None:
    national = shipped()[code]
    text = VARIANT.replace("bus-pass", code)
    text = text[: text.index("parameters:")]
    text += "parameters: null\nwho: null\namount: null\ntests: null\n"
    checked = check_floor(national, read_variant(text, national))
    assert checked.people > 1_000
    assert checked.whole == (checked.people <= 200_000)
