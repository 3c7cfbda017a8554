"""The formula sandbox: exact to the penny, floors held or refused, and paid for by gains."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from totalplace.agreements.definitions.formula import first_formula
from totalplace.agreements.reading.formula_file import read_formula
from totalplace.agreements.rules.formula import Formula, Place, Year, highest_floor, reckon
from totalplace.agreements.rules.formula_sheet import (
    AREAS,
    FORMULA,
    INDICATORS,
    cells_of,
    read,
    rows_of_text,
    text_of_rows,
)
from totalplace.agreements.rules.formula_told import steps
from totalplace.doors.cli.agreements.formula import formula as formula_command
from totalplace.doors.cli.agreements.models import models as models_command
from totalplace.doors.report.formula import formula_book
from totalplace.refusal import Refused

F = Fraction


def a_place(code: str, people: int, poor: int, today: int | None = None, cost: int = 100) -> Place:
    """A place by its people and its poor people; the area cost is in hundredths."""
    needs = {"people": F(people), "poor": F(poor)}
    return Place(code, code.title(), needs, F(cost, 100), today, people)


THREE = [
    a_place("hill", 1000, 100, today=500_00),
    a_place("vale", 1000, 300, today=300_00),
    a_place("town", 2000, 600, today=1_200_00),
]
EVEN = Formula(2_000_00, {"people": F(1), "poor": F(1)})

places = st.lists(
    st.builds(
        a_place,
        code=st.sampled_from([f"p{n}" for n in range(9)]),
        people=st.integers(1, 10**6),
        poor=st.integers(0, 10**6),
        today=st.one_of(st.none(), st.integers(0, 10**9)),
        cost=st.integers(80, 130),
    ),
    min_size=1, max_size=7, unique_by=lambda one: one.code,
)  # fmt: skip
formulas = st.builds(
    Formula,
    quantum_pence=st.integers(0, 10**11),
    weights=st.fixed_dictionaries(
        {"people": st.integers(1, 9).map(F), "poor": st.integers(0, 9).map(F)}
    ),
    floor_per_cent=st.one_of(st.none(), st.integers(-100, 10).map(F)),
    ceiling_per_cent=st.one_of(st.none(), st.integers(10, 900).map(F)),
    growth_per_cent=st.lists(st.integers(-3, 5).map(F), max_size=2).map(tuple),
    overspend_pence=st.integers(-(10**6), 10**6),
)


def test_need_is_each_indicators_part_as_it_is_weighted() -> None:
    (year,) = reckon(EVEN, THREE)
    found = {share.place.code: share for share in year.shares}
    assert found["hill"].need == (F(1, 4) + F(1, 10)) / 2
    assert {code: share.pence for code, share in found.items()} == {
        "hill": 350_00, "town": 1_100_00, "vale": 550_00,
    }  # fmt: skip
    assert found["hill"].per_head_pence == 35
    assert found["hill"].change_pence == -150_00
    assert found["hill"].change_per_cent == -30


def test_gains_are_scaled_back_until_they_have_paid_for_the_floor() -> None:
    (year,) = reckon(replace(EVEN, floor_per_cent=F(-5)), THREE)
    found = {share.place.code: share for share in year.shares}
    # hill is held at 475 and town at 1,140; vale, which gains 250 without a floor, pays 165.
    assert [found[code].pence for code in ("hill", "town", "vale")] == [475_00, 1_140_00, 385_00]
    assert year.scaling == F(385 - 285, 550 - 285)
    assert sum(share.damping_pence for share in year.shares) == 0


def test_a_floor_that_costs_more_than_there_is_is_refused_with_the_highest_that_could_be() -> None:
    with pytest.raises(Refused, match="cannot be paid for"):
        reckon(replace(EVEN, floor_per_cent=F(1)), THREE)
    assert highest_floor(EVEN, THREE) == 0
    assert highest_floor(replace(EVEN, quantum_pence=1_000_00), THREE) == -50


def test_nobody_is_above_the_ceiling_and_what_that_frees_goes_to_the_others() -> None:
    (year,) = reckon(replace(EVEN, ceiling_per_cent=F(10)), THREE)
    found = {share.place.code: share.pence for share in year.shares}
    assert found["vale"] == 330_00
    assert sum(found.values()) == 2_000_00
    with pytest.raises(Refused, match="that nobody may have"):
        reckon(replace(EVEN, ceiling_per_cent=F(-10)), THREE)


def test_a_cost_above_the_average_brings_more() -> None:
    dear = [a_place("hill", 1000, 100, cost=120), *THREE[1:]]
    (plain,), (cost,) = reckon(EVEN, THREE), reckon(EVEN, dear)
    assert cost.shares[0].pence > plain.shares[0].pence
    assert sum(share.pence for share in cost.shares) == 2_000_00


def test_each_year_grows_and_is_damped_against_the_year_before() -> None:
    formula = replace(EVEN, floor_per_cent=F(-5), growth_per_cent=(F(2), F(2)))
    years = reckon(formula, THREE)
    assert [year.quantum_pence for year in years] == [2_000_00, 2_040_00, 2_080_80]
    hill = [year.shares[0] for year in years]
    assert [share.before_pence for share in hill] == [500_00, 475_00, 451_25]
    assert all(share.pence * 100 >= share.before_pence * 95 for share in hill if share.before_pence)


def test_an_overspend_is_borne_as_the_shares_are() -> None:
    (year,) = reckon(replace(EVEN, overspend_pence=100_01), THREE)
    assert [share.risk_pence for share in year.shares] == [17_50, 55_01, 27_50]


@given(formulas, places)
@settings(max_examples=80)
def test_the_shares_come_to_the_sum_to_the_penny_within_their_bounds(
    formula: Formula, some: list[Place]
) -> None:
    years = reckoned(formula, some)
    for year in years:
        assert sum(share.pence for share in year.shares) == year.quantum_pence
        assert sum(share.undamped_pence for share in year.shares) == year.quantum_pence
        assert sum(share.damping_pence for share in year.shares) == 0  # gains pay, to the penny
        assert sum(share.risk_pence for share in year.shares) in (formula.overspend_pence, 0)
        assert year.scaling is None or 0 <= year.scaling <= 1
        for share in year.shares:
            assert share.floor_pence is None or share.pence >= share.floor_pence
            assert share.ceiling_pence is None or share.pence <= share.ceiling_pence


@given(formulas, places, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_areas_and_indicators_changes_nothing(
    formula: Formula, some: list[Place], chance: object
) -> None:
    years = reckoned(formula, some)
    turned = replace(formula, weights=dict(list(formula.weights.items())[::-1]))
    assert reckon(turned, some[::-1]) == years


@given(formulas, places, st.integers(1, 10**6))
@settings(max_examples=60)
def test_more_need_never_brings_less_but_for_a_penny_of_rounding(
    formula: Formula, some: list[Place], more: int
) -> None:
    formula = replace(formula, growth_per_cent=())
    (before,) = reckoned(formula, some)
    first = some[0]
    needier = replace(first, needs=dict(first.needs) | {"poor": first.needs["poor"] + more})
    try:
        (after,) = reckon(formula, [needier, *some[1:]])
    except Refused:
        assume(False)
    old, new = (
        next(share.pence for share in year.shares if share.place.code == first.code)
        for year in (before, after)
    )
    assert new >= old - 1


def reckoned(formula: Formula, some: list[Place]) -> list[Year]:
    try:
        return reckon(formula, some)
    except Refused:
        assume(False)
        raise


@pytest.mark.parametrize(
    ("formula", "some", "says"),
    [
        (replace(EVEN, quantum_pence=-1), THREE, "below nothing"),
        (replace(EVEN, weights={}), THREE, "no indicator has a weight"),
        (replace(EVEN, floor_per_cent=F(3), ceiling_per_cent=F(2)), THREE, "above the ceiling"),
        (replace(EVEN, growth_per_cent=(F(1),) * 10), THREE, "at most 10 years"),
        (replace(EVEN, weights={"luck": F(1)}), THREE, "has no 'luck'"),
        (EVEN, [THREE[0], THREE[0]], "there twice"),
        (EVEN, [a_place("hill", 0, 0)], "no area has any 'people'"),
        (EVEN, [a_place("hill", 1, 1, cost=0)], "area cost of hill"),
    ],
)
def test_what_no_formula_can_work_with_is_refused_in_words(
    formula: Formula, some: list[Place], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        reckon(formula, some)


def test_what_a_workbook_says_goes_out_and_comes_in_the_same(tmp_path: Path) -> None:
    formula, some = first_formula()
    asked = replace(formula, ceiling_per_cent=F(5, 2), overspend_pence=-1_50)
    path = tmp_path / "formula.xlsx"
    path.write_bytes(formula_book(asked, some, reckon(asked, some)))
    again, places_again, faults = read_formula(path, name="formula.xlsx")
    assert faults == []
    assert again == asked
    assert places_again == list(some)


def test_text_from_a_spreadsheet_says_the_same_as_the_workbook() -> None:
    formula, some = first_formula()
    cells = cells_of(formula, some)
    for mark in ("\t", ","):
        rows = [mark.join(str(cell) for cell in row) for row in cells[AREAS]]
        sheets: dict[str, Any] = {**cells, AREAS: rows_of_text("\n".join(rows))}
        assert read(sheets) == (formula, list(some), [])
    assert rows_of_text(text_of_rows(cells[AREAS])) == cells[AREAS]


def test_a_fault_in_a_workbook_names_its_cell() -> None:
    cells = cells_of(*first_formula())
    cells[AREAS][1][2] = "many"
    cells[AREAS][2][3] = "1.005"
    cells[FORMULA][2][1] = "a bit"
    cells[FORMULA].append(["Luck", "1", ""])
    cells[INDICATORS].append(["Rain", "5"])
    _, _, faults = read(cells)
    assert {str(fault) for fault in faults} == {
        "Areas, C2: 'many' is no number.",
        "Areas, D3: '1.005' is not whole enough.",
        "Areas, A1: 'Rain' has no column.",
        "Formula, B3: 'a bit' is no number.",
        "Formula, A7: 'Luck' is nothing of the formula.",
    }
    assert read({})[0] is None


def test_every_figure_says_its_formula() -> None:
    formula = replace(EVEN, floor_per_cent=F(-5), overspend_pence=10_00)
    (year,) = reckon(formula, THREE)
    told = {share.place.code: steps(formula, year, share) for share in year.shares}
    vale = {what: (how, comes_to) for what, how, comes_to in told["vale"]}
    assert vale["Need"][1] == "0.275000"
    assert vale["Floor"] == ("£300.00 in the year before, minus 5 per cent", "£285.00")
    assert vale["Share"][0].startswith("Its floor, and 0.377358 of what is above it")
    assert {what: how for what, how, _ in told["hill"]}["Share"] == "Its floor"


def test_the_command_writes_a_template_tries_it_and_names_what_is_wrong(tmp_path: Path) -> None:
    path, to = tmp_path / "mine.xlsx", tmp_path / "shares.xlsx"
    run = CliRunner()
    assert run.invoke(formula_command, [str(path), "--template"]).exit_code == 0
    said = run.invoke(formula_command, [str(path), "--to", str(to)])
    assert said.exit_code == 0, said.output
    assert "Year 2: £10,200,000.00; gains scaled by" in said.output
    assert read_formula(to, name="shares.xlsx")[2] == []
    missing = run.invoke(formula_command, [str(tmp_path / "nothing.xlsx")])
    assert "there is no such file" in str(missing.exception)
    shown = run.invoke(models_command, ["show", "block-grant"])
    assert "The place sets every target" in " ".join(shown.output.split())
    assert "integrated-settlement" in run.invoke(models_command, ["list"]).output


def test_the_command_needs_no_records(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    words = [sys.executable, "-m", "totalplace", "agreements", "formula", str(path), "--template"]
    said = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
    done = subprocess.run(words, env=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert path.is_file()
