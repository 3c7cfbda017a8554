"""What was said in answer is never changed, and moves are in turn: the database says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from psycopg import sql

from totalplace.monitoring import models
from totalplace.monitoring.rules.answering import MOVES

from .answers_made import TODAY, a_finding, at, begun, day, opened

SAID: dict[str, Any] = {"by": "ada", "on": at(0), "words": "So.", "rung": 1, "day": TODAY}
OPEN, CAUSE, PROPOSED, AGREED, CLOSING = (
    "open, and no cause was said", "a cause was said", "a remedy is proposed",
    "a remedy is agreed", "one side would close it",
)  # fmt: skip
REMEDY = {"whom": "us", "paid_by": "us", "due_on": TODAY, "review_on": TODAY}
EVIDENCE = {"digest": "a" * 64, "shown": "It is back.", "ground": "it is back at the level from "
            "which it moved"}  # fmt: skip


@pytest.fixture
def response(db: None) -> int:
    """A response without any move."""
    begun()
    return opened(days=-5).id


def refused(write: Callable[[], object]) -> bool:
    """Whether the database refuses a write."""
    try:
        with transaction.atomic():
            write()
    except Error:
        return True
    return False


def moved(response: int, side: str, before: str, verb: str, after: str, **other: Any) -> bool:
    """Whether the database takes a move."""
    turn = models.ResponseMove.objects.count() + 1
    said = {"turn": turn, "side": side} | SAID | other
    return not refused(lambda: models.ResponseMove.objects.create(
        response_id=response, before=before, verb=verb, after=after, **said
    ))  # fmt: skip


@pytest.mark.parametrize("table", ["response", "responsemove", "hook", "hookend", "hooksending"])
def test_nothing_that_was_said_is_changed_or_erased(response: int, table: str) -> None:
    named = sql.Identifier(f"monitoring_{table}")
    for words in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL(words).format(named))


def test_a_response_moves_in_turn_and_by_the_side_whose_move_it_is(response: int) -> None:
    assert not moved(response, "place", OPEN, "acknowledge", OPEN, turn=2)
    assert not moved(response, "place", OPEN, "acknowledge", OPEN, day=day(1))
    assert not moved(response, "place", OPEN, "acknowledge", OPEN, day=day(-6))
    assert not moved(response, "place", OPEN, "acknowledge", OPEN, rung=2)
    assert moved(response, "place", OPEN, "acknowledge", OPEN)
    assert not moved(response, "place", OPEN, "acknowledge", OPEN)  # once
    assert not moved(response, "place", OPEN, "propose a remedy", PROPOSED, **REMEDY)
    assert moved(response, "centre", OPEN, "say the cause", CAUSE)
    assert not moved(response, "place", CAUSE, "propose a remedy", PROPOSED)  # by whom, by when
    assert moved(response, "place", CAUSE, "propose a remedy", PROPOSED, **REMEDY)
    assert not moved(response, "place", PROPOSED, "agree to the remedy", AGREED)
    assert not moved(response, "place", PROPOSED, "propose a remedy", PROPOSED, **REMEDY)
    assert not moved(response, "centre", PROPOSED, "escalate", PROPOSED)
    assert moved(response, "centre", PROPOSED, "escalate", PROPOSED, rung=2)
    assert moved(response, "centre", PROPOSED, "agree to the remedy", AGREED, rung=2)


def test_it_closes_with_the_digest_of_its_series_and_by_the_other_side(response: int) -> None:
    ask = ("ask to close it", CLOSING)
    for lacking in ({"digest": ""}, {"digest": "none"}, {"ground": ""}, {"shown": ""}):
        assert not moved(response, "place", OPEN, *ask, **(EVIDENCE | lacking))
    assert moved(response, "place", OPEN, *ask, **EVIDENCE)
    close = ("agree to close it", "closed")
    assert not moved(response, "place", CLOSING, *close, **EVIDENCE)
    assert not moved(response, "centre", CLOSING, *close)
    assert moved(response, "centre", CLOSING, *close, **EVIDENCE)
    assert not moved(response, "place", "closed", "say the cause", "closed")


def test_a_finding_has_one_response_and_it_is_opened_by_today(response: int) -> None:
    row = models.Response.objects.get(pk=response)
    said = {
        "local_name": "us", "central_name": "them", "days": row.days, "ladder": row.ladder,
        "reason": "It fell", "by": "ada", "on": at(0),
    }  # fmt: skip
    other = models.Finding.objects.get(number=a_finding(protected=False))

    def made(**more: Any) -> bool:
        return not refused(lambda: models.Response.objects.create(**(said | more)))

    assert not made(finding_id=row.finding_id, day=TODAY)
    assert not made(finding=other, day=TODAY + timedelta(days=1))
    assert not made(finding=other, day=TODAY, ladder=[])
    assert not made(finding=other, day=TODAY, central_name="")
    assert made(finding=other, day=TODAY)


def test_an_address_is_secure_and_gets_nothing_of_another_place_or_after_its_end(
    response: int,
) -> None:
    finding = models.Response.objects.get(pk=response).finding

    def hook(**more: Any) -> models.Hook:
        said = {"place_id": finding.place_id, "number": 1, "address": "https://example.org/in",
                "salt": "s", "check_digest": "b" * 64, "by": "ada", "on": at(0)}  # fmt: skip
        return models.Hook.objects.create(**(said | more))

    assert refused(lambda: hook(address="http://example.org/in"))
    assert refused(lambda: hook(number=2))
    made = hook()

    def sent(turn: int, *, taken: bool) -> bool:
        return not refused(lambda: models.HookSending.objects.create(
            hook=made, finding=finding, turn=turn, on=at(0), taken=taken, came="so"
        ))  # fmt: skip

    assert sent(1, taken=False)
    assert not sent(1, taken=True)
    assert sent(2, taken=True)
    assert not sent(3, taken=True)
    models.HookEnd.objects.create(hook=made, reason="Done", by="ada", on=at(0))
    assert not sent(4, taken=False)


def test_the_database_knows_the_moves_of_the_rules_and_no_others() -> None:
    lawful = next(
        one
        for one in models.ResponseMove._meta.constraints  # noqa: SLF001  (Django's own way)
        if one.name == "response_move_is_lawful"
    )
    said = {
        tuple(dict(one.children)[key] for key in ("before", "verb", "after"))
        for one in lawful.condition.children  # type: ignore[attr-defined]
    }
    assert said == {(a.value, v.value, b[0].value) for (a, v), b in MOVES.items()}
