"""Where areas cannot be compared, the plan and the page of fairness say the same, and why."""

from __future__ import annotations

from dataclasses import replace

from totalplace.commissioning.rules.areas_told import areas_of
from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.candidates import Unsolved, candidates
from totalplace.commissioning.rules.case import Area, Case
from totalplace.commissioning.rules.walk_told import steps_of
from totalplace.commissioning.rules.weighing.frontier import frontier

from .cases import WELL, case, effect, option

AREAS = (Area("N", "North", 900), Area("S", "South", 300), Area("E", "East", 500))


def a_place(*areas: str) -> Case:
    """Three services: of those areas, in turn; the roads of the East have no effect."""
    return case(
        option("nursery", 600, effect("1"), area=areas[0], saturates_units=50),
        option("classes", 300, effect("0.6", of=WELL), area=areas[1], agency="icb"),
        option("roads", 100, area="E"),
        pounds=1_000,
        areas=AREAS,
    )


def why_not(its: Case) -> str:
    return areas_of(its, problem_of(its)).why_not


def test_areas_can_be_compared_only_where_each_has_a_service_that_can_move() -> None:
    two = a_place("N", "S")
    assert why_not(replace(two, areas=AREAS[:2])) == ""
    assert why_not(two).startswith("East has no service of its own whose money can move")
    assert areas_of(two, problem_of(two)).comparable
    assert why_not(a_place("N", "")).startswith("Only one area, North, has a service of its own")
    assert why_not(a_place("", "")).startswith("No area has a service of its own")
    assert why_not(replace(two, areas=())).startswith("The case tells no two areas apart")


def test_the_fairest_plan_compares_agencies_by_name_and_says_as_the_page_of_fairness_why() -> None:
    its = a_place("N", "")
    made = candidates(its, seconds=5, names={"icb": "Wexshire ICB", "council": "Wexshire Council"})
    assert not isinstance(made, Unsolved)
    reason = made[1].reason
    assert reason.startswith("The agency that keeps least, Wexshire ")
    assert why_not(its) in reason
    assert "icb" not in reason


def test_steps_of_fairness_that_ask_for_the_same_are_one_row() -> None:
    found = frontier(a_place("N", ""), steps=5, seconds=1)
    assert len(found.fairness) > 1
    assert len(steps_of(found, "fairness")) == 1
    assert len(steps_of(found, "cost")) == 5
