"""Responses on the record: who may move them, what stands in them, and when they close."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from totalplace.agreements.rules.devolution import Side
from totalplace.entitlements.actions.shipped import put_shipped
from totalplace.monitoring.actions.answering import Said, open_for
from totalplace.monitoring.actions.watching import look_at
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.queries.answering_owners import Owners
from totalplace.monitoring.rules.answering import Stage, Verb
from totalplace.monitoring.rules.clocks import Kept, Owed
from totalplace.monitoring.rules.closing import Ground
from totalplace.monitoring.rules.findings import Sort
from totalplace.monitoring.rules.seen import Sign
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, NoMandate, Officer, Operator, Role
from totalplace.record.queries import last_entry
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from .answers_made import (
    ADA,
    DFE,
    FALLEN,
    FIRST,
    STEADY,
    WEX,
    a_finding,
    at,
    begun,
    day,
    given,
    moved,
    opened,
)

pytestmark = pytest.mark.django_db

LOCAL = Said(Side.PLACE, "Calls were moved to one office.", "the council's counts")
CENTRAL = Said(Side.CENTRE, "The form was changed in April.", "the release notes")
REMEDY = Said(
    Side.PLACE, "One officer follows each matter.", whom="the council", due_on=day(10),
    review_on=day(30), paid_by="the council, from its own budget", level=65.0,
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where readings stand."""
    return Home(tmp_path / "home")


@pytest.fixture(autouse=True)
def wexshire(db: None) -> None:
    """The place."""
    begun()


def test_an_alarm_on_what_is_protected_opens_both_clocks_and_names_both_owners() -> None:
    row = opened(days=0)
    assert row.owners == Owners(WEX, "customer service lead", DFE, "Department for School")
    replies = [clock for clock in row.clocks if clock.owed is Owed.REPLY]
    assert {clock.side for clock in replies} == set(Side)
    assert {clock.since for clock in replies} == {day(0)}
    entry = last_entry()
    assert entry is not None
    assert (str(entry.about), entry.citing) == ("response wexshire/1", "finding wexshire/1")
    assert entry.by == "nightly run"


def test_a_fall_has_one_response_also_when_it_becomes_certain() -> None:
    number = a_finding(protected=False, sign=Sign.PERHAPS_WORSE)
    made = open_for("wexshire", number, by=ADA, on=at(-60))
    surer = a_finding(sort=Sort.SURER, follows=number)
    assert open_for("wexshire", surer, by=ADA, on=at(-50)) == made
    assert len(queries.responses("wexshire")) == 1


def test_whoever_guarantees_a_thing_owns_its_fall_at_the_centre() -> None:
    name = "Department of Health and Social Care"
    places.register_agency("dhsc", name=name, kind="department", by=ADA, on=at(-30))
    put_shipped("urgent-care-in-four-hours", by=ADA, on=at(-20))
    row = opened(days=-3, code="outcome/emergency-four-hours", owners=("the board", "NHS England"))
    assert (row.owners.central, row.owners.central_name) == ("dhsc", name)
    other = opened(days=-3, owners=("the board", "NHS England"))
    assert (other.owners.central, other.owners.central_name) == ("", "NHS England")


def test_what_became_certain_after_a_response_was_closed_is_answered_anew(home: Home) -> None:
    row = opened(sign=Sign.PERHAPS_WORSE, protected=False)
    given(home, [*STEADY, *FALLEN, 70.2, 69.8, 70.4, 70.1, 69.9])
    moved(Verb.ASK_TO_CLOSE, LOCAL, home)
    moved(Verb.CLOSE, CENTRAL, home)
    surer = a_finding(sort=Sort.SURER, follows=row.number)
    again = open_for("wexshire", surer, by=ADA, on=at(0))
    assert (again.number, again.open) == (surer, True)
    assert not queries.response("wexshire", row.number).open


def test_what_is_not_protected_is_opened_by_an_officer_of_either_side_and_by_no_other(
    an_officer: Callable[..., Officer],
) -> None:
    number = a_finding(protected=False)
    another = an_officer("eve", Role.DEPARTMENT_OFFICIAL, agency=WEX)
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    with pytest.raises(NoMandate):
        open_for("wexshire", number, by=another, on=at(0))
    assert open_for("wexshire", number, by=official, on=at(0)).reason.endswith("off")


