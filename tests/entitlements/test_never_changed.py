"""The database itself refuses what the rules do not allow, whoever asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.entitlements import actions, models, queries
from totalplace.entitlements.queries import VersionRow

from .conftest import ADA, BUS, SOON, TODAY, at

pytestmark = pytest.mark.django_db
TABLES = [model._meta.db_table for model in (  # noqa: SLF001
    models.Guarantee, models.Version, models.Move, models.PlaceCost, models.Variant,
)]  # fmt: skip
InForce = Callable[..., VersionRow]


@pytest.fixture
def proposed(centre: None) -> VersionRow:
    """A version that is proposed and no more."""
    return actions.propose(BUS, reason="r", by=ADA, on=at(TODAY))


def a_move(row: VersionRow, **said: object) -> None:
    """Put a move straight into the table, past every action."""
    values: dict[str, object] = {
        "version_id": row.id, "turn": len(row.moves) + 1, "verb": "enact", "before": row.stage,
        "after": "enacted", "day": TODAY, "first_day": SOON, "opens_on": SOON, "shorter": "",
        "reason": "", "by": "x", "on": at(TODAY),
    }  # fmt: skip
    with transaction.atomic():
        models.Move.objects.create(**(values | said))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"])
def test_nothing_that_was_guaranteed_is_changed_or_erased(table: str, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"first_day": SOON - timedelta(days=1)}, "gives_notice_or_a_reason"),
        ({"first_day": TODAY, "shorter": "urgent"}, "gives_notice_or_a_reason"),
        (
            {"first_day": TODAY - timedelta(days=1), "shorter": "urgent", "reason": "r"},
            "gives_notice_or_a_reason",
        ),
        ({"opens_on": TODAY, "first_day": TODAY}, "has_its_day"),
        ({"first_day": None}, "has_its_day"),
        ({"turn": 2}, "out of turn"),
        ({"before": "enacted", "verb": "repeal", "after": "repealed"}, "out of turn"),
        ({"after": "repealed"}, "move_is_lawful"),
        ({"verb": "repeal", "after": "repealed"}, "move_is_lawful|notice_or_a_reason"),
    ],
)
def test_a_move_that_the_rules_do_not_allow_is_refused(
    proposed: VersionRow, said: dict[str, object], why: str
) -> None:
    with pytest.raises(DatabaseError, match=why):
        a_move(proposed, **said)


def test_nothing_begins_before_what_was_enacted_already(in_force: InForce) -> None:
    row = in_force()
    with pytest.raises(DatabaseError, match="something later was enacted"):
        a_move(
            row, verb="repeal", before="enacted", after="repealed", reason="r",
            first_day=date(2020, 1, 1), shorter="already law",
        )  # fmt: skip


def test_a_text_that_is_not_its_digest_cannot_be_put_in(proposed: VersionRow) -> None:
    said = {"guarantee_id": queries.guarantee("bus-pass").id, "title": "t", "reason": "r",
            "by": "x", "on": at(TODAY)}  # fmt: skip
    with pytest.raises(DatabaseError, match="version_is_its_text"), transaction.atomic():
        models.Version.objects.create(number=2, text="another", digest=proposed.digest, **said)
    with pytest.raises(DatabaseError, match="out of turn"), transaction.atomic():
        models.Version.objects.create(number=9, text=BUS, digest=proposed.digest, **said)


def test_a_variant_of_nothing_enacted_cannot_be_put_in(proposed: VersionRow) -> None:
    from totalplace.places import queries as places

    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with pytest.raises(DatabaseError, match="of nothing enacted"), transaction.atomic():
        models.Variant.objects.create(
            guarantee_id=queries.guarantee("bus-pass").id, number=1, text="", digest=empty,
            place_id=places.place("wexshire").id, first_day=SOON, day=TODAY, reason="r", by="x",
            on=at(TODAY),
        )  # fmt: skip
