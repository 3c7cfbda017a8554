"""The ladder of a dispute, what a breach costs, and the clock of the docket: pure rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from totalplace.agreements.rules import docket
from totalplace.agreements.rules.breaches import Breach, Ending
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.ladder import USUAL, Course, Stage, Verb, after, rungs_of, verbs
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.agreements.rules.remedies import periods, worked
from totalplace.agreements.rules.terms import Period, Remedy, Rung
from totalplace.refusal import Refused

NOTICE = date(2026, 5, 1)
DUE = date(2026, 4, 30)
PROMISE = Promise(1, "dfe", "wex", Kind.PAY, "half", DUE, pence=1_000_00, line="x", cure_days=10)


def course(*moves: tuple[Verb, Side, date]) -> Course:
    """A dispute of which the place gave notice, after some moves."""
    found = Course(Side.PLACE, NOTICE, USUAL)
    for verb, side, day in moves:
        step = after(found, verb, side=side, on=day)
        found = Course(found.giver, found.day, found.rungs, (*found.steps, step))
    return found


def test_silence_goes_up_once_its_days_are_over_and_not_before() -> None:
    last = NOTICE + timedelta(days=10)
    with pytest.raises(Refused, match="until the end of 11 May 2026"):
        course((Verb.ESCALATE, Side.PLACE, last))
    up = course((Verb.ESCALATE, Side.PLACE, last + timedelta(days=1)))
    assert (up.rung.who, up.until) == ("the programme board", date(2026, 6, 1))
    with pytest.raises(Refused, match="that is for the side that gave notice"):
        course((Verb.ESCALATE, Side.CENTRE, last + timedelta(days=1)))


def test_a_side_sees_the_moves_that_it_can_make() -> None:
    assert verbs(course(), Side.CENTRE, on=NOTICE) == [Verb.ANSWER, Verb.OFFER]
    assert verbs(course(), Side.PLACE, on=NOTICE) == [Verb.OFFER, Verb.WITHDRAW]
    offered = course((Verb.OFFER, Side.CENTRE, NOTICE))
    assert verbs(offered, Side.CENTRE, on=NOTICE) == []
    assert verbs(offered, Side.PLACE, on=NOTICE) == [Verb.SETTLE, Verb.DECLINE, Verb.WITHDRAW]


def test_a_closed_dispute_has_no_move_and_nothing_is_above_the_last_step() -> None:
    day = NOTICE
    moves = [(Verb.ANSWER, Side.CENTRE, day)]
    for _ in USUAL[1:]:
        moves += [(Verb.ESCALATE, Side.PLACE, day), (Verb.ANSWER, Side.CENTRE, day)]
    top = course(*moves)
    assert top.last_rung
    with pytest.raises(Refused, match="nobody above"):
        after(top, Verb.ESCALATE, side=Side.PLACE, on=day)
    found = course(*moves, (Verb.ADJUDICATE, Side.PLACE, day))
    assert found.stage is Stage.ADJUDICATED
    assert verbs(found, Side.PLACE, on=day) == []


def test_the_steps_are_those_of_the_text_and_the_usual_ones_where_it_has_none() -> None:
    own = (Rung(2, "leaders", 5), Rung(1, "officials", 3))
    assert [rung.who for rung in rungs_of(own)] == ["officials", "leaders"]
    assert rungs_of(()) == USUAL


def breach(ended: date | None = None, how: Ending | None = None) -> Breach:
    since = DUE + timedelta(days=1)
    return Breach("wexshire/1", PROMISE, 1, DUE, since, since, date(2026, 5, 10), ended, how)


@pytest.mark.parametrize(
    ("remedy", "pence"),
    [
        (Remedy(Side.CENTRE, Period.DAY, pence=5_00), 155_00),
        (Remedy(Side.CENTRE, Period.WEEK, pence=5_00), 20_00),
        (Remedy(Side.CENTRE, Period.MONTH, per_cent=Decimal("1.5")), 15_00),
        (Remedy(Side.CENTRE, Period.BREACH, per_cent=Decimal(2), cap_pence=19_99), 19_99),
        (Remedy(Side.PLACE, Period.BREACH, pence=5_00), None),
    ],
)
def test_a_breach_costs_what_the_text_says_for_each_whole_period(
    remedy: Remedy, pence: int | None
) -> None:
    found = worked([remedy], breach(), broken_by=Side.CENTRE, on=date(2026, 5, 31))
    assert [one.pence for one in found] == ([] if pence is None else [pence])


def test_what_is_cured_costs_nothing_and_a_share_of_nothing_is_not_known() -> None:
    daily = Remedy(Side.CENTRE, Period.DAY, pence=5_00)
    cured = breach(date(2026, 5, 9), Ending.CURED)
    on = date(2026, 6, 30)
    assert worked([daily], cured, broken_by=Side.CENTRE, on=on)[0].pence == 0
    share = Remedy(Side.PLACE, Period.BREACH, per_cent=Decimal(1))
    [unknown] = worked([share], breach(), broken_by=Side.PLACE, on=on)
    assert unknown.pence is None
    [known] = worked([share], breach(), broken_by=Side.PLACE, on=on, next_instalment_pence=1_50)
    assert (known.pence, known.formula) == (2, "1% of £1.50 x 1 breach = £0.02")
    assert periods(Period.MONTH, breach(), date(2026, 5, 29)) == 0


def test_the_clock_of_a_rule_stops_when_it_is_lifted_and_an_unknown_cost_stays_unknown() -> None:
    lifted = (docket.Step(docket.Verb.LIFT, docket.Stage.LIFTED, date(2026, 5, 11)),)
    found = docket.clock(NOTICE, lifted, deadline=DUE, cost_pence=365_00, on=date(2027, 1, 1))
    assert (found.days_open, found.days_left, found.cost_pence) == (10, None, 10_00)
    stands = docket.clock(NOTICE, (), deadline=DUE, cost_pence=None, on=date(2026, 5, 3))
    assert (stands.days_left, stands.cost_pence) == (-3, None)
    words = docket.clock_in_words(stands, docket.Stage.RAISED, DUE)
    assert words == "3 days past 30 April 2026"
