"""Moves of a response by other programs: under the same mandates, once, and by one side only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.monitoring.queries import answering as queries
from totalplace.places.rules.mandates import Act, Officer, Role

# One builder serves the room's own tests and those of its doors.
from ..monitoring.answers_made import DFE, WEX, a_finding, begun, opened  # noqa: TID252

pytestmark = pytest.mark.django_db
AT = "/monitoring/answers/wexshire/1"
CAUSE = {"verb": "say the cause", "words": "Help comes late", "evidence": "Registers"}


@pytest.fixture(autouse=True)
def response(db: None) -> None:
    """A response to a fall that nobody has answered yet."""
    begun()
    opened(days=-30)


@pytest.fixture
def council(officer_with: Callable[..., Officer], program: Callable[..., Any]) -> Any:
    return program(officer_with("com", Role.COMMISSIONER, agency=WEX))


@pytest.fixture
def centre(officer_with: Callable[..., Officer], program: Callable[..., Any]) -> Any:
    return program(officer_with("off", Role.DEPARTMENT_OFFICIAL, agency=DFE))


def test_both_sides_answer_by_program_and_see_the_same(council: Any, centre: Any) -> None:
    said = council.post(f"{AT}/place-moves", CAUSE, key="one")
    again = council.post(f"{AT}/place-moves", CAUSE, key="one")
    assert said.status_code == again.status_code == 200, said.content
    assert len(queries.response("wexshire", 1).moves) == 1
    remedy = {
        "verb": "propose a remedy", "words": "A worker in each district", "whom": "the county",
        "due_on": "2199-01-31", "review_on": "2199-02-28", "paid_by": "the grant", "level": 68.5,
    }  # fmt: skip
    assert centre.post(f"{AT}/centre-moves", remedy).status_code == 200
    agreed = council.post(f"{AT}/place-moves", {"verb": "agree to the remedy", "words": "Yes"})
    assert agreed.json()["stage"] == "a remedy is agreed"
    assert agreed.json()["moves"][1]["level"] == 68.5
    assert council.get(AT).json() == centre.get(AT).json() == agreed.json()


def test_nobody_moves_for_the_other_side_and_nobody_closes_without_evidence(
    council: Any, centre: Any
) -> None:
    assert council.post(f"{AT}/centre-moves", CAUSE).status_code == 403
    assert centre.post(f"{AT}/place-moves", CAUSE).status_code == 403
    closing = {"verb": "ask to close it", "words": "It is over"}
    assert council.post(f"{AT}/place-moves", closing).status_code == 422
    refused = council.post(f"{AT}/ask-to-close", {"side": "place", "words": "It is over"})
    assert refused.status_code in (403, 409)
    assert queries.response("wexshire", 1).moves == ()


def test_a_program_asks_for_an_answer_under_the_power_of_its_side(
    officer_with: Callable[..., Officer], program: Callable[..., Any], council: Any
) -> None:
    number = a_finding(protected=False)
    auditor = officer_with("aud", Role.AUDITOR, place="wexshire")
    at = f"/monitoring/answers/wexshire/{number}/open-for-place"
    assert program(auditor).post(at).status_code == 403
    assert council.post(at).status_code == 201
    assert council.post("/monitoring/answers/wexshire/9/open-for-place").status_code == 404
    other = program(Officer("com", "Com Example"), [Act.ANSWER_FINDING_FOR_PLACE])
    assert other.post(f"{AT}/close", {"side": "place", "words": "Over"}).status_code == 403
