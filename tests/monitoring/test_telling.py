"""A finding in words that a councillor would use: what moved, since when, how sure, how big."""

from __future__ import annotations

from dataclasses import replace

import pytest

from totalplace.monitoring.rules.comparing import Compared, Other, Whose
from totalplace.monitoring.rules.seen import Seen, Shape, Sign
from totalplace.monitoring.rules.telling import (
    Told,
    chance_said,
    revised_away,
    sentences,
    size_said,
    value_said,
)
from totalplace.monitoring.rules.watched import Standing, Watched
from totalplace.outcomes.rules.indicators import Better

from .watch_made import a_change, a_series, seen_of

VALUES = [11.8, 12.1, 11.7, 12.0, 11.9, 21.2, 21.6]
FORBIDDEN = (
    "p-value",
    "sigma",
    "significan",
    "null hypothesis",
    "regression",
    "z-score",
    "anomaly",
)


def told(series: Watched, compared: Compared | None = None, **change: object) -> Told:
    seen = seen_of(series, a_change(series, since=5, told=6, **change))  # type: ignore[arg-type]
    return sentences(seen, series, compared, chance=0.2)


def test_the_headline_says_what_moved_from_where_to_where() -> None:
    assert told(a_series(VALUES)).headline == (
        "Pupils who miss a tenth of school or more in Wexshire: worse, at 21.6% in 2021/22, where "
        "it was about 11.9% before."
    )


def test_what_is_not_certain_says_so_first() -> None:
    found = told(a_series(VALUES), sign=Sign.PERHAPS_WORSE)
    assert "worse, but not certain, at 21.6%" in found.headline
    assert "less than an alarm needs" in found.sure


def test_since_when_is_told_with_how_far_that_is_known() -> None:
    series = a_series(VALUES)
    early, late = series.points[4].period, series.points[6].period
    found = told(series, since_earliest=early, since_latest=late)
    assert found.since == (
        "It began in 2020/21; 9 times in 10 such a change begins no earlier than 2019/20 and no "
        "later than 2021/22. It "
        "could be told from the figure of 2021/22 on, number 2 since it began."
    )
    slide = told(series, shape=Shape.SLIDE, points_late=1)
    assert slide.since.startswith("It has gone little by little since 2020/21. It could be told at")


def test_how_sure_is_told_by_the_evidence_and_by_how_often_chance_would_do_it() -> None:
    assert told(a_series(VALUES)).sure == (
        "When it was told, the evidence for it was about 3 times what an alarm needs. By chance "
        "alone the watch raises an alarm about a healthy series about once in 5 years."
    )
    assert "just as much as an alarm needs" in told(a_series(VALUES), evidence=310.0).sure
    assert "about once a year" in chance_said(1.1)
    assert "about 3 times a year" in chance_said(3.0)


@pytest.mark.parametrize(
    ("matters", "said"),
    [
        (2.0, "That matters: it is 5 times 2.0 percentage points, the smallest change that does."),
        (8.0, "That matters: the smallest change that does is 8.0 percentage points."),
        (10.0, "It may be less than matters: the smallest change that does is 10.0"),
        (30.0, "That is less than matters: the smallest change that does is 30.0"),
        (None, "Nobody said what change matters."),
    ],
)
def test_how_big_is_told_against_what_matters(matters: float | None, said: str) -> None:
    assert said in told(a_series(VALUES, matters=matters)).big


def test_where_nobody_said_what_matters_published_limits_are_what_there_is() -> None:
    series = a_series(VALUES)
    last = replace(series.points[-1], low=20.0, high=23.2)
    found = told(replace(series, points=(*series.points[:-1], last)))
    assert "more than the 1.6 percentage points by which its publisher says" in found.big


def test_what_is_back_where_it_was_says_so_whichever_way_it_had_gone() -> None:
    for up, way, back in ((24.0, Sign.WORSE, Sign.BETTER), (4.0, Sign.BETTER, Sign.WORSE)):
        values = [11.0, 11.0, 11.0, up, up, 11.2, 11.2]
        series = a_series(values)
        moved = a_change(a_series(values[:5]), since=3, told=4, sign=way, before=11.0, after=up)
        change = a_change(series, since=5, told=6, sign=back, before=up, after=11.2)
        found = sentences(seen_of(series, change, earlier=(moved,)), series)
        assert found.big.endswith("It is back at about 11.0%, where it was before 2018/19.")


