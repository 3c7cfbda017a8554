"""The pure rules of what the public says: cleaned, weighted, hidden where small, from paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.participation.definitions.public import about_you, limits, question_about
from totalplace.participation.rules.public.abuse import campaigns
from totalplace.participation.rules.public.answers import cleaned, read
from totalplace.participation.rules.public.codes import hashes, typed, written
from totalplace.participation.rules.public.paper import (
    Form,
    column_letters,
    heads,
    read_forms,
)
from totalplace.participation.rules.public.questions import (
    AGREEMENT,
    Kind,
    Question,
    as_rows,
    check_questions,
    from_rows,
    numbered,
)
from totalplace.participation.rules.public.small_numbers import hide_small
from totalplace.participation.rules.public.weighting import Lived, compared, interval, rake
from totalplace.refusal import Refused

ASKED = numbered([
    Question(0, Kind.SCALE, "Do you agree?", choices=AGREEMENT),
    Question(0, Kind.SEVERAL, "Which matter?", choices=("Buses", "Parks")),
    Question(0, Kind.FREE, "Why?"),
])  # fmt: skip
TEXTS = st.text(max_size=60)


@given(st.binary(min_size=10, max_size=10))
@settings(max_examples=30)
def test_a_code_is_read_as_it_was_written_however_it_is_typed(bits: bytes) -> None:
    code = written(bits)
    assert typed(code) == code == typed(code.lower().replace("-", "  "))
    assert typed(code.replace("0", "O").replace("1", "l")) == code
    assert typed(code[:-1]) == ""


def test_a_keyed_hash_tells_its_parts_and_its_key_apart() -> None:
    assert hashes([b"k"], "p", "ab", "c") != hashes([b"k"], "p", "a", "bc")
    assert hashes([b"k", b"l"], "p", "a")[0] != hashes([b"k", b"l"], "p", "a")[1]


@given(TEXTS)
@settings(max_examples=60)
def test_words_are_cleaned_once_and_keep_what_looks_like_a_formula(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert "\x00" not in once
    assert cleaned("=1+1 <b>x</b>") == "=1+1 <b>x</b>"


@given(st.dictionaries(st.sampled_from(["q1", "q2", "q3", "group_name", "group_size"]),
                       st.lists(TEXTS, max_size=3)))  # fmt: skip
@settings(max_examples=60)
def test_whatever_is_sent_is_read_or_said_to_be_wrong(said: dict[str, list[str]]) -> None:
    found = read(ASKED, said, longest=50)
    for number, given_ in found.answers.items():
        question = ASKED[number - 1]
        fits = question.kind is Kind.FREE or set(given_) <= set(question.choices)
        assert fits or any(one.question == number for one in found.wrong)


@pytest.mark.parametrize(("odd", "why"), [
    ({"words": " "}, "has no words"),
    ({"choices": ("Yes",)}, "has 1 choices"),
    ({"choices": ("Yes", "yes ")}, "the same choice twice"),
    ({"choices": ("a;b", "c")}, "semicolon"),
    ({"kind": Kind.FREE}, "answered in words"),
    ({"about": "shoe size"}, "what is not defined"),
])  # fmt: skip
def test_a_question_that_nobody_could_answer_is_refused(odd: dict[str, Any], why: str) -> None:
    said = {"number": 1, "kind": Kind.ONE, "words": "Yes?", "choices": ("Yes", "No"), **odd}
    with pytest.raises(Refused, match=why):
        check_questions([Question(**said)], known=about_you())


def test_questions_come_back_as_they_were_kept() -> None:
    asked = numbered([*ASKED, question_about("age"), question_about("area", categories=["N", "S"])])
    check_questions(asked, known=about_you())
    assert from_rows(as_rows(asked)) == asked


TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=2, max_size=5
    )
)


@given(TABLES)
@settings(max_examples=150)
def test_no_small_count_is_shown_or_can_be_taken_away_from_its_total(
    counts: list[list[int]],
) -> None:
    shown = hide_small(counts, below=10)
    for row, seen in zip(counts, shown, strict=True):
        assert all(one is None or one == n >= 10 for n, one in zip(row, seen, strict=True))
    lines = [(list(a), list(b)) for a, b in zip(counts, shown, strict=True)]
    columns = zip(zip(*counts, strict=True), zip(*shown, strict=True), strict=True)
    lines += [(list(a), list(b)) for a, b in columns]
    for row, seen in lines:
        gone = [n for n, one in zip(row, seen, strict=True) if one is None]
        enough = len(gone) > 1 and sum(gone) >= 10
        assert not gone or enough or len(gone) == len(row)


def test_an_interval_holds_the_share_and_narrows_as_more_take_part() -> None:
    assert interval(0, 0) == (0.0, 1.0)
    least, most = interval(50, 100)
    assert (round(least, 3), round(most, 3)) == (
        0.404,
        0.596,
    )  # Wilson, as published tables have it
    assert interval(500, 1000)[0] > least


AGES = Lived("age", {"young": 600, "old": 400}, "a census", 2021)


def test_weights_bring_each_category_to_its_share_of_those_who_live_here() -> None:
    said = [{"age": "old"}] * 60 + [{"age": "young"}] * 40
    found = rake(said, [AGES], least=0.3, most=3.0)
    young = sum(w for w, one in zip(found.weights, said, strict=True) if one["age"] == "young")
    assert young / sum(found.weights) == pytest.approx(0.6)
    assert sum(found.weights) / len(said) == pytest.approx(1.0)
    assert 80 < found.effective < 100
    assert found.by == ("age",)


@given(st.lists(st.fixed_dictionaries({}, optional={
    "age": st.sampled_from(["young", "old"]), "sex": st.sampled_from(["f", "m"]),
}), max_size=40))  # fmt: skip
@settings(max_examples=60)
def test_weights_stay_between_their_bounds_whoever_took_part(said: list[dict[str, str]]) -> None:
    lived = [AGES, Lived("sex", {"f": 510, "m": 490}, "a census", 2021)]
    found = rake(said, lived, least=0.3, most=3.0)
    assert len(found.weights) == len(said)
    assert all(0.3 <= weight <= 3.0 for weight in found.weights)
    assert found.effective <= len(said) + 1e-6


def test_nothing_is_weighted_where_nobody_knows_who_lives_here() -> None:
    found = rake([{"age": "old"}], [], least=0.3, most=3.0)
    assert (found.weights, found.by) == ((1.0,), ())


def test_who_took_part_is_set_against_who_lives_here_in_points() -> None:
    rows = compared(["old"] * 60 + ["young"] * 40, ["young", "old"], AGES)
    assert [round(row.points or 0) for row in rows] == [-20, 20]
    assert compared(["old"], ["old"], None)[0].points is None


def test_the_same_words_in_other_letters_are_one_campaign_and_short_ones_are_none() -> None:
    letter = "Please keep our library open on Saturdays for all"
    texts = {n: [letter if n % 2 else letter.upper() + "!!"] for n in range(6)}
    texts |= {n: ["Yes please"] for n in range(10, 20)}
    assert [one.answers for one in campaigns(texts, limits=limits())] == [(0, 1, 2, 3, 4, 5)]


def a_row(*cells: object) -> list[object]:
    return [date(2026, 3, 1), *cells]


def test_paper_forms_are_read_by_their_heads_wherever_the_columns_stand() -> None:
    head = heads(ASKED)
    moved = [head[0], head[3], head[1], head[2], *head[4:]]
    rows: list[list[object]] = [
        ["t"],
        ["h"],
        [*moved],
        a_row("By hand", 2.0, "buses; Parks", "Club", 40, "At a meeting"),
    ]
    forms, faults = read_forms(ASKED, rows, longest=50)
    assert faults == []
    assert forms == [Form(4, date(2026, 3, 1), forms[0].answers, forms[0].group)]
    assert forms[0].answers == {1: ("Agree",), 2: ("Buses", "Parks"), 3: ("By hand",)}
    assert forms[0].group.speaks_for == 40


@pytest.mark.parametrize(("rows", "cell"), [
    ([["no", "head"]], "A1"),
    ([heads(ASKED), ["soon", "Agree"]], "A2"),
    ([heads(ASKED), a_row("Perhaps")], "B2"),
    ([heads(ASKED), a_row("", "", "x" * 51)], "D2"),
    ([heads(ASKED), a_row()], "A2"),
    ([[*heads(ASKED), "Anything else"], a_row("Agree")], "H1"),
    ([heads(ASKED)[:2], a_row("Agree")], "A1"),
])  # fmt: skip
def test_what_cannot_be_read_of_a_paper_form_is_named_by_its_cell(
    rows: list[list[object]], cell: str
) -> None:
    _, faults = read_forms(ASKED, rows, longest=50)
    assert cell in [fault.cell for fault in faults]


def test_columns_have_the_letters_that_a_spreadsheet_shows() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
