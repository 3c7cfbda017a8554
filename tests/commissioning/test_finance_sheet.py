"""The workbook of a financial plan: out and in again, and each fault named by its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.commissioning.reading.money_file import read_money
from totalplace.commissioning.rules.finance import Cause, Money, Planned, Reserve
from totalplace.commissioning.rules.finance_sheet import (
    PRESSURES,
    RESERVES,
    RESOURCES,
    SAVINGS,
    SPENDING,
    cells_of,
    heads_of,
    read,
)
from totalplace.doors.report.plan_money import money_workbook

FIRST, YEARS = 2027, 2
MONEY = Money(
    (Planned("Council tax", (300_000_00, None), source="budget book 2027, page 4"),),
    (Planned("Roads", (1_50, 0), whose="council"),),
    (Planned("Pay", (7_00, 8_00), cause=Cause.INFLATION),),
    (Planned("Leases", (1_00, 2_00), owner="A. Director", cashable=False),),
    (Reserve("General", None, (1_00, 0), (0, 2_00), 5_00, "five per cent of spending"),),
)


def sheets_of(money: Money, years: int = YEARS) -> dict[str, list[list[object]]]:
    """A workbook's sheets as they are read."""
    found: dict[str, list[list[object]]] = {}
    for name, rows in cells_of(money).items():
        found[name] = [[*heads_of(name, FIRST, years)]]
        found[name] += [[*row] for row in rows]
    return found


def faults(sheet: str, *rows: Sequence[object], heads: Sequence[object] = ()) -> list[str]:
    """What is wrong with one sheet."""
    said = {sheet: [heads or heads_of(sheet, FIRST, YEARS), *rows]}
    return [str(one) for one in read(said, first_year=FIRST, years=YEARS)[1]]


def test_what_goes_out_comes_in_again() -> None:
    assert read(sheets_of(MONEY), first_year=FIRST, years=YEARS) == (MONEY, [])


pence = st.one_of(st.none(), st.integers(0, 10**15))
sums = st.tuples(pence, pence)
words = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=9)


@given(st.lists(st.builds(Planned, words, sums, words, words), min_size=1, unique_by=repr))
def test_any_sums_come_in_again_to_the_penny(lines: list[Planned]) -> None:
    once = {(one.title, one.whose): one for one in lines}
    money = Money(resources=tuple(once.values()))
    assert read(sheets_of(money), first_year=FIRST, years=YEARS) == (money, [])


def test_a_workbook_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "money.xlsx"
    path.write_bytes(money_workbook(MONEY, first_year=FIRST, years=YEARS))
    assert read_money(path, name="money.xlsx", first_year=FIRST, years=YEARS) == (MONEY, [])
    assert path.read_bytes() == money_workbook(MONEY, first_year=FIRST, years=YEARS)


def test_a_formula_without_a_result_is_no_blank_sum(tmp_path: Path) -> None:
    path = tmp_path / "money.xlsx"
    path.write_bytes(money_workbook(MONEY, first_year=FIRST, years=YEARS))
    book = openpyxl.load_workbook(path)
    book[RESOURCES]["C2"], book[RESERVES]["C2"] = "=2*3", "=1"
    book.save(path)
    _, found = read_money(path, name="money.xlsx", first_year=FIRST, years=YEARS)
    assert [str(one)[:48] for one in found] == [
        "Resources, C2: '=2*3' holds a formula without a ",
        "Reserves, C2: '=1' holds a formula without a res",
    ]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("lots", "Resources, C2: 'lots' is not a sum of money. Write pounds, such as 1250000 or 0"),
        (-1, "Resources, C2: '-1' is below nought"),
        ("1e30", "Resources, C2: '1e30' is more than there is"),
        (1.234, "Resources, C2: '1.234' is not a sum of money"),
        (True, "Resources, C2: 'True' is not a sum of money"),
        ("NaN", "Resources, C2: 'NaN' is not a sum of money"),
        ("１２", "Resources, C2: '１２' is not a sum of money"),
    ],
)
def test_a_sum_that_is_none_is_a_fault_at_its_cell(cell: object, why: str) -> None:
    (fault,) = faults(RESOURCES, ["Council tax", "", cell, 0, ""])
    assert fault.startswith(why)


def test_sums_are_read_as_people_write_them() -> None:
    said: dict[str, list[list[object]]] = {
        RESOURCES: [
            ["Title", "Whose", "2027/28", "2028–29", "Source"],
            ["Council tax", "", "£1,250.10", 1250.1, ""],
        ]
    }
    money, found = read(said, first_year=FIRST, years=YEARS)
    assert (money.resources[0].pence, found) == ((1250_10, 1250_10), [])


def test_a_blank_cell_is_not_known_which_is_not_nought() -> None:
    money, _ = read(
        {SPENDING: [heads_of(SPENDING, FIRST, YEARS), ["Roads", "", None, 0, ""]]},
        first_year=FIRST, years=YEARS,
    )  # fmt: skip
    assert money.spending[0].pence == (None, 0)


def test_headings_that_are_strange_lacking_or_there_twice_are_faults() -> None:
    (strange,) = faults(
        SPENDING, ["Roads", "", 1, 1, 1, ""],
        heads=["Title", "Whose", "2027-28", "2028-29", "2029-30", "Source"],
    )  # fmt: skip
    assert strange.startswith("Spending, E1: '2029-30' is not a heading of this sheet. The years")
    (lacking,) = faults(
        SPENDING, ["Roads", "", 1, ""], heads=["Title", "Whose", "2027-28", "Source"]
    )
    assert lacking.startswith("Spending, A1: There is no column 2028-29")
    (twice,) = faults(
        SPENDING, ["Roads", "", 1, 1, 2, ""],
        heads=["Title", "Whose", "2027-28", "2028-29", "2028-29", "Source"],
    )  # fmt: skip
    assert twice.startswith("Spending, E1: '2028-29' stands there twice")


def test_what_a_row_has_to_say_is_asked_for_at_its_cell() -> None:
    assert faults(PRESSURES, ["Pay", "", "greed", 1, 1, ""])[0].startswith(
        "Pressures, C2: 'greed' is not a cause. Write one of: inflation, demand"
    )
    assert [one[:13] for one in faults(SAVINGS, ["Leases", "", "", "maybe", 1, 1, ""])] == [
        "Savings, C2: ",
        "Savings, D2: ",
    ]
    (least,) = faults(RESERVES, ["General", "", 1, 5, "", 0, 0, 0, 0, ""])
    assert least.startswith("Reserves, E2: Why that level is not filled in")


def test_a_line_that_stands_there_twice_is_a_pound_counted_twice() -> None:
    (fault,) = faults(RESOURCES, ["Tax", "", 1, 1, ""], ["Tax", "", 1, 1, ""])
    assert fault.startswith("Resources, A3: 'Tax' stands there twice")


def test_a_workbook_of_something_else_says_what_is_wanted() -> None:
    _, found = read({"Sheet1": [["hello"]]}, first_year=FIRST, years=YEARS)
    assert [str(one)[:14] for one in found] == ["Resources, A1:"]
    _, empty = read({RESOURCES: [heads_of(RESOURCES, FIRST, YEARS)]}, first_year=FIRST, years=YEARS)
    assert [str(one) for one in empty] == ["Resources, A2: No row says anything. Write one."]
