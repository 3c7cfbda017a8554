"""Two people who act on one decision at once: one is first, and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

from django.db import connection

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.moves import Stage
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.doors import records
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.refusal import Refused

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_decision_is_taken_once_however_many_take_it(
    committed_records: records.Address,
) -> None:
    places.register_agency("wex", kind="council", by=ADA, on=NOON)
    actions.add_body("cab", agency="wex", kind="executive", name="Cabinet", by=ADA, on=NOON)
    rules = OwnRules(
        "council-executive", date(2026, 1, 1), "Constitution", frozenset({"executive"}),
        500_000_00, None, CallInWindow(5, Counting.WORKING, 1),
    )  # fmt: skip
    actions.set_rules("cab", rules, by=ADA, on=NOON)
    proposal = Proposal("A", "To do A", "executive", date(2026, 6, 1), 0, 0)
    citation = actions.propose("cab", proposal, by=ADA, on=NOON).citation.id

    def take(number: int) -> str:
        try:
            taking = Taking(f"Reason {number}", ["Cllr Lee"])
            actions.take(citation, taking, by=ADA, on=NOON)
        except Refused as refused:
            return refused.what
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(take, range(8)))
    assert told == ["This is not the time to take"] * 7 + ["taken"]
    row = queries.decision(citation)
    assert (row.stage, len(row.moves)) == (Stage.TAKEN, 1)
    assert record.first_fault() is None
