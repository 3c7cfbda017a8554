"""The money beside a plan: said with a reason, each time anew, and never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from totalplace.commissioning.actions import plans
from totalplace.commissioning.actions.plan_money import say_money
from totalplace.commissioning.queries.plans import plan
from totalplace.commissioning.queries.weighing import money_beside
from totalplace.commissioning.rules.finance import Cause, Money, Planned
from totalplace.doors.cli.plan import plan as commands
from totalplace.doors.cli.session import Session
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, NoMandate, Officer, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .plans_made import ONE, PROPOSED, Wexshire, begun

pytestmark = pytest.mark.django_db
PAY = Money(pressures=(Planned("Pay", (5_00,), cause=Cause.INFLATION),))
_LATER = (
    "INSERT INTO commissioning_planmoney"
    ' ("by", "on", plan_id, turn, first_year, years, text, digest, reason)'
    ' SELECT "by", "on", plan_id, 3, first_year, years, text, digest, reason'
    " FROM commissioning_planmoney"
)
MORE = Money(pressures=(Planned("Pay", (6_00,), cause=Cause.INFLATION),))


@pytest.fixture
def here() -> Wexshire:
    made = begun()
    made.proposed()
    return made


def say(here: Wexshire, money: Money, reason: str = "Budget report") -> str:
    return say_money(ONE, money, reason=reason, by=here.by, on=here.at(PROPOSED))


def test_what_is_said_last_stands_and_each_is_on_the_record(here: Wexshire) -> None:
    row = plan(ONE)
    assert money_beside(row, row.last) is None
    say(here, PAY)
    digest = say(here, MORE)
    kept = money_beside(row, row.last)
    assert kept is not None
    assert (kept.money, kept.digest, kept.reason) == (MORE, digest, "Budget report")
    entries = [one for one in record.entries() if one.verb == "said the money beside"]
    assert len(entries) == 2


def test_without_a_reason_a_change_or_a_plan_that_is_open_nothing_is_kept(here: Wexshire) -> None:
    with pytest.raises(Refused, match="no reason"):
        say(here, PAY, " ")
    say(here, PAY)
    with pytest.raises(Refused, match="it is what stands already"):
        say(here, PAY)
    plans.withdraw(ONE, reason="It was wrong", by=here.by, on=here.at(PROPOSED))
    with pytest.raises(Refused, match="the plan is withdrawn"):
        say(here, MORE)


def test_only_who_may_plan_for_the_place_may_say_it(here: Wexshire) -> None:
    on = here.at(PROPOSED)
    places.appoint("eve", name="Eve", email="eve@example.org", by=here.by, on=on)
    places.grant("eve", Role.FINANCE_LEAD, Matter("icb"), power="letter", by=here.by, on=on)
    with pytest.raises(NoMandate):
        say_money(ONE, PAY, reason="x", by=Officer("eve", "Eve"), on=on)


def test_the_database_refuses_to_change_it_and_to_skip_a_turn(here: Wexshire) -> None:
    say(here, PAY)
    for sql, why in (
        ("UPDATE commissioning_planmoney SET reason = 'other'", "permission denied"),
        ("DELETE FROM commissioning_planmoney", "permission denied"),
        (_LATER, "said in turn"),
    ):
        with (
            pytest.raises(DatabaseError, match=why),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_plan_of_the_records_is_weighed_by_command(
    here: Wexshire, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Session, "open", lambda self: None)
    say(here, PAY)

    def run(*words: str) -> str:
        ended = CliRunner().invoke(commands, list(words), catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return ended.output

    assert "The budget of Wexshire Council is short by £5.00".lower() in run("money", ONE).lower()
    assert "this may be called" in run("known", ONE)
    assert "would win" in run("prices", ONE)
    assert "80% of the money" in run("frontier", ONE)
    assert "Money falls by 20%" in run("pressure", ONE)
    assert "Nursery gets £204.72 more." in run("why", ONE, "visits")
    told = run("paper", ONE)
    assert "That the plan ‘most outcomes’ be adopted as the allocation of Wexshire." in told
    book = tmp_path / "paper.xlsx"
    assert "The paper is in" in run("paper", ONE, "--xlsx", str(book))
    assert book.read_bytes()[:2] == b"PK"
