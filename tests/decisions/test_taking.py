"""A decision is taken by the body that may, after its notice, by those who may take part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.bodies import Office
from totalplace.decisions.rules.moves import Stage, Verb
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.decisions.rules.taking_part import Held
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .conftest import Council, cabinet_rules

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
GIVEN, FIRST = date(2026, 6, 1), date(2026, 6, 30)
OnDay = Callable[[date], datetime]


def cited(citation: str) -> Citation:
    return Citation("decision", citation)


def test_a_key_decision_is_not_taken_without_notice(council: Council) -> None:
    citation = council.propose()
    council.comment(citation)
    assert queries.decision(citation).why_key.startswith("it spends or saves £900,000")
    with pytest.raises(Refused, match="no notice of it has been given"):
        council.take(citation, on=GIVEN)


def test_it_is_not_taken_a_day_before_28_clear_days_have_passed(council: Council) -> None:
    citation = council.propose()
    council.notice(citation)
    council.comment(citation)
    with pytest.raises(Refused, match="may be taken from 30 June 2026"):
        council.take(citation, on=FIRST - timedelta(days=1))
    assert council.take(citation, on=FIRST).stage is Stage.TAKEN


def test_notice_for_a_day_that_is_too_early_is_refused_with_the_first_that_is_not(
    council: Council,
) -> None:
    citation = council.propose(planned_on=FIRST - timedelta(days=1))
    with pytest.raises(Refused, match="Plan it for 30 June 2026 or later"):
        council.notice(citation)


def test_a_body_may_be_stricter_than_its_law_and_count_working_days(
    council: Council, on_day: OnDay
) -> None:
    rules = queries.body("wex-cabinet").rules_on(GIVEN)
    strict = type(rules)(
        rules.rule_set, rules.first_day, rules.source, rules.matters, rules.key_from_pence,
        None, rules.call_in, working_days=True,
    )  # fmt: skip
    actions.set_rules("wex-cabinet", strict, by=ADA, on=on_day(GIVEN))
    citation = council.propose(planned_on=date(2026, 8, 1))
    (move,) = council.notice(citation).moves
    assert move.step.opens_on == date(2026, 7, 10)


def test_the_general_exception_needs_five_clear_working_days_and_tells_the_chair_of_scrutiny(
    council: Council, on_day: OnDay
) -> None:
    citation = council.propose(planned_on=date(2026, 6, 9))
    row = actions.use_general_exception(
        citation, reason="The grant came late", by=ADA, on=on_day(GIVEN)
    )
    assert row.moves[-1].step.opens_on == date(2026, 6, 9)
    assert row.moves[-1].names == ("Cllr Day",)
    council.comment(citation)
    with pytest.raises(Refused, match="from 9 June 2026"):
        council.take(citation, on=date(2026, 6, 8))
    assert council.take(citation, on=date(2026, 6, 9)).stage is Stage.TAKEN


def test_special_urgency_needs_the_chair_of_scrutiny(council: Council, on_day: OnDay) -> None:
    citation = council.propose(planned_on=GIVEN)
    council.comment(citation)
    for name in ("Ada", "Cllr Ann Lee"):
        with pytest.raises(Refused, match="hold no office"):
            actions.agree_urgency(
                citation, reason="A roof fell in", agreed_by=name, by=ADA, on=on_day(GIVEN)
            )
    row = actions.agree_urgency(
        citation, reason="A roof fell in", agreed_by="Cllr Day", by=ADA, on=on_day(GIVEN)
    )
    assert row.moves[-1].names == ("Cllr Day, scrutiny chair",)
    assert council.take(citation, on=GIVEN).stage is Stage.TAKEN


def test_a_deputy_of_the_chair_agrees_while_they_are_deputy(
    council: Council, on_day: OnDay
) -> None:
    deputy = Held(Office.SCRUTINY_CHAIR, "Cllr Kay", GIVEN, GIVEN, deputy=True)
    actions.appoint("wex", deputy, source="Standing order 9", by=ADA, on=on_day(GIVEN))
    citation = council.propose()
    with pytest.raises(Refused, match="hold no office"):
        actions.agree_urgency(
            citation, reason="Roof", agreed_by="Cllr Kay", by=ADA, on=on_day(date(2026, 6, 2))
        )
    row = actions.agree_urgency(
        citation, reason="Roof", agreed_by="Cllr Kay", by=ADA, on=on_day(GIVEN)
    )
    assert row.stage is Stage.URGENT


def test_what_is_not_key_needs_no_notice_and_no_comment(council: Council) -> None:
    citation = council.propose(amount_pence=10_000_00, planned_on=GIVEN)
    assert not queries.decision(citation).key
    assert council.take(citation, on=GIVEN).stage is Stage.TAKEN


def test_a_key_decision_waits_for_the_chief_finance_officers_comment(council: Council) -> None:
    citation = council.propose()
    council.notice(citation)
    with pytest.raises(Refused, match="chief finance officer has not commented"):
        council.take(citation)


def test_the_cabinet_cannot_be_asked_for_what_is_the_full_councils(council: Council) -> None:
    with pytest.raises(Refused, match="is for full council"):
        council.propose(matter="budget")
    assert council.propose("wex-council", matter="budget") == "wex-council/1"


def test_an_officer_decides_up_to_the_delegated_limit_and_not_above(
    council: Council, on_day: OnDay
) -> None:
    with pytest.raises(Refused, match="above its limit of £100,000"):
        council.propose("wex-director", amount_pence=100_000_01)
    citation = council.propose("wex-director", amount_pence=100_000_00)
    taking = Taking("Within the budget")
    row = actions.take(citation, taking, by=ADA, on=on_day(FIRST))
    assert row.moves[-1].names == ("Ada",)
    assert queries.in_effect(cited(citation), on=FIRST)


def test_a_member_with_a_pecuniary_interest_takes_no_part(council: Council, on_day: OnDay) -> None:
    citation = council.propose(amount_pence=1_00)
    actions.declare_interest(
        citation, "Owns the building", pecuniary=True, who="Cllr Ann Lee", by=ADA, on=on_day(GIVEN)
    )
    with pytest.raises(Refused, match="Cllr Ann Lee may not take part"):
        council.take(citation)
    without = Taking("It serves families.", ["Cllr Bo Park"])
    assert actions.take(citation, without, by=ADA, on=on_day(FIRST)).stage is Stage.TAKEN


def test_an_officer_with_an_interest_of_their_own_does_not_decide_alone(
    council: Council, on_day: OnDay
) -> None:
    citation = council.propose("wex-director", amount_pence=1_00)
    actions.declare_interest(
        citation, "Married to the bidder", pecuniary=True, by=ADA, on=on_day(GIVEN)
    )
    with pytest.raises(Refused, match="Ada may not take part"):
        actions.take(citation, Taking("Cheapest", ["Somebody"]), by=ADA, on=on_day(FIRST))


@pytest.mark.parametrize(
    ("taking", "why"),
    [
        (Taking(" ", ["Cllr Bo"]), "no reason"),
        (Taking("Good", [" "]), "who took part"),
        (Taking("Good", ["Cllr Bo"], taken_on=date(2026, 7, 1)), "has not come"),
    ],
)
def test_a_decision_says_why_by_whom_and_on_a_day_that_has_come(
    council: Council, on_day: OnDay, taking: Taking, why: str
) -> None:
    citation = council.propose(amount_pence=0)
    with pytest.raises(Refused, match=why):
        actions.take(citation, taking, by=ADA, on=on_day(FIRST))


def test_what_is_withdrawn_or_refused_never_takes_effect(council: Council, on_day: OnDay) -> None:
    first, second = council.propose(), council.propose(amount_pence=0)
    actions.withdraw(first, reason="No longer needed", by=ADA, on=on_day(GIVEN))
    actions.refuse(second, Taking("Too dear", ["Cllr Bo"]), by=ADA, on=on_day(FIRST))
    later = date(2030, 1, 1)
    assert not queries.in_effect(cited(first), on=later)
    assert not queries.in_effect(cited(second), on=later)
    with pytest.raises(Refused, match="it is withdrawn"):
        queries.require_in_effect(cited(first), on=later)


def test_every_act_is_on_the_record_with_its_power(council: Council, on_day: OnDay) -> None:
    citation = council.taken()
    entries = record.about(cited(citation))
    said = ["proposed", "give notice", "commented", "take"]
    assert [entry.verb for entry in entries] == said
    assert all("operator" in entry.power for entry in entries)


def test_rules_cannot_change_what_was_done_under_others(council: Council, on_day: OnDay) -> None:
    council.taken()
    later = date(2026, 7, 1)
    with pytest.raises(Refused, match="acted under others on 30 June 2026"):
        actions.set_rules("wex-cabinet", cabinet_rules(first_day=FIRST), by=ADA, on=on_day(later))
    actions.set_rules("wex-cabinet", cabinet_rules(first_day=later), by=ADA, on=on_day(later))


def test_a_body_without_rules_decides_nothing(council: Council, on_day: OnDay) -> None:
    actions.add_body(
        "wex-panel", agency="wex", kind="committee", name="Panel", by=ADA, on=on_day(GIVEN)
    )
    with pytest.raises(Refused, match="by which rules it decides"):
        council.propose("wex-panel", matter="regulatory")


def test_a_decision_cites_what_it_is_about_and_is_found_by_it(
    council: Council, on_day: OnDay
) -> None:
    edition = Citation("edition", "wexshire/2025-26/1")
    proposal = Proposal("Agree", "To agree the count", "executive", FIRST, 0, 0, about=edition)
    actions.propose("wex-cabinet", proposal, by=ADA, on=on_day(GIVEN))
    assert [row.title for row in queries.decisions(about=edition)] == ["Agree"]


def test_buttons_are_what_the_actions_would_allow(council: Council, on_day: OnDay) -> None:
    row = queries.decision(council.propose())
    assert Verb.TAKE not in queries.open_verbs(row, on=GIVEN)
    assert Verb.GIVE_NOTICE in queries.open_verbs(row, on=GIVEN, by=ADA)
    row = council.notice(row.citation.id)
    assert Verb.TAKE not in queries.open_verbs(row, on=FIRST - timedelta(days=1))
    assert Verb.TAKE in queries.open_verbs(row, on=FIRST)


def test_a_power_delegated_to_one_person_is_not_anothers(council: Council, on_day: OnDay) -> None:
    citation = council.propose("wex-director", amount_pence=1_00)
    held = Held(Office.DECIDER, "Dana Dir", GIVEN)

    def appoint(held: Held, body: str) -> None:
        actions.appoint("wex", held, body_code=body, source="Scheme", by=ADA, on=on_day(GIVEN))

    with pytest.raises(Refused, match="a decider is of a body"):
        appoint(held, "")
    appoint(held, "wex-director")
    with pytest.raises(Refused, match="it is for Dana Dir"):
        actions.take(citation, Taking("Cheap"), by=ADA, on=on_day(FIRST))
    deputy = Held(Office.DECIDER, "Ada", FIRST, FIRST, deputy=True)
    appoint(deputy, "wex-director")
    row = actions.take(citation, Taking("Cheap"), by=ADA, on=on_day(FIRST))
    assert row.stage is Stage.TAKEN


def test_no_urgency_is_agreed_where_there_is_none(council: Council, on_day: OnDay) -> None:
    citation = council.propose()
    council.notice(citation)
    with pytest.raises(Refused, match="may be taken already"):
        actions.agree_urgency(
            citation, reason="Roof", agreed_by="Cllr Day", by=ADA, on=on_day(FIRST)
        )
    small = council.propose(amount_pence=0)
    with pytest.raises(Refused, match="it is not a key decision"):
        actions.use_general_exception(small, reason="Late", by=ADA, on=on_day(GIVEN))


def test_what_has_come_to_rest_is_not_looked_at_again(council: Council, on_day: OnDay) -> None:
    settled, called = council.taken(), council.taken()
    council.call_in(called, on=date(2026, 7, 7))
    waiting = [one.decision.citation.id for one in queries.waiting(on=date(2026, 9, 1))]
    assert waiting == [called]
    assert queries.in_effect(cited(settled), on=date(2026, 9, 1))
    assert [w.decision.citation.id for w in queries.waiting_for(ADA, on=date(2026, 9, 1))] == [
        called
    ]
    rows, total = queries.latest(agencies={"wex"}, most=1)
    assert (len(rows), total) == (1, 2)
