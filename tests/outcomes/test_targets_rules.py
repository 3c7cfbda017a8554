"""Rules of targets: what a target must say, who can move it, what changed, how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.decisions.definitions.reading import matters
from totalplace.outcomes.definitions.adopting import adopting_matters
from totalplace.outcomes.rules import target_telling as telling
from totalplace.outcomes.rules.adopting import (
    Decided,
    Made,
    check_revision,
    decision_lacks,
    not_as_heard,
)
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.target_changes import differences
from totalplace.outcomes.rules.target_moves import MOVES, Stage, Verb, after, stands, verbs
from totalplace.outcomes.rules.targets import (
    NOBODY,
    Baseline,
    Part,
    Step,
    check_agencies,
    check_set,
    plain,
    said_share,
    said_value,
    stakes,
    whole_shares,
)
from totalplace.outcomes.rules.wanted import made, said_again
from totalplace.refusal import Refused

from .targets_made import ABSENCE, FIRST, LAST, a_target

MAY_1 = datetime(2027, 5, 1, 12, tzinfo=UTC)
JUNE_1 = datetime(2027, 6, 1, 12, tzinfo=UTC)


def check(*targets: object) -> None:
    check_set(targets, first_day=FIRST, last_day=LAST)  # type: ignore[arg-type]


def test_a_whole_target_may_stand() -> None:
    check(a_target())


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"why": " "}, "not said why it matters"),
        ({"why": "x" * 2001}, "at most 2,000"),
        ({"baseline": Baseline(None)}, "where the outcome stands now"),
        ({"baseline": Baseline(Decimal(12), "2024/25")}, "who published it"),
        ({"baseline": Baseline(Decimal(12), "", "DfE")}, "of which period"),
        ({"steps": ()}, "no value to reach"),
        ({"steps": (Step(date(2029, 3, 31), Decimal(9)), Step(date(2028, 3, 31), Decimal(8)))},
         "not in order"),
        ({"steps": (Step(date(2031, 3, 31), Decimal(9)),)}, "outside of the set"),
        ({"steps": (Step(date(2027, 3, 31), Decimal(9)),)}, "outside of the set"),
        ({"steps": (Step(date(2029, 3, 31), Decimal(13)),)}, "lower is better"),
        ({"steps": (Step(date(2028, 3, 31), Decimal(9)), Step(date(2029, 3, 31), Decimal(10)))},
         "from 9 (2028-03-31) to 10"),
        ({"pence": {"wex": -1}}, "below nought"),
        ({"pence": {NOBODY: 1}}, "nobody's"),
    ],
)  # fmt: skip
def test_a_target_that_is_not_whole_is_refused(other: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match="cannot be kept") as refused:
        check(a_target(**other))
    assert why in str(refused.value)


def test_a_target_that_goes_the_wrong_way_may_stand_with_a_reason() -> None:
    worse = (Step(date(2029, 3, 31), Decimal(13)),)
    check(a_target(steps=worse, against="A new school opens with pupils who were never counted."))


def test_to_protect_a_level_is_a_target_too() -> None:
    check(a_target(steps=(Step(date(2029, 3, 31), Decimal("12.3")),)))


def test_where_no_way_is_better_either_way_may_stand() -> None:
    outcome = replace(ABSENCE, better=Better.NEITHER)
    check(a_target(outcome, steps=(Step(date(2029, 3, 31), Decimal(13)),)))


def test_a_missing_baseline_may_stand_with_a_reason_and_is_never_nought() -> None:
    target = a_target(baseline=Baseline(None, why_missing="It was not measured before."))
    check(target)
    assert "not known: It was not measured before" in telling.whole(target)


def test_a_set_needs_a_target_and_one_for_each_outcome() -> None:
    with pytest.raises(Refused, match="there are none"):
        check()
    with pytest.raises(Refused, match="has 2 targets"):
        check(a_target(), a_target())
    many = [a_target(replace(ABSENCE, area=f"E{n:08}")) for n in range(201)]
    with pytest.raises(Refused, match="at most 200"):
        check(*many)


def test_shares_are_whole_per_cent_and_the_rest_is_nobodys() -> None:
    said = {"wex": Decimal(50), "icb": Decimal(30)}
    assert whole_shares(said, of="x") == {"wex": 50, "icb": 30, NOBODY: 20}
    thirds = {who: Decimal("33.3") for who in ("a", "b", "c")}
    assert whole_shares(thirds, of="x") == {"a": 34, "b": 33, "c": 33}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"a": Decimal(60), "b": Decimal(50)}, "come to 110"),
        ({"a": Decimal(-1)}, "below nought"),
        ({}, "no agency is named"),
        ({NOBODY: Decimal(100)}, "no agency is named"),
        ({"a": Decimal(0)}, "no agency is named"),
    ],
)
def test_shares_that_cannot_be_are_refused(said: dict[str, Decimal], why: str) -> None:
    with pytest.raises(Refused, match=why):
        whole_shares(said, of="x")


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "d", "e", NOBODY]),
        st.decimals(min_value=Decimal("0.01"), max_value=Decimal(30), places=2),
        min_size=2,
    ).filter(lambda said: set(said) != {NOBODY} and sum(said.values()) <= 100)
)
def test_shares_always_come_to_a_hundred(said: dict[str, Decimal]) -> None:
    shares = whole_shares(said, of="x")
    assert sum(shares.values()) == 100
    assert all(abs(shares[who] - share) < 2 for who, share in said.items() if who)


def test_who_has_a_stake_is_who_has_a_share_or_money() -> None:
    first = a_target()
    second = a_target(
        replace(ABSENCE, area="E10000018"), shares={"wex": Decimal(100)}, pence={"fire": 500}
    )
    assert stakes([first, second]) == {"wex": (2, 120_000_000), "icb": (1, None), "fire": (0, 500)}
    with pytest.raises(Refused, match="'fire' cannot be said to move"):
        check_agencies([second], {"wex", "icb"})


def test_a_target_said_again_is_the_same_target() -> None:
    target = a_target()
    assert made(said_again(target), ABSENCE) == target


def test_what_changed_is_said_line_by_line() -> None:
    before = a_target()
    later = a_target(
        steps=(Step(date(2028, 3, 31), Decimal(11)), Step(date(2030, 3, 31), Decimal(10))),
        shares={"wex": Decimal(50), "icb": Decimal(20)},
        pence={"wex": 1_500_000_00},
    )
    new = a_target(replace(ABSENCE, indicator="waits", title="Waits", area="E1"))
    changes = [(c.what, c.before, c.after) for c in differences([before], [later, new])]
    assert changes == [
        ("By 31 March 2029", "9.5", ""),
        ("By 31 March 2030", "9", "10"),
        ("What icb can move", "30 per cent", "20 per cent"),
        ("What wex can move", "50 per cent, with £1,200,000.00", "50 per cent, with £1,500,000.00"),
        ("What nobody here can move", "20 per cent", "30 per cent"),
        ("The target was added", "", "9 by 31 March 2030"),
    ]
    assert [c.what for c in differences([before, new], [before])] == ["The target was taken out"]
    assert differences([before], [before]) == []


@pytest.mark.parametrize(
    ("better", "said"),
    [
        (Better.LOWER, "no more than 9 in 100 by 31 March 2030"),
        (Better.HIGHER, "at least 9 in 100 by 31 March 2030"),
        (Better.NEITHER, "9 in 100 by 31 March 2030"),
    ],
)
def test_a_target_reads_as_a_sentence(better: Better, said: str) -> None:
    target = a_target(replace(ABSENCE, better=better))
    assert telling.sentence(target) == said
    assert telling.now(target) == "it was 12.3 in 100 in 2024/25"


def test_a_target_that_lets_an_outcome_get_worse_says_how_far_at_most() -> None:
    outcome = replace(ABSENCE, better=Better.HIGHER)
    target = a_target(outcome, against="Fewer places are funded.")
    assert telling.sentence(target).startswith("at least 9")
    worse = a_target(steps=(Step(date(2030, 3, 31), Decimal(13)),), against="A school opens.")
    assert telling.sentence(worse).startswith("no more than 13")


def test_units_and_intervals_are_said_plainly() -> None:
    assert telling.amount(Decimal("412.50"), "per 100,000 people") == "412.5 per 100,000 people"
    assert telling.reading(Decimal("11.2"), Decimal("10.8"), Decimal("11.6"), "%") == (
        "11.2 in 100 (between 10.8 and 11.6)"
    )
    assert telling.reading(Decimal("11.2"), None, None, "%") == "11.2 in 100"
    target = a_target()
    assert telling.wanted_at(target, date(2028, 4, 1)) == "9.5 in 100 by 31 March 2029"
    assert telling.wanted_at(target, date(2031, 4, 1)) == ""
    assert telling.share(Part(NOBODY, 20), {}) == "nobody here, 20 per cent"


@pytest.mark.parametrize(
    ("text", "value"), [("12.50", "12.5"), ("1,250", "1250"), ("9%", "9"), ("-3", "-3"), (" ", "")]
)
def test_a_value_is_read_as_it_is_typed(text: str, value: str) -> None:
    found = said_value(text)
    assert found == (Decimal(value) if value else None)


@pytest.mark.parametrize("text", ["nine", "1.23456", "1e5", "Infinity", "NaN", "١٢", "9" * 13])
def test_what_is_no_value_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no value"):
        said_value(text)
    with pytest.raises(Refused, match="is no share"):
        said_share(text)


def test_values_are_written_without_odd_noughts() -> None:
    assert [plain(Decimal(v)) for v in ("12.50", "1E+2", "-0.0", "1250.000")] == [
        "12.5", "100", "0", "1,250",
    ]  # fmt: skip


def test_a_set_moves_only_as_the_table_says() -> None:
    assert after(Stage.DRAFT, Verb.PROPOSE) is Stage.PROPOSED
    assert verbs(Stage.HEARD) == [Verb.REVISE, Verb.ADOPT, Verb.WITHDRAW]
    assert verbs(Stage.ADOPTED) == []
    for stage in Stage:
        for verb in Verb:
            if (stage, verb) not in MOVES:
                with pytest.raises(Refused, match="This is not the time to"):
                    after(stage, verb)
    with pytest.raises(Refused, match="they were not heard yet"):
        after(Stage.PROPOSED, Verb.ADOPT)
    assert stands(Stage.PROPOSED, heard=True) is Stage.HEARD
    assert stands(Stage.DRAFT, heard=True) is Stage.DRAFT


def test_what_is_adopted_is_what_was_heard_changed_only_as_answers_say() -> None:
    first, second = Made(1, MAY_1, None), Made(2, JUNE_1, 4)
    opened = datetime(2027, 5, 15, tzinfo=UTC)
    assert not_as_heard([first, second], opened=opened, answers={4: True}) == []
    unheard = not_as_heard([second], opened=opened, answers={4: True})
    assert [lack.what for lack in unheard] == ["What was heard is not these targets"]
    for answers in ({4: False}, {}):
        found = not_as_heard([first, second], opened=opened, answers=answers)
        assert [lack.what for lack in found] == ["Version 2 does not rest on an answer"]
    # An answer of an earlier hearing has a number of its own.
    before = Made(2, MAY_1, 2)
    owed = not_as_heard([first, before], opened=opened, answers={1: False, 2: True})
    assert [lack.what for lack in owed] == ["Answer 2 says that something changed, and nothing did"]
    assert not_as_heard([first], opened=opened, answers={2: True}, elsewhere=[2]) == []


@pytest.mark.parametrize(
    ("because", "opened", "why"),
    [
        (None, MAY_1, "which answer led to the change"),
        (3, MAY_1, "no answer 3"),
        (1, MAY_1, "answer 1 says that nothing changed"),
        (2, None, "not being heard yet"),
    ],
)
def test_a_revision_while_heard_needs_an_answer(
    because: int | None, opened: datetime | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        check_revision(because, opened=opened, answers={1: False, 2: True})


def test_a_revision_for_an_answer_and_one_before_any_hearing_are_free() -> None:
    check_revision(2, opened=MAY_1, answers={2: True})
    check_revision(None, opened=None, answers={})


DECIDED = Decided(
    "wex-council/3", "targets wexshire/1", "wex", "policy-framework", "full-council",
    date(2027, 9, 2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, ""),
        ({"about": "targets wexshire/2"}, "about targets wexshire/2"),
        ({"about": ""}, "about nothing that is named"),
        ({"agency": "dale"}, "a decision of dale"),
        ({"matter": "executive", "body_kind": "executive"}, "does not set the policy"),
        ({"matter": "mayoral", "body_kind": "mayor"}, "does not set the policy"),
        ({"matter": "authority", "body_kind": "officer"}, "does not set the policy"),
        ({"taken_on": date(2027, 9, 1)}, "hearing was concluded on 1 September 2027"),
        ({"recorded": MAY_1}, "version 2 was made after it was taken"),
    ],
)
def test_only_a_decision_of_the_right_body_about_these_targets_adopts_them(
    other: dict[str, object], why: str
) -> None:
    lacks = decision_lacks(
        replace(DECIDED, **other),  # type: ignore[arg-type]
        about="targets wexshire/1", agency="wex", matters=adopting_matters(),
        concluded=date(2027, 9, 1), last=Made(2, JUNE_1, 4),
    )  # fmt: skip
    assert [why in lack.why for lack in lacks] == ([True] if why else [])


def test_targets_are_adopted_only_by_bodies_to_which_the_law_gives_policy() -> None:
    kinds = {kind for bodies in adopting_matters().values() for kind in bodies}
    assert kinds == {"full-council", "combined-authority"}
    assert set(adopting_matters()) <= set(matters())
