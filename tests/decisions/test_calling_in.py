"""A decision may be called in before it takes effect, and waits until that is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.moves import Mover, Stage, Verb
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .conftest import Council

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
TAKEN = date(2026, 6, 30)  # a Tuesday
LAST = date(2026, 7, 7)  # the fifth working day after
EFFECT = date(2026, 7, 8)
OnDay = Callable[[date], datetime]


def in_effect(citation: str, on: date) -> bool:
    return queries.in_effect(Citation("decision", citation), on=on)


def test_a_decision_takes_effect_when_its_window_has_closed_and_not_before(
    council: Council,
) -> None:
    citation = council.taken()
    assert not in_effect(citation, TAKEN)
    assert not in_effect(citation, LAST)
    assert in_effect(citation, EFFECT)


def test_on_its_last_day_it_may_be_called_in_and_a_day_later_not(council: Council) -> None:
    first, second = council.taken(), council.taken()
    assert council.call_in(first, on=LAST).stage is Stage.CALLED_IN
    with pytest.raises(Refused, match="closed at the end of 7 July 2026"):
        council.call_in(second, on=EFFECT)


def test_a_called_in_decision_takes_no_effect_however_long_it_waits(council: Council) -> None:
    citation = council.taken()
    council.call_in(citation, on=LAST)
    assert not in_effect(citation, date(2036, 1, 1))
    with pytest.raises(Refused, match="it is called in"):
        queries.require_in_effect(Citation("decision", citation), on=date(2036, 1, 1))


def test_upheld_it_takes_effect_that_day(council: Council, on_day: OnDay) -> None:
    citation = council.taken()
    council.call_in(citation, on=LAST)
    answered = date(2026, 7, 15)
    actions.answer_call_in(citation, Verb.UPHOLD, reason="Well argued", by=ADA, on=on_day(answered))
    assert not in_effect(citation, answered - timedelta(days=1))
    assert in_effect(citation, answered)


@pytest.mark.parametrize(
    ("verb", "stage", "effective"),
    [(Verb.CONFIRM, Stage.CONFIRMED, True), (Verb.RESCIND, Stage.REFUSED, False)],
)
def test_referred_back_it_is_confirmed_or_rescinded_and_not_called_in_again(
    council: Council, on_day: OnDay, verb: Verb, stage: Stage, effective: bool
) -> None:
    citation = council.taken()
    council.call_in(citation, on=LAST)
    day = date(2026, 7, 20)
    actions.answer_call_in(citation, Verb.REFER_BACK, reason="Ask", by=ADA, on=on_day(day))
    assert not in_effect(citation, day)
    row = actions.reconsider(
        citation, verb, Taking("We asked", ["Cllr Bo Park"]), by=ADA, on=on_day(day)
    )
    assert row.stage is stage
    assert in_effect(citation, day) is effective
    with pytest.raises(Refused):
        council.call_in(citation, on=day)


def test_scrutiny_may_refer_it_to_the_full_council(council: Council, on_day: OnDay) -> None:
    citation = council.taken()
    council.call_in(citation, on=LAST)
    day = on_day(date(2026, 7, 9))
    for verb, stage in [
        (Verb.REFER_TO_COUNCIL, Stage.BEFORE_COUNCIL),
        (Verb.REFER_BACK, Stage.REFERRED_BACK),
    ]:
        row = actions.answer_call_in(citation, verb, reason="Off budget", by=ADA, on=day)
        assert row.stage is stage
        assert not in_effect(citation, date(2036, 1, 1))


def test_too_few_members_or_one_who_decided_cannot_call_it_in(
    council: Council, on_day: OnDay
) -> None:
    citation = council.taken()
    for members, why in [
        (["Cllr Day", "Cllr Eve"], "3 members must ask"),
        (["Cllr Day", "Cllr Eve", "cllr ann lee"], "took part in taking it"),
    ]:
        with pytest.raises(Refused, match=why):
            actions.call_in(citation, reason="No", members=members, by=ADA, on=on_day(LAST))


def test_a_waived_call_in_lets_it_take_effect_at_once(council: Council, on_day: OnDay) -> None:
    citation = council.propose()
    council.notice(citation)
    council.comment(citation)
    actions.waive_call_in(
        citation, reason="The grant lapses", agreed_by="Cllr Day", by=ADA, on=on_day(TAKEN)
    )
    council.take(citation)
    assert in_effect(citation, TAKEN)
    with pytest.raises(Refused, match="no call-in applies"):
        council.call_in(citation, on=TAKEN)


def test_waiving_the_call_in_does_not_shorten_the_notice(council: Council, on_day: OnDay) -> None:
    citation = council.propose()
    council.notice(citation)
    council.comment(citation)
    day = date(2026, 6, 2)
    actions.waive_call_in(
        citation, reason="The grant lapses", agreed_by="Cllr Day", by=ADA, on=on_day(day)
    )
    with pytest.raises(Refused, match="from 30 June"):
        council.take(citation, on=date(2026, 6, 29))


def test_a_decision_taken_earlier_is_called_in_from_its_publication(
    council: Council, on_day: OnDay
) -> None:
    citation = council.propose()
    council.notice(citation)
    council.comment(citation)
    published = date(2026, 7, 2)
    taking = Taking("It serves families.", ["Cllr Bo Park"], taken_on=TAKEN)
    row = actions.take(citation, taking, by=ADA, on=on_day(published))
    assert row.moves[-1].taken_on == TAKEN
    assert row.moves[-1].step.closes_on == date(2026, 7, 9)


def test_a_direction_of_a_combined_authoritys_scrutiny_lasts_fourteen_days(on_day: OnDay) -> None:
    day = on_day(date(2026, 1, 1))
    places.register_agency("wexca", name="Wex CA", kind="combined-authority", by=ADA, on=day)
    actions.add_body("wexca-mayor", agency="wexca", kind="mayor", name="Mayor", by=ADA, on=day)
    rules = OwnRules(
        "combined-authority", date(2026, 1, 1), "Constitution", frozenset({"mayoral"}),
        500_000_00, None, CallInWindow(5, Counting.WORKING, 1),
    )  # fmt: skip
    actions.set_rules("wexca-mayor", rules, by=ADA, on=day)
    proposal = Proposal("Buses", "To franchise", "mayoral", TAKEN, 0, 0)
    row = actions.propose("wexca-mayor", proposal, by=ADA, on=on_day(TAKEN))
    citation = row.citation.id
    actions.take(citation, Taking("Better buses", ["The Mayor"]), by=ADA, on=on_day(TAKEN))
    called = date(2026, 7, 1)
    actions.call_in(citation, reason="Cost", members=["Cllr X"], by=ADA, on=on_day(called))
    assert not in_effect(citation, called + timedelta(days=14))
    assert in_effect(citation, called + timedelta(days=15))
    with pytest.raises(Refused, match="no law gives"):
        actions.answer_call_in(
            citation, Verb.REFER_TO_COUNCIL, reason="Cost", by=ADA, on=on_day(called)
        )
    with pytest.raises(Refused, match="cannot be answered any more"):
        actions.answer_call_in(
            citation, Verb.UPHOLD, reason="Late", by=ADA, on=on_day(called + timedelta(days=15))
        )


def test_what_waits_for_whom_changes_as_a_decision_moves(council: Council, on_day: OnDay) -> None:
    def waits(on: date) -> list[tuple[Mover, date | None]]:
        return [(one.mover, one.until) for one in queries.waiting(place="wexshire", on=on)]

    given = date(2026, 6, 1)
    citation = council.propose()
    assert waits(given) == [(Mover.CLERK, TAKEN)]
    council.notice(citation)
    assert waits(given) == [(Mover.BODY, TAKEN)]
    council.comment(citation)
    council.take(citation)
    assert waits(TAKEN) == [(Mover.MEMBERS, LAST)]
    council.call_in(citation, on=LAST)
    assert waits(LAST) == [(Mover.SCRUTINY, None)]
    actions.answer_call_in(citation, Verb.UPHOLD, reason="Fine", by=ADA, on=on_day(EFFECT))
    assert waits(EFFECT) == []


def test_the_forward_plan_is_what_is_yet_to_be_decided_the_soonest_first(council: Council) -> None:
    council.taken()
    late, soon = council.propose(planned_on=date(2026, 9, 1)), council.propose()
    plan = queries.forward_plan(place="wexshire", on=date(2026, 6, 1))
    assert [row.citation.id for row in plan] == [soon, late]
    assert queries.forward_plan(agency="elsewhere", on=date(2026, 6, 1)) == []
