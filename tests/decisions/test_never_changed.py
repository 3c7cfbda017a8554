"""The database itself refuses what the law does not allow, whoever asks it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.decisions import models, queries
from totalplace.decisions.rules.standing import Effect
from totalplace.record.rules.chain import Citation

from .conftest import Council

pytestmark = pytest.mark.django_db
TABLES = [model._meta.db_table for model in (  # noqa: SLF001
    models.Body, models.BodyRules, models.OfficeHeld, models.Decision, models.Move, models.Named,
    models.Advice, models.Interest, models.Paper, models.PaperMark,
)]  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def a_move(citation: str, **said: object) -> None:
    """Put a move straight into the table, past every action."""
    row = queries.decision(citation)
    values: dict[str, object] = {
        "decision_id": row.id, "turn": len(row.moves) + 1, "before": row.stage.value,
        "day": date(2026, 7, 20), "reason": "r", "by": "x", "on": "2026-07-20T12:00Z",
        "taken_on": date(2026, 7, 20) if said["verb"] == "take" else None,
        "taken_by_id": row.body.id if said["verb"] == "take" else None,
    }  # fmt: skip
    with transaction.atomic():
        models.Move.objects.create(**(values | said))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"])
def test_nothing_that_was_said_or_done_is_changed_or_erased(table: str, sql: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        run(sql.format(table))


@pytest.mark.parametrize(
    ("verb", "after"),
    [("call in", "called in"), ("take", "upheld"), ("confirm", "confirmed"), ("fly", "taken")],
)
def test_a_move_that_is_not_in_the_table_is_refused(
    council: Council, verb: str, after: str
) -> None:
    citation = council.propose()
    with pytest.raises(DatabaseError, match=r"decision_move_is_lawful|window|may not"):
        a_move(citation, verb=verb, after=after)


def test_a_key_decision_cannot_be_put_as_taken_without_notice(council: Council) -> None:
    citation = council.propose()
    with pytest.raises(DatabaseError, match="may not be taken"):
        a_move(citation, verb="take", after="taken")


def test_nor_before_its_notice_has_run_nor_by_another_body(council: Council) -> None:
    citation = council.propose()
    council.notice(citation)
    early = date(2026, 6, 29)
    with pytest.raises(DatabaseError, match="may not be taken"):
        a_move(citation, verb="take", after="taken", taken_on=early)
    with pytest.raises(DatabaseError, match="may not be taken"):
        a_move(citation, verb="take", after="taken", taken_by_id=queries.body("wex-council").id)


def test_a_call_in_after_the_window_is_refused(council: Council) -> None:
    citation = council.taken()
    with pytest.raises(DatabaseError, match="window"):
        a_move(citation, verb="call in", after="called in")


@pytest.mark.parametrize("said", [{"turn": 9}, {"before": "under notice"}])
def test_a_move_out_of_turn_is_refused(council: Council, said: dict[str, object]) -> None:
    citation = council.propose()
    with pytest.raises(DatabaseError, match="out of turn"):
        a_move(citation, **{"verb": "withdraw", "after": "withdrawn", **said})


def test_a_decision_put_in_by_hand_for_the_wrong_body_has_no_effect(council: Council) -> None:
    citation = council.propose(amount_pence=0)
    row = queries.decision(citation)
    made = models.Decision.objects.create(
        body_id=row.body.id, number=2, title="Budget", summary="Set it", matter="budget",
        amount_pence=0, wards=0, key=False, planned_on=row.planned_on, by="x", on=row.on,
    )  # fmt: skip
    a_move("wex-cabinet/2", verb="take", after="taken")
    assert made.pk
    found = queries.decision("wex-cabinet/2")
    stands = queries.effective(found, date(2026, 8, 1))
    assert stands.effect is Effect.NEVER
    assert "is for full council" in stands.words
    assert not queries.in_effect(Citation("decision", "wex-cabinet/2"), on=date(2026, 8, 1))
