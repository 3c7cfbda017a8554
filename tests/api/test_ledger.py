"""A book for other programs: balances of closed periods for anybody, postings by a token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from totalplace.ledger import actions
from totalplace.ledger.actions import NewBook, NewLine
from totalplace.ledger.rules.accounts import Nature
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PROMISE = {
    "verb": "promised", "line": "nhs", "year": 2025, "pence": 100_000, "day": "2025-06-02",
    "rests_on_kind": "letter", "rests_on_id": "1",
}  # fmt: skip


def test_a_program_posts_and_anybody_reads_what_is_closed(
    wexshire: None, anybody: Any, program: Callable[..., Any],
    officer_with: Callable[..., Officer],
) -> None:  # fmt: skip
    new = NewBook("Better care", "wexshire", "council", 2025, 2026)
    actions.open_book("care", new, by=ADA, on=NOW)
    line = NewLine("NHS", "council", Nature.REVENUE, Citation("letter", "1"))
    actions.add_line("care", "nhs", line, by=ADA, on=NOW)
    lead = program(officer_with("lee", Role.FINANCE_LEAD, agency="council", place="wexshire"))
    made = lead.post("/ledger/care/postings", PROMISE)
    assert (made.status_code, made.json()["kind"]) == (201, "promised")
    over = PROMISE | {"verb": "committed", "agency": "council"}
    refused = lead.post("/ledger/care/postings", over)
    assert refused.status_code == 409
    assert refused.json()["next_step"] == "Allocate £1,000.00 more first"
    assert anybody.get("/ledger/care/postings").status_code == 401
    assert [one["number"] for one in lead.pages("/ledger/care/postings")] == [made.json()["number"]]
    assert anybody.get("/ledger/care/balances").json() == []
    assert len(lead.get("/ledger/care/balances").json()) == 2
    chief = officer_with("cay", Role.CHIEF_FINANCE_OFFICER, agency="council")
    actions.close_period("care", date(2025, 6, 30), by=chief, on=datetime.now(UTC))
    found = {one["heading"]: one["pence"] for one in anybody.get("/ledger/care/balances").json()}
    assert found == {"authority": -100_000, "unallocated": 100_000}
    number = made.json()["number"]
    turned = lead.post(f"/ledger/care/postings/{number}/reverse", {"reason": "Wrong"})
    assert (turned.status_code, turned.json()["day"]) == (201, "2025-07-01")
    assert anybody.get("/ledger").json()["items"][0]["closed_until"] == "2025-06-30"
    assert anybody.get("/ledger/none/balances").status_code == 404
