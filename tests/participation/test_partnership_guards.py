"""The database itself refuses what a partnership may not do, whoever asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.decisions import actions as decisions
from totalplace.decisions import models as decided
from totalplace.participation import models
from totalplace.participation.actions import partnership as actions
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership.advice import Outcome
from totalplace.participation.rules.partnership.meetings import Stage

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
TABLES = [model._meta.db_table for model in (  # noqa: SLF001
    models.Partnership, models.PartnershipRules, models.Seat, models.Sitting, models.SeatEnd,
    models.Meeting, models.MeetingMove, models.MeetingMinutes, models.AgendaItem,
    models.MeetingPaper, models.Attendance, models.MeetingInterest, models.Motion,
    models.MotionMove, models.MotionVote, models.MotionDissent, models.MoneyOffer,
    models.MoneyOfferEnd, models.PartnershipAdvice, models.AdviceOffer, models.AdviceAnswer,
    models.SupportGiven, models.SupportEnd,
)]  # fmt: skip
NOW: dict[str, Any] = {"by": "x", "on": at(MEETS)}


@pytest.fixture
def partners(db: None) -> Partners:
    """A partnership with everybody in their seats."""
    return a_partnership()


def seat(number: int) -> int:
    return models.Seat.objects.get(number=number).pk


def put_in(make: Callable[..., object], **said: object) -> None:
    """Put a row straight into a table, past every action."""
    with transaction.atomic():
        make(**NOW, **said)


def a_motion(**other: object) -> None:
    said = {
        "partnership": models.Partnership.objects.get(), "number": 90, "kind": "advise",
        "item": models.AgendaItem.objects.get(number=1), "text": "Advise the council",
        "moved_by_id": seat(VCS),
    }  # fmt: skip
    put_in(models.Motion.objects.create, **(said | other))


@pytest.mark.parametrize("table", TABLES)
def test_nothing_of_a_partnership_is_changed_or_erased(table: str) -> None:
    for sql in ("DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql.format(table))


def test_a_motion_that_would_decide_is_refused_by_the_table_itself(partners: Partners) -> None:
    partners.sits()
    with pytest.raises(DatabaseError, match="motion_approves_adopts_and_allocates_nothing"):
        a_motion(text="The partnership approves the budget")
    with pytest.raises(DatabaseError, match="motion_is_of_a_kind_that_decides_nothing"):
        a_motion(kind="adopt")
    with pytest.raises(DatabaseError, match="motion_on_own_money_cites_an_offer"):
        a_motion(kind="propose own money")
    a_motion()


def test_a_motion_of_who_has_no_vote_or_in_no_meeting_is_refused(partners: Partners) -> None:
    partners.planned()
    with pytest.raises(DatabaseError, match="in a meeting that is open"):
        a_motion()
    actions.call_meeting(PLACE, 1, by=ADA, on=at(MEETS - timedelta(days=9)))
    actions.open_meeting(PLACE, 1, chair=COUNCIL, by=ADA, on=at(MEETS))
    with pytest.raises(DatabaseError, match="in a meeting that is open"):
        a_motion()  # nobody is there for the seat
    actions.attend(PLACE, 1, seat=OBSERVER, by=ADA, on=at(MEETS))
    with pytest.raises(DatabaseError, match="in a meeting that is open"):
        a_motion(moved_by_id=seat(OBSERVER))


def test_an_amendment_of_other_words_than_the_motion_has_is_refused(partners: Partners) -> None:
    partners.sits()
    partners.moved("Advise the council to open one hub")
    amended = models.Motion.objects.get(number=1)
    with pytest.raises(DatabaseError, match="does not fit the motion as it stands"):
        a_motion(amends=amended, text_before="Other words")
    a_motion(amends=amended, text_before="Advise the council to open one hub")


def test_votes_of_the_wrong_seat_time_or_weight_are_refused(partners: Partners) -> None:
    partners.sits()
    number = partners.moved("Advise the council to open one hub")
    row = models.Motion.objects.get(number=number)

    def vote(by_seat: int, weight: int = 1) -> None:
        put_in(
            models.MotionVote.objects.create, motion=row, seat_id=seat(by_seat), side="for",
            weight=weight, name="x",
        )  # fmt: skip

    with pytest.raises(DatabaseError, match="while the motion is being voted on"):
        vote(COUNCIL)
    actions.second(PLACE, number, seat=RESIDENT, by=ADA, on=at(MEETS))
    actions.put(PLACE, number, by=ADA, on=at(MEETS))
    with pytest.raises(DatabaseError, match="only a voting seat"):
        vote(OBSERVER)
    with pytest.raises(DatabaseError, match="another weight than its seat"):
        vote(COUNCIL, weight=9)
    vote(COUNCIL)
    with pytest.raises(DatabaseError, match="seat_votes_once"):
        vote(COUNCIL)


def test_a_result_is_what_the_votes_say(partners: Partners) -> None:
    partners.sits()
    number = partners.put_to_the_vote("Advise the council to open one hub")
    actions.vote(PLACE, number, "against", seat=COUNCIL, by=ADA, on=at(MEETS))
    said = {
        "motion": models.Motion.objects.get(number=number), "turn": 3, "before": "being voted on",
        "votes_against": 1, "abstained": 0,
    }  # fmt: skip
    make = models.MotionMove.objects.create
    for other in (
        {"verb": "carry", "after": "carried", "votes_for": 0},
        {"verb": "carry", "after": "carried", "votes_for": 5},
        {"verb": "lose", "after": "lost", "votes_for": 5},
    ):
        with pytest.raises(DatabaseError, match="not what the votes say"):
            put_in(make, **said, **other)
    with pytest.raises(DatabaseError, match="no casting vote"):
        put_in(make, **said, verb="carry", after="carried", votes_for=0, casting="for")
    put_in(make, **said, verb="lose", after="lost", votes_for=0)


def test_nothing_is_put_without_a_quorum_or_agreed_against_an_objection(partners: Partners) -> None:
    partners.sits()
    number = partners.moved("Note it")
    actions.second(PLACE, number, seat=RESIDENT, by=ADA, on=at(MEETS))
    actions.dissent(PLACE, number, "No.", seat=RESIDENT, by=ADA, on=at(MEETS))
    said = {"motion": models.Motion.objects.get(number=number), "turn": 2, "before": "seconded"}
    make = models.MotionMove.objects.create
    with pytest.raises(DatabaseError, match="somebody objects"):
        put_in(make, **said, verb="agree without a vote", after="agreed without a vote")
    for gone in (COUNCIL, HEALTH):
        actions.attend(PLACE, 1, seat=gone, here=False, by=ADA, on=at(MEETS))
    with pytest.raises(DatabaseError, match="no quorum"):
        put_in(make, **said, verb="put to the vote", after="being voted on")


def test_advice_is_of_a_motion_that_passed_and_to_the_accountable_body(partners: Partners) -> None:
    partners.sits()
    number = partners.moved("Advise the council to open one hub")
    said = {
        "partnership": models.Partnership.objects.get(), "number": 1, "words": "Open it",
        "motion": models.Motion.objects.get(number=number), "answer_by": MEETS,
        "to_id": models.Partnership.objects.get().accountable_id,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="a motion to advise said that passed"):
        put_in(models.PartnershipAdvice.objects.create, **said)


def test_an_answer_past_the_hearing_in_which_advice_was_raised_is_refused(
    partners: Partners,
) -> None:
    partners.sits()
    number = partners.moved("Advise the council to open one hub")
    actions.second(PLACE, number, seat=RESIDENT, by=ADA, on=at(MEETS))
    actions.agree(PLACE, number, by=ADA, on=at(MEETS))
    other = partners.moved("Advise the council to open two hubs")
    actions.second(PLACE, other, seat=RESIDENT, by=ADA, on=at(MEETS))
    first = models.PartnershipAdvice.objects.get()
    put_in(
        models.MotionMove.objects.create, motion=models.Motion.objects.get(number=other), turn=2,
        before="seconded", verb="agree without a vote", after="agreed without a vote",
    )  # fmt: skip
    put_in(
        models.PartnershipAdvice.objects.create, partnership=first.partnership, number=2,
        words="Two", motion=models.Motion.objects.get(number=other), answer_by=MEETS,
        to=first.to, point="1/1",
    )  # fmt: skip
    answer = models.AdviceAnswer.objects.create
    with pytest.raises(DatabaseError, match="answered in the hearing"):
        put_in(
            answer, advice=models.PartnershipAdvice.objects.get(number=2),
            outcome=Outcome.ACCEPTED.value, words="Yes",
        )  # fmt: skip


def test_minutes_change_no_more_once_a_later_meeting_approved_them(partners: Partners) -> None:
    partners.sits()
    actions.close_meeting(PLACE, 1, by=ADA, on=at(MEETS))
    actions.draft_minutes(PLACE, 1, "We met.", by=ADA, on=at(MEETS))
    row = models.Meeting.objects.get(number=1)
    said = {"meeting": row, "turn": 5, "before": "minutes drafted", "verb": "approve minutes",
            "after": "minutes approved", "at_meeting": row}  # fmt: skip
    with pytest.raises(DatabaseError, match="by a later meeting, while it sits"):
        put_in(models.MeetingMove.objects.create, **said)
    later = MEETS + timedelta(days=30)
    partners.sits(later)
    actions.approve_minutes(PLACE, 1, at=2, by=ADA, on=at(later))
    assert queries.meeting(PLACE, 1).stage is Stage.APPROVED
    minutes = {"meeting": row, "version": 2, "words": "We did not meet."}
    with pytest.raises(DatabaseError, match="until approved"):
        put_in(models.MeetingMinutes.objects.create, **minutes)
    with pytest.raises(DatabaseError, match="no more papers"):
        put_in(
            models.MeetingPaper.objects.create, item=row.items.get(number=1), number=1, title="x",
            media="x", size=1, held_id=1,
        )  # fmt: skip


def test_four_currencies_of_support_are_kept_apart_by_the_table(partners: Partners) -> None:
    said = {
        "place": models.Partnership.objects.get().place, "number": 1, "organisation": "Food bank",
        "agency": models.Partnership.objects.get().accountable, "first_day": MEETS,
        "last_day": MEETS, "source": "Letter",
    }  # fmt: skip
    for wrong in (
        {"kind": "grant", "hours": 5}, {"kind": "volunteering", "pence": 5},
        {"kind": "asset lent", "pence": 5}, {"kind": "grant", "pence": 5, "basis": "market rent"},
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="support_is_in_its_own_currency"):
            put_in(models.SupportGiven.objects.create, **said, **wrong)


def test_a_partnership_set_up_as_a_body_that_decides_decides_nothing(partners: Partners) -> None:
    decisions.add_body(
        "board", agency="wex", kind="partnership", name="Wexshire Together", by=ADA, on=at(MEETS)
    )
    body = decided.Body.objects.get(code="board")
    made = decided.Decision.objects.create(
        body=body, number=1, title="A hub", summary="To open it", matter="executive", key=False,
        planned_on=MEETS, **NOW,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="a partnership decides nothing"):
        put_in(
            decided.Move.objects.create, decision=made, turn=1, verb="take", before="proposed",
            after="taken", day=MEETS, reason="x", taken_on=MEETS, taken_by=body,
        )  # fmt: skip
