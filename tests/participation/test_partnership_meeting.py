"""A partnership meets: who speaks and votes for whom, what is refused, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import (
    NewInterest,
    NewItem,
    NewMotion,
    NewPaper,
)
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership.advice import Outcome, Standing
from totalplace.participation.rules.partnership.meetings import Stage
from totalplace.participation.rules.partnership.motions import Kind
from totalplace.participation.rules.partnership.motions import Stage as MotionStage
from totalplace.participation.rules.partnership.offers import NewOffer
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .partners import (
    ADA,
    COUNCIL,
    HEALTH,
    MEETS,
    OBSERVER,
    PLACE,
    RESIDENT,
    VCS,
    Partners,
    a_partnership,
    at,
)

pytestmark = pytest.mark.django_db
Appointed = Callable[..., Officer]


@pytest.fixture
def partners(db: None) -> Partners:
    """A partnership with everybody in their seats."""
    return a_partnership()


def carried(partners: Partners, text: str = "Advise the council to open a hub") -> int:
    """A motion that two seats voted for and one against."""
    number = partners.moved(text)
    actions.second(PLACE, number, seat=HEALTH, by=ADA, on=at(MEETS))
    actions.put(PLACE, number, by=ADA, on=at(MEETS))
    for seat, side in ((COUNCIL, "for"), (VCS, "for"), (HEALTH, "against"), (RESIDENT, "abstain")):
        actions.vote(PLACE, number, side, seat=seat, by=ADA, on=at(MEETS))
    actions.close_vote(PLACE, number, by=ADA, on=at(MEETS))
    return number


def test_a_motion_is_carried_by_more_than_half_and_becomes_advice(partners: Partners) -> None:
    partners.sits()
    number = carried(partners)
    _, motion = queries.motion(PLACE, number)
    assert motion.stage is MotionStage.CARRIED
    assert motion.steps[-1].counted is not None
    assert (motion.steps[-1].counted.for_, motion.steps[-1].counted.against) == (2, 1)
    [advice] = queries.advice(PLACE)
    assert (advice.motion, advice.to) == (number, "wex")
    assert advice.answer_by == MEETS + timedelta(days=42)
    assert advice.standing(MEETS) is Standing.WAITING
    assert record.first_fault() is None


def test_advice_is_answered_once_with_words_or_shown_as_overdue(partners: Partners) -> None:
    partners.sits()
    carried(partners)
    late = MEETS + timedelta(days=43)
    assert [one.number for one in queries.overdue(PLACE, on=late)] == [1]
    with pytest.raises(Refused, match="why nothing does"):
        actions.answer_advice(PLACE, 1, "not accepted", " ", by=ADA, on=at(late))
    row = actions.answer_advice(
        PLACE, 1, "not accepted", "There is no building for it.", by=ADA, on=at(late)
    )
    assert row.answer is not None
    assert row.answer.outcome is Outcome.NOT_ACCEPTED
    assert queries.overdue(PLACE, on=late) == []
    with pytest.raises(Refused, match="is not changed"):
        actions.answer_advice(PLACE, 1, "accepted", "We found one.", by=ADA, on=at(late))


@pytest.mark.parametrize(
    "text",
    [
        "The partnership approves the budget for 2027-28",
        "That £2m be allocated to hubs",
        "Thank the officers. Adopt the targets",
    ],
)
def test_a_partnership_approves_adopts_and_allocates_nothing(partners: Partners, text: str) -> None:
    partners.sits()
    with pytest.raises(Refused, match="A partnership cannot decide this"):
        partners.moved(text)


def test_a_seat_with_a_conflict_neither_moves_nor_seconds_nor_votes(partners: Partners) -> None:
    partners.sits()
    conflict = NewInterest("We run the hub that would be paid", conflict=True)
    actions.declare_interest(PLACE, 1, 1, conflict, seat=VCS, by=ADA, on=at(MEETS))
    number = partners.moved("Advise the council to open a hub", seat=COUNCIL)
    actions.second(PLACE, number, seat=HEALTH, by=ADA, on=at(MEETS))
    actions.put(PLACE, number, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="declared a conflict of interest in this item"):
        actions.vote(PLACE, number, "for", seat=VCS, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="declared a conflict"):
        actions.move(PLACE, 1, 1, NewMotion(Kind.NOTE, "Note it"), seat=VCS, by=ADA, on=at(MEETS))
    other = actions.move(
        PLACE, 1, 2, NewMotion(Kind.NOTE, "Note it"), seat=VCS, by=ADA, on=at(MEETS)
    )
    assert other.moved_by == VCS  # the conflict is in the first item alone


def test_an_interest_is_declared_before_the_seat_votes_and_not_after(partners: Partners) -> None:
    partners.sits()
    carried(partners)
    late = NewInterest("We run the hub", conflict=True)
    with pytest.raises(Refused, match="has voted on this item"):
        actions.declare_interest(PLACE, 1, 1, late, seat=VCS, by=ADA, on=at(MEETS))


def test_an_observer_speaks_and_does_not_vote(partners: Partners) -> None:
    partners.sits()
    number = partners.put_to_the_vote("Advise the council to open a hub")
    with pytest.raises(Refused, match="is an observer"):
        actions.vote(PLACE, number, "for", seat=OBSERVER, by=ADA, on=at(MEETS))


def test_a_vote_is_cast_once_and_while_it_is_open(partners: Partners) -> None:
    partners.sits()
    number = partners.moved("Advise the council to open a hub")
    with pytest.raises(Refused, match="not being voted on"):
        actions.vote(PLACE, number, "for", seat=VCS, by=ADA, on=at(MEETS))
    actions.second(PLACE, number, seat=HEALTH, by=ADA, on=at(MEETS))
    actions.put(PLACE, number, by=ADA, on=at(MEETS))
    actions.vote(PLACE, number, "for", seat=VCS, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="it has voted"):
        actions.vote(PLACE, number, "against", seat=VCS, by=ADA, on=at(MEETS))


def test_an_amendment_that_is_carried_changes_what_is_voted_on(partners: Partners) -> None:
    partners.sits()
    first = "Advise the council to open one hub"
    number = partners.moved(first)
    actions.second(PLACE, number, seat=HEALTH, by=ADA, on=at(MEETS))
    two = "Advise the council to open two hubs"
    with pytest.raises(Refused, match="other words by now"):
        actions.amend(PLACE, number, two, before="What?", seat=VCS, by=ADA, on=at(MEETS))
    amendment = actions.amend(PLACE, number, two, before=first, seat=VCS, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match=f"amendment {amendment.number} of it is not settled"):
        actions.put(PLACE, number, by=ADA, on=at(MEETS))
    actions.second(PLACE, amendment.number, seat=RESIDENT, by=ADA, on=at(MEETS))
    actions.agree(PLACE, amendment.number, by=ADA, on=at(MEETS))
    actions.agree(PLACE, number, by=ADA, on=at(MEETS))
    assert [one.words for one in queries.advice(PLACE)] == [two]


def test_nothing_is_agreed_without_a_vote_where_anybody_objects(partners: Partners) -> None:
    partners.sits()
    number = partners.moved("Ask the police to tell us of their patrols", kind=Kind.ASK)
    actions.second(PLACE, number, seat=HEALTH, by=ADA, on=at(MEETS))
    actions.dissent(PLACE, number, "It is theirs to say.", seat=RESIDENT, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="Residents of the north objects"):
        actions.agree(PLACE, number, by=ADA, on=at(MEETS))


def test_a_dissent_stands_by_name_of_seat_and_not_of_who_voted_for_it(partners: Partners) -> None:
    partners.sits()
    number = carried(partners)
    actions.dissent(PLACE, number, "It costs the ward.", seat=HEALTH, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="voted for it"):
        actions.dissent(PLACE, number, "No.", seat=VCS, by=ADA, on=at(MEETS))
    _, motion = queries.motion(PLACE, number)
    assert [(one.seat, one.words) for one in motion.dissents] == [(HEALTH, "It costs the ward.")]


def test_a_tie_waits_for_the_chair_who_has_the_casting_vote(partners: Partners) -> None:
    partners.sits()
    number = partners.put_to_the_vote("Advise the council to open a hub")
    actions.vote(PLACE, number, "for", seat=VCS, by=ADA, on=at(MEETS))
    actions.vote(PLACE, number, "against", seat=HEALTH, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="the chair has the casting vote"):
        actions.close_vote(PLACE, number, by=ADA, on=at(MEETS))
    motion = actions.close_vote(PLACE, number, casting="against", by=ADA, on=at(MEETS))
    assert motion.stage is MotionStage.LOST
    assert queries.advice(PLACE) == []


def test_without_a_quorum_nothing_is_put(partners: Partners) -> None:
    partners.sits()
    number = partners.moved("Advise the council to open a hub")
    actions.second(PLACE, number, seat=HEALTH, by=ADA, on=at(MEETS))
    for seat in (RESIDENT, VCS):
        actions.attend(PLACE, 1, seat=seat, here=False, by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="3 voting seats make a quorum, and 2 are filled"):
        actions.put(PLACE, number, by=ADA, on=at(MEETS))


def test_minutes_are_approved_by_a_later_meeting_and_then_never_change(partners: Partners) -> None:
    partners.sits()
    actions.close_meeting(PLACE, 1, by=ADA, on=at(MEETS))
    actions.draft_minutes(PLACE, 1, "We met.", by=ADA, on=at(MEETS))
    actions.draft_minutes(PLACE, 1, "We met and noted.", by=ADA, on=at(MEETS))
    with pytest.raises(Refused, match="minutes are approved by the next meeting"):
        actions.approve_minutes(PLACE, 1, at=1, by=ADA, on=at(MEETS))
    later = MEETS + timedelta(days=30)
    partners.sits(later)
    row = actions.approve_minutes(PLACE, 1, at=2, by=ADA, on=at(later))
    assert (row.stage, row.minutes[-1].words) == (Stage.APPROVED, "We met and noted.")
    with pytest.raises(Refused, match="not the time to draft minutes"):
        actions.draft_minutes(PLACE, 1, "We did not meet.", by=ADA, on=at(later))


def test_a_meeting_is_called_with_its_own_clear_days_or_a_reason(partners: Partners) -> None:
    partners.planned()
    late = MEETS - timedelta(days=5)  # four clear days
    with pytest.raises(Refused, match="5 clear days of notice are its own rule, and there are 4"):
        actions.call_meeting(PLACE, 1, by=ADA, on=at(late))
    row = actions.call_meeting(PLACE, 1, why_short="A roof fell in", by=ADA, on=at(late))
    assert (row.stage, row.steps[-1].reason) == (Stage.CALLED, "A roof fell in")
    with pytest.raises(Refused, match="the agenda was given with the call"):
        actions.add_item(PLACE, 1, NewItem("Late", "To say it"), by=ADA, on=at(late))


def test_a_paper_is_kept_by_its_hash_and_no_page_is_taken_for_one(partners: Partners) -> None:
    partners.planned()
    new = NewPaper("The report", "report.pdf", b"%PDF-1.7 report")
    row = actions.add_paper(PLACE, 1, 1, new, by=ADA, on=at(MEETS - timedelta(days=9)))
    assert row.items[0].papers[0].media == "application/pdf"
    assert queries.paper(PLACE, 1, 1, 1).content == b"%PDF-1.7 report"
    for name, content in (("x.html", b"<b>"), ("x.pdf", b"<script>"), ("x.txt", b"")):
        with pytest.raises(Refused, match="cannot be added"):
            actions.add_paper(
                PLACE, 1, 1, NewPaper("X", name, content), by=ADA, on=at(MEETS - timedelta(days=9))
            )


def test_a_partner_offers_its_own_money_and_nobody_elses(
    partners: Partners, an_officer: Appointed
) -> None:
    partners.sits()
    lead = an_officer("fay", Role.FINANCE_LEAD, agency="icb")
    new = NewOffer(100_000_00, "2026-27", "ward beds", "two hubs", "the council adds as much")
    with pytest.raises(Refused, match="may not offer money"):
        actions.offer(PLACE, "wex", new, by=lead, on=at(MEETS))
    found = actions.offer(PLACE, "icb", new, by=lead, on=at(MEETS))
    assert found.words.startswith("£100,000.00 in 2026-27 from ward beds to two hubs")
    secretary = an_officer("sec", Role.DATA_STEWARD, place=PLACE)
    said = NewMotion(Kind.OWN_MONEY, "Support what the health board offers", found.citation)
    motion = actions.move(PLACE, 1, 1, said, seat=VCS, by=secretary, on=at(MEETS))
    assert motion.cites == Citation("offer", "wexshire/1")
    actions.withdraw_offer(PLACE, 1, reason="The board thought again", by=lead, on=at(MEETS))
    with pytest.raises(Refused, match="was withdrawn"):
        actions.move(PLACE, 1, 1, said, seat=VCS, by=secretary, on=at(MEETS))


def test_a_member_with_an_account_speaks_for_their_own_seat_and_nobody_for_them(
    partners: Partners, an_officer: Appointed
) -> None:
    member = an_officer("kim", Role.PARTNERSHIP_MEMBER, agency="icb")
    secretary = an_officer("sec", Role.COMMISSIONER, place=PLACE)
    partners.seated(HEALTH, "Kim Hart", officer="kim", by=secretary)
    partners.sits(by=secretary)
    number = partners.put_to_the_vote("Advise the council to open a hub", by=secretary)
    with pytest.raises(Refused, match="Kim Hart has an account"):
        actions.vote(PLACE, number, "for", seat=HEALTH, by=secretary, on=at(MEETS))
    with pytest.raises(Refused, match="may not set up a partnership"):
        actions.vote(PLACE, number, "for", seat=VCS, by=member, on=at(MEETS))
    actions.vote(PLACE, number, "against", by=member, on=at(MEETS))
    _, motion = queries.motion(PLACE, number)
    assert [(one.seat, one.name) for one in motion.votes] == [(HEALTH, "Kim Hart")]
    stranger = an_officer("out", Role.PARTNERSHIP_MEMBER, agency="icb")
    with pytest.raises(Refused, match="no seat of the partnership is theirs"):
        actions.vote(PLACE, number, "for", by=stranger, on=at(MEETS))


def test_a_deputy_votes_where_they_are_marked_as_present_and_the_member_then_does_not(
    partners: Partners, an_officer: Appointed
) -> None:
    member = an_officer("kim", Role.PARTNERSHIP_MEMBER, agency="icb")
    deputy = an_officer("lou", Role.PARTNERSHIP_MEMBER, agency="icb")
    secretary = an_officer("sec", Role.COMMISSIONER, place=PLACE)
    partners.seated(HEALTH, "Kim Hart", officer="kim", by=secretary)
    partners.seated(HEALTH, "Lou Reed", officer="lou", deputy=True, by=secretary)
    partners.sits(by=secretary, without=(HEALTH,))
    actions.attend(PLACE, 1, by=deputy, on=at(MEETS))
    number = partners.moved("Advise the council to open a hub", by=secretary)
    with pytest.raises(Refused, match="Lou Reed is there for it"):
        actions.second(PLACE, number, by=member, on=at(MEETS))
    assert actions.second(PLACE, number, by=deputy, on=at(MEETS)).seconded_by == HEALTH


def test_a_seat_whose_term_is_over_has_nobody_to_speak_for_it(partners: Partners) -> None:
    actions.end_seat(
        PLACE, VCS, last_day=date(2026, 6, 10), reason="It closed", by=ADA, on=at(date(2026, 6, 1))
    )
    partners.sits(without=(VCS,))
    with pytest.raises(Refused, match="nobody sits in it"):
        actions.attend(PLACE, 1, seat=VCS, by=ADA, on=at(MEETS))
