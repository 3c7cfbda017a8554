"""What is wrong with a text is said with its line; nothing outside the vocabulary is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.entitlements.rules.guarantee import assess, failed
from totalplace.entitlements.rules.need import Population, need
from totalplace.entitlements.rules.reading import read
from totalplace.refusal import Refused

from .conftest import BUS

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("who:\n", "whom: 1\nwho:\n", r"line 29, whom: 'whom' means nothing here"),
        ("strength: right\n", "", "it lacks strength"),
        ("strength: right", "strength: soft", r"line 9, strength: 'soft' is none of right, duty"),
        ("value: {age: born}", "value: {age: death}", "no fact is called 'death'"),
        ("value: {age: born}", "value: {age: lives_in_england}", "here belongs a day"),
        ("value: {age: born}", "value: {eval: born}", "a whole number belongs here, or one of"),
        ("fact: lives_in_england, is: yes", "fact: lives_in_england, is: 1", "yes or no belongs"),
        ("at_least: {parameter: age}", "at_least: 1, at_most: 2", "beside value belongs one of"),
        ("at_least: {parameter: age}", "near: 1", "beside value belongs one of"),
        ("law: act}\n    - {value", "law: deed}\n    - {value", "no citation is called 'deed'"),
        ("  all:\n", "  some:\n", "is no condition"),
        ("amount: {parameter: journeys}", "amount: 5.5", "a whole number belongs here"),
        ("{parameter: journeys}, 120]", "{parameter: journeys}, 99999999999]", "million million"),
        ("value: 60}, {from: 2020", "value: 60}, {from: 2001", "it comes after the one before"),
        ("review_by: 2027-11-26", "review_by: 2026-11-26", "looked at again after"),
        ("review_by: 2027-11-26", "review_by: 2027-02-30", r"line 7.*'2027-02-30' cannot be"),
        ("code: bus-pass\n", "code: bus-pass\ncode: tram\n", r"line 2, code: it is said twice"),
        ("sources: [", "sources: *here # [", "alias|expected"),
        ("answer: no\n", "answer: no\n    tell: [[born]]\n", "the name of a fact belongs here"),
        ("title: A free bus pass", 'title: "A \\0 free" #', "cannot be seen"),
        ("title: A free", "title: " + "A free " * 40, "200 letters at the most"),
        ("[{from: 2008-04-01, value: 100}]", "[{from: 2009-04-01, value: 100}]", "no value on the"),
        ("answer: no\n", "answer: maybe\n", "yes, no or cannot say belongs here"),
        ("kind: yes or no}", "kind: yes or no}\n  shoe: {title: s, ask: a, kind: day}",
         r"facts.shoe: no rule asks it"),
        ("code: bus-pass", "code: !!python/name:os.system x", "cannot be|tag|words belong"),
        ("title: A free bus pass for older people", "title: {", "line"),
    ],
)  # fmt: skip
def test_what_a_text_cannot_mean_is_refused_with_its_line(old: str, new: str, why: str) -> None:
    assert old in BUS
    with pytest.raises(Refused, match=why):
        read(BUS.replace(old, new, 1))


@pytest.mark.parametrize(
    "text", ["", "[]", "a: b", "{" * 60_000, "- " * 3000 + "a", "a: " + "x" * 70_000]
)
def test_what_is_no_guarantee_at_all_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read(text)


@settings(max_examples=40)
@given(st.integers(0, len(BUS) - 1), st.text(max_size=3))
def test_a_text_with_a_slip_is_read_or_refused_and_nothing_else(at: int, slip: str) -> None:
    try:
        found = read(BUS[:at] + slip + BUS[at + 1 :])
    except Refused:
        return
    failed(found)


def test_a_test_that_does_not_come_out_says_why() -> None:
    wrong = failed(
        read(BUS.replace("amount: 100", "amount: 99").replace("answer: no", "answer: yes"))
    )
    assert (
        wrong[0] == "tests[1], 'At sixty-six': it gives 100 journeys a year, not 99 journeys a year"
    )
    assert "it says no, not yes (not so: " in wrong[1]


def test_the_reason_is_told_step_by_step_with_the_law() -> None:
    found = assess(read(BUS), {"born": date(1961, 5, 2)}, on=DAY)
    told = [(s.depth, s.words, s.found, s.answer.words, s.law) for s in found.steps]
    assert told == [
        (0, "All of these must be so", "", "no", ""),
        (1, "They live in England", "not said", "cannot say", "act"),
        (1, "Date of birth: at least 66 years ago",
         "65 years (date of birth: 2 May 1961)", "no", "act"),
    ]  # fmt: skip
    assert found.tell == ()
    unsure = assess(read(BUS), {"born": date(1951, 5, 2)}, on=DAY)
    assert (unsure.answer.words, unsure.tell) == ("cannot say", ("lives_in_england",))


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"age": 3}, "not asked of anybody"),
        ({"born": "yesterday"}, "it is a day"),
        ({"born": date(1800, 1, 1)}, "between 1880 and 2199"),
        ({"lives_in_england": 1}, "it is yes or no"),
    ],
)
def test_what_cannot_be_said_of_a_person_is_refused(person: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        assess(read(BUS), person, on=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"columns": {"shoe": [1]}}, "nobody asks for shoe"),
        ({"columns": {"born": [DAY], "lives_in_england": []}}, "differ in length"),
        ({"columns": {"born": [DAY]}, "persons": [1, 2]}, "2 counts for 1 rows"),
        ({"columns": {"born": [DAY]}, "persons": [5], "low": [6]}, "its own low and high"),
        ({"columns": {"born": [DAY]}, "persons": [-5]}, "below nought"),
    ],
)
def test_a_population_that_does_not_fit_is_refused(said: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        need(read(BUS), Population(**said), on=DAY)  # type: ignore[arg-type]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.dates(date(1930, 1, 1), DAY), st.none() | st.booleans(),
                          st.integers(0, 10**9)), max_size=6))  # fmt: skip
def test_need_is_the_sum_of_one_person_at_a_time(
    groups: list[tuple[date, bool | None, int]],
) -> None:
    bus = read(BUS)
    columns: dict[str, list[object]] = {
        "born": [b for b, _, _ in groups],
        "lives_in_england": [h for _, h, _ in groups],
    }
    found = need(bus, Population(columns, [n for _, _, n in groups]), on=DAY)
    said = [
        (assess(bus, {"born": b, "lives_in_england": h}, on=DAY).answer.words, n)
        for b, h, n in groups
    ]
    eligible = sum(n for answer, n in said if answer == "yes")
    unsure = sum(n for answer, n in said if answer == "cannot say")
    assert (found.persons, found.cannot_say, found.high) == (eligible, unsure, eligible + unsure)
    assert (found.volume, found.pence) == (eligible * 100, eligible * 100 * 120)
    assert found.pence_low == eligible * 100 * 100
    assert found.pence_high == (eligible + unsure) * 100 * 150
