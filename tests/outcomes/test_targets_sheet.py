"""The workbook of a set of targets: what goes out comes in again, and faults name their cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from totalplace.outcomes.reading.target_file import read_workbook
from totalplace.outcomes.rules.target_sheet import HEADS, MOVERS, TARGETS, cells_of, read
from totalplace.outcomes.rules.targets import Baseline
from totalplace.outcomes.rules.wanted import made, said_again

from .targets_made import ABSENCE, a_target

Cells = dict[str, list[list[Any]]]
OTHER = replace(ABSENCE, area="E10000018")


@pytest.fixture
def sheets() -> Cells:
    """Two targets as they go out."""
    none = Baseline(None, why_missing="It was not measured before.")
    cells = cells_of([a_target(), a_target(OTHER, baseline=none)], {"wex": "Wexshire Council"})
    return {name: [list(HEADS[name]), *rows] for name, rows in cells.items()}


def faults_of(sheets: Cells) -> list[str]:
    return [str(fault) for fault in read(sheets)[1]]


def test_what_goes_out_comes_in_again(sheets: Cells) -> None:
    wanted, faults = read(sheets)
    assert faults == []
    none = Baseline(None, why_missing="It was not measured before.")
    again = [made(one, out) for one, out in zip(wanted, (ABSENCE, OTHER), strict=True)]
    assert again == [a_target(), a_target(OTHER, baseline=none)]
    assert wanted[0] == said_again(a_target())


def test_a_formula_without_a_result_is_no_blank(tmp_path: Path, sheets: Cells) -> None:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book[MOVERS]["F2"], book[TARGETS]["J3"] = "=2*3", "=9"
    book.save(tmp_path / "targets.xlsx")
    _, faults = read_workbook(tmp_path / "targets.xlsx", name="targets.xlsx")
    assert [(one.cell, one.found) for one in faults] == [("J3", "=9"), ("F2", "=2*3")]
    assert "holds a formula without a result" in str(faults[0])


def test_headings_may_stand_below_a_title_and_in_another_order(sheets: Cells) -> None:
    swapped = {name: [["Our targets"], [], *(row[::-1] for row in rows)]
               for name, rows in sheets.items()}  # fmt: skip
    assert read(swapped)[0] == read(sheets)[0]


def test_dates_and_numbers_as_a_workbook_has_them_are_read(sheets: Cells) -> None:
    day, value = HEADS[TARGETS].index("By which day"), HEADS[TARGETS].index("Value")
    sheets[TARGETS][1][day], sheets[TARGETS][1][value] = datetime(2028, 3, 31), 11.0
    sheets[TARGETS][2][day], sheets[TARGETS][2][value] = date(2029, 3, 31), 9.5
    sheets[TARGETS][3][day] = "31/03/2030"
    sheets[MOVERS][2][HEADS[MOVERS].index("Pounds")] = 1200000
    wanted, faults = read(sheets)
    assert faults == []
    assert made(wanted[0], ABSENCE) == a_target()


@pytest.mark.parametrize(
    ("sheet", "row", "head", "cell", "fault"),
    [
        (TARGETS, 1, "Indicator", "", "Targets, A2: Nothing is there. Write the indicator's code."),
        (TARGETS, 2, "Value", "nine", "Targets, J3: 'nine' is no value"),
        (TARGETS, 2, "Value", None, "Targets, J3: Nothing is there. Write what is to be reached."),
        (TARGETS, 2, "By which day", "soon", "Targets, I3: 'soon' is no day. Write it as"),
        (TARGETS, 1, "Baseline", "low", "Targets, E2: 'low' is no value"),
        (TARGETS, 3, "Why it matters", "For fun", "is not what row 2 says of the same target"),
        (MOVERS, 1, "Share in per cent", "half", "Who can move it, E2: 'half' is no share"),
        (MOVERS, 1, "Pounds", "-5", "Who can move it, F2: '-5' is no sum of pounds"),
        (MOVERS, 1, "Pounds", "1.234", "'1.234' is no sum of pounds"),
        (MOVERS, 2, "Agency", "icb", "Who can move it, C3: 'icb' is named twice"),
        (MOVERS, 1, "Agency", "", "Who can move it, C2: Nothing is there. Write its code, or"),
        (MOVERS, 1, "Indicator", "waits", "Who can move it, A2: 'waits' has no row in the other"),
    ],
)
def test_a_fault_names_its_cell_what_is_there_and_what_to_do(
    sheets: Cells, sheet: str, row: int, head: str, cell: Any, fault: str
) -> None:
    sheets[sheet][row][HEADS[sheet].index(head)] = cell
    assert any(fault in said for said in faults_of(sheets)), faults_of(sheets)


def test_all_faults_are_told_at_once(sheets: Cells) -> None:
    sheets[TARGETS][1][HEADS[TARGETS].index("Value")] = "x"
    sheets[TARGETS][2][HEADS[TARGETS].index("Value")] = "y"
    assert len(faults_of(sheets)) == 2


def test_a_workbook_without_its_sheets_or_headings_is_told(sheets: Cells) -> None:
    assert "Targets, A1: There is no sheet of that name" in faults_of({})[0]
    assert "The headings are not there" in faults_of({**sheets, TARGETS: [["x"]]})[0]
    empty = {name: rows[:1] for name, rows in sheets.items()}
    assert "No row says a target" in faults_of(empty)[0]
    alone = {**sheets, MOVERS: sheets[MOVERS][:1]}
    assert "has nobody who can move it" in faults_of(alone)[0]


def test_too_many_rows_are_refused_and_not_read(sheets: Cells) -> None:
    sheets[TARGETS] += [sheets[TARGETS][1]] * 6000
    assert any("There are too many rows" in said for said in faults_of(sheets))


def test_a_share_of_nobody_is_written_in_words(sheets: Cells) -> None:
    assert ["nobody here", "", "20", ""] in [row[2:] for row in sheets[MOVERS]]
    wanted, _ = read(sheets)
    assert wanted[0].shares[""] == Decimal(20)
