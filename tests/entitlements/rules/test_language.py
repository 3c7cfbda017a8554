"""One person and a population are answered alike; what is not known is never a no."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.entitlements.definitions.reading import ENGLAND, shipped
from totalplace.entitlements.rules.columns import Crowd, answers, worths
from totalplace.entitlements.rules.facts import Answer, Person, Value
from totalplace.entitlements.rules.floors import grid
from totalplace.entitlements.rules.guarantee import assess
from totalplace.entitlements.rules.language import Condition, Expression, Rounding, Unit
from totalplace.entitlements.rules.one_person import (
    Setting,
    holds,
    missing,
    rounded,
    worth,
)
from totalplace.entitlements.rules.steps import Wording, steps
from totalplace.entitlements.rules.time_passed import began, completed, last_of

from .rules_drawn import FACTS, PARAMETERS, VALUES, conditions, days, expressions, people

WORDING = Wording(dict.fromkeys(PARAMETERS, "The number"), dict.fromkeys(PARAMETERS, "years"))


def at(day: date) -> Setting:
    return Setting(day, FACTS, PARAMETERS)


def crowd_of(rows: list[dict[str, Value | None]]) -> Crowd:
    columns = {code: [row[code] for row in rows] for code in FACTS}
    return Crowd.of(columns, FACTS)


@settings(max_examples=60)
@given(conditions, st.lists(people, min_size=1, max_size=5), days)
def test_a_population_is_answered_row_by_row_as_one_person_is(
    condition: Condition, rows: list[dict[str, Value | None]], day: date
) -> None:
    found = answers(condition, crowd_of(rows), at(day)).tolist()
    assert found == [holds(condition, row, at(day)) for row in rows]


@settings(max_examples=60)
@given(expressions, st.lists(people, min_size=1, max_size=5), days)
def test_and_what_it_comes_to_is_the_same_to_the_penny(
    one: Expression, rows: list[dict[str, Value | None]], day: date
) -> None:
    values, known = worths(one, crowd_of(rows), at(day))
    found = [int(v) if k else None for v, k in zip(values, known, strict=True)]
    assert found == [worth(one, row, at(day)) for row in rows]


@settings(max_examples=50)
@given(conditions, people, st.data(), days)
def test_no_is_said_only_where_nothing_that_is_not_known_could_change_it(
    condition: Condition, person: dict[str, Value | None], drawn: st.DataObject, day: date
) -> None:
    before = holds(condition, person, at(day))
    told = {
        code: drawn.draw(VALUES[code]) if value is None else value for code, value in person.items()
    }
    after = holds(condition, told, at(day))
    assert after is not Answer.CANNOT_SAY
    assert before in (after, Answer.CANNOT_SAY)
    asked = missing(condition, person, at(day))
    assert bool(asked) == (before is Answer.CANNOT_SAY)
    only = {**person, **{code: told[code] for code in asked}}
    assert holds(condition, only, at(day)) in (after, Answer.CANNOT_SAY)


@settings(max_examples=40)
@given(conditions, people, days)
def test_every_answer_has_its_reason_in_words(
    condition: Condition, person: Person, day: date
) -> None:
    told = steps(condition, person, at(day), WORDING)
    assert told[0].answer is holds(condition, person, at(day))
    assert all(step.words[:1] == step.words[:1].upper() for step in told)


@pytest.mark.parametrize("code", [code for code in ENGLAND if shipped()[code].personal])
def test_the_guarantees_that_ship_answer_alike_for_everybody_at_their_boundaries(code: str) -> None:
    guarantee = shipped()[code]
    day = date(2026, 11, 26)
    columns, _ = grid(guarantee, guarantee, day)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    rows = Random(1).sample(rows, min(len(rows), 400))
    crowd = Crowd.of({code: [row[code] for row in rows] for code in columns}, guarantee.facts)
    assert guarantee.who is not None
    found = answers(guarantee.who, crowd, guarantee.setting(day)).tolist()
    assert found == [assess(guarantee, row, on=day).answer for row in rows]
    assert Answer.NO in found


@given(days, days, st.sampled_from(list(Unit)))
def test_time_that_has_passed_never_runs_back(first: date, last: date, unit: Unit) -> None:
    if first <= last < date.max:
        assert completed(first, last, unit) <= completed(first, last + timedelta(days=1), unit)
    whole = completed(first, last, unit)
    latest = began(last, whole, unit)
    if first < last and latest is not None:
        assert first <= latest + timedelta(days=1)
        assert completed(latest, last, unit) in (whole, whole + 1)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2008, 11, 26), date(2026, 11, 26), 18),
        (date(2008, 11, 27), date(2026, 11, 26), 17),
        (date(2027, 1, 1), date(2026, 11, 26), 0),
    ],
)
def test_a_year_of_age_is_completed_as_the_birthday_begins(
    born: date, on: date, years: int
) -> None:
    assert completed(born, on, Unit.YEARS) == years


def test_the_last_of_some_days_is_of_the_year_before_where_none_has_come() -> None:
    terms = ((8, 31), (12, 31), (3, 31))
    assert last_of(terms, date(2027, 1, 4)) == date(2026, 12, 31)
    assert last_of(((8, 31),), date(2027, 8, 30)) == date(2026, 8, 31)
    assert last_of(((8, 31),), date(2027, 8, 31)) == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("rounding", "found"), [(Rounding.DOWN, 12), (Rounding.UP, 13), (Rounding.NEAREST, 13)]
)
def test_a_percentage_is_rounded_to_a_whole_penny(rounding: Rounding, found: int) -> None:
    assert rounded(125_000, rounding) == found
