"""Neither side reads the other's scores before both are in: by no role, and by no question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from totalplace.doors import records
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Role
from totalplace.readiness import actions, models, queries
from totalplace.readiness.queries.unseen import reading_for
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .ready_made import ADA, CORE, ONE, ReadyPlace

pytestmark = pytest.mark.django_db
Appointed = Callable[..., Officer]
OWN = {
    Side.PLACE: {Role.COMMISSIONER, Role.FINANCE_LEAD, Role.ELECTED_MEMBER},
    Side.CENTRE: {Role.DEPARTMENT_OFFICIAL},
}


@pytest.fixture
def begun(here: ReadyPlace) -> ReadyPlace:
    """Nobody has scored yet."""
    here.begun()
    here.facts()
    here.evidence()
    return here


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a block did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("scored", list(Side))
def test_no_role_of_anybody_reads_the_others_scores_before_both_are_in(
    begun: ReadyPlace, an_officer: Appointed, scored: Side
) -> None:
    row = begun.handed_in(scored, CORE | {Area.FINANCE: Level.EMERGING})
    an_officer("kim")
    matters = [
        Matter(place="wexshire"), Matter("wex"), Matter("home"), Matter("other"), Matter()
    ]  # fmt: skip
    reads = set()
    for role in Role:
        for matter in matters:
            with undone():
                places.grant("kim", role, matter, power="letter", by=ADA, on=begun.at(0))
                kim = Officer("kim")
                if queries.scores(row, scored, by=kim, on=begun.day(5)) is not None:
                    reads.add((role, matter))
                assert queries.scores(row, scored.other, by=kim, on=begun.day(5)) is None
                assert queries.gaps_of(row, by=kim, on=begun.day(5)) is None
    own = Matter(place="wexshire") if scored is Side.PLACE else Matter("home")
    everywhere = {(role, Matter()) for role in OWN[scored]} if scored is Side.PLACE else set()
    assert reads == {(role, own) for role in OWN[scored]} | everywhere
    assert queries.scores(row, scored, by=None, on=begun.day(5)) is None


def test_who_holds_mandates_of_both_sides_reads_neither_and_scores_for_neither(
    begun: ReadyPlace, an_officer: Appointed
) -> None:
    row = begun.handed_in(Side.PLACE, CORE)
    both = an_officer("kim", Role.COMMISSIONER, place="wexshire")
    places.grant(
        "kim", Role.DEPARTMENT_OFFICIAL, Matter("home"), power="letter", by=ADA, on=begun.at(0)
    )
    # The mandates of `an_officer` begin on 1 June 2026, day 147.
    assert queries.sides_of(both, row, on=begun.day(160)) == frozenset(Side)
    for side in Side:
        assert queries.scores(row, side, by=both, on=begun.day(160)) is None
    with pytest.raises(Refused, match="mandates of both sides"):
        begun.handed_in(Side.CENTRE, CORE, days=160, by=both)


def test_once_both_are_in_the_two_sides_see_both_and_the_public_once_they_agree(
    begun: ReadyPlace, an_officer: Appointed
) -> None:
    begun.handed_in(Side.PLACE, CORE)
    row = begun.handed_in(Side.CENTRE, CORE)
    begun.put(CORE)
    official = an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency="home")
    stranger = an_officer("sam", Role.DEPARTMENT_OFFICIAL, agency="other")
    on = begun.day(160)
    assert queries.scores(row, Side.PLACE, by=official, on=on) is not None
    assert queries.scores(row, Side.PLACE, by=stranger, on=on) is None
    assert queries.scores(row, Side.PLACE, by=None, on=on) is None
    actions.consent(ONE, Side.CENTRE, proposal=1, by=official, on=begun.at(160))
    assert queries.scores(queries.assessment(ONE), Side.PLACE, by=None, on=on) is not None


def test_any_question_to_the_tables_gets_no_score_before_both_are_in(begun: ReadyPlace) -> None:
    row = begun.handed_in(Side.PLACE, CORE)

    def seen() -> tuple[int, int, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM readiness_score),"
                " (SELECT count(*) FROM readiness_scoreevidence),"
                " (SELECT count(*) FROM readiness_score s"
                "  JOIN readiness_assessment a ON a.id = s.assessment_id WHERE a.number = 1)"
            )
            found: tuple[int, int, int] = cursor.fetchone()
            return found

    assert seen() == (0, 0, 0)
    assert models.Score.objects.count() == 0
    with reading_for(row.id, Side.CENTRE):
        assert seen() == (0, 0, 0)
    with reading_for(row.id, Side.PLACE):
        assert seen() == (4, 4, 4)
    assert seen() == (0, 0, 0)
    begun.handed_in(Side.CENTRE, CORE)
    assert seen() == (8, 8, 8)


def test_the_record_does_not_say_what_was_scored(begun: ReadyPlace) -> None:
    row = begun.handed_in(Side.PLACE, CORE)
    last = record.about(row.citation)[-1]
    assert (last.verb, last.citing) == ("handed in scores for the place", "")


def test_the_application_can_neither_switch_that_off_nor_change_what_was_said(
    begun: ReadyPlace,
) -> None:
    begun.handed_in(Side.PLACE, CORE)
    tables = [
        model._meta.db_table  # noqa: SLF001  (Django's own name for it)
        for model in apps.get_app_config("readiness").get_models()
    ]
    for sql in (
        "ALTER TABLE readiness_score DISABLE ROW LEVEL SECURITY",
        "DROP POLICY readiness_score_unseen ON readiness_score",
        *(
            act.format(table)
            for table in tables
            for act in ("DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE")
        ),
    ):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_the_database_refuses_what_is_out_of_turn(begun: ReadyPlace) -> None:
    row = begun.handed_in(Side.PLACE, CORE)
    said = {"by": "x", "on": begun.at(5), "day": begun.day(5)}
    score = {"assessment_id": row.id, "level": "core", "why": "x"}
    tries: list[Callable[[], object]] = [
        lambda: models.Proposal.objects.create(
            assessment_id=row.id, number=1, side="place", **said
        ),
        lambda: models.Assessment.objects.create(
            place_id=models.Assessment.objects.get().place_id, number=2,
            centre_id=models.Assessment.objects.get().centre_id, why="x", **said,
        ),
        lambda: models.Score.objects.create(side="centre", area="people", **score),
        lambda: models.Withdrawal.objects.create(assessment_id=row.id, reason="", **said),
    ]  # fmt: skip
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_hand_in_of_three_areas_is_refused_when_it_is_committed(begun: ReadyPlace) -> None:
    row = queries.assessment(ONE)
    with (
        pytest.raises(DatabaseError, match="each of the four areas"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        models.HandIn.objects.create(
            assessment_id=row.id, side="centre", by="x", on=begun.at(5), day=begun.day(5)
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_owner_of_the_tables_can_still_read_them_and_we_say_so(
    committed_records: records.Address,
) -> None:
    owner = committed_records.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"]
    ) as superuser:
        found = superuser.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relname = 'readiness_score'"
        ).fetchone()
    assert found == (True, False)
