"""Measures of areas and shares of bodies: whole numbers, found through mergers or missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.coverage import Share
from totalplace.places.rules.register.facts import (
    Change,
    Cover,
    Entry,
    Facts,
    NameForm,
    Source,
    Value,
)
from totalplace.places.rules.register.held_within import Within, holder
from totalplace.places.rules.register.whole import Register, build

APRIL = date(2023, 4, 1)
DISTRICTS = ("E07000001", "E07000002", "E07000003")
UNITARY, COUNTY, POLICE, BOARD = "E06000065", "E10000023", "E23000009", "E54000048"
_KINDS = {"E06": AgencyKind.COUNCIL, "E07": AgencyKind.DISTRICT, "E10": AgencyKind.COUNTY,
          "E23": AgencyKind.POLICE, "E54": AgencyKind.NHS_BOARD}  # fmt: skip


def an_area(code: str, last_day: date | None = None) -> Entry:
    """A body or area called by its code."""
    names = ((f"Body {code}", NameForm.OFFICIAL),)
    return Entry(1, 1, _KINDS[code[:3]], (f"gss:{code}",), names, (), None, last_day)


def a_value(area: str, value: int, *, year: int = 2024, what: str = "people") -> Value:
    """A measure of an area."""
    return Value(1, 1, f"gss:{area}", what, year, value)


def a_cover(body: str, area: str, *, by: str = "", part: int | None = None, of: int | None = None,
            source: int = 1) -> Cover:  # fmt: skip
    """A body covers an area, or part of it."""
    return Cover(source, 1, f"gss:{body}", f"gss:{area}", by, part, of)


def a_register(
    *said: Change | Cover | Value, merged: bool = False, years: Iterable[int] = (2024, 2021)
) -> Register:
    """Three districts that lie in a county, or merged into a unitary council in April 2023."""
    codes = (*DISTRICTS, UNITARY, COUNTY, POLICE, BOARD)
    changes = [s for s in said if isinstance(s, Change)]
    if merged:
        olds = (*DISTRICTS, COUNTY)
        changes += [Change(1, 1, f"gss:{old}", f"gss:{UNITARY}", APRIL) for old in olds]
    return build(
        Facts(
            tuple(Source(n, "r", "S", "P", f"s{n}.csv", y) for n, y in enumerate(years, start=1)),
            tuple(map(an_area, codes)), tuple(changes),
            tuple(s for s in said if isinstance(s, Cover)),
            tuple(s for s in said if isinstance(s, Value)),
        ),
        (),
    )  # fmt: skip


def share(
    register: Register, body: str, *areas: str, year: int = 2024, what: str = "people"
) -> Share | None:
    """How much of a body lies in some areas."""
    parcels = register.land.parcels_of(register.area(area) for area in areas)
    return register.share(
        f"gss:{body}", parcels, what=what, year=year, on=date(year, 12, 31)
    )  # fmt: skip


def people(register: Register, area: str, year: int) -> tuple[int, int] | None:
    """The people of an area and the year of the value."""
    found = register.measured(register.area(area), "people", year)
    return None if found is None else (found.value, found.year)


def test_a_value_of_an_earlier_year_stands_in_and_says_its_year() -> None:
    register = a_register(a_value(UNITARY, 100, year=2020), a_value(UNITARY, 120, year=2023))
    assert people(register, UNITARY, 2022) == (100, 2020)
    assert people(register, UNITARY, 2030) == (120, 2023)


def test_a_value_of_a_later_year_never_stands_in() -> None:
    assert people(a_register(a_value(UNITARY, 120, year=2023)), UNITARY, 2022) is None


def test_an_area_that_others_merged_into_is_their_sum_where_it_has_no_value() -> None:
    values = [a_value(d, n, year=2020) for n, d in enumerate(DISTRICTS, start=10)]
    register = a_register(*values, merged=True)
    found = register.measured(f"gss:{UNITARY}", "people", 2024)
    assert found is not None
    assert (found.value, found.year) == (33, 2020)
    assert found.added_up == tuple(f"gss:{d}" for d in DISTRICTS)


def test_an_area_of_which_a_part_is_not_known_is_missing_and_not_less() -> None:
    register = a_register(*(a_value(d, 10) for d in DISTRICTS[:2]), merged=True)
    assert people(register, UNITARY, 2024) is None


def test_the_later_of_its_own_value_and_that_of_its_parts_is_taken() -> None:
    values = [a_value(d, 10, year=2022) for d in DISTRICTS]
    register = a_register(*values, a_value(UNITARY, 25, year=2020), merged=True)
    assert people(register, UNITARY, 2024) == (30, 2022)


def test_a_county_is_the_sum_of_the_areas_that_it_covers() -> None:
    covers = [a_cover(COUNTY, d) for d in DISTRICTS]
    register = a_register(*covers, *(a_value(d, 10) for d in DISTRICTS))
    assert people(register, COUNTY, 2024) == (30, 2024)


def test_a_share_is_two_whole_numbers() -> None:
    covers = [a_cover(POLICE, d) for d in DISTRICTS]
    register = a_register(*covers, *(a_value(d, n) for n, d in enumerate(DISTRICTS, start=10)))
    found = share(register, POLICE, DISTRICTS[0], DISTRICTS[2])
    assert found is not None
    assert (found.numerator, found.denominator) == (22, 33)
    assert not found.is_estimate


def test_old_districts_are_a_share_of_a_force_that_lists_the_new_unitary() -> None:
    values = [a_value(d, n, year=2020) for n, d in enumerate(DISTRICTS, start=10)]
    register = a_register(
        a_cover(POLICE, UNITARY), *values, a_value(UNITARY, 40, year=2023), merged=True
    )
    found = share(register, POLICE, DISTRICTS[0])
    assert found is not None
    assert (found.numerator, found.denominator, found.years) == (10, 40, (2020, 2023))
    all_of_it = share(register, POLICE, *DISTRICTS)
    assert all_of_it is not None
    assert (all_of_it.numerator, all_of_it.denominator) == (40, 40)


def test_an_area_without_a_value_is_named() -> None:
    covers = [a_cover(POLICE, d) for d in DISTRICTS]
    register = a_register(*covers, *(a_value(d, 10) for d in DISTRICTS[:2]))
    found = share(register, POLICE, DISTRICTS[0])
    assert found is not None
    assert found.lacking == (f"gss:{DISTRICTS[2]}",)


def test_a_place_whose_areas_all_lack_a_value_has_no_share_rather_than_nil() -> None:
    covers = [a_cover(POLICE, d) for d in DISTRICTS]
    register = a_register(*covers, *(a_value(d, 10) for d in DISTRICTS[:2]))
    assert share(register, POLICE, DISTRICTS[2]) is None


def test_a_place_that_a_body_does_not_reach_has_none_of_it() -> None:
    register = a_register(a_cover(POLICE, DISTRICTS[0]), *(a_value(d, 10) for d in DISTRICTS))
    found = share(register, POLICE, DISTRICTS[1])
    assert found is not None
    assert (found.numerator, found.denominator) == (0, 10)


def test_a_body_of_which_nobody_says_what_it_covers_has_no_share() -> None:
    assert share(a_register(a_value(DISTRICTS[0], 10)), POLICE, DISTRICTS[0]) is None


def test_a_council_that_is_an_area_covers_itself() -> None:
    found = share(a_register(a_value(UNITARY, 10)), UNITARY, UNITARY)
    assert found is not None
    assert (found.numerator, found.denominator) == (10, 10)


def test_an_area_in_part_gives_a_share_between_two_ends() -> None:
    register = a_register(
        a_cover(BOARD, DISTRICTS[0], by="small_areas", part=25, of=100),
        a_cover(BOARD, DISTRICTS[1], by="small_areas", part=50, of=50),
        a_value(DISTRICTS[0], 200_000), a_value(DISTRICTS[1], 100_000),
    )  # fmt: skip
    found = share(register, BOARD, DISTRICTS[0])
    assert found is not None
    assert (found.numerator, found.denominator) == (50_000, 150_000)
    # The quarter of the small areas holds a tenth (20,000) to a half (100,000) of the people.
    assert (found.least, found.most) == ((20_000, 120_000), (100_000, 200_000))
    assert found.is_estimate


def test_patients_are_counted_by_the_source_itself() -> None:
    register = a_register(
        a_cover(BOARD, DISTRICTS[0], by="registered_patients", part=30, of=40),
        a_cover(BOARD, DISTRICTS[1], by="registered_patients", part=70, of=70),
    )
    found = share(register, BOARD, DISTRICTS[0], what="registered_patients")
    assert found is not None
    assert (found.numerator, found.denominator) == (30, 100)
    assert not found.is_estimate


def test_a_body_known_by_its_patients_alone_has_no_share_of_people() -> None:
    counted = a_cover(BOARD, DISTRICTS[0], by="registered_patients", part=30, of=40)
    assert share(a_register(counted, a_value(DISTRICTS[0], 100)), BOARD, DISTRICTS[0]) is None


@pytest.mark.parametrize(
    ("on", "source"),
    [(date(2025, 1, 1), 1), (date(2022, 1, 1), 2), (date(2019, 1, 1), 2), (None, 1)],
)
def test_the_source_nearest_to_the_day_says_what_a_body_covers(
    on: date | None, source: int
) -> None:
    register = a_register(a_cover(POLICE, DISTRICTS[0]), a_cover(POLICE, DISTRICTS[1], source=2))
    assert register.coverage(f"gss:{POLICE}", on=on).source == source


def test_what_a_body_covers_is_told_in_the_areas_of_the_day() -> None:
    register = a_register(a_cover(POLICE, UNITARY), merged=True)

    def areas(on: date) -> list[str]:
        return [c.area for c in register.coverage(f"gss:{POLICE}", on=on).areas]

    assert areas(APRIL) == [f"gss:{UNITARY}"]
    assert areas(date(2022, 4, 1)) == [f"gss:{d}" for d in DISTRICTS]


def test_a_service_in_anothers_accounts_is_told_for_its_days() -> None:
    held = [Within("E31000009", "E10000006", None, date(2023, 3, 31), "the county ran it")]
    assert holder(["E31000009"], held, on=date(2023, 3, 31)) == held[0]
    assert holder(["E31000009"], held, on=APRIL) is None


numbers = st.integers(1, 10**9)


@given(st.lists(numbers, min_size=3, max_size=3), st.sets(st.sampled_from(DISTRICTS)))
def test_shares_of_places_that_make_up_the_body_add_up_to_it(
    values: list[int], some: set[str]
) -> None:
    register = a_register(
        *(a_cover(POLICE, d) for d in DISTRICTS),
        *(a_value(d, v) for d, v in zip(DISTRICTS, values, strict=True)),
    )
    parts = [share(register, POLICE, *part) for part in (some, set(DISTRICTS) - some)]
    found = [part for part in parts if part is not None]
    assert sum(p.numerator for p in found) == sum(values)
    assert {p.denominator for p in found} == {sum(values)}


@given(st.lists(numbers, min_size=3, max_size=3), st.booleans())
def test_a_merger_changes_no_share(values: list[int], merged: bool) -> None:
    register = a_register(
        *(a_cover(POLICE, d) for d in DISTRICTS),
        *(a_value(d, v, year=2020) for d, v in zip(DISTRICTS, values, strict=True)),
        merged=merged,
    )
    found = share(register, POLICE, DISTRICTS[0])
    assert found is not None
    assert (found.numerator, found.denominator) == (values[0], sum(values))


@given(
    st.lists(st.tuples(st.integers(10**4, 10**7), st.integers(0, 200), st.integers(1, 200)),
             min_size=3, max_size=3),
    st.sets(st.sampled_from(DISTRICTS), min_size=1),
)  # fmt: skip
def test_an_estimated_share_lies_between_its_ends(
    said: list[tuple[int, int, int]], place: set[str]
) -> None:
    covers, values = [], []
    for district, (value, part, more) in zip(DISTRICTS, said, strict=True):
        covers.append(a_cover(BOARD, district, by="small_areas", part=part, of=part + more))
        values.append(a_value(district, value))
    found = share(a_register(*covers, *values), BOARD, *place)
    if found is None:
        assert all(part == 0 for _, part, _ in said)
        return
    middle = Fraction(found.numerator, found.denominator)
    rounding = Fraction(6, found.denominator)
    for end, sign in ((found.least, -1), (found.most, 1)):
        if end[1]:
            assert sign * (Fraction(*end) - middle) >= -rounding
            assert 0 <= end[0] <= end[1]
