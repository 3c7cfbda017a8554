"""What became what: dated, straight, and the same on every way that leads to a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places.rules.register.facts import Change
from totalplace.places.rules.register.land import land_of
from totalplace.places.rules.register.succession import (
    LeftOut,
    Succession,
    first_day_of,
    succession_of,
)

BODIES = [f"E0700000{n}" for n in range(8)]
DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
APRIL = date(2023, 4, 1)


def a_change(
    old: str, new: str, day: date | None = APRIL, *, end: date | None = None, source: int = 1
) -> Change:
    """A source says that one body became another."""
    return Change(source, 1, old, new, day, end)


def succession(changes: Iterable[Change]) -> tuple[Succession, LeftOut]:
    """What became what, where codes are bodies and nobody says when a body began."""
    return succession_of(changes, lambda code: code, {})


any_changes = st.lists(
    st.builds(a_change, st.sampled_from(BODIES), st.sampled_from(BODIES), st.none() | DAYS)
)
# As reorganisations are: a body ends on one day, whole, and only later ones follow it.
reorganisations = st.lists(
    st.tuples(st.integers(0, 6), st.sets(st.integers(1, 7), min_size=1, max_size=3)), max_size=8
).map(
    lambda said: [
        a_change(BODIES[old], BODIES[new], date(2015 + new, 4, 1))
        for old, news in dict(said).items()
        for new in [min((n for n in news if n > old), default=0)]
        if new
    ]
)


def test_an_abolished_district_leads_to_its_successor_from_the_day_on() -> None:
    found, _ = succession([a_change("district", "unitary")])
    assert found.successors("district", APRIL) == ("unitary",)
    assert found.successors("district", APRIL - timedelta(days=1)) == ()
    assert found.standing("district", APRIL - timedelta(days=1)) == ("district",)
    assert found.standing("unitary", APRIL - timedelta(days=1)) == ("district",)


def test_a_county_that_is_split_leads_to_both_of_its_successors() -> None:
    found, _ = succession([a_change("county", "north"), a_change("county", "south")])
    assert found.successors("county") == ("north", "south")


def test_a_successor_that_ended_too_leads_on() -> None:
    later = date(2024, 4, 1)
    found, _ = succession([a_change("a", "b"), a_change("b", "c", later)])
    assert found.successors("a", APRIL) == ("b",)
    assert found.successors("a", later) == ("c",)
    assert found.predecessors("c") == ("a",)
    assert found.predecessors("c", date(2023, 6, 1)) == ("b",)


@pytest.mark.parametrize(
    ("end", "began", "first_day"),
    [
        (date(2019, 3, 31), None, date(2019, 4, 1)),  # the last day of the old one
        (date(2023, 4, 1), None, date(2023, 4, 1)),  # the first of the new one, under that name
        (date(2021, 4, 1), date(2021, 4, 1), date(2021, 4, 1)),
        (date(2022, 6, 30), date(2022, 7, 1), date(2022, 7, 1)),
        (date(2022, 6, 15), date(2010, 1, 1), date(2022, 6, 16)),
    ],
)
def test_an_end_is_read_as_the_last_day_or_as_the_first_of_what_followed(
    end: date, began: date | None, first_day: date
) -> None:
    assert first_day_of(a_change("old", "new", None, end=end), began) == first_day


def test_a_change_that_nobody_dates_is_left_out_and_told() -> None:
    found, left_out = succession([a_change("old", "new", None)])
    assert found.successors("old") == ()
    assert left_out.undated == (("old", "new", 1),)


def test_a_change_that_another_source_dates_is_not_told_as_undated() -> None:
    found, left_out = succession([a_change("old", "new", None), a_change("old", "new", source=2)])
    assert found.successors("old") == ("new",)
    assert left_out == LeftOut()


def test_a_change_that_dated_steps_lead_to_is_not_told_as_undated() -> None:
    steps = [a_change("a", "b"), a_change("b", "c", date(2024, 4, 1))]
    assert succession([*steps, a_change("a", "c", None, source=2)])[1] == LeftOut()


def test_of_two_days_the_first_said_is_kept_and_both_are_told() -> None:
    other = date(2023, 5, 4)
    changes = [a_change("old", "new", other, source=2), a_change("old", "new")]
    found, left_out = succession(changes)
    assert [step.day for step in found.after["old"]] == [APRIL]
    assert [(one.day, two.day) for one, two in left_out.differing] == [(APRIL, other)]


def test_a_step_that_leads_back_is_left_out_and_told() -> None:
    back = a_change("new", "old", date(2024, 4, 1))
    found, left_out = succession([back, a_change("old", "new")])
    assert found.successors("old") == ("new",)
    assert [(step.old, step.new) for step in left_out.circling] == [("new", "old")]


@given(any_changes, st.sampled_from(BODIES), st.none() | DAYS)
def test_nothing_comes_after_or_before_itself(
    changes: list[Change], body: str, on: date | None
) -> None:
    found, _ = succession(changes)
    assert body not in found.successors(body, on)
    assert body not in found.predecessors(body, on)


@given(any_changes, st.sampled_from(BODIES), DAYS)
def test_what_follows_by_a_day_has_not_ended_by_that_day(
    changes: list[Change], body: str, on: date
) -> None:
    found, _ = succession(changes)
    assert all(found.successors(after, on) == () for after in found.successors(body, on))


@given(any_changes, st.randoms(use_true_random=False))
def test_the_order_in_which_changes_are_said_does_not_matter(
    changes: list[Change], chance: st.DataObject
) -> None:
    mixed = list(changes)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert succession(mixed)[0] == succession(changes)[0]


@given(reorganisations, st.sampled_from(BODIES), DAYS, DAYS)
def test_two_steps_in_time_lead_where_one_does(
    changes: list[Change], body: str, one: date, other: date
) -> None:
    found, _ = succession(changes)
    earlier, later = sorted((one, other))
    at_once = set(found.successors(body, later) or (body,))
    by_stages = {
        end
        for half_way in (found.successors(body, earlier) or (body,))
        for end in (found.successors(half_way, later) or (half_way,))
    }
    assert by_stages == at_once


@given(reorganisations, st.sampled_from(BODIES), DAYS)
def test_what_stood_in_a_bodys_place_leads_to_it(
    changes: list[Change], body: str, on: date
) -> None:
    found, _ = succession(changes)
    for before in found.predecessors(body, on):
        assert set(found.successors(before)) <= set(found.successors(body) or (body,))


@given(reorganisations)
def test_land_is_divided_into_parcels_that_no_two_areas_of_a_day_share(
    changes: list[Change],
) -> None:
    found, _ = succession(changes)
    land = land_of(BODIES, found)
    last = {land.latest(body) for body in BODIES}
    parcels = [parcel for area in last for parcel in land.parcels(area)]
    assert len(parcels) == len(set(parcels))
    assert all(land.latest(parcel) == land.latest(land.latest(parcel)) for parcel in parcels)
