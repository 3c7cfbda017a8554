"""One text, two readings: what is written is read, and an edit changes the terms or is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from totalplace.agreements.rules import terms as t
from totalplace.agreements.wording import digest_of, terms_of, text_of, tidied
from totalplace.refusal import Refused

from .terms_made import random_terms, some_terms

TEXT = text_of(some_terms())


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(random_terms())
def test_random_terms_come_back_from_their_text_and_the_text_from_them(terms: t.Terms) -> None:
    text = text_of(terms)
    assert terms_of(text) == terms
    assert text_of(terms_of(text)) == text
    assert tidied(text) == text


def test_a_text_is_read_as_the_terms_that_it_was_written_from() -> None:
    assert terms_of(TEXT) == some_terms()
    assert "Department for School contributes £4,000,000.00 of school-support" in TEXT


@pytest.mark.parametrize(
    ("edit", "field", "was", "now"),
    [
        (("£4,000,000.00", "£3,999,999.99"), "contributions", 4_000_000_00, 3_999_999_99),
        (("31 July 2027", "30 June 2027"), "promises", "2027-07-31", "2027-06-30"),
        (("within 14 days", "within 7 days"), "promises", "cure_days=14", "cure_days=7"),
        (("at most 10 per cent", "at most 12.5 per cent"), "flexibility", "'10'", "'12.5'"),
    ],
)
def test_a_clause_edited_by_hand_changes_the_terms(
    edit: tuple[str, str], field: str, was: Any, now: Any
) -> None:
    before, after = terms_of(TEXT), terms_of(TEXT.replace(*edit))
    shown = [
        str(getattr(one, field)).replace("datetime.date(2027, 7, 31)", "2027-07-31")
        .replace("datetime.date(2027, 6, 30)", "2027-06-30") for one in (before, after)
    ]  # fmt: skip
    assert str(was) in shown[0]
    assert str(now) in shown[1]
    assert replace(after, **{field: getattr(before, field)}) == before


@pytest.mark.parametrize(
    ("edit", "line", "said"),
    [
        (("£4,000,000.00", "£4m"), 25, "Department for School contributes"),
        (("Department for School contributes", "Dept contributes"), 25, "no party"),
        (("reports to", "tells"), 41, "Promise (a whole number)"),
        (("31 July 2027", "31 June 2027"), 41, "no day of the calendar"),
        (("4. CONTRIBUTIONS", "4. PAYMENTS"), 23, "no such section"),
        (("2.1 Every", "2.4 Every"), 15, "2.1 Every"),
        (("£2,000,000.00", "£2000000"), 39, "£2,000,000.00"),
        (("AGREEMENT wexshire/1", "AGREEMENT"), 1, "AGREEMENT wexshire/1"),
    ],
)
def test_a_sentence_that_says_nothing_is_refused_at_its_line(
    edit: tuple[str, str], line: int, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        terms_of(TEXT.replace(*edit))
    assert refused.value.what.startswith(f"Line {line} of the text cannot be read")
    assert said in str(refused.value)


def test_a_text_that_was_typed_loosely_is_tidied_into_its_set_form() -> None:
    loose = (
        TEXT.replace("“", '"').replace("”", '"').replace("£2,000,000.00", "£2000000")
        .replace("\n", "\r\n").replace("2.1 Every", "2.9 Every")
        .replace("by 30 April", "by\n30 April")
    )  # fmt: skip
    assert tidied(loose) == TEXT


def test_a_clause_without_a_number_is_numbered_where_it_stands() -> None:
    added = TEXT.replace("2.1 Every", "Nobody is left out.\n\n2.1 Every")
    assert [one.text for one in terms_of(tidied(added)).aims] == [
        "Nobody is left out.", "Every child in Wexshire is at school and learns.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"aims": (t.Words("Two\nlines"),)},
        {"aims": (t.Words("Nothing is agreed under this head."),)},
        {"title": "A “quoted” title"},
        {"parties": (some_terms().parties[0], some_terms().parties[0])},
        {"signing": (t.Turn(1, "nobody"),)},
        {"risk_share": t.RiskShare(t.Sharing.CAPPED, t.Unspent.SHARED)},
    ],
)
def test_terms_that_no_set_sentence_can_say_are_refused(other: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        text_of(some_terms(**other))


def test_a_digest_is_of_the_very_text() -> None:
    assert digest_of(TEXT) != digest_of(TEXT.replace("9", "8", 1))
    assert len(digest_of(TEXT)) == 64


def test_a_line_that_could_be_read_in_many_ways_is_refused_at_once() -> None:
    text = TEXT.replace("Promise 1:", "Promise 1: " + "Ash reports to " * 10_000, 1)
    with pytest.raises(Refused, match="cannot be read"):
        terms_of(text)
