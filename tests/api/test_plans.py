"""Plans for other programs: read by anybody once proposed, acted on by a token for the act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from totalplace.commissioning.rules.case_tables import tables_of
from totalplace.decisions.rules.days import local_day
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the service.
from ..commissioning.plans_made import ADOPTED, Wexshire, a_case, begun  # noqa: TID252

pytestmark = pytest.mark.django_db
AT = "/commissioning/plans/wexshire/1"


@pytest.fixture
def here(db: None) -> Wexshire:
    """The place so long ago that its plan can be adopted today."""
    return begun(local_day(datetime.now(UTC)) - timedelta(days=ADOPTED))


def test_a_program_drafts_proposes_and_is_told_what_is_lacking(
    here: Wexshire, anybody: Any, program: Callable[..., Any],
    officer_with: Callable[..., Officer],
) -> None:  # fmt: skip
    com = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    case = tables_of(a_case())
    begin = {"title": "The grant", "why": "To do more.", "agency": "wex", "case": case}
    wrong = com.post("/commissioning/plans/wexshire", begin | {"case": case | {"Funds": []}})
    assert (wrong.status_code, "fault" in wrong.json()["why"]) == (409, True)
    made = com.post("/commissioning/plans/wexshire", begin)
    assert (made.status_code, made.json()["plan"]) == (201, "wexshire/1")
    assert len(made.json()["draft"]["plans"]) == 6
    assert anybody.get(AT).status_code == 404
    chosen = {"plan": "fairest", "because": "The south has least."}
    assert com.post(f"{AT}/propose", chosen | {"plan": "last-year"}).status_code == 422
    assert com.post(f"{AT}/propose", chosen).json()["stage"] == "proposed"
    told = anybody.get(AT).json()
    assert told["versions"][0]["chosen"] == "fairest"
    brings = told["versions"][0]["brings"]
    assert {one["year"] for one in brings} == {"2027-28"}
    assert all(one["low"] <= one["planned"] <= one["high"] for one in brings)
    assert "Nobody was heard on this" in {lack["what"] for lack in told["lacks"]}
    lines = anybody.get(f"{AT}/lines").json()
    assert all(sum(paid["pence"] for paid in one["paid"]) == one["pence"] for one in lines)
    adopted = com.post(f"{AT}/adopt", {"decision": "wex-council/1", "reason": "Now"})
    assert adopted.status_code == 409
    board = program(officer_with("jo", Role.FINANCE_LEAD, agency="icb"))
    intent = {"option": "classes", "indicator": "fewer-falls", "area": "X01", "words": "More"}
    said = {"agency": "icb", "accepts": False, "words": "Too much.", "intents": [intent]}
    assert board.post(f"{AT}/answer", said).json()["answers"][0]["accepts"] is False
    reply = {"answer": 1, "changed": False, "words": "It can use it."}
    assert com.post(f"{AT}/reply", reply).json()["answers"][0]["reply"]["words"]
    more = chosen | {"plan": "most-outcomes", "reason": "After all"}
    assert com.post(f"{AT}/revise", more).json()["versions"][1]["chosen"] == "most-outcomes"
    assert [row["plan"] for row in anybody.pages("/commissioning/plans")] == ["wexshire/1"]
    assert anybody.get(f"{AT}/allocation").status_code == 404
    assert anybody.get("/commissioning/plans/wexshire/in-force").status_code == 404
    assert com.post(f"{AT}/withdraw", {"reason": "No"}).json()["stage"] == "withdrawn"


def test_a_program_states_adopts_posts_and_anybody_reads_the_allocation(
    here: Wexshire, anybody: Any, program: Callable[..., Any],
    officer_with: Callable[..., Officer],
) -> None:  # fmt: skip
    here.heard()
    here.stated()
    here.decided()
    here.booked()
    chief = program(officer_with("cfo", Role.CHIEF_FINANCE_OFFICER, agency="wex"))
    com = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    words = {"robustness": "They are robust.", "reserves": "They are adequate."}
    assert com.post(f"{AT}/state", words).status_code in (403, 409)
    made = com.post(f"{AT}/adopt", {"decision": "decision wex-council/2", "reason": "Decided"})
    assert (made.status_code, made.json()["in_force"]) == (200, True)
    assert chief.post(f"{AT}/state", words).status_code == 409
    assert com.post(f"{AT}/post", {"book": "wexshire-1"}).json()["book"] == "wexshire-1"
    assert (
        anybody.get(f"{AT}/allocation").json()
        == anybody.get("/commissioning/plans/wexshire/in-force").json()
    )
