"""What is held of each month, and how far an estimate reaches."""

from __future__ import annotations

import re

import pytest

from totalplace.count.rules.published import State
from totalplace.doors.report.pictures.bars import Range, ranges
from totalplace.doors.report.pictures.coverage import Covered, coverage

M = 1_000_000_00
MONTHS = ("Apr", "May", "Jun")
ROW = Covered("Wexbury Council", (State.HELD, State.NONE, State.NO_FILE), 281)


def _words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_each_month_says_what_is_held() -> None:
    svg = coverage("Held", [ROW], months=MONTHS, width=900)
    for said in ("Apr: held", "May: none", "Jun: no file"):
        assert f"<title>Wexbury Council, {said}</title>" in svg


def test_months_differ_by_their_marks_and_not_by_colour_alone() -> None:
    bare = re.sub(r"<(title|desc).*?</\1>", "", coverage("Held", [ROW], months=MONTHS, width=900))
    assert bare.count('class="cross"') == 2 * (1 + 2)  # a dash, a cross, and both in the key


def test_the_share_of_the_accounts_explained_is_written_beside_its_bar() -> None:
    svg = coverage("Held", [ROW], months=MONTHS, width=900)
    assert "28%" in _words(svg)
    assert "payments explain 28%" in svg


@pytest.mark.parametrize(
    ("thousandths", "said"), [(0, "0%"), (3, "0.3%"), (1034, "103%"), (123_456, "&gt;999%")]
)
def test_very_small_and_very_great_shares_are_said_as_they_are(thousandths: int, said: str) -> None:
    row = Covered("Council", ROW.months, thousandths)
    assert said in _words(coverage("Held", [row], months=MONTHS, width=900))


def test_a_share_that_cannot_be_known_is_not_said_to_be_nothing() -> None:
    svg = coverage("Held", [Covered("Council", ROW.months)], months=MONTHS, width=900)
    assert "no accounts held" in _words(svg)
    assert "0%" not in _words(svg)


def test_the_description_counts_the_months() -> None:
    svg = coverage("Held", [ROW], months=MONTHS, width=900)
    assert "Wexbury Council: 1 of 3 months held, 1 without a file; accounts explained 28%." in svg


def test_the_key_says_only_what_is_drawn() -> None:
    row = Covered("Council", (State.HELD,) * 3, 500)
    assert "no file reaches the month" not in coverage("Held", [row], months=MONTHS, width=900)


def test_a_row_with_another_number_of_months_is_refused() -> None:
    with pytest.raises(ValueError, match="each month"):
        coverage("Held", [ROW], months=MONTHS[:2], width=900)


def test_an_estimate_is_said_with_its_range() -> None:
    svg = ranges("Sure", [Range("NHS care", 2210 * M, 2480 * M, 2890 * M)], width=900)
    assert "£2.48bn (£2.21bn to £2.89bn)" in _words(svg)
    assert "NHS care: £2.48 billion (£2.21 billion to £2.89 billion)." in svg


def test_a_sum_that_is_sure_has_no_range() -> None:
    svg = ranges("Sure", [Range("Education", 5 * M, 5 * M, 5 * M)], width=900)
    assert "£5m" in _words(svg)
    assert "best estimate" not in svg


def test_a_range_without_a_best_sum_has_no_mark_for_one() -> None:
    svg = ranges("Sure", [Range("Courts", 4 * M, None, 9 * M)], width=900)
    assert "£4m to £9m" in _words(svg)
    assert "best estimate" not in svg


def test_what_is_not_known_is_said_and_has_no_bar() -> None:
    svg = ranges("Sure", [Range("Tax reliefs", None, None, None)], width=900)
    assert "not known" in _words(svg)
    assert "<rect" not in svg


def test_bars_reach_as_far_as_their_sums() -> None:
    svg = ranges("Sure", [Range("A", 0, 0, 100 * M), Range("B", 50 * M, 50 * M, 50 * M)], width=900)
    widths = [float(w) for w in re.findall(r'width="([\d.]+)" height="16" class="[dt]0', svg)]
    assert widths[1] == pytest.approx(widths[0] / 2, abs=0.02)


def test_a_sum_below_nothing_reaches_to_the_left() -> None:
    svg = ranges("Sure", [Range("Housing", -30 * M, -12 * M, 9 * M)], width=900)
    assert "-£12m (-£30m to £9m)" in _words(svg)
    assert "£0" in _words(svg)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (Range("A", 5, 4, 6), "outside its range"),
        (Range("A", 6, None, 5), "outside its range"),
        (Range("A", None, 4, 6), "known in part"),
    ],
)
def test_a_range_that_does_not_hold_is_refused(row: Range, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ranges("Sure", [row], width=900)
