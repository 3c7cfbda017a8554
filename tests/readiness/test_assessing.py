"""An assessment from its beginning to agreed levels, and what both sides do without."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from totalplace.readiness import actions, queries
from totalplace.readiness.actions import FollowedSaid, WaiverSaid
from totalplace.readiness.rules.moves import Stage
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .ready_made import ADA, CORE, HAPPENED, ONE, ReadyPlace

pytestmark = pytest.mark.django_db
NEEDS = {"finance": "core", "strategy": "core"}


def test_two_sides_score_apart_meet_and_agree_and_all_of_it_is_kept(here: ReadyPlace) -> None:
    lower = CORE | {Area.FINANCE: Level.DEVELOPING}
    row = here.both_in(place=CORE, centre=lower)
    assert row.stage is Stage.MEETING
    gaps = queries.gaps_of(row, by=ADA, on=here.day(4))
    assert gaps is not None
    assert {gap.area: gap.apart for gap in gaps} == dict.fromkeys(Area, 0) | {Area.FINANCE: 1}
    assert gaps[2].said == "The place says 1 level more"
    here.put(lower, side=Side.CENTRE)
    with pytest.raises(Refused, match="not the last"):
        actions.consent(ONE, Side.CENTRE, proposal=1, by=ADA, on=here.at(10))
    row = actions.consent(ONE, Side.PLACE, proposal=1, by=ADA, on=here.at(10))
    assert row.stage is Stage.AGREED
    assert row.levels == lower
    acts = [entry.verb for entry in record.about(row.citation)]
    assert acts == [
        "began", "stated the facts", "handed in scores for the place",
        "handed in scores for the centre", "put levels to the other side for the centre",
        "agreed for the place",
    ]  # fmt: skip


def test_a_disagreement_is_kept_and_is_no_agreed_level(here: ReadyPlace) -> None:
    row = here.agreed(levels=CORE | {Area.PEOPLE: None})
    assert Area.PEOPLE not in row.levels
    assert row.agreed[Area.PEOPLE].disputed == "All of it"
    lacks = queries.lacking("wexshire", {"people": "developing"}, on=here.day(20))
    assert [lack.what for lack in lacks] == ["People and capability has no agreed level"]


def test_nobody_scores_before_the_facts_are_stated_or_without_evidence(here: ReadyPlace) -> None:
    here.begun()
    with pytest.raises(Refused, match="waiting for the facts"):
        here.handed_in(Side.PLACE, CORE)
    here.facts()
    with pytest.raises(Refused, match="item 1 is no evidence"):
        here.handed_in(Side.PLACE, CORE)
    with pytest.raises(Refused, match="cannot be begun"):
        here.begun()


def test_what_was_handed_in_is_not_handed_in_again(here: ReadyPlace) -> None:
    here.begun()
    here.facts()
    here.evidence()
    here.handed_in(Side.PLACE, CORE)
    with pytest.raises(Refused, match="what was handed in is not changed"):
        here.handed_in(Side.PLACE, CORE)
    with pytest.raises(Refused, match="This is not the time to put levels"):
        here.put(CORE)


def test_only_a_department_is_the_centre(here: ReadyPlace) -> None:
    with pytest.raises(Refused, match="is no department"):
        actions.begin("wexshire", centre="wex", why="x", side=Side.PLACE, by=ADA, on=here.at(0))


def test_a_score_is_unsupported_from_the_day_its_evidence_expires_until_it_is_renewed(
    here: ReadyPlace,
) -> None:
    row = here.agreed()
    last = here.day(1 + 365)
    finance = 1 + list(Area).index(Area.FINANCE)

    def rests(on: date) -> bool:
        found = queries.rests(row, queries.items("wexshire"), on=on)[Area.FINANCE]
        assert found.supported is not (found.since is not None)
        return found.supported

    assert rests(last)
    assert not rests(last + timedelta(days=1))
    assert queries.lacking("wexshire", NEEDS, on=last) == []
    lacks = queries.lacking("wexshire", NEEDS, on=last + timedelta(days=1))
    assert "is unsupported since 7 January 2027" in lacks[0].what
    here.given(Area.FINANCE, days=300, renews=finance)
    assert rests(last + timedelta(days=1))
    actions.withdraw_evidence("wexshire/5", reason="It was wrong", by=ADA, on=here.at(400))
    assert rests(here.day(399))
    assert not rests(here.day(400))


def test_what_is_lacking_is_said_by_the_rule_and_by_the_database_alike(here: ReadyPlace) -> None:
    assert queries.database_lacks("wexshire", NEEDS, on=here.day(20)).startswith("no assessment")
    assert len(queries.lacking("wexshire", NEEDS, on=here.day(20))) == 2
    here.agreed(levels=CORE | {Area.FINANCE: Level.DEVELOPING})
    assert "finance is developing" in queries.database_lacks("wexshire", NEEDS, on=here.day(20))
    assert queries.lacking("wexshire", {}, on=here.day(20)) == []
    assert queries.lacking("wexshire", {"strategy": "core"}, on=here.day(9)) != []
    assert queries.lacking("wexshire", {"strategy": "core"}, on=here.day(10)) == []
    with pytest.raises(Refused, match="is no area with a level"):
        queries.lacking("wexshire", {"luck": "core"}, on=here.day(10))


def test_eighteen_months_of_a_mayor_are_waited_for(here: ReadyPlace) -> None:
    here.begun()
    here.facts(elected_mayor=date(2025, 5, 31))
    here.evidence()
    here.handed_in(Side.PLACE, CORE)
    here.handed_in(Side.CENTRE, CORE)
    here.put(CORE)
    actions.consent(ONE, Side.CENTRE, proposal=1, by=ADA, on=here.at(10))
    needs = {"elected-mayor": "met", "best-value-notice": "met"}
    for day, open_ in ((date(2026, 11, 29), False), (date(2026, 11, 30), True)):
        assert (queries.lacking("wexshire", needs, on=day) == []) is open_
        assert (queries.database_lacks("wexshire", needs, on=day) == "") is open_


def waiver(here: ReadyPlace, need: str, level: str, days: int = 100) -> str:
    said = WaiverSaid(need, level, "home", "The plan is nearly done", here.day(days))
    row = actions.offer_waiver("wexshire", said, side=Side.PLACE, by=ADA, on=here.at(12))
    return row.citation.id


def test_a_waiver_needs_both_sides_and_ends(here: ReadyPlace) -> None:
    needs = {"people": "core", "elected-mayor": "met"}
    offered = waiver(here, "people", "advanced")
    mayor = waiver(here, "elected-mayor", "met")
    assert len(queries.lacking("wexshire", needs, on=here.day(20))) == 2
    with pytest.raises(Refused, match="whoever offered it"):
        actions.agree_waiver(offered, side=Side.PLACE, reason="Yes", by=ADA, on=here.at(13))
    for one in (offered, mayor):
        actions.agree_waiver(
            one, side=Side.CENTRE, reason="We help with it", by=ADA, on=here.at(13)
        )
    for day, lacks in ((12, 2), (13, 0), (100, 0), (101, 2)):
        assert len(queries.lacking("wexshire", needs, on=here.day(day))) == lacks
        said = queries.database_lacks("wexshire", needs, on=here.day(day))
        assert bool(said) is bool(lacks)
    with pytest.raises(Refused, match="within 731 days"):
        waiver(here, "people", "core", days=12 + 732)


def test_a_new_assessment_takes_its_place_and_the_earlier_is_kept(here: ReadyPlace) -> None:
    first = here.agreed()
    actions.begin(
        "wexshire", centre="home", why="A year later", side=Side.CENTRE, by=ADA, on=here.at(200)
    )
    assert queries.agreed_assessment("wexshire", on=here.day(200)) == first
    with pytest.raises(Refused, match="no reason"):
        actions.withdraw("wexshire/2", side=Side.PLACE, reason=" ", by=ADA, on=here.at(201))
    actions.withdraw("wexshire/2", side=Side.PLACE, reason="Too soon", by=ADA, on=here.at(201))
    assert [row.stage for row in queries.assessments("wexshire")] == [
        Stage.WITHDRAWN,
        Stage.AGREED,
    ]
    with pytest.raises(Refused, match="the assessment is withdrawn"):
        actions.state_facts("wexshire/2", [], by=ADA, on=here.at(202))


def test_what_followed_is_set_beside_what_was_scored(here: ReadyPlace) -> None:
    here.agreed(centre=CORE | {Area.FINANCE: Level.DEVELOPING})
    said = FollowedSaid(Area.FINANCE, went_well=True, what="Within budget", source="The auditor")
    actions.say_followed(ONE, said, side=Side.CENTRE, by=ADA, on=here.at(400))
    found = queries.what_followed("wexshire")
    assert [(one.agreed, one.centre, one.went_well) for one in found] == [
        (Level.CORE, Level.DEVELOPING, True)
    ]
    assert set(HAPPENED) < set(queries.assessment(ONE).facts)


def test_rule_and_database_agree_over_histories_by_chance(here: ReadyPlace) -> None:
    chance = Random(20261126)
    wanted = [*Area, "elected-mayor", "best-value-notice"]
    disagreed = []
    for _ in range(8):
        with transaction.atomic():
            some_history(here, chance)
            for _ in range(12):
                names = chance.sample(wanted, chance.randint(1, 3))
                needs = {
                    str(one): chance.choice(list(Level)).value if one in list(Area) else "met"
                    for one in names
                }
                on = here.day(chance.choice([5, 9, 10, 50, 99, 100, 101, 250, 300, 366, 367, 500]))
                rule = queries.lacking("wexshire", needs, on=on)
                database = queries.database_lacks("wexshire", needs, on=on)
                if bool(rule) is not bool(database):
                    disagreed.append((needs, on, rule, database))
            transaction.set_rollback(True)
    assert disagreed == []


def some_history(here: ReadyPlace, chance: Random) -> None:
    """An assessment with levels, facts, evidence and waivers as chance has them."""
    levels = {area: chance.choice([*Level, None]) for area in Area}
    scored = {area: chance.choice(list(Level)) for area in Area}
    here.begun()
    here.facts(
        elected_mayor=chance.choice([None, date(2021, 5, 10), date(2024, 8, 1)]),
        best_value_notice=chance.choice([None, date(2024, 10, 10), date(2025, 12, 1)]),
    )
    for area in Area:
        here.given(area, lasts=chance.choice([99, 365, 1000]))
    here.handed_in(Side.PLACE, scored)
    here.handed_in(Side.CENTRE, scored)
    here.put(levels)
    actions.consent(ONE, Side.CENTRE, proposal=1, by=ADA, on=here.at(10))
    for number, area in enumerate(Area, start=1):
        if chance.random() < 0.3:
            here.given(area, days=chance.choice([50, 300]), renews=number)
        if chance.random() < 0.2:
            actions.withdraw_evidence(
                f"wexshire/{number}", reason="Wrong", by=ADA, on=here.at(chance.choice([20, 250]))
            )
        if chance.random() < 0.4:
            one = waiver(here, area.value, chance.choice(list(Level)).value)
            if chance.random() < 0.7:
                actions.agree_waiver(
                    one, side=Side.CENTRE, reason="Yes", by=ADA, on=here.at(chance.choice([12, 50]))
                )
