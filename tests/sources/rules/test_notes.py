"""What is said of many tables at once is said once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.notes import COUNTED, Note, counted, grouped


def test_counts_of_one_kind_are_added_up_whether_of_one_or_of_several() -> None:
    said = [("a", counted("undated", 1)), ("b", counted("undated", 1_200))]
    assert grouped(said) == [Note("1,201 rows have no date of their own.", ("a", "b"))]


def test_what_differs_only_in_figures_is_said_once_as_it_was_said_first() -> None:
    said = [("a", "Row 9 gives £1.50, 97% of it."), ("b", "Row 12 gives £2,000.00, 3% of it.")]
    assert grouped(said) == [Note("Row 9 gives £1.50, 97% of it.", ("a", "b"))]


def test_what_is_true_of_most_tables_comes_first_and_each_table_is_named_once() -> None:
    said = [("a", "This."), ("a", "That."), ("b", "That."), ("b", "That.")]
    assert grouped(said) == [Note("That.", ("a", "b")), Note("This.", ("a",))]


def test_nothing_is_said_of_none() -> None:
    assert counted("cards", 0) == ""
    assert grouped([]) == []


@pytest.mark.parametrize("what", COUNTED)
def test_one_is_said_of_one(what: str) -> None:
    assert counted(what, 1).startswith("1 ")
    assert counted(what, 1) != counted(what, 2).replace("2", "1", 1)


@given(st.lists(st.tuples(st.text(max_size=3), st.sampled_from(sorted(COUNTED)),
                          st.integers(1, 10**9)), max_size=20))  # fmt: skip
def test_no_count_and_no_table_is_lost(tables: list[tuple[str, str, int]]) -> None:
    notes = grouped((table, counted(what, number)) for table, what, number in tables)
    told = [re.match(r"[0-9,]+", note.sentence) for note in notes]
    assert sum(int(n[0].replace(",", "")) for n in told if n) == sum(n for _, _, n in tables)
    assert {t for note in notes for t in note.tables} == {t for t, _, _ in tables}
