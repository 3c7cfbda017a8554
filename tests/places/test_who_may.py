"""Every role x act x agency x place is tried against what the table of rules says, told anew."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places.rules.mandates import (
    MAY,
    OPERATOR,
    Act,
    Mandate,
    Matter,
    Role,
    Whose,
    operator_may,
    permitting,
)

TODAY = date(2026, 11, 26)
AGENCIES = ("council", "police", "far")
PLACES = ("wex", "oxt")
MEMBERS = {"council": frozenset({"wex"}), "police": frozenset({"wex", "oxt"})}
SCOPES = list(itertools.product(("", *AGENCIES), ("", *PLACES)))


def _mandate(role: Role, agency: str, place: str) -> Mandate:
    return Mandate(1, "ada", role, agency, place, date(2026, 1, 1), "a letter")


def _told_anew(whose: Whose, mandate: tuple[str, str], matter: tuple[str, str]) -> bool:
    """What the words of `Whose` mean, as sets of (agency, place) pairs: a second computation.

    A matter stands for every pair of agency and place that it may be about; a mandate for those
    that it reaches. It allows the act where one and the same pair is in both.
    """
    agency, place = matter
    if mandate == ("", ""):
        if whose is Whose.PLACE and agency and not place:
            return False  # no place is said
        return whose is not Whose.OWN
    if whose is Whose.EVERYWHERE or matter == ("", ""):
        return False
    belongs = {(a, p) for a, found in MEMBERS.items() for p in found}
    held_agency, held_place = mandate
    if agency and whose is not Whose.PLACE:
        if held_place:
            here = {(a, p) for a, p in belongs if p == held_place and a == agency}
            here = {(a, p) for a, p in here if place in ("", p)}
            reached = bool(here)
        else:
            reached = True
        if held_agency:
            return held_agency == agency and reached
        return reached and whose is not Whose.OWN
    if not place or whose is Whose.OWN:
        return False
    if not held_agency:
        return held_place == place
    return whose is Whose.IN_PLACE and (held_agency, place) in belongs and held_place in ("", place)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_every_role_and_act_about_every_agency_and_place(role: Role, act: Act) -> None:
    allowed = MAY[act]
    for scope, matter in itertools.product(SCOPES, SCOPES):
        held = [_mandate(role, *scope)]
        found = permitting(held, act, Matter(*matter), members=MEMBERS, on=TODAY)
        expected = role in allowed.roles and _told_anew(allowed.whose, scope, matter)
        assert bool(found) == expected, (role, act, scope, matter)


def test_every_act_has_its_line_in_the_table_and_every_line_somebody() -> None:
    assert set(MAY) == set(Act)
    assert all(allowed.roles for allowed in MAY.values())


def test_an_administrator_may_do_nothing_that_an_officer_does_with_money() -> None:
    house = {Act.APPOINT, Act.GRANT, Act.REGISTER, Act.READ_RECORD, Act.PUBLISH_HEAD, Act.BACK_UP}
    assert {act for act in Act if Role.ADMINISTRATOR in MAY[act].roles} <= house


def test_no_role_both_grants_mandates_and_signs_off() -> None:
    assert not MAY[Act.GRANT].roles & MAY[Act.SIGN_OFF].roles


@pytest.mark.parametrize("act", Act)
def test_the_operator_of_a_service_may_run_the_house_and_not_decide(act: Act) -> None:
    assert operator_may(act, anyone_holds_a_mandate=False)
    assert operator_may(act, anyone_holds_a_mandate=True) == bool(MAY[act].roles & OPERATOR)


@given(
    role=st.sampled_from(Role), act=st.sampled_from(Act), first=st.dates(), ended=st.dates(),
    on=st.dates(),
)  # fmt: skip
def test_a_mandate_never_allows_anything_outside_its_days(
    role: Role, act: Act, first: date, ended: date, on: date
) -> None:
    held = Mandate(1, "ada", role, "", "wex", first, "a letter", no_longer_from=ended)
    found = permitting([held], act, Matter(place="wex"), members=MEMBERS, on=on)
    assert found is None or first <= on < ended


@given(st.sampled_from(Act), st.sampled_from(SCOPES))
def test_who_holds_no_mandate_may_do_nothing(act: Act, matter: tuple[str, str]) -> None:
    assert permitting([], act, Matter(*matter), members=MEMBERS, on=TODAY) is None
