"""Outcomes against money, and outcomes against fairness between areas."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from tests.commissioning.cases import WELL, case, effect, option

from totalplace.commissioning.rules.case import Area, Case, In, Kind, Rule
from totalplace.commissioning.rules.weighing.frontier import frontier


def _place(**more: Any) -> Case:
    return case(
        option("north", 5_000, effect("0.5"), saturates_units=500, area="n"),
        option("south", 5_000, effect("0.3", of=WELL), saturates_units=500, area="s"),
        option("roads", 1_000),
        pounds=11_000,
        areas=(Area("n", "North", 20_000), Area("s", "South", 30_000)),
        **more,
    )


def test_more_money_never_reaches_less_and_each_pound_more_reaches_no_more_than_the_last() -> None:
    steps = frontier(_place(), steps=6).cost
    points = [one.points or 0.0 for one in steps]
    gains = [after - before for before, after in pairwise(points)]
    assert steps[0].budget_pence == 880_000
    assert all(one.gap is not None and one.gap < 1e-6 for one in steps)
    assert min(gains) > 0
    assert gains == sorted(gains, reverse=True)


def test_fairness_is_bought_with_outcomes_and_no_area_gets_less_than_is_asked() -> None:
    steps = frontier(_place(), steps=5).fairness
    assert len(steps) == 5
    points = [one.points or 0.0 for one in steps]
    fairness = [one.fairness or 0.0 for one in steps]
    assert points == sorted(points, reverse=True)
    assert fairness == sorted(fairness)
    assert fairness[-1] > 2 * fairness[0]
    best = sum(one.points_per_thousand * one.people for one in steps[0].areas) / 50_000
    for one in steps:
        least = min(area.points_per_thousand for area in one.areas)
        assert least >= one.asked * best * (1 - 1e-6)


def test_points_per_head_can_be_added_up_again() -> None:
    step = frontier(_place(), steps=2).fairness[0]
    by_area = sum(one.points_per_thousand * one.people / 1_000 for one in step.areas)
    assert by_area == pytest.approx(step.points)  # nothing here serves the whole place


def test_where_no_plan_is_lawful_the_step_says_so() -> None:
    floor = Rule("f", "the north", Kind.ENTITLEMENT, ("north",), In.PENCE, Decimal(900_000))
    steps = frontier(_place(rules=(floor,)), steps=3).cost
    assert steps[0].points is None
    assert steps[0].told.startswith("No plan: ")
    assert steps[-1].points is not None


def test_a_place_without_areas_has_no_walk_of_fairness() -> None:
    assert frontier(case(option("one", 10, effect("1")), pounds=10), steps=2).fairness == ()


def test_a_frontier_of_one_step_is_none() -> None:
    with pytest.raises(ValueError, match="two steps"):
        frontier(_place(), steps=1)
