"""The partnership for other programs: read by anybody, acted on by who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.participation.actions import partnership as actions
from totalplace.places.rules.mandates import Officer, Operator, Role

pytestmark = pytest.mark.django_db
AT = "/participation/partnerships/wexshire"


@pytest.fixture
def lead(wexshire: None, officer_with: Callable[..., Officer], program: Callable[..., Any]) -> Any:
    actions.set_up(
        "wexshire", name="Together", purpose="To look", accountable="council",
        by=Operator("Ada"), on=now(),
    )  # fmt: skip
    return program(officer_with("fay", Role.FINANCE_LEAD, agency="council"))


def test_an_agency_offers_its_own_money_and_anybody_reads_it(lead: Any, anybody: Any) -> None:
    year = local_day(now()).year + 1
    offer = {"agency": "council", "pence": 100_00, "year": str(year), "from_what": "beds",
             "to_what": "hubs"}  # fmt: skip
    made = lead.post(f"{AT}/offers", offer)
    assert made.status_code == 201, made.json()
    assert lead.post(f"{AT}/offers", offer | {"pence": 0}).status_code == 422
    whole = anybody.get(AT).json()
    assert (whole["advises"], whole["offers"][0]["pence"]) == ("council", 100_00)
    gone = lead.post(f"{AT}/offers/1/withdraw", {"reason": "We thought again"})
    assert gone.json()["withdrawn"] == "We thought again"
    assert lead.post(f"{AT}/offers/9/withdraw", {"reason": "r"}).status_code == 404
    assert anybody.get("/participation/partnerships/nowhere").status_code == 404


def test_support_is_counted_in_its_own_currency(lead: Any, anybody: Any) -> None:
    piece = {"agency": "council", "kind": "volunteering", "organisation": "Food bank",
             "amount": 340, "first_day": "2026-06-01", "last_day": "2026-06-30",
             "source": "List"}  # fmt: skip
    made = lead.post(f"{AT}/support", piece)
    assert made.status_code == 201, made.json()
    [total] = anybody.get(f"{AT}/support").json()["totals"]
    assert (total["kind"], total["unit"], total["amount"]) == ("volunteering", "hours", 340)
    wrong = lead.post(f"{AT}/support", piece | {"kind": "asset lent"})
    assert wrong.status_code == 409
    assert "how the asset was valued" in wrong.json()["detail"]


def test_nobody_answers_advice_or_votes_without_a_mandate(lead: Any) -> None:
    answer = {"outcome": "accepted", "words": "Yes, at once."}
    assert lead.post(f"{AT}/advice/1/answer", answer).status_code in (403, 404)
    assert lead.post(f"{AT}/motions/1/votes", {"side": "for"}).status_code in (403, 404)
