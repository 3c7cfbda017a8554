"""The watch's own record is read from what is on the record, and counts nothing twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from totalplace.agreements.rules.devolution import Side
from totalplace.doors.report.scorecard_told import on_time_words, table_rows
from totalplace.monitoring.actions.answering import Said
from totalplace.monitoring.actions.watching import Terms, look_at, set_watch
from totalplace.monitoring.queries.scorecard import ScorecardRow, scorecard
from totalplace.monitoring.rules.answering import Verb
from totalplace.monitoring.rules.scorecard import Verdict
from totalplace.outcomes.actions import readings
from totalplace.readiness.rules.scale import Level
from totalplace.sources.home import Home

from ..readiness.ready_made import CORE, a_ready_place  # noqa: TID252
from .answers_made import ADA, TODAY, a_finding, at, begun, moved, opened
from .watch_made import ABSENCE, JUMPED, QUIET, a_table, a_watched_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def told(home: Home) -> ScorecardRow:
    return scorecard(home=home, on=TODAY)


def test_an_alarm_in_figures_of_before_the_watch_began_is_not_counted(home: Home) -> None:
    begun()
    a_finding(days=-60)  # told by a figure before the last
    row = told(home)
    assert (row.kept.raised, row.older) == (0, 1)
    assert row.kept.promised == pytest.approx(4 * 60 / 365.25)


def test_an_alarm_told_by_the_first_of_two_figures_that_came_at_once_is_counted(
    home: Home,
) -> None:
    begun(days=-3_000)
    set_watch("wexshire", Terms(4.0), reason="To begin with", by=ADA, on=at(-2_900))
    a_finding(days=-60)  # told by a figure before the last, of a school year since then
    assert (told(home).kept.raised, told(home).older) == (1, 0)


def test_what_was_promised_follows_each_turn_of_a_place(home: Home) -> None:
    begun(days=-400)
    set_watch("wexshire", Terms(2.0), reason="To begin with", by=ADA, on=at(-365))
    set_watch("wexshire", Terms(8.0), reason="We can look into more", by=ADA, on=at(-100))
    (one,) = told(home).places
    assert one.since == TODAY - timedelta(days=365)
    assert one.kept.promised == pytest.approx((2 * 265 + 8 * 100) / 365.25)


def test_a_finding_that_its_publisher_took_back_is_a_false_alarm(
    home: Home, tmp_path: Path
) -> None:
    a_watched_place(tmp_path, home, on=at(-90), absence=JUMPED[:11])
    look_at("wexshire", home=home, by=ADA, on=at(-80))
    kept = told(home).kept
    assert (kept.raised, kept.false, kept.open) == (1, 0, 1)
    revised = tmp_path / "revised.csv"
    revised.write_text(a_table(ABSENCE, QUIET))
    list(readings.add([revised], readings.Terms(), home=home, by=ADA, on=at(-20)))
    look_at("wexshire", home=home, by=ADA, on=at(-10))
    kept = told(home).kept
    assert (kept.raised, kept.false, kept.open) == (1, 1, 0)
    assert kept.verdict is Verdict.OPEN


def test_a_side_is_told_how_it_keeps_its_clocks_and_silence_is_no_answer(home: Home) -> None:
    begun()
    opened(days=-60)
    moved(Verb.ACKNOWLEDGE, Said(Side.PLACE, "We have seen it"), home, days=-59)
    both = told(home).on_time
    assert sum(one.due for one in both) > 0
    words = " ".join(on_time_words(one) for one in both)
    assert "not answered at all" in words
    assert "no share is told" in words


def test_a_score_of_readiness_stands_beside_what_came_since(home: Home) -> None:
    here = a_ready_place(TODAY - timedelta(days=500))
    here.agreed(levels=CORE, centre=CORE)
    (one,) = told(home).scored
    assert one.score == pytest.approx(Level.CORE.rank)
    assert one.months >= 15
    assert told(home).foretold.agreement is None


def test_the_record_as_rows_says_of_how_many_each_figure_is(home: Home) -> None:
    begun()
    rows = table_rows(told(home))
    assert {row[0] for row in rows} == {
        "alarms", "failures of the past", "answers", "readiness"
    }  # fmt: skip
    assert all(len(row) == 7 for row in rows)
