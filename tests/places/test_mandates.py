"""Granting and ending mandates, and what they allow: on real records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from totalplace.places import actions, models, queries
from totalplace.places.rules.mandates import Act, Matter, Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOST = Operator("host")
PLACE = Matter(place="wex")


@pytest.fixture
def wexshire() -> None:
    for agency in ("council", "police"):
        actions.register_agency(agency, by=HOST, on=NOON)
    actions.register_place("wex", by=HOST, on=NOON)
    actions.join_place("wex", "council", by=HOST, on=NOON)


def _officer(code: str, role: Role | None = None, of: Matter = PLACE) -> Officer:
    officer = actions.appoint(code, name=code.title(), by=HOST, on=NOON)
    if role is not None:
        actions.grant(code, role, of, power="Scheme of delegation, 4.2", by=HOST, on=NOON)
    return officer


@pytest.mark.usefixtures("wexshire")
def test_the_operator_may_do_all_until_the_first_mandate_and_then_only_run_the_house() -> None:
    assert queries.may(HOST, Act.SIGN_OFF, place="wex", on=NOON)
    _officer("ada", Role.CHIEF_FINANCE_OFFICER)
    assert not queries.may(HOST, Act.SIGN_OFF, place="wex", on=NOON)
    assert queries.may(HOST, Act.GIVE_FIGURES, agency="council", on=NOON)
    assert queries.may(HOST, Act.GRANT, place="wex", on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_an_act_stands_under_the_power_of_the_mandate_that_allowed_it() -> None:
    ada = _officer("ada", Role.CHIEF_FINANCE_OFFICER)
    said = queries.power(ada, Act.SIGN_OFF, place="wex", on=NOON)
    assert said.startswith("chief finance officer of wex, mandate ")
    assert said.endswith(": Scheme of delegation, 4.2")


@pytest.mark.usefixtures("wexshire")
def test_a_refused_act_says_who_may_do_it_and_what_to_do_next() -> None:
    ada = _officer("ada", Role.ELECTED_MEMBER)
    with pytest.raises(Refused, match=r"needs a mandate as chief finance officer of that place"):
        queries.power(ada, Act.SIGN_OFF, place="wex", on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_a_mandate_of_a_place_reaches_its_members_and_no_other_agency() -> None:
    ada = _officer("ada", Role.DATA_STEWARD)
    assert queries.may(ada, Act.GIVE_FIGURES, agency="council", on=NOON)
    assert not queries.may(ada, Act.GIVE_FIGURES, agency="police", on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_nobody_certifies_the_figures_of_another_body() -> None:
    ada = _officer("ada", Role.CHIEF_FINANCE_OFFICER)
    ben = _officer("ben", Role.CHIEF_FINANCE_OFFICER, Matter(agency="council"))
    assert not queries.may(ada, Act.CERTIFY, agency="council", on=NOON)
    assert queries.may(ben, Act.CERTIFY, agency="council", on=NOON)
    assert not queries.may(ben, Act.CERTIFY, agency="police", on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_an_ended_mandate_allows_nothing_from_that_day_on() -> None:
    ada = _officer("ada", Role.CHIEF_FINANCE_OFFICER)
    (held,) = queries.mandates(officer="ada")
    tomorrow = date(2026, 11, 27)
    actions.end(held.number, reason="moved on", no_longer_from=tomorrow, by=HOST, on=NOON)
    assert queries.may(ada, Act.SIGN_OFF, place="wex", on=NOON)
    assert not queries.may(ada, Act.SIGN_OFF, place="wex", on=tomorrow)
    with pytest.raises(Refused, match="it was ended from 2026-11-27 on"):
        actions.end(held.number, reason="again", by=HOST, on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_a_mandate_cannot_be_ended_for_days_that_are_past() -> None:
    _officer("ada", Role.CHIEF_FINANCE_OFFICER)
    (held,) = queries.mandates(officer="ada")
    with pytest.raises(Refused, match="acts may rest on it since"):
        past = date(2026, 11, 25)
        actions.end(held.number, reason="never was", no_longer_from=past, by=HOST, on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_nobody_grants_themself_a_mandate() -> None:
    admin = _officer("ada", Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="cannot be granted to oneself"):
        actions.grant("ada", Role.AUDITOR, PLACE, power="none", by=admin, on=NOON)


@pytest.mark.usefixtures("wexshire")
@pytest.mark.parametrize("first", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_an_administrator_holds_no_other_role(first: Role) -> None:
    _officer("ada", first)
    second = Role.AUDITOR if first is Role.ADMINISTRATOR else Role.ADMINISTRATOR
    with pytest.raises(Refused, match="holds no other role"):
        actions.grant("ada", second, PLACE, power="a letter", by=HOST, on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_an_administrator_of_a_place_grants_only_there() -> None:
    admin = _officer("ada", Role.ADMINISTRATOR)
    _officer("ben")
    actions.grant("ben", Role.AUDITOR, PLACE, power="a letter", by=admin, on=NOON)
    with pytest.raises(Refused, match="may not grant or end a mandate"):
        actions.grant("ben", Role.AUDITOR, Matter(), power="a letter", by=admin, on=NOON)
    with pytest.raises(Refused, match="may not grant or end a mandate"):
        actions.grant("ben", Role.AUDITOR, Matter("police"), power="a letter", by=admin, on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_a_mandate_without_a_power_or_held_already_is_refused() -> None:
    _officer("ada", Role.AUDITOR)
    with pytest.raises(Refused, match="not said under which power"):
        actions.grant("ada", Role.SCRUTINY, PLACE, power=" ", by=HOST, on=NOON)
    with pytest.raises(Refused, match="they hold that already"):
        actions.grant("ada", Role.AUDITOR, PLACE, power="a letter", by=HOST, on=NOON)


@pytest.mark.usefixtures("wexshire")
def test_granting_and_ending_stand_on_the_record_with_their_power() -> None:
    _officer("ada", Role.AUDITOR)
    (held,) = queries.mandates(officer="ada")
    actions.end(held.number, reason="moved on", by=HOST, on=NOON)
    granted, ended = record.latest(2)
    assert (granted.verb, ended.verb) == ("granted a mandate", "ended a mandate")
    assert granted.power
    assert ended.power
    assert "Scheme of delegation, 4.2" in granted.citing


@pytest.mark.usefixtures("wexshire")
def test_whoever_has_left_can_do_nothing_and_their_mandates_are_ended() -> None:
    ada = _officer("ada", Role.AUDITOR)
    actions.retire("ada", by=HOST, on=NOON)
    assert not queries.may(ada, Act.READ_RECORD, place="wex", on=NOON)
    assert [m.no_longer_from for m in queries.mandates(officer="ada")] == [NOON.date()]
    with pytest.raises(Refused, match="they have left"):
        queries.officer("ada")


@pytest.mark.usefixtures("wexshire")
def test_two_officers_cannot_share_a_code_or_an_address() -> None:
    actions.appoint("ada", name="Ada", email="ada@wex.example", by=HOST, on=NOON)
    assert actions.appoint("ADA", name="Somebody", by=HOST, on=NOON).full_name == "Ada"
    with pytest.raises(Refused, match="accounts are never shared"):
        actions.appoint("ben", name="Ben", email="Ada@wex.example", by=HOST, on=NOON)


@pytest.mark.usefixtures("wexshire")
@pytest.mark.parametrize("table", ["places_mandate", "places_mandateend"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET by = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_a_mandate(table: str, sql: str) -> None:
    _officer("ada", Role.AUDITOR)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


@pytest.mark.usefixtures("wexshire")
def test_an_account_just_appointed_may_do_nothing_at_all() -> None:
    ada = _officer("ada")
    later = NOON + timedelta(days=1)
    assert not any(queries.may(ada, act, place="wex", on=later) for act in Act)
    assert models.Officer.objects.get(code="ada").has_usable_password() is False
