"""A change is found once, again when it is certain, and once more when it is revised away."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.definitions.watch import promises, read_promises
from totalplace.monitoring.rules.detecting import DEFAULT_PROMISE
from totalplace.monitoring.rules.findings import (
    Known,
    Sort,
    Under,
    change_of,
    change_said,
    digest_of,
    figures_changed,
    frozen,
    series_said,
    wanted,
)
from totalplace.monitoring.rules.making import Budget, matters_of, spending
from totalplace.monitoring.rules.seen import Change, Seen, Sign
from totalplace.monitoring.rules.telling import sentences
from totalplace.monitoring.rules.watched import Point
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import lasting
from totalplace.outcomes.rules.targets import Baseline, Outcome, Step, Target
from totalplace.refusal import Refused

from .watch_made import a_change, a_series, seen_of

SERIES = a_series([11.8, 12.1, 11.7, 12.0, 11.9, 21.2, 21.6, 21.4])
SIGNS = [one for one in Sign if one not in (Sign.STEADY, Sign.TOO_FEW, Sign.SET_ASIDE)]


def known(number: int, change: Change, sort: Sort = Sort.NEW, sign: Sign | None = None) -> Known:
    return Known(
        number, SERIES.code, SERIES.area, sort, sign or change.sign,
        change.since_earliest.first_day, change.since_latest.last_day,
    )  # fmt: skip


def change(since: int = 5, sign: Sign = Sign.WORSE) -> Change:
    return a_change(SERIES, since=since, told=7, sign=sign)


def test_a_change_is_found_once() -> None:
    now = change()
    (one,) = wanted(seen_of(SERIES, now), [])
    assert (one.sort, one.change, one.follows) == (Sort.NEW, now, None)
    assert wanted(seen_of(SERIES, now), [known(1, now)]) == []


def test_it_is_told_again_when_it_is_certain_and_not_when_it_is_less_so() -> None:
    unsure = known(1, change(), sign=Sign.PERHAPS_WORSE)
    (one,) = wanted(seen_of(SERIES, change()), [unsure])
    assert (one.sort, one.follows) == (Sort.SURER, 1)
    assert wanted(seen_of(SERIES, change(sign=Sign.PERHAPS_WORSE)), [known(1, change())]) == []


def test_what_is_not_certain_is_a_finding_only_where_it_is_protected_and_may_be_worse() -> None:
    seen = seen_of(SERIES, change(sign=Sign.PERHAPS_WORSE))
    assert [one.sort for one in wanted(seen, [], protected=True)] == [Sort.NEW]
    assert wanted(seen, [], protected=False) == []
    assert wanted(seen_of(SERIES, change(sign=Sign.PERHAPS_BETTER)), [], protected=True) == []
    assert wanted(seen_of(SERIES, change(sign=Sign.BETTER)), [], protected=False)


def test_only_another_figure_revises_a_finding_away() -> None:
    said = {"series": series_said(SERIES)}
    more = replace(SERIES, points=(*SERIES.points, Point(lasting(date(2023, 9, 1), 12), 9.0)))
    assert not figures_changed(said, more)
    other = replace(SERIES, points=(replace(SERIES.points[0], value=5.0), *SERIES.points[1:]))
    assert figures_changed(said, other)
    assert figures_changed(said, replace(SERIES, points=SERIES.points[1:]))


def test_another_change_of_the_series_is_another_finding() -> None:
    later, earlier = change(7), change(2)
    seen = replace(seen_of(SERIES, later), earlier=(earlier,))
    (one,) = wanted(seen, [known(1, earlier)])
    assert (one.sort, one.change) == (Sort.NEW, later)
    other_way = change(sign=Sign.BETTER)
    found = wanted(replace(seen_of(SERIES, other_way), earlier=(change(),)), [known(1, change())])
    assert [one.sort for one in found] == [Sort.NEW]


def test_a_finding_of_which_no_change_is_left_was_revised_away_and_that_is_told_once() -> None:
    steady = seen_of(SERIES)
    (one,) = wanted(steady, [known(1, change())])
    assert (one.sort, one.change, one.follows) == (Sort.REVISED, None, 1)
    again = [known(1, change()), known(2, change(), Sort.REVISED)]
    assert wanted(steady, again) == []
    assert [one.sort for one in wanted(seen_of(SERIES, change()), again)] == [Sort.NEW]


def test_what_cannot_be_looked_at_revises_nothing_away() -> None:
    for sign in (Sign.TOO_FEW, Sign.SET_ASIDE):
        assert wanted(Seen(sign, None), [known(1, change())]) == []


@given(st.integers(1, 7), st.sampled_from(SIGNS), st.integers(0, 6))
def test_looking_twice_at_the_same_figures_finds_nothing_new(
    since: int, sign: Sign, before: int
) -> None:
    seen = seen_of(SERIES, change(since, sign))
    found: list[Known] = [known(1, change(max(1, before)))]
    for one in wanted(seen, found):
        shown = one.change or change(max(1, before))
        found.append(known(len(found) + 1, shown, one.sort))
    assert wanted(seen, found) == []


def test_a_frozen_finding_holds_its_figures_and_words_and_reads_back() -> None:
    now = change()
    told = sentences(seen_of(SERIES, now), SERIES)
    words = asdict(told) | {"sign": told.sign.value, "notes": list(told.notes)}
    text = frozen(SERIES, words, Under(4, 20, 0.2), change=now, since=now.since)
    said = json.loads(text)
    assert change_of(said["change"]) == now
    assert change_of(json.loads(json.dumps(change_said(now)))) == now
    assert [point["value"] for point in said["series"]["points"]][-1] == 21.4
    assert said["words"]["headline"] == told.headline
    assert said["under"] == {"a_year": 4, "series": 20, "chance": 0.2, "limits": []}
    assert digest_of(text) == digest_of(text[:])
    assert text == frozen(SERIES, words, Under(4, 20, 0.2), change=now, since=now.since)


def test_the_promise_that_is_shipped_is_that_of_the_rules() -> None:
    assert promises().a_year == DEFAULT_PROMISE
    with pytest.raises(Refused, match=r"odd"):
        read_promises("title: x\nodd: 1\n")


def a_path(baseline: str | None, *steps: tuple[int, str]) -> Target:
    return Target(
        Outcome("x", "E1", "X", "%", Better.LOWER),
        Baseline(None if baseline is None else Decimal(baseline)),
        tuple(Step(date(year, 3, 31), Decimal(value)) for year, value in steps), (), "why",
    )  # fmt: skip


def test_what_matters_is_the_slowest_year_of_a_target_s_path() -> None:
    assert matters_of(a_path("12.3", (2028, "11"), (2030, "9"))) == pytest.approx(1.0, abs=0.01)
    assert matters_of(a_path("12.3", (2028, "12.3"), (2029, "12.3"))) is None
    assert matters_of(a_path(None, (2028, "11"))) is None


def test_spending_is_beside_an_even_twelfth_and_no_month_is_made_up() -> None:
    budget = Budget(
        "wex", "Wexshire Council", 2026, 1_200_00,
        ((date(2026, 4, 9), 100_00), (date(2026, 6, 2), 150_00), (date(2026, 6, 20), 50_00)),
    )  # fmt: skip
    none = Budget("icb", "Health Board", 2026, 500_00, ())
    (found,) = spending([budget, none], place="wexshire", area_name="Wexshire",
                        on=date(2026, 11, 26))  # fmt: skip
    assert [(p.period.said, p.value) for p in found.points] == [
        ("April 2026", 100.0), ("May 2026", 0.0), ("June 2026", 200.0)
    ]  # fmt: skip
    assert (found.code, found.better) == ("money/wex", Better.NEITHER)
