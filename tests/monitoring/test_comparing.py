"""Is it us or everyone: a change beside the country, similar places and all areas at once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.rules.comparing import (
    Other,
    Whose,
    beside,
    difference,
    is_other,
    moved_alike,
    moved_at_once,
)
from totalplace.monitoring.rules.seen import Seen, Sign

from .watch_made import a_change, a_series, seen_of

SERIES = a_series([11.8, 12.1, 11.7, 12.0, 11.9, 21.2, 21.6])
CHANGE = a_change(SERIES, since=5, told=6)


def seen_elsewhere(*, since: int = 5, sign: Sign = Sign.WORSE) -> Seen:
    return seen_of(SERIES, a_change(SERIES, since=since, told=6, sign=sign))


def others(moved: int, still: int) -> list[Other]:
    found = [Other(f"M{n}", f"Moved {n}", seen_elsewhere()) for n in range(moved)]
    return found + [Other(f"S{n}", f"Still {n}", seen_of(SERIES)) for n in range(still)]


def test_a_change_in_the_country_as_well_is_everyone_and_beyond_it_is_more_here() -> None:
    england = Other("E92000001", "England", seen_elsewhere())
    assert beside(CHANGE, country=england, difference=seen_of(SERIES)).whose is Whose.EVERYWHERE
    assert beside(CHANGE, country=england, difference=seen_elsewhere()).whose is Whose.MORE_HERE
    still = Other("E92000001", "England", seen_of(SERIES))
    assert beside(CHANGE, country=still, difference=seen_elsewhere()).whose is Whose.HERE


def test_without_the_country_similar_places_tell_and_too_few_of_them_do_not() -> None:
    assert beside(CHANGE, others=others(6, 4)).whose is Whose.EVERYWHERE
    found = beside(CHANGE, others=others(1, 9))
    assert (found.whose, len(found.moved), len(found.alike)) == (Whose.HERE, 1, 10)
    assert beside(CHANGE, others=others(1, 1)).whose is Whose.NOT_KNOWN
    assert beside(CHANGE, others=[Other("X", "X", None)] * 8).whose is Whose.NOT_KNOWN


def test_only_the_same_way_at_about_the_same_time_is_alike() -> None:
    assert moved_alike(CHANGE, seen_elsewhere(since=4))
    assert moved_alike(CHANGE, seen_elsewhere(sign=Sign.PERHAPS_WORSE))
    assert not moved_alike(CHANGE, seen_elsewhere(since=2))
    assert not moved_alike(CHANGE, seen_elsewhere(sign=Sign.BETTER))
    assert not moved_alike(CHANGE, None)


def test_a_difference_is_missing_where_either_is_and_keeps_the_breaks_of_both() -> None:
    other = a_series([10.0, None, 10.0, 10.0, 10.0, 10.0], area="E92000001")
    found = difference(SERIES, other)
    assert [p.value and round(p.value, 1) for p in found.points] == [
        1.8, None, 1.7, 2.0, 1.9, 11.2, None
    ]  # fmt: skip
    assert not found.points[1].looked_at
    assert found.code.endswith("/less/E92000001")


def test_a_whole_that_is_of_one_area_alone_is_no_other() -> None:
    assert not is_other(SERIES, replace(SERIES, area="E92000001"))
    assert not is_other(SERIES, a_series([None, None]))
    assert is_other(SERIES, a_series([11.0] * 7))


def test_nearly_all_areas_at_once_is_told_as_perhaps_counted_anew() -> None:
    def areas(jump: float, several: int) -> list[float]:
        return [11.0, 11.5, 11.1, 11.6, 11.2, 11.7, 11.3 + (jump if several else 0.0)]

    every = [a_series(areas(9.0, n < 19), area=f"A{n}") for n in range(20)]
    (found,) = moved_at_once(every)
    assert found.on == every[0].points[6].period.first_day
    assert found.why.startswith("19 of 20 areas moved up at once: perhaps counted anew")
    half = [a_series(areas(9.0, n < 10), area=f"A{n}") for n in range(20)]
    assert moved_at_once(half) == ()
    assert moved_at_once(every[:5]) == ()
    told = beside(CHANGE, at_once=[replace(found, on=SERIES.points[5].period.first_day)])
    assert told.at_once == found.why


@given(st.integers(0, 12), st.integers(0, 12))
def test_never_more_moved_than_there_are(moved: int, still: int) -> None:
    found = beside(CHANGE, others=others(moved, still))
    assert set(found.moved) <= set(found.alike)
    assert (len(found.moved), len(found.alike)) == (moved, moved + still)
