"""What is weighed of a plan for other programs: the same figures as on its pages."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from totalplace.commissioning.actions import plans
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.rules.finance import Cause, Money, Planned
from totalplace.commissioning.rules.finance_sheet import cells_of, heads_of
from totalplace.commissioning.rules.sorts import Sort
from totalplace.places.rules.mandates import Act, Officer, Role

from ..commissioning.plans_made import PROPOSED, Wexshire, begun  # noqa: TID252

AT = "/commissioning/weighing/wexshire/1"


@pytest.fixture
def here(db: None) -> Wexshire:
    return begun()


def test_a_draft_is_weighed_for_those_whose_it_is_and_what_is_proposed_for_anybody(
    here: Wexshire, anybody: Any
) -> None:
    here.drafted()
    assert anybody.get(f"{AT}/known").status_code == HTTPStatus.NOT_FOUND
    plans.propose(
        "wexshire/1", Chosen(Sort.MOST, "It does most."), by=here.by, on=here.at(PROPOSED)
    )
    told = anybody.get(f"{AT}/known").json()
    assert told["planned"]["openable_share"] == 0.75
    assert told["seed"] == 1
    assert anybody.get("/commissioning/weighing/wexshire/9/known").status_code == 404


def test_a_program_says_the_money_beside_a_plan_once_and_reads_the_whole(
    here: Wexshire, officer_with: Callable[..., Officer], program: Callable[..., Any], anybody: Any
) -> None:
    here.proposed()
    keeper = program(officer_with("com", Role.COMMISSIONER, place="wexshire"), {Act.PLAN})
    money = Money(pressures=(Planned("Pay", (5_00,), cause=Cause.INFLATION),))
    sheets = {n: [[*heads_of(n, 2027, 1)], *rows] for n, rows in cells_of(money).items()}
    made = keeper.post(f"{AT}/money", {"reason": "Budget report", "sheets": sheets})
    assert made.status_code == HTTPStatus.CREATED
    told = anybody.get(f"{AT}/money").json()
    assert (told["balanced"], told["left"]) == (False, [-5_00])
    sheets["Pressures"][1][2] = "greed"
    refused = keeper.post(f"{AT}/money", {"reason": "Again", "sheets": sheets})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "Pressures, C2" in refused.content.decode()


def test_prices_steps_cuts_and_reasons_are_those_of_the_pages(here: Wexshire, anybody: Any) -> None:
    here.proposed()
    prices = anybody.get(f"{AT}/prices").json()["prices"]
    assert prices[0]["title"] == "what the block grant can pay in year 1: at most £2,000"
    assert prices[0]["low"] < prices[0]["amount"] < prices[0]["high"]
    steps = anybody.get(f"{AT}/frontier").json()
    assert [len(steps[way]) for way in ("cost", "fairness")] == [7, 7]
    cuts = anybody.get(f"{AT}/pressure").json()
    assert [one["per_cent"] for one in cuts["cuts"]] == [0, 5, 10, 15, 20]
    assert "Nursery gets £204.72 more." in anybody.get(f"{AT}/why/visits").json()["told"]
    assert anybody.get(f"{AT}/why/nothing").status_code == HTTPStatus.NOT_FOUND
