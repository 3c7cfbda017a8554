"""The database refuses a plan that was not heard, decided or stated on, whoever asks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from totalplace.commissioning import migrations, models
from totalplace.commissioning.definitions.adopting import adopting_matters
from totalplace.commissioning.queries.allocations import allocation_in_force
from totalplace.commissioning.queries.answers import statement
from totalplace.commissioning.queries.plans import plan
from totalplace.doors import records

from .plans_made import (
    ADOPTED,
    ANSWERED,
    CONCLUDED,
    ONE,
    OPENED,
    STATED,
    TAKEN,
    Wexshire,
    begun,
)

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


def lacks(here: Wexshire, decision: str, *, on: int = ADOPTED) -> str:
    """What the database itself says is lacking."""
    row, stated = plan(ONE), statement(plan(ONE))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commissioning_adoption_lacks(%s, %s, %s, %s, %s)",
            [row.id, row.last.id, decision, stated.id if stated else None, here.day(on)],
        )
        return str(cursor.fetchone()[0])


def adoption(here: Wexshire, decision: str) -> None:
    """Put an adoption straight into its table, past every action."""
    row, stated = plan(ONE), statement(plan(ONE))
    with transaction.atomic():
        models.Allocation.objects.create(
            plan_id=row.id, version_id=row.last.id, statement_id=stated.id if stated else 0,
            decision=decision, hearing="hearing 1", day=here.day(ADOPTED), by="x",
            on=here.at(ADOPTED),
        )  # fmt: skip


def unheard(here: Wexshire) -> str:
    here.proposed()
    here.stated()
    return "wex-council/1"


def unstated(here: Wexshire) -> str:
    here.heard()
    return here.decided().id


def stated_after(here: Wexshire) -> str:
    here.heard()
    decision = here.decided()
    here.stated(on=TAKEN + 1)
    return decision.id


def by_the_cabinet(here: Wexshire) -> str:
    here.heard()
    here.stated()
    return here.decided("wex-cabinet", matter="executive").id


def before_it_was_heard(here: Wexshire) -> str:
    here.heard()
    here.stated()
    return here.decided(on=CONCLUDED).id


def contested_without_an_answer(here: Wexshire) -> str:
    here.proposed()
    number = here.opened()
    here.said(accepts=False)
    here.concluded(number)
    here.stated()
    return here.decided().id


def leaving_out_an_agency(here: Wexshire) -> str:
    here.proposed()
    here.concluded(here.opened(leaving_out="icb"))
    here.stated()
    return here.decided().id


def drafted_alone(here: Wexshire) -> str:
    here.drafted()
    here.concluded(here.opened())
    return here.decided().id


WAYS: dict[Callable[[Wexshire], str], str] = {
    unheard: "nobody was heard on this",
    unstated: "has not stated on this very version",
    stated_after: "made after the decision",
    by_the_cabinet: "not of the body that sets the budget",
    before_it_was_heard: "taken before the day after",
    contested_without_an_answer: "contests has no answer",
    leaving_out_an_agency: "was not asked",
    drafted_alone: "not proposed",
}


@pytest.mark.django_db
def test_no_way_round_the_gate_stands_in_the_database() -> None:
    """Each in a savepoint of one place: to make the place anew each time takes longest."""
    here = begun()
    for way, why in WAYS.items():
        with transaction.atomic():
            decision = way(here)
            assert why in lacks(here, decision), way.__name__
            with pytest.raises(DatabaseError, match="cannot be adopted"):
                adoption(here, decision)
            transaction.set_rollback(True)
    assert allocation_in_force("wexshire") is None


@pytest.mark.django_db
def test_nothing_is_put_in_out_of_turn() -> None:
    here = begun()
    row = here.proposed()
    number = here.opened()
    here.objected(number)
    here.answered(number, changed=False)
    last = row.last
    said = {"plan_id": row.id, "reason": "r", "by": "x", "text": last.text, "digest": last.digest,
            "first_year": 2027, "years": 1, "chosen": "fairest", "chosen_because": "b"}  # fmt: skip
    moved = {"before": "proposed", "day": here.day(ADOPTED), "on": here.at(1), "reason": "r",
             "plan_id": row.id, "by": "x", "turn": 2}  # fmt: skip
    version = {"turn": 3, "number": 2, "because": None, "on": here.at(OPENED + 1)}
    tries: list[tuple[type[Model], dict[str, object]]] = [
        (models.PlanVersion, said | version),
        (models.PlanVersion, said | version | {"because": 1, "on": here.at(ANSWERED + 1)}),
        (models.PlanVersion, said | version | {"turn": 9}),
        (models.PlanVersion, said | version | {"digest": "0" * 64}),
        (models.PlanMove, moved | {"verb": "adopt", "after": "adopted"}),
        (models.PlanMove, moved | {"verb": "withdraw", "after": "withdrawn", "turn": 5}),
        (models.PlanMove, moved | {"verb": "adopt", "before": "a draft", "after": "adopted"}),
        (models.PlanStatement, {"version_id": last.id, "digest": "0" * 64, "robustness": "r",
                                "day": here.day(STATED), "reserves": "r", "power": "p", "by": "x",
                                "on": here.at(STATED)}),
        (models.PlanAnswer, {"plan_id": row.id, "version_id": row.versions[0].id, "number": 1,
                             "agency_id": 1, "accepts": True, "words": "w", "power": "p",
                             "by": "x", "on": here.at(STATED)}),
    ]  # fmt: skip
    for model, values in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            model(**values).save()


def test_a_version_that_stands_takes_no_more_and_the_superuser_is_refused_too(
    committed_records: records.Address,
) -> None:
    here = begun()
    row = here.heard()
    candidate, line = row.last.stands.id, models.PlanLine.objects.latest("pk")
    owner = committed_records.owner
    more = (
        "INSERT INTO commissioning_planline (candidate_id, line, option, agency_id, year, pence, "
        "now) VALUES (%s, 99, 'more', %s, 2027, 1, 0)"
    )
    paid = "INSERT INTO commissioning_planpayment (line_id, fund, pence) VALUES (%s, 'x', 1)"
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as superuser:  # fmt: skip
        superuser.execute("SET session_replication_role = replica")
        for sql, said, why in (
            (more, [candidate, line.agency_id], "nothing is put into what stands"),
            (paid, [line.pk], "nothing is put into what stands"),
            ("UPDATE commissioning_planline SET pence = 1", [], "never changed"),
            ("DELETE FROM commissioning_allocation", [], "never changed"),
        ):
            with pytest.raises(psycopg.Error, match=why):
                superuser.execute(sql, said)


def test_the_database_knows_the_bodies_of_the_definition() -> None:
    kinds = {kind for bodies in adopting_matters().values() for kind in bodies}
    said = Path(migrations.__path__[0], "0001_plan.py").read_text(encoding="utf-8")
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds, reverse=True))
    assert f"b.kind IN ({listed})" in said
