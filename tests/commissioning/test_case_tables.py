"""A case is read from its cells in one pass, and every fault names its cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commissioning.cases import READY, WELL, case, effect, option
from tests.commissioning.strategies import cases

from totalplace.commissioning.rules.case import Case, Fund, In, Kind, Prevents, Rule
from totalplace.commissioning.rules.case_sheet import HEADS, cell_text
from totalplace.commissioning.rules.case_tables import CaseFaults, case_of, tables_of

Tables = dict[str, list[list[Any]]]


def good() -> Case:
    """Two services, two years, two funds, a rule of each way of counting."""
    return case(
        option("reading", 5_000, effect("0.5"), funds=("schools", "grant"), covers=("council/x",),
               area="X01", capacity_units=900),
        option("falls", 300, effect("1", of=WELL), prevents=(Prevents("reading", Decimal("0.25")),),
               covers=("council/y",)),
        pounds=10,
        years=2,
        funds=(
            Fund("grant", "the block grant", (1_000_000, 1_000_001)),
            Fund("schools", "schools' money", (10_000, 20_000), only=True, source="line 4"),
        ),
        rules=(
            Rule("all", "all of it", Kind.VIREMENT, ("reading", "falls"), most=Decimal(10**8)),
            Rule("places", "places", Kind.ENTITLEMENT, ("reading",), In.UNITS, Decimal(90), year=1),
            Rule("ready", "more ready", Kind.TARGET, ("reading",), In.EFFECT, Decimal("5.5"),
                 outcome=READY),
        ),
    )  # fmt: skip


def with_cell(sheet: str, row: int, head: str, value: Any) -> Tables:
    """The cells of a good case, one of them changed; rows as a spreadsheet numbers them."""
    tables: Tables = {name: [list(r) for r in rows] for name, rows in tables_of(good()).items()}
    rows = tables[sheet]
    while len(rows) < row:
        rows.append([""] * len(rows[0]))
    rows[row - 1][rows[0].index(head)] = value
    return tables


def faults_of(tables: Tables) -> dict[str, str]:
    """Cell -> what is wrong with it."""
    read = case_of(tables)
    assert isinstance(read, CaseFaults), "no fault was found"
    return {f"{one.sheet} {one.cell}": f"{one.why}. {one.next_step}" for one in read.faults}


def test_what_goes_out_comes_in_again() -> None:
    assert case_of(tables_of(good())) == good()


@given(cases())
def test_any_case_comes_in_again_as_it_went_out(its: Case) -> None:
    assert case_of(tables_of(its)) == its


@pytest.mark.parametrize(
    ("sheet", "row", "head", "value", "cell", "why"),
    [
        ("Options", 2, "At most units", -4, "K2", "below nought"),
        ("Options", 2, "Pounds now", "-5", "D2", "below nought"),
        ("Options", 2, "Pounds now", 1.005, "D2", "parts of a penny"),
        ("Options", 2, "Pounds now", "£1,00", "D2", "no number"),
        ("Options", 2, "Pounds now", float("inf"), "D2", "no number"),
        ("Options", 2, "Pounds now", "1" * 15, "D2", "more money than there is"),
        ("Options", 2, "Pounds now", "", "D2", "Nothing is there"),
        ("Options", 2, "Pounds a unit", 0, "F2", "is nothing"),
        ("Options", 2, "Unit", "", "E2", "what one unit is"),
        ("Options", 2, "Title", "=cmd|' /C calc'!A0", "B2", "formula"),
        ("Options", 2, "Title", "x" * 5_000, "B2", "5,000 letters"),
        ("Options", 2, "Title", "plain\u202etext", "B2", "cannot be seen"),
        ("Options", 2, "Area", "here and there", "H2", "no rule could name it"),
        ("Options", 2, "Code", "all", "A2", "rules mean every option"),
        ("Options", 2, "Agency", "All", "C2", "rules mean every option"),
        ("Options", 2, "Agency", "council, nhs", "C2", "no rule could name it"),
        ("Options", 2, "Area", "all", "H2", "rules mean every option"),
        ("Options", 2, "Group", "agency=nhs", "I2", "no rule could name it"),
        ("Funds", 2, "Code", "ALL", "A2", "rules mean every option"),
        ("Funds", 2, "Code", "a=b", "A2", "is no code"),
        ("Areas", 2, "Code", "all", "A2", "rules mean every option"),
        ("Wanted", 2, "Outcome", "all", "A2", "rules mean every option"),
        ("Wanted", 2, "Outcome", "area=X01", "A2", "a choice of options"),
        ("Options", 2, "At least pounds", 9_000.01, "J2", "above the most"),
        ("Options", 3, "Code", "reading", "A3", "code of row 2 too"),
        ("Options", 3, "Code", "Reading", "A3", "code of row 2 too"),
        ("Options", 3, "Lines of the count", "council/x", "R3", "counted twice: row 2"),
        ("Options", 3, "Lines of the count", "Council/X", "R3", "counted twice: row 2"),
        ("Options", 3, "Lines of the count", "a/b, A/B", "R3", "names 'A/B' twice"),
        ("Options", 3, "Lines of the count", "council/*", "R3", "no one line of the count"),
        ("Options", 2, "Funds", "grant, lottery", "Q2", "'lottery'"),
        ("Options", 2, "Protected", "perhaps", "O2", "neither yes nor no"),
        ("Effects", 2, "Counted in", "", "D2", "counted in"),
        ("Effects", 2, "Counted in", "per cent", "D2", "which is children"),
        ("Effects", 2, "Low", "0.6", "E2", "above the middle"),
        ("Effects", 2, "High", "0.4", "G2", "below the middle"),
        ("Effects", 2, "Grade", "6", "H2", "none that is known"),
        ("Effects", 2, "Outcome", "nicer-streets", "B2", "no outcome of the sheet Wanted"),
        ("Effects", 2, "Option", "nothing", "A2", "code of no option"),
        ("Effects", 2, "Address", "the library", "J2", "no address"),
        ("Effects", 2, "Years it lasts", 0, "L2", "not from 1 to 30"),
        ("Effects", 2, "Share kept each year", "1.5", "M2", "not from 0 to 1"),
        ("Prevents", 2, "Option", "nothing", "A2", "code of no option"),
        ("Wanted", 2, "Weight", 59, "F3", "add up to 99"),
        ("Wanted", 2, "Gap", 0, "E2", "no gap"),
        ("Wanted", 3, "Outcome", "ready-for-school", "A3", "row 2 too"),
        ("Funds", 3, "Code", "grant", "A3", "spent twice"),
        ("Funds", 3, "Code", "Grant", "A3", "spent twice"),
        ("Rules", 3, "Code", "ALL", "A3", "code of row 2 too"),
        ("Wanted", 3, "Outcome", "Ready-For-School", "A3", "row 2 too"),
        ("Wanted", 2, "Counted in", "per cent", "D2", "is a share"),
        ("Wanted", 2, "Counted in", "% of children", "D2", "is a share"),
        ("Wanted", 2, "Counted in", "Percentage points", "D2", "is a share"),
        ("Funds", 3, "Title", "the block grant", "B3", "spent twice"),
        ("Funds", 2, "2026-27", "", "H2", "Nothing is there"),
        ("Funds", 1, "2026-27", "2025-26", "H1", "no year of the plan"),
        ("Rules", 2, "Options", "reading, roads", "D2", "'roads'"),
        ("Rules", 2, "Options", "agency=nhs", "D2", "no option at all"),
        ("Rules", 2, "Options", "colour=red", "D2", "can ask for"),
        ("Rules", 2, "Options", "all, reading", "D2", "twice"),
        ("Rules", 2, "At most", "", "F2", "Nothing is there"),
        ("Rules", 2, "At least", "1000000.01", "F2", "above 'At most'"),
        ("Rules", 2, "At least", "-3", "F2", "below nought"),
        ("Rules", 3, "Year", "2030-31", "H3", "no year of the plan"),
        ("Rules", 4, "Outcome", "nicer-streets", "I4", "no outcome"),
        ("Rules", 2, "Kind", "whim", "C2", "none that is known"),
        ("Plan", 3, "Value", "soon", "B3", "no financial year"),
        ("Plan", 4, "Value", 50, "B4", "not from 1 to 10"),
        ("Areas", 2, "People", 1.5, "C2", "no whole number"),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell_and_says_why(
    sheet: str, row: int, head: str, value: Any, cell: str, why: str
) -> None:
    found = faults_of(with_cell(sheet, row, head, value))
    assert why in found[f"{sheet} {cell}"]


def test_a_circle_of_prevention_is_named_where_it_closes() -> None:
    tables = with_cell("Prevents", 3, "Option", "reading")
    tables["Prevents"][2][1:3] = ["falls", "1"]
    found = faults_of(tables)
    assert "falls prevents reading prevents falls" in found["Prevents B3"]


def test_a_service_cannot_prevent_itself() -> None:
    found = faults_of(with_cell("Prevents", 2, "Prevents", "falls"))
    assert "falls prevents falls" in found["Prevents B2"]


def test_the_same_source_as_two_funds_is_money_spent_twice() -> None:
    assert "spent twice" in faults_of(with_cell("Funds", 2, "Source", "Line 4"))["Funds G3"]


def test_parts_of_a_line_may_stand_apart_where_they_are_of_two_areas() -> None:
    tables = with_cell("Options", 3, "Lines of the count", "council/x")
    tables["Options"][2][7] = "X02"
    assert isinstance(case_of(tables), Case)


def test_hostile_circles_and_lines_are_told_a_few_times_and_end() -> None:
    many = [option(f"o{n}", 1, effect("1"), covers=("a/b",), area=f"X{n}") for n in range(700)]
    tables: Tables = {**tables_of(case(*many, pounds=10_000))}
    tables["Prevents"] = [
        tables["Prevents"][0],
        *([f"o{n}", f"o{(n + step) % 700}", "1", "1"] for step in (1, 699) for n in range(700)),
    ]
    read = case_of(tables)
    assert isinstance(read, CaseFaults)
    told = [one.why for one in read.faults]
    assert sum("closes a circle" in why for why in told) <= 20
    assert sum("more than 500 rows" in why for why in told) == 200


def test_every_fault_is_found_in_one_pass() -> None:
    tables = with_cell("Options", 2, "Pounds now", "-1")
    tables["Wanted"][1][5] = 1
    tables["Effects"][1][3] = ""
    tables["Funds"][2][0] = "grant"
    assert list(faults_of(tables)) == [
        "Options D2", "Options Q2", "Effects D2", "Wanted F3", "Funds A3",
    ]  # fmt: skip


def test_a_rule_may_name_options_by_what_they_are() -> None:
    read = case_of(with_cell("Rules", 2, "Options", "agency=council and area=X01, falls"))
    assert isinstance(read, Case)
    assert read.rules[0].options == ("reading", "falls")


@pytest.mark.parametrize(("head", "value"), [("At least pounds", 10), ("Protected", "yes")])
def test_a_floor_that_may_be_shut_is_no_floor(head: str, value: Any) -> None:
    tables = with_cell("Options", 2, head, value)
    tables["Options"][1][15] = "yes"
    assert head in faults_of(tables)["Options P2"]
    assert "a floor that may be shut is no floor" in faults_of(tables)["Options P2"]


def test_units_of_two_kinds_are_not_added_up() -> None:
    tables = with_cell("Rules", 3, "Options", "all")
    tables["Options"][2][4] = "visit"
    assert "more than one kind" in faults_of(tables)["Rules D3"]


def test_a_long_list_of_options_goes_on_in_the_next_row() -> None:
    options = [option(f"{'very-long-code-' * 5}{n}", 1, effect("1")) for n in range(900)]
    codes = tuple(one.code for one in options if int(one.code.rpartition("-")[2]) % 2)
    its = case(
        *options, pounds=10_000, rules=(Rule("odd", "odd", Kind.FAIR, codes, most=Decimal(1)),)
    )
    tables = tables_of(its)
    assert len(tables["Rules"]) > 2
    assert case_of(tables) == its


def test_a_misspelt_sheet_is_not_lost_in_silence() -> None:
    tables: Tables = {**tables_of(good())}
    tables["Rule"] = tables.pop("Rules")
    assert "is no sheet of a plan" in faults_of(tables)["Rule A1"]


@pytest.mark.parametrize("name", ["Options ", " OPTIONS"])
def test_a_second_sheet_of_a_name_is_not_lost_in_silence(name: str) -> None:
    tables: Tables = {**tables_of(good()), name: [["anything"]]}
    assert "is a second sheet of that name" in faults_of(tables)[f"{name} A1"]


def test_a_value_under_no_heading_is_not_lost_in_silence() -> None:
    tables = with_cell("Options", 3, "Title", "Falls")
    tables["Options"][2] += ["", 7]
    tables["Plan"].append([None, None, "stray"])
    found = faults_of(tables)
    assert list(found) == ["Plan C6", "Options T3"]
    assert "stands under no heading" in found["Options T3"]


def test_an_outcome_in_per_cent_is_told_once_and_not_of_its_effects_too() -> None:
    assert list(faults_of(with_cell("Wanted", 2, "Counted in", "per cent"))) == ["Wanted D2"]


@pytest.mark.parametrize(("said", "shown"), [("££100", "££100"), (1e300, "1e+300")])
def test_a_fault_shows_what_stands_in_the_cell_and_no_more(said: Any, shown: str) -> None:
    read = case_of(with_cell("Options", 2, "Pounds now", said))
    assert isinstance(read, CaseFaults)
    assert [(one.found, one.why) for one in read.faults] == [(shown, "is no number")]


def test_a_misspelt_heading_is_not_lost_in_silence() -> None:
    assert "no heading" in faults_of(with_cell("Options", 1, "May close", "May shut"))["Options P1"]


def test_notes_are_a_persons_own() -> None:
    tables: Tables = {**tables_of(good()), "Notes": [["anything"]]}
    tables["Options"] = [
        [*row, "Notes" if n == 0 else "mine"] for n, row in enumerate(tables["Options"])
    ]
    assert case_of(tables) == good()


def test_too_many_rows_are_refused_and_not_read() -> None:
    tables: Tables = {**tables_of(good())}
    tables["Wanted"] = [*tables["Wanted"], *([["x", "y", "t", "children", 1, 0, ""]] * 600)]
    assert "too many rows" in faults_of(tables)["Wanted A502"]


def test_faults_beyond_a_thousand_are_counted() -> None:
    tables: Tables = {**tables_of(good())}
    tables["Options"] = [tables["Options"][0], *([["", "t", "a", "-1", "u", "1"]] * 2_000)]
    read = case_of(tables)
    assert isinstance(read, CaseFaults)
    assert (len(read.faults), len(read) > 3_000) == (1_000, True)


@pytest.mark.parametrize("sheet", HEADS)
def test_an_empty_sheet_is_a_fault_or_nothing_and_never_a_defect(sheet: str) -> None:
    tables: Tables = {**tables_of(good()), sheet: []}
    assert isinstance(case_of(tables), CaseFaults)


CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates()


@settings(max_examples=30)
@given(
    st.sampled_from(sorted(HEADS)), st.integers(1, 3), st.integers(0, 12),
    CELLS | st.sampled_from(["all", "reading", "-0", "1e999", "=A1", "[Plan]", "²", "١"]),
)  # fmt: skip
def test_whatever_stands_in_a_cell_ends_as_a_case_or_as_faults(
    sheet: str, row: int, column: int, value: Any
) -> None:
    tables: Tables = {name: [list(r) for r in rows] for name, rows in tables_of(good()).items()}
    if row < len(tables[sheet]) and column < len(tables[sheet][row]):
        tables[sheet][row][column] = value
    read = case_of(tables)
    if isinstance(read, Case):
        assert case_of(tables_of(read)) == read


def test_a_cell_is_read_exactly() -> None:
    assert [cell_text(x) for x in (0.1, 1e-7, 2.0, 10**20, True, None)] == [
        "0.1", "0.0000001", "2", str(10**20), "yes", "",
    ]  # fmt: skip
