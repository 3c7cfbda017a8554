"""What was said of promises is never changed, and moves are in turn: the database says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import Error, connection, transaction
from psycopg import sql

from totalplace.agreements import models
from totalplace.agreements.rules import docket, ladder
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator

ADA = Operator("Ada")
ON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = date(2026, 6, 1)
SAID = {"by": "ada", "on": ON}


@pytest.fixture
def made(db: None) -> dict[str, Any]:
    """A dispute and an item of the docket, without any move."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=ON)
    agencies = [
        places.register_agency(code, name=code, kind=kind, by=ADA, on=ON)
        for code, kind in (("wex", "county"), ("dfe", "department"))
    ]
    assert agencies is not None
    from totalplace.places import queries

    wex, dfe = queries.agency("wex").id, queries.agency("dfe").id
    dispute = models.Dispute.objects.create(
        agreement="wexshire/1", number=1, promise=1, since=DAY, title="Late", words="Not paid.",
        giver_id=wex, against_id=dfe, side="place", day=DAY, ladder=[["officials", 10], ["x", 5]],
        **SAID,
    )  # fmt: skip
    item = models.DocketItem.objects.create(
        place_id=queries.place("wexshire").id, number=1, change="regulatory", title="Ring-fence",
        rule="It may be spent on nothing else.", owner_id=dfe, asker_id=wex, lifted_by="DfE",
        heard="Schools", day=DAY, **SAID,
    )  # fmt: skip
    return {"dispute": dispute, "item": item, "wex": wex, "dfe": dfe}


def refused(write: Callable[[], object]) -> bool:
    """Whether the database refuses a write."""
    try:
        with transaction.atomic():
            write()
    except Error:
        return True
    return False


def moved(made: dict[str, Any], verb: str, before: str, after: str, **other: Any) -> bool:
    """Whether the database takes a move of the dispute."""
    turn = models.DisputeMove.objects.count() + 1
    said = {"turn": turn, "rung": 1, "side": "centre", "day": DAY, "words": "So."} | SAID | other
    return not refused(lambda: models.DisputeMove.objects.create(
        dispute=made["dispute"], verb=verb, before=before, after=after,
        agency_id=made["dfe"], **said,
    ))  # fmt: skip


@pytest.mark.parametrize(
    "table",
    ["promisesaying", "dispute", "disputemove", "remedyposted", "docketitem", "docketmove"],
)
def test_nothing_that_was_said_is_changed_or_erased(made: dict[str, Any], table: str) -> None:
    named = sql.Identifier(f"agreements_{table}")
    for words in ("UPDATE {} SET by = 'eve'", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL(words).format(named))


def test_a_dispute_moves_in_turn_and_by_the_side_whose_move_it_is(made: dict[str, Any]) -> None:
    assert not moved(made, "answer", "notified", "answered", side="place")
    assert not moved(made, "answer", "notified", "answered", turn=2)
    assert not moved(made, "answer", "escalated", "answered")
    assert not moved(made, "settle", "notified", "settled")
    assert not moved(made, "answer", "notified", "answered", day=date(2026, 5, 31))
    assert moved(made, "answer", "notified", "answered")
    assert not moved(made, "escalate", "answered", "escalated", rung=1)
    assert not moved(made, "adjudicate", "answered", "adjudicated")  # not at the last step
    assert moved(made, "escalate", "answered", "escalated", rung=2)
    assert not moved(made, "escalate", "escalated", "escalated", rung=3)
    assert moved(made, "offer to settle", "escalated", "settlement offered", rung=2)
    assert not moved(made, "settle", "settlement offered", "settled", rung=2)
    assert moved(made, "settle", "settlement offered", "settled", rung=2, side="place")


def test_a_rule_is_lifted_only_with_the_instrument_that_did_it(made: dict[str, Any]) -> None:
    def lift(**other: Any) -> bool:
        said = {"turn": 1, "before": "raised", "day": DAY, "reason": "Done."} | SAID | other
        return not refused(lambda: models.DocketMove.objects.create(
            item=made["item"], verb="lift a rule", after="lifted", **said
        ))  # fmt: skip

    assert not lift()
    assert not lift(evidence="SI 2026/1", before="refused")
    assert not lift(evidence="SI 2026/1", turn=2)
    assert lift(evidence="SI 2026/1")


def test_the_database_knows_the_moves_of_the_rules_and_no_others() -> None:
    for model, moves in ((models.DisputeMove, ladder.MOVES), (models.DocketMove, docket.MOVES)):
        lawful = next(
            c
            for c in model._meta.constraints  # noqa: SLF001  (Django's own way)
            if c.name.endswith("is_lawful")
        )
        said = {
            tuple(dict(one.children)[key] for key in ("before", "verb", "after"))
            for one in lawful.condition.children  # type: ignore[attr-defined]
        }
        assert said == {(a.value, v.value, b[0].value) for (a, v), b in moves.items()}
