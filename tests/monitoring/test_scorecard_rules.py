"""The watch's own record: nothing is claimed of too few, and every range is the published one."""

from __future__ import annotations

import math
import random
from datetime import date

import pytest

from totalplace.monitoring.definitions import replays as definitions
from totalplace.monitoring.rules.replaying import Replay, replayed
from totalplace.monitoring.rules.scorecard import (
    LEAST_PLACES,
    Kept,
    Scored,
    Verdict,
    count_range,
    foretold,
)
from totalplace.refusal import Refused

from .watch_made import a_change, a_series, seen_of


# Garwood's own table, as it is printed in many textbooks.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390),
     (50, 37.11, 65.92)],
)  # fmt: skip
def test_the_range_of_a_count_is_the_published_one(count: int, low: float, high: float) -> None:
    found = count_range(count)
    assert found[0] == pytest.approx(low, rel=1e-3, abs=1e-9)
    assert found[1] == pytest.approx(high, rel=1e-3)


def test_a_range_of_many_is_nearly_that_of_the_normal_curve() -> None:
    low, high = count_range(10_000)
    assert low == pytest.approx(10_000 - 1.96 * 100, rel=0.001)
    assert high == pytest.approx(10_000 + 1.96 * 100, rel=0.001)
    with pytest.raises(ValueError, match="nought or more"):
        count_range(-1)


def test_a_promise_is_kept_only_where_all_that_nobody_judged_might_be_false() -> None:
    assert Kept(4.0, 1.0, raised=9, false=1, real=5).verdict is Verdict.KEPT
    assert Kept(4.0, 1.0, raised=9, false=1, real=3).verdict is Verdict.OPEN
    assert "5 of 9 alarms are not judged yet" in Kept(4.0, 1.0, 9, 1, 3).words


def test_one_false_alarm_more_than_promised_may_be_chance_and_many_are_not() -> None:
    assert Kept(4.0, 1.0, raised=6, false=5, real=1).verdict is Verdict.OPEN
    assert Kept(4.0, 1.0, raised=20, false=14, real=6).verdict is Verdict.BROKEN
    assert "More false alarms than were promised: 14" in Kept(4.0, 1.0, 20, 14, 6).words


def test_where_nothing_was_raised_no_promise_is_called_kept() -> None:
    kept = Kept(2.0, 0.5, raised=0, false=0, real=0)
    assert kept.verdict is Verdict.OPEN
    assert "No alarm was raised yet, in 0.5 years of watching" in kept.words


def places(results: list[tuple[float, int]], *, months: int = 24) -> list[Scored]:
    return [
        Scored(f"p{n}", f"Place {n}", score, better=max(net, 0), worse=max(-net, 0), watched=20,
               months=months)
        for n, (score, net) in enumerate(results)
    ]  # fmt: skip


def test_too_few_places_say_nothing_of_readiness() -> None:
    few = foretold(places([(n / 3, n) for n in range(LEAST_PLACES - 1)]))
    assert few.agreement is None
    assert few.words.startswith(f"Too few places to say: {LEAST_PLACES - 1} have a score")


def test_scores_of_a_month_ago_foretold_nothing_yet() -> None:
    assert foretold(places([(n / 3, n) for n in range(20)], months=1)).places == 0


def test_a_score_that_orders_places_as_their_results_do_is_told_with_its_range() -> None:
    found = foretold(places([(n / 3, n) for n in range(12)]))
    assert found.agreement == pytest.approx(1.0)
    assert found.low is not None
    assert found.low > 0.9
    assert found.words.startswith("Places with higher scores did better since.")
    turned = foretold(places([(n / 3, -n) for n in range(12)]))
    assert "did worse since" in turned.words


def test_scores_that_are_all_one_can_foretell_nothing() -> None:
    same = foretold(places([(2.0, n) for n in range(12)]))
    assert same.agreement is None
    assert "all have one score" in same.words


def test_the_range_holds_no_agreement_about_as_often_as_it_says() -> None:
    drawn = random.Random(20261126)
    held = 0
    for _ in range(400):
        found = foretold(places([(drawn.random(), drawn.randint(-9, 9)) for _ in range(30)]))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_ties_are_shared_as_the_textbook_has_it() -> None:
    # By hand: ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4 agree 0.9487 (Spearman with ties).
    rows = [(1.0, 1), (2.0, 3), (2.0, 2), (3.0, 4)] * 3
    found = foretold(places(rows))
    assert found.agreement is not None
    assert math.isclose(found.agreement, 0.9487, abs_tol=0.02)


REPLAY = Replay(
    "absence", "More absence", "persistent-absence", "E92000001", date(2021, 9, 1),
    date(2023, 1, 12), "A committee", "A report of a committee",
)  # fmt: skip


def test_a_failure_is_told_by_the_first_figure_that_shows_it() -> None:
    series = a_series([10, 11, 10, 11, 22, 21], first=2017)
    seen = seen_of(series, a_change(series, since=4, told=4))
    found = replayed(REPLAY, series, seen)
    assert found.points_late == 1
    assert found.points_before == 4
    assert found.before_it_was_found is True
    assert found.words.startswith("Told by the first figure that shows it, that of 2021/22")


def test_how_many_figures_late_counts_from_when_it_began_and_not_from_what_the_watch_thinks() -> (
    None
):
    series = a_series([10, 11, 10, 11, 22, 21, 23], first=2017)
    seen = seen_of(series, a_change(series, since=5, told=6))
    assert replayed(REPLAY, series, seen).points_late == 3


def test_what_is_not_held_is_never_claimed() -> None:
    assert replayed(REPLAY, None, None).words == "Not held here: the figures were not added."
    old = a_series([10, 11, 10], first=2015)
    assert replayed(REPLAY, old, seen_of(old)).words.startswith("Not held here: no figure since")


def test_what_was_not_told_and_what_was_told_before_are_said_so() -> None:
    series = a_series([10, 11, 10, 11, 12, 12], first=2017)
    assert replayed(REPLAY, series, seen_of(series)).words.startswith("Not told: 2 figures since")
    before = seen_of(series, a_change(series, since=1, told=2))
    assert "before it began, by the figure of 2019/20" in replayed(REPLAY, series, before).words


def test_the_failures_that_ship_can_be_read_and_an_unknown_key_cannot() -> None:
    shipped = definitions.replays()
    assert len(shipped.every) >= 5
    assert shipped.share == pytest.approx(4 / 180)
    assert all(one.found_on > one.began for one in shipped.every)
    with pytest.raises(Refused, match="means nothing here"):
        definitions.read("title: x\nwhy: y\nguess: 1\n")
