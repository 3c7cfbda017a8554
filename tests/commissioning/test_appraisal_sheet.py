"""An appraisal as a workbook and as a text: what goes out comes in; a fault stands at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple

from totalplace.commissioning.definitions.appraisal.reading import method
from totalplace.commissioning.reading.appraisal_file import read_workbook
from totalplace.commissioning.rules.appraisal import appraise
from totalplace.commissioning.rules.appraisal.sheet import cells_of, read
from totalplace.commissioning.rules.appraisal.terms import (
    Appraisal,
    Gives,
    Number,
    Prices,
    Shape,
    What,
)
from totalplace.commissioning.rules.appraisal.text import appraisal_of_text, digest_of, text_of
from totalplace.doors.cli.main import totalplace
from totalplace.doors.report.appraisal import appraisal_book
from totalplace.refusal import Refused

from .appraisals_made import D, a_cost, a_gain, an_appraisal, an_outcome, numbers, uncertain

LETTERS = st.text("abc é£=[]:%'", min_size=1, max_size=12).map(lambda s: f"x{s}".strip())
SHARES = st.decimals(0, 1, places=4)


@st.composite
def spreads(draw: st.DrawFn, *, share: bool) -> Number:
    ends = SHARES if share else st.decimals(-(10**6), 10**6, places=2)
    low, mid, high = sorted(draw(st.lists(ends, min_size=3, max_size=3)))
    source = draw(st.just("") | LETTERS)
    shape = draw(st.sampled_from(Shape)) if low != high else Shape.TRIANGLE
    return Number(low, mid, high, shape, source) if low != high else Number.known(mid, source)


@st.composite
def appraisals(draw: st.DrawFn) -> Appraisal:
    gives = draw(st.sampled_from(Gives))
    pounds = draw(spreads(share=False))
    gain = a_gain(
        gives=gives, pounds=pounds, health=gives is Gives.SOCIAL and draw(st.booleans()),
        cashable=Number.known(draw(SHARES)) if gives is Gives.FISCAL else Number.known(0),
        who=draw(LETTERS), title=draw(LETTERS),
    )  # fmt: skip
    its = {what: draw(spreads(share=True)) for what in What}
    outcome = an_outcome("o", gain, numbers=its, intakes=draw(st.integers(1, 300)))
    sums = draw(st.lists(st.integers(0, 10**12), max_size=4))
    cost = a_cost(pence=(*sums, 1), price_year=2020, who=draw(LETTERS), source=draw(LETTERS))
    prices = (Prices(2020, D("0.8"), "i"), Prices(2026, D(1), "i"))
    return an_appraisal(years=6, costs=(cost,), outcomes=(outcome,), prices=prices,
                        notes=draw(LETTERS))  # fmt: skip


@given(appraisals())
def test_a_text_says_one_appraisal_and_gives_it_back(made: Appraisal) -> None:
    text = text_of(made)
    assert appraisal_of_text(text) == made
    assert digest_of(text) != digest_of(text + " ")


@given(appraisals())
@settings(max_examples=25)
def test_what_goes_out_as_cells_comes_in_again(made: Appraisal) -> None:
    sheets = {name: [list(heads), *rows] for name, (heads, rows) in cells_of(made).items()}
    found, faults = read(sheets)
    assert faults == ()
    assert found is not None
    assert text_of(found) == text_of(made)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("APPRAISAL OF", "AN APPRAISAL OF"),
        ("[Costs]", "[Cost]"),
        ("Middle: 0.1", "Middle: 0.10"),
        ("Title: ", "Title:  "),
        ("Grade: 3", "Grade: 9"),
        ("Notes: ", "Notes "),
        ("Years: 10", "Years: 10\nYears: 10"),
    ],
)
def test_a_text_in_any_other_form_is_refused_at_its_line(before: str, after: str) -> None:
    text = text_of(uncertain())
    assert before in text
    with pytest.raises(Refused, match="line "):
        appraisal_of_text(text.replace(before, after, 1))


def a_workbook(path: Path, made: Appraisal | None = None) -> openpyxl.Workbook:
    path.write_bytes(appraisal_book(appraise(made, method(), draws=10) if made else None))
    return openpyxl.load_workbook(path)


def test_a_workbook_that_is_given_back_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    a_workbook(path, uncertain()).save(path)
    found, faults = read_workbook(path, name="mine.xlsx")
    assert faults == ()
    assert found == replace(uncertain())


def changed(path: Path, cells: Sequence[tuple[str, str, object]]) -> list[str]:
    """The faults of a workbook in which some cells were changed."""
    book = a_workbook(path, uncertain())
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    book.save(path)
    found, faults = read_workbook(path, name="mine.xlsx")
    assert found is None
    return [str(one) for one in faults]


def test_a_formula_without_a_result_is_no_cost_of_nought(tmp_path: Path) -> None:
    said = changed(
        tmp_path / "mine.xlsx",
        [("Appraisal", "B7", '="2026-27"'), ("Costs", "K2", "=1+1")],
    )
    assert [one[:60] for one in said] == [
        "Appraisal, B7: '=\"2026-27\"' holds a formula without a result",
        "Costs, K2: '=1+1' holds a formula without a result. Open it ",
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "told"),
    [
        ("Appraisal", "B7", None, "Appraisal, B7: Nothing is there. Write a financial year"),
        ("Costs", "F2", None, "Costs, F2: Nothing is there. Write a financial year"),
        ("Appraisal", "C5", 7, "Appraisal, C5: '7' stands where nothing is read"),
        ("Gains", "Z2", "x", "Gains, Z2: 'x' stands where nothing is read"),
        ("Costs", "K2", 1e300, "Costs, K2: '1e+300' is too large"),
        ("Costs ", "A1", "Code", "Costs , A1: would be lost in silence: only one sheet 'Costs'"),
        ("Gains Copy", "A1", "x", "Gains Copy, A1: would be lost in silence"),
    ],
)
def test_what_would_be_lost_in_silence_is_a_fault(
    sheet: str, cell: str, value: object, told: str
) -> None:
    sheets: dict[str, list[list[Any]]] = {
        name: [[*heads], *rows] for name, (heads, rows) in cells_of(uncertain()).items()
    }
    row, column = coordinate_to_tuple(cell)
    rows = sheets.setdefault(sheet, [[]])
    rows[row - 1] += [None] * (column - len(rows[row - 1]))
    rows[row - 1][column - 1] = value
    assert [str(one)[: len(told)] for one in read(sheets)[1]] == [told]


def test_every_fault_stands_at_its_cell_in_one_pass(tmp_path: Path) -> None:
    said = changed(
        tmp_path / "mine.xlsx",
        [
            ("Appraisal", "B5", "soon"),
            ("Costs", "D2", "gold"),
            ("Costs", "I2", "a source"),
            ("Costs", "K2", -5),
            ("Costs", "L2", 10.005),
            ("Numbers", "D3", 1.5),
            ("Numbers", "D4", None),
            ("Numbers", "A5", "nowhere"),
            ("Gains", "N2", None),
            ("Gains", "Q3", "yes"),
            ("Gains", "F4", "1999-00"),
        ],
    )
    together = "\n".join(said)
    for where in (
        "Appraisal, B5: 'soon' is no financial year",
        "Costs, D2: 'gold' is none of the words",
        "Costs, K2: '-5' is below nought",
        "Costs, L2: '10.005' has a part of a penny",
        "Numbers, D3: '1.5' does not lie between",
        "Numbers, D4: Nothing is there. Write a number: blank is not nought",
        "Numbers, A5: 'nowhere' is no outcome",
        "Gains, N2: Nothing is there",
        "Gains, Q3: 'yes' cannot be for money",
        "Gains, F4: '1999-00' has no index of prices",
        "Outcomes, A2: 'work' has no usable row for its take-up",
        "Outcomes, A2: 'work' has no usable row for its attrition",
    ):
        assert where in together, where


def faults_with(sheet: str, cell: str, value: object) -> str:
    """The faults where one cell was changed, without a file."""
    sheets: dict[str, list[list[object]]] = {}
    for name, (heads, rows) in cells_of(uncertain()).items():
        sheets[name] = [list(row) for row in (heads, *rows)]
    row, column = coordinate_to_tuple(cell)
    sheets[sheet][row - 1][column - 1] = value
    found, faults = read(sheets)
    assert found is None
    return "\n".join(map(str, faults))


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "why"),
    [
        ("Numbers", "D3", "40", "does not lie"),
        ("Numbers", "C3", None, "Give a low and a high, or neither"),
        ("Appraisal", "B6", 301, "whole number from 1 to 300"),
        ("Appraisal", "B8", "Nobody", "neither pays nor gains"),
        ("Costs", "E2", 7, "from 1 to 6"),
        ("Costs", "G2", 1.1, "at most 1 as low"),
        ("Gains", "B3", "benefits", "is the code of row 2 too"),
        ("Gains", "O4", 0.5, "Only a fiscal gain can be cashed"),
        ("Outcomes", "F2", 0.5, "whole number"),
        ("Numbers", "D2", "NaN", "too large"),
        ("Numbers", "D2", "1e999999", "too large"),
        ("Outcomes", "B2", "two\nlines", "Write one line"),
        ("Costs", "K1", "Years 1", "is no heading"),
        ("Gains", "D3", "department", "is written 'Department' elsewhere"),
        ("Appraisal", "B5", "1066-67", "is not of our time"),
    ],
)
def test_what_cannot_be_is_refused(sheet: str, cell: str, value: object, why: str) -> None:
    assert why in faults_with(sheet, cell, value)


def test_a_workbook_without_its_sheets_or_headings_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    _, faults = read_workbook(tmp_path / "other.xlsx", name="other.xlsx")
    assert len(faults) == 6
    (tmp_path / "none.xlsx").write_bytes(b"PK no workbook")
    with pytest.raises(Refused):
        read_workbook(tmp_path / "none.xlsx", name="none.xlsx")


def test_the_command_appraises_with_no_records_at_all(tmp_path: Path) -> None:
    path, out = tmp_path / "mine.xlsx", tmp_path / "out.xlsx"
    run = CliRunner().invoke
    assert run(totalplace, ["plan", "appraisal", "template", str(path)]).exit_code == 0
    empty = run(totalplace, ["plan", "appraise", str(path)])
    assert empty.exit_code != 0
    assert "Appraisal, B2: Nothing is there" in empty.output
    a_workbook(path, uncertain())
    told = run(totalplace, ["plan", "appraise", str(path), "--xlsx", str(out), "--draws", "100"])
    assert told.exit_code == 0, told.output
    assert "Who pays and who gains" in told.output
    sheets = openpyxl.load_workbook(out, read_only=True).sheetnames
    assert {"Who pays and who gains", "Year by year", "Where it turns", "Sources"} <= set(sheets)
    as_json = run(totalplace, ["plan", "appraise", str(out), "--json", "--draws", "100"])
    assert as_json.exit_code == 0
    assert '"net_pence"' in as_json.output


def test_a_gain_without_its_numbers_is_never_taken_for_nought(tmp_path: Path) -> None:
    its = an_appraisal(outcomes=(an_outcome("x", numbers=numbers()),))
    sheets = {name: [list(heads), *rows] for name, (heads, rows) in cells_of(its).items()}
    sheets["Numbers"] = sheets["Numbers"][:-1]
    found, faults = read(sheets)
    assert found is None
    assert "drop-off" in str(faults[0])
