"""Rounds in the records: an answer a person, none after the close, and nobody in what is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from totalplace.doors.cli.monitoring import monitoring
from totalplace.doors.cli.session import Session
from totalplace.doors.report.partnership import agency_names, round_rows, round_told
from totalplace.monitoring.actions.partnership import Said, answer, close_round, open_round
from totalplace.monitoring.definitions.partnership import questions
from totalplace.monitoring.queries.partnership import (
    RoundRow,
    answered,
    may_answer_for,
    own_answers,
    partnership_series,
    results_of,
    round_of,
    rounds,
)
from totalplace.monitoring.rules.questions import LOCAL
from totalplace.outcomes.rules.periods import lasting
from totalplace.places.rules.mandates import NoMandate, Officer, Role
from totalplace.readiness.rules.scale import Side
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .bodies_made import ADA, NOON, a_place, an_officer_of

pytestmark = pytest.mark.django_db
SPRING = lasting(date(2026, 4, 1), 3)
LAST = date(2026, 7, 31)
AFTER = date(2026, 8, 1)
CODES = questions().codes
OFFICIAL = Role.DEPARTMENT_OFFICIAL


@pytest.fixture
def here() -> RoundRow:
    """A round that asks the council, with one officer who may answer, and the department."""
    a_place()
    an_officer_of("wex", "ann")
    an_officer_of("dfe", "dan", role=OFFICIAL)
    return opened()


def opened(on: datetime = NOON, **other: Any) -> RoundRow:
    said: dict[str, Any] = {"closes_on": LAST, "bodies": ("wex", "dfe")} | other
    return open_round("wexshire", SPRING, **said, by=ADA, on=on)


def say(
    who: str, agency: str, steps: Mapping[str, int], about: str = "dfe", on: datetime = NOON
) -> None:
    answer("wexshire/1", Said(agency, about, steps), by=Officer(who, who.title()), on=on)


def test_who_is_asked_is_kept_with_how_many_can_answer_and_the_words(here: RoundRow) -> None:
    assert [(one.agency, one.side, one.people) for one in here.asked] == [
        ("wex", Side.PLACE, 1), ("dfe", Side.CENTRE, 1),
    ]  # fmt: skip
    assert here.questions == questions()
    assert [one.agency for one in may_answer_for(here, Officer("ann"), on=LAST)] == ["wex"]
    assert rounds("wexshire") == [here]


def test_answers_are_kept_part_by_part_and_can_be_changed_until_the_close(here: RoundRow) -> None:
    say("ann", "wex", {CODES[0]: 4})
    say("ann", "wex", {CODES[1]: 0})
    say("ann", "wex", {CODES[0]: 2})
    say("ann", "wex", {CODES[0]: 3}, LOCAL)
    own = own_answers(here, Officer("ann"))
    assert own is not None
    assert own.steps == {"dfe": {CODES[0]: 2, CODES[1]: 0}, LOCAL: {CODES[0]: 3}}
    assert own_answers(here, Officer("dan")) is None
    assert answered(here) == {"wex": 1, "dfe": 0}
    with pytest.raises(Refused, match="the round is not open"):
        say("ann", "wex", {CODES[0]: 1}, on=NOON + timedelta(days=30))


def test_the_record_says_that_somebody_answered_and_not_what(here: RoundRow) -> None:
    say("ann", "wex", {CODES[0]: 1})
    last = list(record.entries())[-1]
    assert (last.by, last.verb, last.citing) == ("ann", "answered about the partnership", "")
    assert str(last.about) == "round wexshire/1"


@pytest.mark.parametrize(
    ("who", "agency", "about", "steps", "why"),
    [
        ("ann", "icb", "dfe", {}, "may not answer"),
        ("dan", "dfe", LOCAL, {}, "you were not asked about that"),
        ("ann", "wex", "icb", {}, "you were not asked about that"),
        ("ann", "wex", "dfe", {"nothing": 1}, "no statement that was put"),
        ("ann", "wex", "dfe", {CODES[0]: 5}, "is no step"),
    ],
)
def test_what_was_not_asked_is_not_answered(
    here: RoundRow, who: str, agency: str, about: str, steps: dict[str, int], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        say(who, agency, steps, about)


def test_a_person_answers_for_one_body_and_only_for_themself(here: RoundRow) -> None:
    an_officer_of("icb", "ian")
    with pytest.raises(Refused, match="that body was not asked"):
        say("ian", "icb", {CODES[0]: 1})
    with pytest.raises(Refused, match="a person answers for themself"):
        answer(here.citation.id, Said("wex", "dfe", {}), by=ADA, on=NOON)


def test_rounds_that_cannot_be_are_refused(here: RoundRow) -> None:
    for other, why in (
        ({}, "was asked about already"),
        ({"bodies": ("wex", "nobody")}, "neither a member"),
        ({"bodies": ("dfe",)}, "no local body"),
        ({"bodies": ("wex", "wex")}, "named twice"),
        ({"closes_on": date(2026, 7, 1)}, "closes before it opens"),
        ({"closes_on": date(2027, 7, 1)}, "more than a quarter later"),
    ):
        with pytest.raises(Refused, match=why):
            opened(**other)
    with pytest.raises(Refused, match="has not begun"):
        open_round("wexshire", lasting(date(2026, 10, 1), 3), closes_on=LAST, bodies=("wex",),
                   by=ADA, on=NOON)  # fmt: skip
    with pytest.raises(NoMandate):
        close_round(here.citation.id, reason="x", by=Officer("ann"), on=NOON)
    with pytest.raises(Refused, match="There is no round"):
        round_of("wexshire/9")


def test_there_are_no_results_while_people_can_answer(here: RoundRow) -> None:
    with pytest.raises(Refused, match="There are no results of round wexshire/1 yet"):
        results_of(here, on=LAST)
    assert partnership_series("wexshire", on=LAST) == []
    close_round(here.citation.id, reason="All have answered", by=ADA, on=NOON)
    row = round_of(here.citation.id)
    assert (row.closed_from(), row.is_open(NOON.date())) == (NOON.date(), False)
    assert results_of(row, on=NOON.date()).answered == {"wex": 0, "dfe": 0}
    with pytest.raises(Refused, match="it is not open"):
        close_round(here.citation.id, reason="Again", by=ADA, on=NOON)


def test_results_need_five_people_and_never_name_one(here: RoundRow) -> None:
    for n in range(5):
        an_officer_of("wex", f"person{n}")
        say(f"person{n}", "wex", dict.fromkeys(CODES, 3 if n else 1))
    say("dan", "dfe", dict.fromkeys(CODES, 4))
    found = results_of(here, on=AFTER)
    local, central = found.group("dfe", Side.PLACE), found.group("dfe", Side.CENTRE)
    assert local is not None
    assert central is not None
    spread = local.spreads[CODES[0]]
    assert spread is not None
    assert spread.counts == (1, 0, 4, 0)
    assert central.few
    assert set(central.shares.values()) == {None}
    told = f"{found} {round_told(here, found)} {list(round_rows(here, found, agency_names()))}"
    assert not any(name in told for name in ("person1", "person4", "'ann", "'dan"))
    series = partnership_series("wexshire", on=AFTER)
    assert {one.code.split("/")[2] for one in series} == {"local"}
    assert series[0].points[0].denominator == 5


def test_the_database_refuses_what_no_action_would_do(here: RoundRow) -> None:
    say("ann", "wex", {CODES[0]: 3})
    insert = (
        "INSERT INTO monitoring_partnershipanswer (round_id, person, agency_id, side, about, turn,"
        ' steps, "on") SELECT round_id, {} FROM monitoring_partnershipanswer'
    )
    icb = "(SELECT id FROM places_agency WHERE code = 'icb')"
    for sql, why in (
        ("UPDATE monitoring_partnershipanswer SET person = 'x'", "permission denied"),
        ("DELETE FROM monitoring_partnershipanswer", "permission denied"),
        ("UPDATE monitoring_partnershipround SET closes_on = closes_on + 1", "permission denied"),
        (insert.format('person, agency_id, side, about, 3, steps, "on"'), "in turn"),
        (insert.format("person, agency_id, side, about, 2, steps, \"on\" + interval '30 days'"),
         "not open"),
        (insert.format(f"'x', {icb}, side, about, 1, steps, \"on\""), "was not asked"),
        (insert.format("'x', agency_id, 'centre', about, 1, steps, \"on\""), "was not asked"),
        (insert.format("'x', agency_id, side, 'icb', 1, steps, \"on\""), "asked about"),
        (insert.format("'x', agency_id, side, about, 1, '{{\"no\": 1}}', \"on\""), "that was put"),
        (insert.format(f"'x', agency_id, side, about, 1, '{{{{\"{CODES[0]}\": 9}}}}', \"on\""),
         "from 0 to 4"),
    ):  # fmt: skip
        with (
            pytest.raises(DatabaseError, match=why),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.replace("{{", "{").replace("}}", "}"))
    close_round(here.citation.id, reason="Done", by=ADA, on=NOON)
    with (
        pytest.raises(DatabaseError, match="not open"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert.format('person, agency_id, side, about, 2, steps, "on"'))


def test_a_round_is_opened_closed_and_shown_by_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "open", lambda self: None)
    monkeypatch.setattr(Session, "now", lambda self: NOON)
    a_place()

    def run(*words: str) -> str:
        ended = CliRunner().invoke(monitoring, ["partnership", *words], catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return ended.output

    said = run("open", "wexshire", "June 2026", "--until", "2026-07-31")
    assert "Round wexshire/1 is open until the end of 31 July 2026." in said
    assert "There are no results before" in run("show", "wexshire/1")
    run("close", "wexshire/1", "--reason", "A trial")
    assert "Too few people answered" in run("show", "wexshire/1")
    assert "April 2026 to June 2026" in run("show", "wexshire")
