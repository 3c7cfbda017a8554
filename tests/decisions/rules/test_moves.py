"""Every way through the moves of a decision: none is in effect before its time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.acting import ACTS
from totalplace.decisions.rules.days import Counting, clear_days, first_day_after, last_day_of
from totalplace.decisions.rules.moves import MOVES, Stage, Verb, after, verbs
from totalplace.decisions.rules.standing import (
    Effect,
    Step,
    check_can_be_called_in,
    check_can_be_taken,
    stage_of,
    standing,
)
from totalplace.refusal import Refused

ENDS = {Stage.UPHELD, Stage.CONFIRMED, Stage.REFUSED, Stage.WITHDRAWN}


@pytest.mark.parametrize(("stage", "verb"), list(product(Stage, Verb)))
def test_a_move_is_in_the_table_or_refused_with_what_can_be_done(stage: Stage, verb: Verb) -> None:
    if (stage, verb) in MOVES:
        assert after(stage, verb) is MOVES[stage, verb][0]
        return
    with pytest.raises(Refused) as refused:
        after(stage, verb)
    said = refused.value.next_step
    assert all(can in said for can in verbs(stage)) or said == "Propose a new decision"


def test_every_stage_can_be_reached_and_only_ends_lead_nowhere() -> None:
    reached = {Stage.PROPOSED} | {following for following, _ in MOVES.values()}
    assert reached == set(Stage)
    assert {stage for stage in Stage if not verbs(stage)} == ENDS


def test_every_verb_is_an_act_that_a_mandate_allows() -> None:
    assert set(ACTS) == set(Verb)


class Life(RuleBasedStateMachine):
    """A key decision of a cabinet, moved by whoever may, on days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.today = date(2026, 5, 1)
        self.steps: list[Step] = []
        self.noticed: date | None = None
        self.urgent = False

    def can(self, verb: Verb) -> bool:
        return (stage_of(self.steps), verb) in MOVES

    def move(self, verb: Verb, opens: date | None = None, closes: date | None = None) -> None:
        following = after(stage_of(self.steps), verb)
        self.steps.append(Step(verb, following, self.today, opens, closes))

    @rule(days=st.integers(0, 20))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: self.can(Verb.GIVE_NOTICE))
    @rule()
    def give_notice(self) -> None:
        self.noticed = self.today
        opens = first_day_after(self.today, 28, Counting.CALENDAR, proclaimed())
        self.move(Verb.GIVE_NOTICE, opens=opens)

    @precondition(lambda self: self.can(Verb.AGREE_URGENCY))
    @rule()
    def agree_urgency(self) -> None:
        self.urgent = True
        self.move(Verb.AGREE_URGENCY)

    @precondition(lambda self: self.can(Verb.TAKE))
    @rule()
    def take(self) -> None:
        early = not self.urgent and (
            self.noticed is None
            or clear_days(self.noticed, self.today, Counting.CALENDAR, proclaimed()) < 28
        )
        try:
            check_can_be_taken(self.steps, taken_on=self.today, key=True)
        except Refused:
            assert early
            return
        assert not early
        closes = last_day_of(self.today, 5, Counting.WORKING, proclaimed())
        self.move(Verb.TAKE, closes=closes)

    @precondition(lambda self: self.can(Verb.CALL_IN))
    @rule()
    def call_in(self) -> None:
        was_in_effect = standing(self.steps, on=self.today).effect is Effect.IN_EFFECT
        try:
            check_can_be_called_in(self.steps, on=self.today)
        except Refused:
            assert was_in_effect
            return
        assert not was_in_effect
        self.move(Verb.CALL_IN)

    @precondition(lambda self: stage_of(self.steps) in {Stage.CALLED_IN, Stage.BEFORE_COUNCIL,
                                                        Stage.REFERRED_BACK})  # fmt: skip
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        self.move(data.draw(st.sampled_from(verbs(stage_of(self.steps)))))

    @invariant()
    def it_is_in_effect_only_when_taken_and_no_longer_to_be_called_in(self) -> None:
        stands = standing(self.steps, on=self.today)
        stage = stage_of(self.steps)
        if stands.effect is Effect.IN_EFFECT:
            assert stage in {Stage.TAKEN, Stage.UPHELD, Stage.CONFIRMED}
            assert stands.day is not None
            assert stands.day <= self.today
        if stage in {Stage.PROPOSED, Stage.UNDER_NOTICE, Stage.URGENT, Stage.CALLED_IN,
                     Stage.REFERRED_BACK, Stage.BEFORE_COUNCIL}:  # fmt: skip
            assert stands.effect is Effect.NOT_YET

    @invariant()
    def yesterday_is_as_it_was(self) -> None:
        before = standing(self.steps[:-1], on=self.today)
        if self.steps and self.steps[-1].day > self.today:
            assert standing(self.steps, on=self.today) == before


TestLife = Life.TestCase


def test_a_call_in_that_lasts_so_many_days_lapses_after_them() -> None:
    called = Step(Verb.CALL_IN, Stage.CALLED_IN, date(2026, 6, 1), closes_on=date(2026, 6, 15))
    assert standing([called], on=date(2026, 6, 15)).effect is Effect.NOT_YET
    lapsed = standing([called], on=date(2026, 6, 16))
    assert (lapsed.effect, lapsed.day) == (Effect.IN_EFFECT, date(2026, 6, 16))
