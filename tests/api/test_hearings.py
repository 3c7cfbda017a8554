"""Hearings for other programs: read by anybody, replied to by an agency, never by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.participation import actions
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
AT = "/participation/hearings"


@pytest.fixture
def hearing(wexshire: None) -> int:
    """A hearing that opened today and is open for twelve weeks."""
    today = local_day(now())
    draft = Draft(
        Question("Buses", "More buses?", "how many", "nothing"),
        Alternatives((Alternative("None", "too few"),), "It helps most"),
        Reasons("Too few", (Effect("riders", "an hour less"),)),
        Equality(dict.fromkeys(characteristics(), "none, because anybody may ride")),
        when=When(today, today + timedelta(days=83)),
    )
    row = actions.begin(
        Citation("allocation", "wexshire/1"), place="wexshire", agency="council", draft=draft,
        by=ADA, on=now(),
    )  # fmt: skip
    actions.add_paper(
        row.number, "Plan", file_name="plan.pdf", content=b"%PDF", by=ADA, on=now()
    )  # fmt: skip
    asked = [Affected("council", 100), Affected("icb")]
    actions.open_hearing(row.number, affected=asked, by=ADA, on=now())
    return row.number


def test_anybody_reads_a_hearing_and_what_is_lacking(hearing: int, anybody: Any) -> None:
    [listed] = anybody.get(AT).json()["items"]
    assert listed["stage"] == "open"
    whole = anybody.get(f"{AT}/{hearing}").json()
    assert whole["silent"] == ["council", "icb"]
    assert whole["papers"][0]["late"] is None
    lacks = anybody.get("/participation/lacking?kind=allocation&id=wexshire/1").json()["lacking"]
    assert lacks[0]["next_step"] == "Wait until that day is over"
    assert anybody.get(f"{AT}/99").status_code == 404


def test_a_draft_is_not_told(wexshire: None, anybody: Any) -> None:
    actions.begin(Citation("targets", "x/1"), place="wexshire", agency="council", by=ADA, on=now())
    assert anybody.get(f"{AT}/1").status_code == 404
    assert anybody.get(AT).json()["total"] == 0


def test_an_agency_replies_for_itself_and_its_objection_is_a_point(
    hearing: int, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    icb = program(officer_with("fay", Role.FINANCE_LEAD, agency="icb"))
    said = {"agency": "icb", "stance": "object", "words": "It costs us one nurse", "pence": 40_00}
    made = icb.post(f"{AT}/{hearing}/replies", said)
    assert made.status_code == 201, made.json()
    assert made.json()["points"][0]["said_by"] == "icb"
    assert icb.post(f"{AT}/{hearing}/replies", said | {"agency": "council"}).status_code == 403
    assert icb.post(f"{AT}/{hearing}/replies", said | {"stance": "maybe"}).status_code == 422
    answer = {"changed": False, "words": "The law sets this sum, so it stays."}
    assert icb.post(f"{AT}/{hearing}/points/1/answer", answer).status_code == 403
    officer = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    early = officer.post(f"{AT}/{hearing}/points/1/answer", answer)
    assert early.status_code == 409
    assert "everybody is heard first" in early.json()["detail"]
    assert officer.post(f"{AT}/{hearing}/conclude", {"reason": "Now"}).status_code == 409
