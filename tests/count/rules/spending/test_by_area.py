"""Areas stand in steps of one scale, and a sum for each person is to the penny."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.spending.by_area import AreaSum, ends, known, per_person, steps

some = st.lists(st.none() | st.integers(-(10**12), 10**12), max_size=40)


@pytest.mark.parametrize(
    ("pence", "people", "each"),
    [(100, 3, 33), (50, 100, 1), (49, 100, 0), (-50, 100, -1), (None, 3, None), (5, 0, None)],
)
def test_a_sum_for_each_person_is_rounded_half_away_from_nothing(
    pence: int | None, people: int, each: int | None
) -> None:
    assert per_person(pence, people) == each


def test_an_area_of_which_people_or_pounds_are_not_known_has_no_sum_a_person() -> None:
    assert AreaSum("E07000001", "North", (), None, 5).per_person_pence is None
    assert AreaSum("E07000001", "North", (), 500, None).per_person_pence is None
    areas = [AreaSum("a", "A", (), 0, 5), AreaSum("b", "B", (), None, 5)]
    assert [a.name for a in known(areas)] == ["A"]


@given(some)
def test_a_higher_value_is_never_in_a_lower_step(values: list[int | None]) -> None:
    placed = steps(values)
    pairs = sorted(
        (v, s) for v, s in zip(values, placed, strict=True) if v is not None and s is not None
    )
    assert [s for _, s in pairs] == sorted(s for _, s in pairs)
    assert all(0 <= s <= 4 for _, s in pairs)
    assert [s is None for s in placed] == [v is None for v in values]


@given(some)
def test_the_key_of_steps_says_what_stands_in_them(values: list[int | None]) -> None:
    told = ends(values)
    for value, step in zip(values, steps(values), strict=True):
        if value is not None and step is not None:
            pair = told[step]
            assert pair is not None
            assert pair[0] <= value <= pair[1]
