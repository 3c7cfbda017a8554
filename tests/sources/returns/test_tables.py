"""Figures of tables: every one is a line, missing, a total, a fault or left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.refusal import Refused
from totalplace.sources.rules.returns.outcome import Outcome, outcome
from totalplace.sources.rules.returns.sums import Verdict

from .conftest import LONG, WIDE, form_of, table_of

HEAD = ["Code", "Name", "Year", "Roads", "Parks", "Total"]
LONG_HEAD = ["area", "year", "benefit", "name", "amount"]


def wide(*rows: list[Any], **changes: Any) -> Outcome:
    return outcome(form_of(WIDE, **changes), [table_of(HEAD, *rows)])


def test_a_column_is_a_line_and_a_row_is_a_body_and_year() -> None:
    found = wide(["E06000001", "Wex", "2023-24", 10, "2,000", 2010])
    assert [(r.body.gss, r.year, r.service, r.pence) for r in found.rows] == [
        ("E06000001", 2023, "highways_transport", 1_000_000),
        ("E06000001", 2023, "culture", 200_000_000),
    ]
    assert [c.verdict for c in found.checked] == [Verdict.AGREES]
    assert found.rows[1].spot.address == "E2"
    assert found.rows[1].item == "net current expenditure"


def test_a_blank_is_missing_and_never_zero() -> None:
    found = wide(["E06000001", "Wex", "2023-24", None, 0, None])
    roads, parks = found.rows
    assert (roads.pence, roads.status, roads.low_pence) == (None, "missing", None)
    assert (parks.pence, parks.status) == (0, "measured")
    (tally,) = found.tallies
    assert (tally.figures, tally.lines, tally.missing, tally.totals) == (3, 1, 2, 0)


def test_a_row_that_ends_early_is_blank_in_its_last_columns() -> None:
    found = wide(["E06000001", "Wex", "2023-24", 5])
    assert [row.pence for row in found.rows] == [500_000, None]


def test_a_negative_figure_keeps_its_sign() -> None:
    assert wide(["E07000001", "Wex", "2023-24", -9, 0, -9]).rows[0].pence == -900_000


def test_a_row_that_adds_up_bodies_is_checked_and_never_counted() -> None:
    found = wide(
        ["E06000001", "A", "2023-24", 10, 1, 11],
        ["E07000001", "B", "2023-24", 20, 2, 22],
        ["E31000001", "Fire", "2023-24", 500, 500, 1000],
        ["ALL", "All", "2023-24", 30, 5, 33],
    )
    assert {row.body.agency for row in found.rows} == {"E06000001", "E07000001", "E31000001"}
    of_all = {c.line: c for c in found.checked if c.body.agency == "ALL"}
    assert of_all["Roads"].verdict is Verdict.AGREES
    assert of_all["Parks"].verdict is Verdict.DIFFERS
    assert of_all["Parks"].sum_pence == 300_000
    assert of_all["Total"].sum_pence == 3_300_000
    assert "All bodies, 2023-24: Parks" in found.said[0]


def test_a_column_that_the_form_does_not_know_does_not_lose_its_money() -> None:
    table = table_of([*HEAD, "Ferries"], ["E06000001", "A", "2023-24", 1, 1, 2, 99])
    found = outcome(form_of(WIDE), [table])
    (fault,) = found.faults
    assert (fault.spot.address, fault.found) == ("G2", "99")
    assert fault.why == "stands in a column that the form does not know"


def test_a_column_that_is_left_out_is_named_by_the_form() -> None:
    table = table_of([*HEAD, "Ferries"], ["E06000001", "A", "2023-24", 1, 1, 2, 99])
    found = outcome(form_of(WIDE, left_out={"Ferries": "run by others"}), [table])
    assert found.faults == ()


def test_a_row_of_no_known_year_is_a_fault_that_costs_all_its_figures() -> None:
    found = wide(["E06000001", "A", "last year", 1, 1, 2])
    (fault,) = found.faults
    assert (fault.spot.address, fault.found, fault.figures) == ("C2", "last year", 3)
    assert found.tallies[0].faults == 3


def test_a_row_of_nobody_is_a_fault() -> None:
    found = wide([None, None, "2023-24", 1, 1, 2])
    assert "whose the figures are" in found.faults[0].why


def test_blank_rows_and_notes_hold_no_figures() -> None:
    found = wide(["E06000001", "A", "2023-24", 1, 1, 2], [], [None] * 6, ["Source: the ministry"])
    assert (found.tallies[0].rows, found.tallies[0].rows_without) == (4, 3)
    assert found.tallies[0].figures == 3


def test_a_word_where_money_should_stand_is_a_fault_at_its_cell() -> None:
    found = wide(["E06000001", "A", "2023-24", "see note", 1, 1])
    (fault,) = found.faults
    assert (fault.spot.address, fault.found, fault.why) == (
        "D2", "see note", "is not a sum of money",
    )  # fmt: skip


def test_a_figure_that_is_given_twice_is_kept_once_where_both_are_the_same() -> None:
    row = ["E06000001", "A", "2023-24", 1, 1, 2]
    found = wide(row, row)
    assert len(found.rows) == 2
    assert [f.why.split(" (")[0] for f in found.faults] == ["repeats D2", "repeats E2"]


def test_of_two_different_figures_for_one_thing_neither_is_taken() -> None:
    found = wide(["E06000001", "A", "2023-24", 1, 1, 2], ["E06000001", "A", "2023-24", 5, 1, 6])
    assert [row.key for row in found.rows] == ["Parks"]
    assert [f.spot.address for f in found.faults] == ["D2", "D3", "E3"]
    assert "Ask its publisher which of the two is right" in found.faults[0].next_step


def test_a_form_that_lacks_a_column_refuses_the_table() -> None:
    with pytest.raises(Refused, match="it has not the column Name"):
        outcome(form_of(WIDE), [table_of(["Code", "Year", "Roads", "Parks"], ["E06000001"] * 4)])


def test_a_line_without_its_column_is_said() -> None:
    form = form_of(WIDE, lines={**WIDE["lines"], "Boats": "highways_transport"})
    found = outcome(form, [table_of(HEAD, ["E06000001", "A", "2023-24", 1, 1, 2])])
    assert found.said == ("It has no column Boats, which its form has.",)


def test_a_row_is_a_line_where_the_form_says_in_which_column_it_is_named() -> None:
    rows = [["E06000001", "2021-22", "SP", "State Pension", "1,179.2"]]
    found = outcome(form_of(LONG), [table_of(LONG_HEAD, *rows)])
    (row,) = found.rows
    assert (row.body.agency, row.body.gss, row.body.area) == ("DEPT", "", "E06000001")
    assert (row.title, row.service, row.pence) == (
        "State Pension", "pensioner_benefits", 117_920_000_000,
    )  # fmt: skip


def test_a_line_that_the_form_does_not_know_is_a_fault() -> None:
    rows: list[list[Any]] = [
        ["E06000001", "2021-22", "xx", "New Benefit", 3.5],
        ["E06000001", "2021-22", "x", "", None],
    ]
    found = outcome(form_of(LONG), [table_of(LONG_HEAD, *rows)])
    (fault,) = found.faults
    assert (fault.spot.address, fault.found, fault.why) == (
        "C2", "xx", "is no line that the form knows",
    )  # fmt: skip
    assert found.tallies[0].rows_without == 1


def test_what_a_total_holds_beyond_its_lines_is_a_line_with_a_range() -> None:
    rows = [
        ["E06000001", "2021-22", "sp", "", "100.0"], ["E06000001", "2021-22", "hb", "", "50.0"],
        ["E06000001", "2021-22", "all", "", "161.0"],
    ]  # fmt: skip
    found = outcome(form_of(LONG), [table_of(LONG_HEAD, *rows)])
    rest = found.rows[-1]
    assert (rest.title, rest.service, rest.pence) == ("Others", "other_benefits", 1_100_000_000)
    # Two lines and a total, each rounded to £0.1 million: £0.15 million either way.
    assert (rest.low_pence, rest.high_pence) == (1_085_000_000, 1_115_000_000)
    assert (found.worked_out, found.checked[0].verdict) == (1, Verdict.REST)
    assert found.tallies[0].figures == 3


def test_lines_that_come_to_more_than_their_total_are_said_and_no_line_is_made_of_it() -> None:
    rows = [
        ["E06000001", "2021-22", "sp", "", "100.0"], ["E06000001", "2021-22", "all", "", "90.0"],
    ]  # fmt: skip
    found = outcome(form_of(LONG), [table_of(LONG_HEAD, *rows)])
    assert (len(found.rows), found.checked[0].verdict) == (1, Verdict.DIFFERS)


def test_an_area_that_is_no_code_is_a_fault() -> None:
    found = outcome(form_of(LONG), [table_of(LONG_HEAD, ["all of it", "2021-22", "sp", "", 1])])
    assert len(found.faults) == 1


def test_the_year_may_stand_above_the_table() -> None:
    form = form_of(WIDE, year={"labelled": "Year ending", "written": "ending"})
    table = table_of(HEAD, ["E06000001", "A", None, 1, 1, 2], labels={"Year ending": 2024})
    assert outcome(form, [table]).rows[0].year == 2023
    with pytest.raises(Refused, match="the year in the cell beside “Year ending”"):
        outcome(form, [table_of(HEAD, ["E06000001", "A", None, 1, 1, 2])])


CELLS = st.one_of(
    st.none(), st.integers(-(10**6), 10**6), st.sampled_from(["", "1,000", "(5)", "x", "..", "-"])
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["E06000001", "E07000002", "ALL", "", None]),
        st.sampled_from(["A", "B", "", None]),
        st.sampled_from(["2023-24", "2022/23", "soon", None]),
        CELLS, CELLS, CELLS, CELLS,
    ).map(list),
    max_size=12,
)  # fmt: skip


@given(ROWS)
def test_every_figure_of_any_table_is_accounted_for(rows: list[list[Any]]) -> None:
    found = outcome(form_of(WIDE), [table_of([*HEAD, "Ferries"], *rows)])
    (tally,) = found.tallies
    assert tally.figures == tally.accounted()
    known = [r for r in found.rows if r.pence is not None]
    assert tally.lines == len(known)
    assert tally.rows == len(rows)
    assert len({row.about for row in found.rows}) == len(found.rows)
