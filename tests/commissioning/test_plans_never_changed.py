"""The database refuses a plan that was not heard, decided or stated on, whoever asks it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.commissioning import models

TABLES = [model._meta.db_table for model in (  # noqa: SLF001
    models.Plan, models.PlanVersion, models.PlanCandidate, models.PlanLine, models.PlanPayment,
    models.PlanMove, models.PlanAnswer, models.PlanIntent, models.PlanReply, models.PlanStatement,
    models.Allocation, models.AllocationPosting,
)]  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_nothing_that_was_planned_is_changed_or_erased() -> None:
    for table in TABLES:
        for sql in ("DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"):
            with pytest.raises(DatabaseError, match="permission denied"):
                run(sql.format(table))
