"""Capacity in the records: given in by the body itself, in versions, and never changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from totalplace.doors.cli.monitoring import monitoring
from totalplace.doors.cli.session import Session
from totalplace.doors.report.capacity import capacity_workbook, register_told
from totalplace.monitoring.actions.capacity import give_capacity
from totalplace.monitoring.queries.capacity import (
    ReturnRow,
    bodies,
    body,
    capacity_series,
    versions,
)
from totalplace.monitoring.rules.capacity import Given, RoleSaid
from totalplace.outcomes.rules.periods import lasting
from totalplace.places.rules.mandates import NoMandate, Role, Who
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .bodies_made import ADA, NOON, a_place, an_officer_of

pytestmark = pytest.mark.django_db
SPRING = lasting(date(2026, 4, 1), 3)
ROLES = (RoleSaid("Planners", 200, 160, leavers=10), RoleSaid("Ecologist", 10, 10))


@pytest.fixture(autouse=True)
def _here() -> None:
    a_place()


def give(
    agency: str = "wex", roles: tuple[RoleSaid, ...] = ROLES, *, by: Who = ADA, **more: str
) -> ReturnRow:
    given = Given(SPRING, roles, 1, more.get("anew", ""))
    reason = more.get("reason", "The quarter is over")
    return give_capacity("wexshire", agency, given, reason=reason, by=by, on=NOON)


def test_a_later_return_is_a_new_version_and_both_are_on_the_record() -> None:
    give()
    again = give(roles=(RoleSaid("Planners", 200, 150),), reason="Ten had left already")
    assert again.given.version == 2
    assert [one.given.version for one in versions("wexshire", "wex", SPRING.first_day)] == [1, 2]
    assert [one.given.roles[0].filled for one in body("wexshire", "wex").returns] == [150]
    entries = [one for one in record.entries() if one.verb == "gave in the capacity"]
    assert [str(one.about) for one in entries] == ["capacity wexshire/wex/2026-04-01"] * 2
    assert bodies("wexshire", on=NOON.date() - timedelta(days=1))[0].returns == ()


def test_only_the_body_itself_may_give_it_in() -> None:
    eve = an_officer_of("wex", "eve")
    give(by=eve)
    with pytest.raises(NoMandate):
        give("icb", by=eve)
    steward = an_officer_of("", "stu", role=Role.DATA_STEWARD)
    with pytest.raises(NoMandate):
        give("icb", by=steward)


def test_a_department_gives_in_its_own_for_the_place() -> None:
    dan = an_officer_of("dfe", "dan", role=Role.DATA_STEWARD)
    give("dfe", (RoleSaid("Officials", 90, 60),), by=dan)
    found = {one.agency.code: one for one in bodies("wexshire")}
    assert (found["dfe"].is_central, found["dfe"].is_member) == (True, False)
    series = [one for one in capacity_series("wexshire", on=NOON.date()) if one.area == "dfe"]
    assert [one.owners for one in series] == [("", "dfe")]


def test_what_cannot_be_taken_is_refused_with_its_reason() -> None:
    give()
    for period, roles, why in (
        (SPRING, ROLES, "it is what stands already"),
        (lasting(date(2026, 6, 1), 1), ROLES, "overlaps"),
        (lasting(date(2026, 7, 1), 3), ROLES, "is not over"),
        (SPRING, (), "it names no role"),
    ):
        with pytest.raises(Refused, match=why):
            give_capacity("wexshire", "wex", Given(period, roles), reason="x", by=ADA, on=NOON)
    with pytest.raises(Refused, match="no reason"):
        give(reason=" ")


def test_the_database_refuses_to_change_a_return_or_to_take_one_that_cannot_be() -> None:
    give()
    insert = (
        "INSERT INTO monitoring_capacityreturn (place_id, agency_id, first_day, last_day, turn,"
        ' text, digest, anew, reason, "by", "on") SELECT place_id, agency_id, {}, \'\', reason,'
        ' "by", "on" FROM monitoring_capacityreturn'
    )
    for sql, why in (
        ("UPDATE monitoring_capacityreturn SET reason = 'other'", "permission denied"),
        ("DELETE FROM monitoring_capacityreturn", "permission denied"),
        ("TRUNCATE monitoring_capacityreturn", "permission denied"),
        (insert.format("first_day, last_day, 3, text, digest"), "in turn"),
        (insert.format("first_day + 1, last_day, 1, text, digest"), "overlaps"),
        (insert.format("first_day, last_day, 2, text || ' ', digest"), "digest"),
        (insert.format("'2026-07-01', '2026-07-10', 1, text, digest"), "is over"),
    ):
        with (
            pytest.raises(DatabaseError, match=why),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_what_others_read_has_no_role_of_fewer_than_five_posts() -> None:
    give()
    (told,) = register_told(body("wexshire", "wex"))
    assert [one["role"] for one in told["roles"]] == ["Other roles", "All roles"]
    small = give("icb", (RoleSaid("Ecologist", 10, 10),))
    (alone,) = register_told(body("wexshire", small.agency))
    assert alone["roles"] == []


def test_capacity_is_given_in_and_shown_by_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Session, "open", lambda self: None)
    monkeypatch.setattr(Session, "now", lambda self: NOON)

    def run(*words: str, code: int = 0) -> str:
        ended = CliRunner().invoke(monitoring, ["capacity", *words])
        assert ended.exit_code == code, ended.output
        return ended.output + str(ended.exception or "")

    path = tmp_path / "capacity.xlsx"
    assert "A workbook to fill in" in run("template", str(path))
    add = ("add", "wexshire", "wex", "June 2026", str(path), "--reason", "The quarter is over")
    assert "No row says how many posts there are" in run(*add, code=1)
    path.write_bytes(capacity_workbook(ROLES))
    assert "Kept: 2 roles of Wexshire Council" in run(*add)
    run("template", str(path), "--like", "wexshire", "wex")
    table = tmp_path / "capacity.csv"
    said = run("show", "wexshire", "--csv", str(table))
    assert "Ecologist and Planners are put together" in said
    assert "nothing is given in yet" in said
    assert "Wexshire Council,wex,April 2026 to June 2026,Other roles" in table.read_text()
