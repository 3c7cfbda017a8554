"""A case is one plain text, always the same for the same case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from tests.commissioning.cases import case, effect, option
from tests.commissioning.strategies import cases

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_text import MOST_LETTERS, case_of_text, digest_of, text_of
from totalplace.refusal import Refused

SMALL = case(option("reading", 5_000, effect("0.5")), pounds=10_000)


@given(cases())
def test_reading_a_text_gives_the_case_that_was_written(its: Case) -> None:
    text = text_of(its)
    assert case_of_text(text) == its
    assert text_of(case_of_text(text)) == text


def test_one_penny_more_is_another_text_and_another_digest() -> None:
    more = replace(SMALL, options=(replace(SMALL.options[0], now_pence=500_001),))
    assert digest_of(SMALL) == digest_of(replace(SMALL))
    assert digest_of(more) != digest_of(SMALL)


def test_blanks_and_noughts_that_say_nothing_make_no_other_text() -> None:
    spaced = replace(SMALL.options[0], title=" Reading\n", effects=(effect("0.50"),))
    assert text_of(replace(SMALL, options=(spaced,))) == text_of(SMALL)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "does not begin as one"),
        ("The case of a plan, form 1\n", "does not begin as one"),
        ("The case of a plan, form 2\n\n[Plan]\n", "does not begin as one"),
        ("The case of a plan, form 1\n\n[Plan]\nWhat\tValue\n", "faults; the first is in"),
        ("x" * (MOST_LETTERS + 1), "more than"),
        (text_of(SMALL).replace("\t60", "\t61"), "Wanted, F3: '40' is the last of weights"),
        (text_of(SMALL).replace("[Options]", "[Choices]"), "Options, A1: There is no sheet"),
    ],
)
def test_a_text_that_is_no_case_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match="was not taken") as no:
        case_of_text(text)
    assert why in str(no.value)
