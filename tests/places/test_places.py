"""Agencies and places are registered once, and nobody is a member twice on one day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places import actions, queries
from totalplace.places.rules.kinds import AgencyKind, code_is_sound, gss_is_sound
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db


def a_place(noon: datetime) -> str:
    """A place with a council registered beside it."""
    actions.register_agency(
        "council", name="The Council", kind="council", by=Operator("Ada"), on=noon
    )
    return actions.register_place("wex", name="Wexshire", by=Operator("Ada"), on=noon).code


def test_an_agency_is_registered_with_no_more_than_a_code(noon: datetime) -> None:
    agency = actions.register_agency("council", by=Operator("Ada"), on=noon)
    assert (agency.name, agency.kind, agency.gss) == ("council", AgencyKind.UNKNOWN, "")
    assert queries.agencies() == [agency]


def test_registering_an_agency_again_changes_nothing(noon: datetime) -> None:
    first = actions.register_agency("council", name="The Council", by=Operator("Ada"), on=noon)
    assert actions.register_agency("council", by=Operator("Ben"), on=noon) == first
    assert len(record.about(Citation("agency", "council"))) == 1


def test_what_was_not_known_of_an_agency_is_filled_in(noon: datetime) -> None:
    actions.register_agency("council", by=Operator("Ada"), on=noon)
    agency = actions.register_agency(
        "council", name="The Council", kind="county", gss="E10000017", by=Operator("Ben"), on=noon
    )
    assert (agency.name, agency.kind, agency.gss) == ("The Council", "county", "E10000017")
    entry = record.about(Citation("agency", "council"))[-1]
    assert (entry.by, entry.verb) == ("Ben", "described")


@pytest.mark.parametrize(
    "said", [{"name": "Another"}, {"kind": "police"}, {"gss": "E06000008"}]
)  # fmt: skip
def test_what_is_known_of_an_agency_is_not_overwritten(
    said: dict[str, str], noon: datetime
) -> None:
    known = actions.register_agency(
        "council", name="The Council", kind="county", gss="E10000017", by=Operator("Ada"), on=noon
    )
    with pytest.raises(Refused, match="it is registered with"):
        actions.register_agency("council", **said, by=Operator("Ben"), on=noon)
    assert queries.agency("council") == known


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", {}),
        ("two words", {}),
        ("../etc", {}),
        ("x" * 65, {}),
        ("council", {"kind": "guild"}),
        ("council", {"gss": "Lancashire"}),
    ],
)
def test_what_cannot_be_an_agency_is_refused(
    code: str, said: dict[str, str], noon: datetime
) -> None:
    with pytest.raises(Refused):
        actions.register_agency(code, **said, by=Operator("Ada"), on=noon)
    assert record.last_entry() is None


def test_an_agency_nobody_registered_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="totalplace places add-agency nobody"):
        queries.agency("nobody")


def test_an_agency_joins_a_place_from_a_day_until_a_day(noon: datetime) -> None:
    place = a_place(noon)
    first, last = date(2023, 4, 1), date(2025, 3, 31)
    actions.join_place(
        place, "council", first_day=first, last_day=last, by=Operator("Ada"), on=noon
    )
    on_days = [first, last, date(2023, 3, 31), date(2025, 4, 1)]
    assert [len(queries.members(place, on=day)) for day in on_days] == [1, 1, 0, 0]
    assert [m.agency.code for m in queries.members(place)] == ["council"]


def test_joining_again_in_the_same_words_changes_nothing(noon: datetime) -> None:
    place = a_place(noon)
    for _ in range(2):
        actions.join_place(place, "council", by=Operator("Ada"), on=noon)
    assert len(queries.members(place, on=noon.date())) == 1
    assert len(record.about(Citation("place", place))) == 2  # registered, took in a member


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [(None, None), (date(2024, 3, 31), None), (None, date(2023, 4, 1))],
)
def test_nobody_is_a_member_twice_on_one_day(
    first_day: date | None, last_day: date | None, noon: datetime
) -> None:
    place = a_place(noon)
    year = date(2023, 4, 1), date(2024, 3, 31)
    actions.join_place(
        place, "council", first_day=year[0], last_day=year[1], by=Operator("A"), on=noon
    )
    with pytest.raises(Refused, match="some of those days"):
        actions.join_place(
            place, "council", first_day=first_day, last_day=last_day, by=Operator("A"), on=noon
        )
    assert len(queries.members(place)) == 1


def test_an_agency_that_left_may_come_back(noon: datetime) -> None:
    place = a_place(noon)
    actions.join_place(place, "council", last_day=date(2023, 3, 31), by=Operator("A"), on=noon)
    actions.join_place(place, "council", first_day=date(2023, 4, 1), by=Operator("A"), on=noon)
    assert len(queries.members(place)) == 2


def test_days_in_the_wrong_order_are_refused(noon: datetime) -> None:
    place = a_place(noon)
    days = {"first_day": date(2024, 4, 1), "last_day": date(2023, 4, 1)}
    with pytest.raises(Refused, match="is before"):
        actions.join_place(place, "council", **days, by=Operator("A"), on=noon)


def test_the_database_refuses_a_second_membership_by_itself(noon: datetime) -> None:
    place = a_place(noon)
    actions.join_place(place, "council", by=Operator("A"), on=noon)
    again = "INSERT INTO places_member (place_id, agency_id) SELECT place_id, agency_id"
    refused = pytest.raises(IntegrityError, match="member_once_a_day")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{again} FROM places_member")


@given(st.text(max_size=70) | st.from_regex(r"[\w.-]{1,70}"))
def test_a_sound_code_can_stand_in_a_file_name(code: str) -> None:
    if code_is_sound(code):
        assert not set(code) & set("/\\:* \n")
        assert code.isascii()
        assert not code.startswith(".")


def test_a_gss_code_is_a_letter_and_eight_digits() -> None:
    assert gss_is_sound("E10000017")
    assert not gss_is_sound("E1000001")
    assert not gss_is_sound("10000017E")