def test_a_latest_figure_that_does_not_show_the_change_is_told_as_such() -> None:
    series = a_series([1.0, 2.0, 1.5, 4.0, 5.0, 4.5, 1.0])
    change = a_change(series, since=3, told=4, before=1.5, after=3.6)
    assert sentences(seen_of(series, change), series).headline.endswith(
        ": worse, at about 3.6%, where it was about 1.5% before. The latest figure alone, 1.0% in "
        "2021/22, does not show it."
    )


def test_what_got_better_and_is_not_back_says_so() -> None:
    values = [11.0, 11.0, 11.0, 24.0, 24.0, 19.0, 19.0]
    series = a_series(values)
    fell = a_change(a_series(values[:5]), since=3, told=4)
    change = a_change(series, since=5, told=6, sign=Sign.BETTER, before=24.0, after=19.0)
    found = sentences(seen_of(series, change, earlier=(fell,)), series)
    assert found.big.endswith(
        "It is not back at about 11.0%, where it was before it got worse in 2018/19."
    )


def test_no_sign_too_few_and_set_aside_are_told_apart() -> None:
    series = a_series(VALUES[:5])
    steady = seen_of(series, usual_low=11.0, usual_high=13.0)
    assert sentences(steady, series).headline.endswith(
        "no sign of change, at 11.9% in 2019/20; 11.0% to 13.0% is usual."
    )
    few = Seen(Sign.TOO_FEW, None, short_by=3)
    assert sentences(few, series).headline.endswith("too early to say; 3 more figures are needed.")
    aside = tuple(
        replace(point, standing=Standing.SET_ASIDE, why="every figure is nought")
        for point in series.points
    )
    odd = sentences(Seen(Sign.SET_ASIDE, None), replace(series, points=aside)).headline
    assert odd.endswith("cannot be watched as it stands: every figure is nought.")
    same = Seen(Sign.SET_ASIDE, None, notes=("Every one of its values is the same.",))
    told = sentences(same, series).sentences
    assert told[0].endswith("cannot be watched as it stands.")
    assert "no figures" not in " ".join(told)


def test_whether_it_is_us_or_everyone_is_told() -> None:
    series, england = a_series(VALUES), Other("E92000001", "England", None)
    alone = Compared(Whose.HERE, england, False, None, ("A", "B", "C", "D"), (), "By the list.")
    assert told(series, alone).beside == (
        "England did not move at that time: it is Wexshire, and not everyone. None of 4 similar "
        "places moved the same way. By the list."
    )
    everyone = Compared(
        Whose.EVERYWHERE, england, True, False, ("A", "B", "C", "D"), ("A", "B", "C"),
        at_once="150 of 152 areas moved up at once: perhaps counted anew, or what happened to all",
    )  # fmt: skip
    said = told(series, everyone).beside
    assert "it is everyone. 3 of 4 similar places moved the same way (A, B, C)." in said
    assert " 150 of 152 areas moved up at once: perhaps counted anew" in said
    assert "is not known" in told(series, Compared()).beside
    more = Compared(Whose.MORE_HERE, england, True, True)
    assert "and more so here" in told(series, more).beside


def test_what_else_moved_and_what_was_revised_away_are_told() -> None:
    series = a_series(VALUES)
    seen = seen_of(series, a_change(series, since=5, told=6))
    found = sentences(seen, series, also=["Exclusions in Wexshire (worse)"])
    assert found.also == "At the same time in this place: Exclusions in Wexshire (worse)."
    gone = revised_away(series.title, "Wexshire", series.points[5].period, found)
    assert "the change found from 2020/21 on is no more to be seen" in gone.headline


def test_an_area_that_the_title_names_is_not_named_twice() -> None:
    series = a_series(VALUES, title="Vacancies: social workers (Wexshire)")
    assert told(series).headline.startswith("Vacancies: social workers (Wexshire): worse")


def test_values_are_said_in_their_units() -> None:
    pounds = a_series([], unit="£", decimals=0)
    assert value_said(pounds, -1234.4) == "-£1,234"
    assert value_said(pounds, -0.2) == "£0"
    assert value_said(a_series([], unit="years"), 59.31) == "59.3 years"
    assert value_said(a_series([], unit="days"), None) == "missing"
    assert size_said(a_series([]), -1.04) == "1.0 percentage point"


@pytest.mark.parametrize("better", list(Better))
@pytest.mark.parametrize("sign", list(Sign))
def test_no_word_of_the_trade_is_used(better: Better, sign: Sign) -> None:
    series = a_series(VALUES, better=better)
    seen = replace(seen_of(series, a_change(series, since=5, told=6, sign=sign)), sign=sign)
    words = " ".join(sentences(seen, series, Compared(), chance=0.01).sentences).lower()
    assert not any(word in words for word in FORBIDDEN)
