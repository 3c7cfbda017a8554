"""Short sums and the room that words take: the two rules that every picture rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.report.pictures import drawing, measure
from totalplace.doors.report.pictures.sums import brief, finer, share, spoken

words = st.text(st.characters(codec="utf-8"), max_size=60).map(drawing.plain)


@pytest.mark.parametrize(
    ("pounds", "said"),
    [
        (0, "£0"),
        (87, "£87"),
        (999, "£999"),
        (1_000, "£1.0k"),
        (52_400, "£52k"),
        (999_499, "£999k"),
        (999_500, "£1.0m"),
        (4_549_000, "£4.5m"),
        (308_400_000, "£308m"),
        (999_500_000, "£1.0bn"),
        (1_949_000_000, "£1.9bn"),
        (1_234_000_000_000, "£1,234bn"),
        (-12_000_000, "-£12m"),
    ],
)
def test_a_sum_is_said_in_two_figures_or_whole_units(pounds: int, said: str) -> None:
    assert brief(pounds * 100) == said


def test_a_few_pence_round_to_no_pounds_and_have_no_sign() -> None:
    assert brief(49) == brief(-49) == "£0"
    assert brief(-50) == "-£1"


def test_close_sums_have_three_figures_and_no_empty_places() -> None:
    assert [finer(p * 100) for p in (1_934_000_000, 2_500_000_000, 1_000_000, 30_840_000)] == [
        "£1.93bn",
        "£2.5bn",
        "£1m",
        "£30.8m",
    ]
    assert finer(200_00) == "£200"
    assert finer(10_000_00) == "£10k"


def test_a_sum_is_read_out_in_words() -> None:
    assert spoken(1_934_000_000_00) == "£1.93 billion"
    assert spoken(-12_000_000_00) == "minus £12 million"


def test_a_share_that_is_something_is_never_said_to_be_nothing() -> None:
    assert [share(part, 1000) for part in (0, 1, 4, 5, 530, 1000)] == [
        "0%",
        "under 1%",
        "under 1%",
        "1%",
        "53%",
        "100%",
    ]


@given(st.integers(-(10**16), 10**16))
def test_a_sum_is_never_written_long(pence: int) -> None:
    assert len(brief(pence)) <= len("-£100,000bn")


@given(words, st.floats(8, 24), st.floats(0, 400), st.booleans(), st.integers(0, 4))
def test_lines_keep_to_their_room(
    text: str, size: float, room: float, bold: bool, most: int
) -> None:
    lines = measure.in_lines(text, size, room, bold=bold, most=most)
    assert all(measure.width(line, size, bold=bold) <= room for line in lines)
    assert not most or len(lines) <= most


@given(words, st.floats(8, 24), st.floats(50, 400))
def test_words_that_fit_are_all_there_in_their_order(text: str, size: float, room: float) -> None:
    lines = measure.wrapped(text, size, room)
    if lines is None:
        assert any(measure.width(word, size) > room for word in text.split())
    else:
        assert " ".join(lines) == text


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    cut = measure.shortened("Planning, economic development and regeneration", 13, 120)
    assert cut.endswith("…")
    assert cut.startswith("Planning")
    assert measure.shortened("Planning", 13, 2) == ""


def test_a_letter_with_an_accent_is_as_wide_as_without() -> None:
    assert measure.width("Dŵr", 10) == measure.width("Dwr", 10)


def test_letters_of_an_unknown_width_are_pressed_into_the_room_measured_for_them() -> None:
    line = drawing.line(0, 0, "東京都 £1m", drawing.Pen(12))
    assert "textLength=" in line
    assert "textLength=" not in drawing.line(0, 0, "Ynys Môn £1m", drawing.Pen(12))


def test_letters_that_cannot_be_seen_or_that_turn_text_round_are_left_out() -> None:
    assert drawing.plain("Wex\u202e\u200bbury\x00\n City\ud800") == "Wexbury City"


def test_what_a_name_ends_with_in_brackets_can_be_left_out_but_not_the_whole_name() -> None:
    assert drawing.unbracketed("NHS care (hospitals, prescribing)") == "NHS care"
    assert drawing.unbracketed("(unclassified)") == "(unclassified)"
