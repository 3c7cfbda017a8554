"""A response's course, its clocks and its closing, by rules alone."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from totalplace.agreements.rules.devolution import Side
from totalplace.decisions.definitions.reading import proclaimed
from totalplace.monitoring.definitions.clocks import read_clocks, standard
from totalplace.monitoring.rules.answering import (
    DONE,
    MOVES,
    WORDS,
    Course,
    Stage,
    Step,
    Verb,
    after,
    check_days,
    clocks,
    verbs,
)
from totalplace.monitoring.rules.clocks import Clock, Kept, Owed, days_late, on_time
from totalplace.refusal import Refused

HOLIDAYS = proclaimed()
MONDAY = date(2026, 6, 1)
PLACE, CENTRE = Side.PLACE, Side.CENTRE
USUAL = standard()
EXAMPLES = 200 if os.environ.get("TOTALPLACE_THOROUGH") else 15


def opened() -> Course:
    return Course(MONDAY, USUAL.days, USUAL.ladder)


def done(course: Course, side: Side, verb: Verb, on: date, review_on: date | None = None) -> Course:
    step = after(course, verb, side=side, on=on, proclaimed=HOLIDAYS, review_on=review_on)
    return replace(course, steps=(*course.steps, step))


def day(days: int) -> date:
    return MONDAY + timedelta(days=days)


def clock_of(course: Course, owed: Owed, side: Side | None) -> Clock:
    return [c for c in clocks(course, HOLIDAYS) if (c.owed, c.side) == (owed, side)][-1]


def proposed() -> Course:
    course = done(opened(), PLACE, Verb.DIAGNOSE, day(1))
    return done(course, PLACE, Verb.PROPOSE, day(2), review_on=day(100))


def test_every_move_has_words_and_closed_is_the_end() -> None:
    assert set(WORDS) == set(DONE) == set(Verb)
    assert not [verb for stage, verb in MOVES if stage is Stage.CLOSED]
    assert {stage for stage, _ in MOVES} == set(Stage) - {Stage.CLOSED}


def test_both_clocks_run_from_the_day_of_opening_in_working_days() -> None:
    for side in Side:
        reply = clock_of(opened(), Owed.REPLY, side)
        assert (reply.since, reply.due) == (MONDAY, date(2026, 6, 8))
        assert reply.kept(date(2026, 6, 8)) is Kept.RUNNING
        assert reply.kept(date(2026, 6, 9)) is Kept.SILENT


def test_a_bank_holiday_is_no_working_day() -> None:
    course = replace(opened(), day=date(2026, 8, 28))  # the Friday before one
    assert clock_of(course, Owed.REPLY, PLACE).due == date(2026, 9, 7)


def test_silence_is_late_by_working_days_and_an_answer_of_one_side_is_not_the_others() -> None:
    course = done(opened(), PLACE, Verb.ACKNOWLEDGE, day(2))
    assert clock_of(course, Owed.REPLY, PLACE).kept(day(20)) is Kept.IN_TIME
    silent = clock_of(course, Owed.REPLY, CENTRE)
    assert silent.kept(day(14)) is Kept.SILENT
    assert days_late(silent, day(14), HOLIDAYS) == 5


def test_a_side_acknowledges_once_and_any_word_of_it_is_an_answer() -> None:
    course = done(opened(), CENTRE, Verb.DIAGNOSE, day(1))
    assert clock_of(course, Owed.REPLY, CENTRE).met == day(1)
    with pytest.raises(Refused, match="said nothing yet"):
        done(course, CENTRE, Verb.ACKNOWLEDGE, day(1))


def test_no_remedy_is_proposed_before_a_cause_is_said() -> None:
    with pytest.raises(Refused, match="not the time"):
        done(opened(), PLACE, Verb.PROPOSE, day(1))
    asked = done(opened(), PLACE, Verb.ASK_TO_CLOSE, day(1))
    declined = done(asked, CENTRE, Verb.KEEP_OPEN, day(2))
    with pytest.raises(Refused, match="neither side has said the cause"):
        done(declined, PLACE, Verb.PROPOSE, day(3))


def test_nobody_agrees_to_their_own_remedy_or_to_their_own_closing() -> None:
    for verb in (Verb.AGREE, Verb.DECLINE, Verb.PROPOSE):
        with pytest.raises(Refused, match="the side that was asked"):
            done(proposed(), PLACE, verb, day(3))
        done(proposed(), CENTRE, verb, day(3))
    closing = done(proposed(), CENTRE, Verb.ASK_TO_CLOSE, day(3))
    with pytest.raises(Refused, match="the side that was asked"):
        done(closing, CENTRE, Verb.CLOSE, day(3))
    assert done(closing, PLACE, Verb.CLOSE, day(3)).closed_on == day(3)


def test_a_remedy_is_reviewed_from_its_day_on_and_both_owe_the_review() -> None:
    agreed = done(proposed(), CENTRE, Verb.AGREE, day(3))
    with pytest.raises(Refused, match="review it on 9 September 2026"):
        done(agreed, PLACE, Verb.REVIEW, day(99))
    review = clock_of(agreed, Owed.REVIEW, None)
    assert (review.since, review.kept(day(99))) == (day(100), Kept.RUNNING)
    assert not review.runs(day(99))
    assert done(agreed, PLACE, Verb.REVIEW, day(100)).stage is Stage.REVIEWED


def test_it_goes_up_only_after_a_refusal_or_the_others_silence() -> None:
    with pytest.raises(Refused, match="cannot go up yet"):
        done(proposed(), PLACE, Verb.ESCALATE, day(5))
    late = day(20)
    assert done(proposed(), PLACE, Verb.ESCALATE, late).rung.number == 2
    answered = done(proposed(), CENTRE, Verb.ACKNOWLEDGE, day(5))
    with pytest.raises(Refused, match="cannot go up yet"):  # only its own days have passed
        done(answered, CENTRE, Verb.ESCALATE, day(16))
    declined = done(proposed(), CENTRE, Verb.DECLINE, day(3))
    up = done(declined, CENTRE, Verb.ESCALATE, day(3))
    assert (up.stage, up.rung.number) == (Stage.DECLINED, 2)
    with pytest.raises(Refused, match="cannot go up yet"):  # it was only just taken up
        done(up, PLACE, Verb.ESCALATE, day(4))


def test_each_step_of_the_ladder_has_its_days_and_there_is_an_end_of_it() -> None:
    up = done(proposed(), PLACE, Verb.ESCALATE, day(20))
    with pytest.raises(Refused, match="until the end of"):
        done(up, PLACE, Verb.ESCALATE, day(40))
    top = done(up, PLACE, Verb.ESCALATE, day(41))
    with pytest.raises(Refused, match="nobody above"):
        done(top, PLACE, Verb.ESCALATE, day(200))


def test_an_agreements_own_days_of_answer_are_days_of_the_calendar() -> None:
    own = replace(proposed(), days=replace(USUAL.days, answer_calendar=28))
    assert clock_of(own, Owed.ANSWER, CENTRE).due == day(30)
    assert clock_of(proposed(), Owed.ANSWER, CENTRE).due == date(2026, 6, 17)


def test_what_is_owed_no_more_when_it_closes_was_neither_in_time_nor_late() -> None:
    asked = done(opened(), PLACE, Verb.ASK_TO_CLOSE, day(1))
    closed = done(asked, CENTRE, Verb.CLOSE, day(2))
    found = on_time(clocks(closed, HOLIDAYS), day(300), HOLIDAYS)
    assert [(one.side, one.due, one.in_time, one.unanswered) for one in found] == [
        (PLACE, 2, 2, 0), (CENTRE, 3, 3, 0),
    ]  # fmt: skip
    assert found[0].median_days == 1


def test_a_side_that_never_answered_is_counted_as_unanswered_not_left_out() -> None:
    found = {one.side: one for one in on_time(clocks(proposed(), HOLIDAYS), day(60), HOLIDAYS)}
    centre = found[CENTRE]
    assert (centre.due, centre.in_time, centre.late, centre.unanswered) == (3, 0, 0, 3)
    assert centre.median_days is None
    assert found[PLACE].in_time == 2


def test_a_remedy_is_done_from_today_on_and_reviewed_after() -> None:
    check_days(day(1), day(1), on=day(1))
    for due, review in ((day(0), day(5)), (day(5), day(4))):
        with pytest.raises(Refused, match="done from today on"):
            check_days(due, review, on=day(1))


def test_what_a_definition_may_not_say_is_refused() -> None:
    from importlib import resources

    text = resources.files("totalplace.monitoring.definitions").joinpath("clocks.yaml").read_text()
    assert read_clocks(text) == USUAL
    for wrong in ("reply: 0", "reply: 900", "reply: soon", "reply: 5\n  soon: 3"):
        with pytest.raises(Refused):
            read_clocks(text.replace("reply: 5", wrong))


class Life(RuleBasedStateMachine):
    """Both sides do whatever they can, on any day, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.course = opened()
        self.on = MONDAY

    @rule(days=st.integers(0, 45))
    def wait(self, days: int) -> None:
        self.on += timedelta(days=days)

    @rule(side=st.sampled_from(Side), verb=st.sampled_from(Verb), lasts=st.integers(0, 200))
    def tries(self, side: Side, verb: Verb, lasts: int) -> None:
        before = self.course
        can = verb in verbs(before, side, on=self.on, proclaimed=HOLIDAYS)
        try:
            made = done(before, side, verb, self.on, self.on + timedelta(days=lasts))
        except Refused:
            assert not can
            return
        assert can
        self.check(before, made.steps[-1])
        self.course = made

    @staticmethod
    def check(before: Course, step: Step) -> None:
        assert before.stage is not Stage.CLOSED
        if step.verb in (Verb.AGREE, Verb.DECLINE, Verb.CLOSE, Verb.KEEP_OPEN):
            assert step.side is not before.asked_by
        if step.verb is Verb.CLOSE:
            assert {step.side, before.asked_by} == set(Side)
        assert step.rung - before.rung.number == (step.verb is Verb.ESCALATE)

    @invariant()
    def clocks_are_whole(self) -> None:
        for one in clocks(self.course, HOLIDAYS):
            assert one.since <= one.due
            assert one.met is None or one.ended is None
            assert (one.kept(self.on) is Kept.SILENT) >= one.late(self.on)
        if self.course.closed_on is None:
            assert self.course.stage in {stage for stage, _ in MOVES}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None)
