"""The database refuses targets that were not heard or not decided, whoever asks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.doors import records
from totalplace.outcomes import migrations, models
from totalplace.outcomes.definitions.adopting import adopting_matters
from totalplace.outcomes.queries.sets import target_set, targets
from totalplace.record.rules.chain import Citation

from .place_made import ADOPTED, ANSWERED, CONCLUDED, ONE, OPENED, TAKEN, WexshirePlace, begun
from .targets_made import a_wanted

TABLES = [model._meta.db_table for model in (  # noqa: SLF001
    models.TargetSet, models.TargetVersion, models.Target, models.TargetStep, models.TargetPart,
    models.TargetMove, models.Adoption,
)]  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def lacks(here: WexshirePlace, decision: str, *, on: int = ADOPTED) -> str:
    """What the database itself says is lacking."""
    row = target_set(ONE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcomes_adoption_lacks(%s, %s, %s, %s)",
            [row.id, row.versions[-1].id, decision, here.day(on)],
        )
        return str(cursor.fetchone()[0])


def adoption(here: WexshirePlace, decision: str, *, on: int = ADOPTED) -> None:
    """Put an adoption straight into its table, past every action."""
    row = target_set(ONE)
    with transaction.atomic():
        models.Adoption.objects.create(
            set_id=row.id, version_id=row.versions[-1].id, decision=decision, hearing="hearing 1",
            day=here.day(on), by="x", on=here.at(on),
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"])
def test_nothing_that_was_proposed_is_changed_or_erased(sql: str) -> None:
    for table in TABLES:
        with pytest.raises(DatabaseError, match="permission denied"):
            run(sql.format(table))


def unheard(here: WexshirePlace) -> str:
    here.proposed([a_wanted()])
    return "wex-council/1"


def undecided(here: WexshirePlace) -> str:
    here.heard([a_wanted()])
    return "wex-council/9"


def by_the_cabinet(here: WexshirePlace) -> str:
    here.heard([a_wanted()])
    return here.decided("wex-cabinet", matter="executive").id


def before_it_was_heard(here: WexshirePlace) -> str:
    here.heard([a_wanted()])
    return here.decided(on=CONCLUDED).id


def about_others(here: WexshirePlace) -> str:
    here.heard([a_wanted()])
    return here.decided(about=Citation("targets", "wexshire/2")).id


def changed_after(here: WexshirePlace) -> str:
    here.proposed([a_wanted()])
    number = here.opened()
    here.objected(number)
    here.answered(number, changed=True)
    here.concluded(number)
    decision = here.decided()
    here.revised([a_wanted(why="Otherwise said.")], because=1, on=TAKEN + 1)
    return decision.id


def leaving_out_an_agency(here: WexshirePlace) -> str:
    here.proposed([a_wanted()])
    here.concluded(here.opened(leaving_out="icb"))
    return here.decided().id


def drafted_alone(here: WexshirePlace) -> str:
    here.drafted([a_wanted()])
    here.concluded(here.opened())
    return here.decided().id


WAYS: dict[Callable[[WexshirePlace], str], str] = {
    unheard: "nobody was heard on this",
    undecided: "there is no such decision",
    by_the_cabinet: "not of the body that sets the policy",
    before_it_was_heard: "taken before the day after",
    about_others: "about something else",
    changed_after: "changed after it was decided",
    leaving_out_an_agency: "was not asked",
    drafted_alone: "not proposed",
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_round_the_gate_stands_in_the_database(
    wexshire: WexshirePlace, way: Callable[[WexshirePlace], str]
) -> None:
    decision = way(wexshire)
    assert WAYS[way] in lacks(wexshire, decision)
    with pytest.raises(DatabaseError, match="the targets cannot be adopted"):
        adoption(wexshire, decision)
    assert targets("wexshire") is None


@pytest.mark.django_db
def test_no_adoption_is_back_dated_or_dated_ahead(wexshire: WexshirePlace) -> None:
    wexshire.heard([a_wanted()])
    decision = wexshire.decided().id
    assert lacks(wexshire, decision) == "None"
    for day in (CONCLUDED - 1, TAKEN - 1, 4_000):
        assert lacks(wexshire, decision, on=day) != "None"


@pytest.mark.django_db
def test_no_version_is_put_in_while_people_are_heard_and_no_move_out_of_turn(
    wexshire: WexshirePlace,
) -> None:
    row = wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=False)
    said = {"set_id": row.id, "reason": "r", "by": "x"}
    for other in (
        {"turn": 3, "number": 2, "because": None, "on": wexshire.at(OPENED + 1)},
        {"turn": 3, "number": 2, "because": 1, "on": wexshire.at(ANSWERED + 1)},
        {"turn": 9, "number": 2, "because": None, "on": wexshire.at(OPENED + 1)},
        {"turn": 3, "number": 2, "because": None, "on": wexshire.at(0)},
    ):
        with pytest.raises(DatabaseError, match=r"no answer led|out of turn"), transaction.atomic():
            models.TargetVersion.objects.create(**said, **other)
    move = {"turn": 2, "before": "proposed", "day": wexshire.day(ADOPTED), "on": wexshire.at(1)}
    for later in (
        {"verb": "adopt", "after": "adopted"},
        {"verb": "withdraw", "after": "withdrawn", "turn": 5},
        {"verb": "supersede", "before": "adopted", "after": "superseded"},
        {"verb": "withdraw", "after": "withdrawn", "day": wexshire.day(9_000)},
    ):
        refused = pytest.raises(DatabaseError, match=r"nothing stands behind|out of turn")
        with refused, transaction.atomic():
            models.TargetMove.objects.create(**(said | move | later))


def test_a_version_that_stands_takes_no_more_and_the_superuser_is_refused_too(
    committed_records: records.Address,
) -> None:
    here = begun()
    row = here.heard([a_wanted()])
    decision = here.decided("wex-cabinet", matter="executive").id
    version = row.versions[-1].id
    line = models.Target.objects.filter(version_id=version).values_list("pk", flat=True)[0]
    owner = committed_records.owner
    again = "INSERT INTO outcomes_targetstep (target_id, day, value) VALUES (%s, '2029-01-01', 1)"
    adopted = (
        'INSERT INTO outcomes_adoption (set_id, version_id, decision, hearing, day, by, "on") '
        "VALUES (%s, %s, %s, 'hearing 1', %s, 'x', now())"
    )
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as superuser:  # fmt: skip
        superuser.execute("SET session_replication_role = replica")
        for sql, said, why in (
            (again, [line], "nothing is put into a version that stands"),
            (adopted, [row.id, version, decision, here.day(ADOPTED)], "cannot be adopted"),
            ("UPDATE outcomes_target SET why = 'x'", [], "never changed"),
            ("DELETE FROM outcomes_adoption", [], "never changed"),
        ):
            with pytest.raises(psycopg.Error, match=why):
                superuser.execute(sql, said)


def test_the_database_knows_the_bodies_of_the_definition() -> None:
    kinds = {kind for bodies in adopting_matters().values() for kind in bodies}
    said = Path(migrations.__path__[0], "0002_targets.py").read_text(encoding="utf-8")
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds, reverse=True))
    assert f"b.kind IN ({listed})" in said
