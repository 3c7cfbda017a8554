"""A plan from its draft to the book: what is refused on the way, and what stands at its end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from totalplace.commissioning.actions import plan_answers, plans
from totalplace.commissioning.actions.appraisals import accept_effect, take_back
from totalplace.commissioning.actions.plan_answers import Answer, Intent
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.queries.allocations import allocation, allocation_in_force
from totalplace.commissioning.queries.answers import answers, parts, statement
from totalplace.commissioning.queries.plans import affected_agencies, lines, plan
from totalplace.commissioning.queries.plans import plans as every
from totalplace.commissioning.queries.plans_heard import adoption_lacks, stage_of, you_said
from totalplace.commissioning.rules.case import Grade, Kind, Rule
from totalplace.commissioning.rules.plan_moves import Stage
from totalplace.commissioning.rules.sorts import Sort
from totalplace.doors.affected import affected_by
from totalplace.ledger import queries as ledger
from totalplace.ledger.rules.accounts import Account, Heading
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, NoMandate, Officer, Role
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .cases import READY, WELL, effect, option
from .plans_made import (
    ABOUT,
    ADA,
    ADOPTED,
    ANSWERED,
    DRAFTED,
    ONE,
    OPENED,
    PROPOSED,
    STATED,
    TAKEN,
    Wexshire,
    a_case,
    begun,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Wexshire:
    return begun()


def test_a_draft_has_three_plans_with_reasons_and_three_to_compare_with(here: Wexshire) -> None:
    row = here.drafted()
    assert row.citation == ABOUT
    last = row.last
    assert [one.sort for one in last.proposable] == [Sort.MOST, Sort.FAIREST, Sort.LEAST_CHANGE]
    assert [one.sort for one in last.baselines] == [Sort.LAST_YEAR, Sort.PRO_RATA, Sort.PRIORITY]
    assert all(one.reason for one in last.candidates)
    assert last.runner_up.points <= last.stands.points <= (last.stands.bound or 0)
    assert last.case == a_case()
    assert (row.kept, last.number, last.chosen) == (Stage.DRAFT, 0, None)


def test_the_lines_of_a_plan_are_whole_pence_and_each_is_paid_for_to_the_penny(
    here: Wexshire,
) -> None:
    last = here.drafted().last
    for sort in (Sort.MOST, Sort.FAIREST, Sort.LEAST_CHANGE):
        found = lines(last, sort)
        assert tuple(one.pence for one in found) == last.candidate(sort).pence
        assert all(sum(pence for _, pence in one.paid) == one.pence for one in found)
        assert sum(one.pence for one in found) <= 2_000_00
    assert all(not one.paid for one in lines(last, Sort.LAST_YEAR))


def test_a_case_that_nothing_can_meet_is_refused_with_the_demands_that_conflict(
    here: Wexshire,
) -> None:
    impossible = Rule(
        "all", "roads keep all", Kind.ENTITLEMENT, ("nursery",), least=Decimal(3_000_00)
    )
    with pytest.raises(Refused) as refused:
        here.drafted(a_case(rules=(impossible,)))
    assert "roads keep all" in refused.value.why
    assert every("wexshire") == []


def test_a_case_of_another_place_or_agency_is_refused(here: Wexshire) -> None:
    with pytest.raises(Refused, match="of another place"):
        here.drafted(replace(a_case(), place="corner"))
    with pytest.raises(Refused, match="does not belong to the place"):
        here.drafted(replace(a_case(), options=(replace(a_case().options[0], agency="police"),)))


def test_an_officer_names_which_plan_is_proposed_and_why(here: Wexshire) -> None:
    here.drafted()
    for chosen in (Chosen(Sort.LAST_YEAR, "As ever"), Chosen(Sort.MOST, " ")):
        with pytest.raises(Refused):
            plans.propose(ONE, chosen, by=ADA, on=here.at(PROPOSED))
    row = plans.propose(ONE, Chosen(Sort.FAIREST, "So asked"), by=ADA, on=here.at(PROPOSED))
    assert (row.last.number, row.last.chosen, row.last.chosen_because) == (
        1, Sort.FAIREST, "So asked",
    )  # fmt: skip
    assert row.last.stands.pence == row.versions[0].candidate(Sort.FAIREST).pence
    assert row.kept is Stage.PROPOSED


def test_weights_that_rest_on_no_decision_in_effect_are_not_proposed(here: Wexshire) -> None:
    for said in ("", "decision wex-council/9", "what we think"):
        row = here.drafted(a_case(weights_by=said))
        with pytest.raises(Refused):
            plans.propose(row.citation.id, Chosen(Sort.MOST, "Best"), by=ADA, on=here.at(PROPOSED))


def test_an_ungraded_effect_moves_money_only_where_an_officer_accepted_it_on_the_record(
    here: Wexshire,
) -> None:
    guess = effect("1", grade=Grade.UNGRADED, accepted="accepted-effect wexshire/1")
    its = a_case(options=(option("nursery", 600, guess, agency="wex"),))
    with pytest.raises(Refused, match="not on the record"):
        here.drafted(its)
    accept_effect("wexshire", "nursery", *READY, reason="Locally known", by=ADA,
                  on=here.at(DRAFTED))  # fmt: skip
    row = here.proposed(its)
    take_back("wexshire", 1, reason="It was wrong", by=ADA, on=here.at(OPENED))
    assert "which was taken back" in " ".join(
        lack.why for lack in adoption_lacks(row, None, on=here.day(ADOPTED))
    )


def test_every_agency_with_money_in_it_is_asked_by_right(here: Wexshire) -> None:
    here.proposed()
    asked = affected_agencies(ONE)
    assert {one.agency for one in asked} == {"wex", "icb"}
    assert affected_by(ABOUT) == asked
    assert sum(one.pence or 0 for one in asked) == plan(ONE).last.stands.whole_pence


def test_an_agency_answers_for_itself_and_a_later_answer_takes_its_place(here: Wexshire) -> None:
    here.proposed()
    first = parts(plan(ONE))
    assert all(part.answer is None for part in first)
    here.said(accepts=False, words="It is too little.")
    here.said()
    board = next(part for part in parts(plan(ONE)) if part.agency == "icb")
    assert board.answer is not None
    assert board.answer.accepts
    assert board.answer.intents[0].words == "Forty more classes"
    assert [one.accepts for one in answers(plan(ONE))] == [False, True]


def test_nobody_answers_for_another_agency(here: Wexshire) -> None:
    here.proposed()
    on = here.at(0)
    places.appoint("lee", name="Lee", by=ADA, on=on)
    places.grant("lee", Role.COMMISSIONER, Matter("icb"), power="her post", by=ADA, on=on)
    lee, said = Officer("lee"), Answer(accepts=True, words="Fine")
    with pytest.raises(NoMandate):
        plan_answers.answer(ONE, "wex", said, by=lee, on=here.at(OPENED))
    assert plan_answers.answer(ONE, "icb", said, by=lee, on=here.at(OPENED)).agency == "icb"


def test_what_an_agency_will_commission_is_its_own_and_within_its_part(here: Wexshire) -> None:
    here.proposed()
    for intent in (
        Intent("nursery", READY, "Not ours"),
        Intent("classes", ("other", "X01"), "Not wanted"),
        Intent("classes", WELL, " "),
        Intent("classes", WELL, "Too much", 10**9),
    ):
        said = Answer(accepts=True, words="Yes", intents=[intent])
        with pytest.raises(Refused):
            plan_answers.answer(ONE, "icb", said, by=ADA, on=here.at(OPENED))
    assert answers(plan(ONE)) == []


def test_a_contested_part_is_answered_before_the_plan_is_adopted(here: Wexshire) -> None:
    here.proposed()
    number = here.opened()
    contested = here.said(accepts=False, words="It is too little.")
    here.concluded(number)
    here.stated()
    decision = here.decided()
    with pytest.raises(Refused, match="contests its part"):
        here.adopted(decision)
    with pytest.raises(Refused, match="nothing changed since"):
        plan_answers.reply(ONE, contested, words="More", changed=True, by=ADA, on=here.at(TAKEN))
    plan_answers.reply(
        ONE, contested, words="Its own figures show it is enough.", changed=False, by=ADA,
        on=here.at(TAKEN),
    )  # fmt: skip
    assert here.adopted(decision).in_force


def test_what_changes_while_people_are_heard_names_the_answer_that_led_to_it(
    here: Wexshire,
) -> None:
    here.proposed()
    number = here.opened()
    contested = here.said(accepts=False)
    here.objected(number)
    for because in (None, 1):
        with pytest.raises(Refused):
            here.revised(because=because, on=OPENED + 11)
    here.answered(number, changed=True)
    row = here.revised(because=1)
    assert (row.last.number, row.last.because, row.last.chosen) == (2, 1, Sort.FAIREST)
    assert any(change.agency == "icb" for change in row.changes(2))
    assert next(part for part in parts(row) if part.agency == "icb").since
    assert you_said(row)[0].version == 2
    plan_answers.reply(
        ONE, contested, words="It has more.", changed=True, by=ADA, on=here.at(ANSWERED, 14)
    )
    assert answers(row)[0].reply is not None


def test_adoption_waits_for_the_statement_of_the_chief_finance_officer_on_this_version(
    here: Wexshire,
) -> None:
    here.heard()
    decision = here.decided()
    with pytest.raises(Refused, match="no statement on the plan as it stands"):
        here.adopted(decision)
    here.stated(on=TAKEN + 1)
    with pytest.raises(Refused, match="came after the decision"):
        here.adopted(decision)


def test_what_is_adopted_is_an_allocation_that_is_posted_once_by_agency_line_and_year(
    here: Wexshire,
) -> None:
    made = here.all_done()
    row = plan(ONE)
    assert made == allocation(Citation("allocation", ONE)) == allocation_in_force("wexshire")
    assert stage_of(row, on=here.day(ADOPTED)) is Stage.ADOPTED
    assert made.pence == row.last.stands.whole_pence
    assert {line.fund for line in made.lines} == {"grant"}
    assert made.digest == row.last.digest
    stated = statement(row)
    assert stated is not None
    assert made.statement == stated.id
    with pytest.raises(Refused):
        here.revised(because=None, on=ADOPTED)
    code = here.booked()
    posted = here.posted(code)
    assert posted.posting is not None
    for agency in ("wex", "icb"):
        its = sum(line.pence for line in made.lines if line.agency == agency)
        account = Account(Heading.ALLOCATED, agency, "grant", 2027)
        assert ledger.balance(code, account) == its
    with pytest.raises(Refused, match="posted to the book wexshire-1 already"):
        here.posted(code)


def test_a_later_plan_of_the_same_year_takes_its_place_and_only_the_difference_is_posted(
    here: Wexshire,
) -> None:
    here.all_done()
    code = here.booked()
    here.posted(code)
    two = "wexshire/2"
    plans.draft("wexshire", "Another", a_case(pounds=1_900), agency="wex", why="Less money",
                by=ADA, on=here.at(DRAFTED))  # fmt: skip
    plans.propose(two, Chosen(Sort.FAIREST, "Fair"), by=ADA, on=here.at(PROPOSED))
    here.concluded(here.opened(Citation("plan", two)))
    plan_answers.state(two, robustness="Robust.", reserves="Adequate.", by=ADA, on=here.at(STATED))
    made = here.adopted(here.decided(about=Citation("plan", two)), two)
    assert (plan(ONE).kept, made.in_force) == (Stage.SUPERSEDED, True)
    assert not allocation(ONE).in_force
    here.posted(code, two)
    for agency in ("wex", "icb"):
        its = sum(line.pence for line in made.lines if line.agency == agency)
        assert ledger.balance(code, Account(Heading.ALLOCATED, agency, "grant", 2027)) == its


def test_a_book_that_has_not_so_much_or_no_line_of_a_fund_is_not_posted_to(
    here: Wexshire,
) -> None:
    here.all_done()
    here.booked(1_000)
    with pytest.raises(Refused):
        here.posted()
    other = here.booked(2_000, line="other", code="wexshire-2")
    with pytest.raises(Refused, match="no line for grant"):
        here.posted(other)
    assert allocation(ONE).posting is None


def test_all_that_is_lacking_is_said_at_once(here: Wexshire) -> None:
    row = here.proposed()
    said = " ".join(str(lack) for lack in adoption_lacks(row, None, on=here.day(ADOPTED)))
    for words in ("statement", "decision", "heard"):
        assert words in said


def test_a_plan_can_be_withdrawn_until_it_is_adopted(here: Wexshire) -> None:
    here.proposed()
    plans.withdraw(ONE, reason="The grant changed", by=ADA, on=here.at(STATED))
    assert plan(ONE).kept is Stage.WITHDRAWN
    with pytest.raises(Refused):
        plans.propose(ONE, Chosen(Sort.MOST, "Again"), by=ADA, on=here.at(STATED))