def test_a_finding_that_tells_no_change_has_no_response() -> None:
    number = a_finding(protected=False)
    gone = a_finding(sort=Sort.REVISED, follows=number)
    with pytest.raises(Refused, match="tells of no change"):
        open_for("wexshire", gone, by=ADA, on=at(0))
    with pytest.raises(Refused, match="no finding wexshire/9"):
        open_for("wexshire", 9, by=ADA, on=at(0))


def test_nobody_answers_for_the_other_side_or_for_both(
    home: Home, an_officer: Callable[..., Officer]
) -> None:
    opened(days=0)
    council = an_officer("com", Role.COMMISSIONER, place="wexshire")
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    for by, said in ((council, CENTRAL), (official, LOCAL)):
        with pytest.raises(NoMandate):
            moved(Verb.ACKNOWLEDGE, said, home, by=by)
    moved(Verb.ACKNOWLEDGE, LOCAL, home, by=council)
    row = moved(Verb.DIAGNOSE, CENTRAL, home, by=official)
    assert row.course.stage is Stage.DIAGNOSED
    both = an_officer("two", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    here = Matter(place="wexshire")
    places.grant("two", Role.COMMISSIONER, here, power="scheme", by=ADA, on=at(-1))
    with pytest.raises(Refused, match="mandates of both sides"):
        moved(Verb.DIAGNOSE, LOCAL, home, by=both)
    assert queries.sides_of(row, both, on=day(0)) == []


def test_an_owner_that_nobody_registered_is_named_silent_and_counted(home: Home) -> None:
    opened(days=-20, owners=("customer service lead", "Ministry of Something"))
    with pytest.raises(Refused, match="no agency is registered by the name"):
        moved(Verb.ACKNOWLEDGE, CENTRAL, home)
    late = queries.late_by(Side.CENTRE, on=day(0))
    assert [(row.owners.central_name, clock.owed) for row, clock in late] == [
        ("Ministry of Something", Owed.REPLY)
    ]
    centre = queries.on_time("wexshire", on=day(0))[1]
    assert (centre.side, centre.due, centre.unanswered) == (Side.CENTRE, 1, 1)


def test_a_remedy_says_whom_by_when_and_who_pays_by_promises_that_exist(home: Home) -> None:
    opened()
    moved(Verb.DIAGNOSE, LOCAL, home)
    for wrong, why in (
        (replace(REMEDY, paid_by=" "), "who pays"), (replace(REMEDY, whom=""), "who does it"),
        (replace(REMEDY, review_on=None), "looked at again"),
        (replace(REMEDY, due_on=day(-1)), "from today on"),
        (replace(REMEDY, level=float("nan")), "no number"),
        (replace(REMEDY, paid_by="x" * 301), "at most 300 letters"),
        (replace(REMEDY, pays=("wexshire/1/7",)), "has no promise 7"),
        (replace(REMEDY, pays=("elsewhere/1/1",)), "a promise of this place"),
        (replace(REMEDY, decision="wex-council/4"), "no decision"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            moved(Verb.PROPOSE, wrong, home)
    row = moved(Verb.PROPOSE, REMEDY, home)
    assert row.remedy is not None
    assert (row.remedy.whom, row.remedy.level, row.level) == ("the council", 65.0, None)


def test_a_cause_needs_something_that_shows_it(home: Home) -> None:
    opened()
    with pytest.raises(Refused, match="no evidence is named"):
        moved(Verb.DIAGNOSE, replace(LOCAL, evidence=" "), home)


def test_it_does_not_close_while_the_series_stays_down_and_closes_once_it_is_back(
    home: Home,
) -> None:
    opened()
    moved(Verb.DIAGNOSE, LOCAL, home)
    given(home, [*STEADY, *FALLEN])
    with pytest.raises(Refused, match="The response cannot close yet"):
        moved(Verb.ASK_TO_CLOSE, LOCAL, home)
    given(home, [70.2, 69.8, 70.4, 70.1, 69.9], first=FIRST + len(STEADY) + len(FALLEN))
    asked = moved(Verb.ASK_TO_CLOSE, LOCAL, home)
    assert asked.open
    with pytest.raises(Refused, match="the side that was asked"):
        moved(Verb.CLOSE, LOCAL, home)
    closed = moved(Verb.CLOSE, CENTRAL, home)
    last = closed.moves[-1]
    assert (closed.open, last.ground, len(last.digest)) == (False, Ground.BACK, 64)
    entry = last_entry()
    assert entry is not None
    assert entry.citing == f"series {last.digest}"
    with pytest.raises(Refused, match="It stays closed"):
        moved(Verb.DIAGNOSE, LOCAL, home)


def test_it_closes_at_once_where_the_publisher_revised_the_finding_away(home: Home) -> None:
    row = opened()
    given(home, [*STEADY, 70.1, 70.3, 69.7])
    a_finding(sort=Sort.REVISED, follows=row.number)
    moved(Verb.ASK_TO_CLOSE, CENTRAL, home)
    closed = moved(Verb.CLOSE, LOCAL, home)
    assert closed.moves[-1].ground == Ground.REVISED
    assert "finding 2 says" in closed.moves[-1].shown


def test_without_any_reading_held_it_is_refused_and_not_closed(home: Home) -> None:
    opened()
    with pytest.raises(Refused, match="is not watched any more"):
        moved(Verb.ASK_TO_CLOSE, LOCAL, home)


def test_what_waits_for_an_officer_is_what_their_side_owes(
    home: Home, an_officer: Callable[..., Officer]
) -> None:
    opened(days=-20)
    council = an_officer("com", Role.COMMISSIONER, place="wexshire")
    auditor = an_officer("aud", Role.AUDITOR, place="wexshire")
    assert {(clock.owed, clock.side) for _, clock in queries.waiting_for(council, on=day(0))} == {
        (Owed.REPLY, Side.PLACE), (Owed.CAUSE, Side.PLACE), (Owed.REMEDY, None),
    }  # fmt: skip
    assert queries.waiting_for(auditor, on=day(0)) == []
    row = moved(Verb.DIAGNOSE, LOCAL, home, by=council)
    mine = [c for c in row.clocks if c.side is Side.PLACE]
    assert [c.kept(day(0)) for c in mine] == [Kept.LATE, Kept.IN_TIME]
    assert queries.response_cited("response wexshire/1") == row


def test_the_operator_of_ones_own_computer_may_open_for_the_nightly_run() -> None:
    assert opened(days=0).by == Operator("nightly run").name


def test_what_the_watch_itself_finds_can_be_answered_and_closes_on_what_it_sees(
    home: Home,
) -> None:
    given(home, [*STEADY, *FALLEN])
    looked = look_at("wexshire", home=home, by=ADA, on=at(-20))
    (found,) = looked.made
    row = open_for("wexshire", found.number, by=ADA, on=at(-20))
    assert row.about.headline == found.headline
    assert row.about.owners == found.owners
    assert row.about.fall is not None
    assert 69 < row.about.fall.before < 71
    with pytest.raises(Refused, match="The response cannot close yet"):
        moved(Verb.ASK_TO_CLOSE, LOCAL, home, number=found.number)
    given(home, [70.1, 70.3, 69.7], first=FIRST + len(STEADY))  # their publisher revises them
    again = look_at("wexshire", home=home, by=ADA, on=at(0))
    assert [one.sort for one in again.made] == [Sort.REVISED]
    moved(Verb.ASK_TO_CLOSE, LOCAL, home, number=found.number)
    with pytest.raises(Refused, match="no agency is registered"):
        moved(Verb.CLOSE, CENTRAL, home, number=found.number)
    owner = row.owners.central_name  # registered later, it can answer from then on
    places.register_agency("min", name=owner, kind="department", by=ADA, on=at(0))
    closed = moved(Verb.CLOSE, CENTRAL, home, number=found.number)
    assert closed.moves[-1].ground == Ground.REVISED
