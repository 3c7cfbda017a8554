"""What is told of a round: the spread of answers, who differs, and nothing of fewer than five."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.definitions.partnership import about, questions
from totalplace.monitoring.rules.partnership import (
    Answer,
    Asked,
    answered,
    relations,
    results,
    share_of,
    shares_of,
    showing,
)
from totalplace.monitoring.rules.partnership_told import differing, split
from totalplace.monitoring.rules.partnership_watched import Judged, watched
from totalplace.monitoring.rules.questions import LOCAL, questions_of, same_wording, text_of
from totalplace.monitoring.rules.spread import (
    Share,
    Spread,
    agreement,
    beyond_chance,
    chance,
    difference,
    wilson,
)
from totalplace.monitoring.rules.watched import Kind, Standing
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import lasting
from totalplace.readiness.rules.scale import Side

from .partnership_made import ASKED, QUARTERS, TRUST, a_round, an_answer

ALL = questions()
counts_of_steps = st.lists(st.integers(0, 40), min_size=3, max_size=7)


def test_the_instrument_has_six_principles_of_six_statements_each_marked_as_verified_or_not() -> (
    None
):
    assert [len(one.elements) for one in ALL.principles] == [6] * 6
    assert len(set(ALL.codes)) == 36
    verified = [one.verified for principle in ALL.principles for one in principle.elements]
    assert (sum(verified), len(verified)) == (10, 36)
    assert any("Hardy, Hudson and Waddington" in one for one in about().sources)
    assert questions_of(text_of(ALL)) == ALL


def test_agreement_is_that_of_the_published_implementation() -> None:
    """agrmt 1.42, agreement(): the example of its own page, and the ends of the measure."""
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=1e-7)
    assert agreement([0, 9, 0, 0]) == 1
    assert agreement([5, 5, 5, 5]) == 0
    assert agreement([7, 0, 0, 7]) == -1
    assert agreement([0, 0, 0]) is None
    with pytest.raises(ValueError, match="three steps"):
        agreement([1, 2])


@given(counts_of_steps)
def test_agreement_lies_between_its_ends_and_does_not_turn_with_the_scale(
    counts: list[int],
) -> None:
    found = agreement(counts)
    if found is not None:
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert agreement(counts[::-1]) == pytest.approx(found)
        assert agreement([3 * one for one in counts]) == pytest.approx(found)


def test_cannot_say_is_no_middle() -> None:
    spread = Spread((4, 0, 0, 4), cannot_say=100)
    assert (spread.median, spread.middle_half, spread.judged) == (1, (1, 4), 8)
    assert Spread((0, 0, 0, 0), cannot_say=5).median is None


@given(st.integers(1, 200), st.floats(0, 1))
def test_limits_of_a_share_hold_it_and_stay_within_none_and_all(of: int, share: float) -> None:
    low, high = wilson(share * of, of)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_a_difference_has_the_limits_of_newcombe() -> None:
    """Newcombe (1998), Table II, method 10: 56/70 less 48/80 is 0.0524 to 0.3339."""
    size, low, high = difference(Share(56, 70), Share(48, 80))
    assert (size, low, high) == pytest.approx((20.0, 5.24, 33.39), abs=0.01)


def test_chance_of_two_small_groups_is_counted_exactly() -> None:
    assert chance([[1.0] * 5, [0.0] * 5]) == pytest.approx(2 / math.comb(10, 5))
    assert chance([[0.5] * 5, [0.5] * 6]) == 1
    with pytest.raises(ValueError, match="two groups"):
        chance([[1.0], []])


def test_chance_that_is_drawn_is_near_what_is_counted() -> None:
    one, other = [0.9, 0.8, 0.6, 1.0, 0.7, 0.9], [0.5, 0.9, 0.3, 0.6, 0.8, 0.4, 0.2]
    both = one + other
    seen = abs(sum(one) / 6 - sum(other) / 7)
    ways = list(combinations(range(13), 6))
    as_far = 0
    for way in ways:
        mean = sum(both[n] for n in way) / 6
        rest = sum(both[n] for n in range(13) if n not in way) / 7
        as_far += abs(mean - rest) >= seen - 1e-9
    assert chance([one, other]) == pytest.approx(as_far / len(ways))
    thrice = chance([one, other, [0.1] * 8])
    assert thrice == chance([[*one], other, [0.1] * 8])  # the same answers say the same
    assert thrice < 0.01


def test_of_many_comparisons_few_are_told() -> None:
    assert beyond_chance([0.001, 0.06, 0.02]) == [True, False, True]
    assert beyond_chance([0.03, 0.03]) == [False, False]
    assert beyond_chance([]) == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)))
def test_what_is_held_back_is_of_nobody_or_of_five_people_of_two_bodies(
    counts: dict[str, int],
) -> None:
    shown = showing(counts, 5)
    assert all(counts[body] >= 5 for body in shown)
    kept_back = [count for body, count in counts.items() if body not in shown and count]
    if shown:
        assert not kept_back or (len(kept_back) > 1 and sum(kept_back) >= 5)


def test_a_person_counts_once_however_many_statements_they_judged() -> None:
    one = an_answer(**dict.fromkeys(TRUST[:1], 4))
    other = an_answer(**dict.fromkeys(TRUST, 1))
    principle = ALL.principle("trust")
    assert principle is not None
    assert shares_of([one, other, an_answer(**{TRUST[0]: 0})], principle) == [1.0, 0.0]
    assert share_of(an_answer(), principle) is None


people = st.lists(
    st.tuples(
        st.sampled_from(["wex", "icb", "fire", "dfe"]),
        st.dictionaries(st.sampled_from(TRUST[:3]), st.integers(0, 4)),
    ),
    max_size=40,
)


@given(people)
def test_nothing_of_fewer_than_five_people_can_be_read_or_worked_out(
    said: list[tuple[str, dict[str, int]]],
) -> None:
    answers = [an_answer(agency, "dfe", **steps) for agency, steps in said]
    found = results(ALL, ASKED, answers)
    for side in Side:
        whole = found.group("dfe", side)
        assert whole is not None
        bodies = [g for g in found.groups if (g.about, g.side) == ("dfe", side) and g.agency]
        for code in TRUST[:3]:
            counts = Counter(a.agency for a in answers if a.side is side and code in a.steps)
            spread = whole.spreads[code]
            assert (spread is not None) == (sum(counts.values()) >= 5)
            told = {g.agency for g in bodies if g.spreads[code] is not None}
            assert all(counts[body] >= 5 for body in told)
            held_back = sum(n for body, n in counts.items() if body not in told)
            assert not told or held_back == 0 or held_back >= 5


def test_results_have_no_person_and_tell_how_many_answered_of_how_many_asked() -> None:
    answers = a_round(0.9, 0.2)
    found = results(ALL, ASKED, answers)
    assert found.answered == {"wex": 7, "icb": 6, "fire": 2, "dfe": 6}
    assert answered(ASKED, []) == {"wex": 0, "icb": 0, "fire": 0, "dfe": 0}
    assert not any(hasattr(one, "person") for one in (*answers, *found.groups))
    assert relations(ASKED) == [(LOCAL, Side.PLACE), ("dfe", Side.PLACE), ("dfe", Side.CENTRE)]


def test_a_small_body_is_held_back_with_the_smallest_other() -> None:
    found = results(ALL, ASKED, a_round(0.9, 0.2))
    few = {g.agency for g in found.groups if g.about == LOCAL and g.agency and g.few}
    assert few == {"fire", "icb"}
    whole = found.group(LOCAL, Side.PLACE)
    assert whole is not None
    assert whole.people == 15


def test_where_the_two_sides_differ_is_said_with_its_limits() -> None:
    found = results(ALL, ASKED, a_round(0.95, 0.1))
    names = {"dfe": "the Department", "wex": "Wexshire Council"}
    said = differing(found, ALL, names, "dfe")
    assert len(said) == 6
    assert said[3].startswith("On trust the two sides differ: local people agree with")
    assert "points apart, and likely between" in said[3]
    gap = next(one for one in found.gaps if (one.about, one.principle) == ("dfe", "trust"))
    assert (gap.side, gap.told) == (None, True)
    assert gap.low > 0


def test_where_nothing_differs_or_too_few_answered_that_is_said() -> None:
    found = results(ALL, ASKED, a_round(0.5, 0.5))
    (said,) = differing(found, ALL, {}, "dfe")
    assert said.startswith("No difference is shown that could not be chance.")
    few = results(ALL, ASKED, [a for a in a_round(0.9, 0.1) if a.agency != "dfe"])
    assert "cannot be told" in differing(few, ALL, {"dfe": "the Department"}, "dfe")[-1]


def test_where_local_bodies_differ_the_furthest_apart_are_named() -> None:
    steps = {"wex": 4, "icb": 1, "fire": 3}
    answers = [
        an_answer(body, LOCAL, **dict.fromkeys(TRUST, step))
        for body, step in steps.items()
        for _ in range(6)
    ]
    found = results(ALL, ASKED, answers)
    (said,) = differing(found, ALL, {"icb": "the Health Board", "wex": "the Council"}, LOCAL)
    assert said == (
        "Local bodies see trust differently: people of the Council agree with 100 per cent of the "
        "statements, people of the Health Board agree with 0 per cent. So large a difference "
        "between bodies is seldom chance."
    )


def test_two_camps_are_told_where_a_mean_would_hide_them() -> None:
    answers = [an_answer("wex", LOCAL, **{TRUST[0]: 1 + 3 * (n % 2)}) for n in range(8)]
    group = results(ALL, ASKED, answers).group(LOCAL, Side.PLACE)
    assert group is not None
    assert [says for _, says in split(group, ALL)] == [ALL.principles[3].elements[0].says]


def test_each_principle_is_watched_apart_for_local_bodies_and_both_ways_with_the_centre() -> None:
    judged = [
        Judged(QUARTERS[n], ALL, results(ALL, ASKED, a_round(0.9, 0.2)).groups) for n in (0, 2)
    ]
    found = watched("wexshire", "Wexshire", judged, {"dfe": "the Department"})
    codes = [one.code for one in found]
    assert len(codes) == 18
    assert codes[0] == "partnership/local/need"
    assert {"partnership/dfe/local/trust", "partnership/dfe/centre/trust"} <= set(codes)
    one = found[0]
    assert (one.kind, one.better, one.months, one.breaks) == (Kind.SHARE, Better.HIGHER, 3, ())
    assert [point.standing for point in one.points] == [
        Standing.FIRM, Standing.MISSING, Standing.FIRM,
    ]  # fmt: skip
    point = one.points[0]
    assert point.denominator == 15
    assert point.value == pytest.approx(100 * (point.numerator or 0) / 15)


def test_a_quarter_of_too_few_answers_is_missing_and_new_words_are_a_break() -> None:
    few = [a for a in a_round(0.9, 0.2) if a.agency in ("fire", "dfe")]
    other = questions_of(text_of(ALL).replace("The right people are there", "They come"))
    judged = [
        Judged(QUARTERS[0], ALL, results(ALL, ASKED, a_round(0.9, 0.2)).groups),
        Judged(QUARTERS[1], other, results(other, ASKED, few).groups),
    ]
    series = {one.code: one for one in watched("wexshire", "Wexshire", judged, {})}
    local = series["partnership/local/trust"]
    assert local.points[1].why == "fewer than 5 people answered"
    assert [one.on for one in local.breaks] == [QUARTERS[1].first_day]
    assert series["partnership/local/need"].breaks == ()
    assert series["partnership/dfe/centre/trust"].points[1].value is not None
    assert same_wording(ALL, other, "need")


def test_without_a_closed_round_nothing_is_watched() -> None:
    assert watched("wexshire", "Wexshire", [], {}) == []


def test_a_body_that_nobody_of_answered_for_is_told_as_few() -> None:
    found = results(ALL, [Asked("wex", Side.PLACE, 3)], [])
    group = found.group(LOCAL, Side.PLACE)
    assert group is not None
    assert (group.people, group.few, found.gaps) == (0, True, ())
    assert isinstance(an_answer(), Answer)
    assert lasting(QUARTERS[0].first_day, 3) == QUARTERS[0]
