"""An edition is frozen once, stands where it was decided to stand, and is never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.count import models
from totalplace.count.actions.editions import decide, freeze, tidy
from totalplace.count.queries.editions import edition_named, editions, folder_of, frozen
from totalplace.count.rules.standing import Standing
from totalplace.count.rules.whole_place.frozen import Freezing
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db
BY = Operator("an officer")


@pytest.fixture
def home(tmp_path: Path, noon: datetime) -> Home:
    """A home with a place of two agencies."""
    places.register_place("wexshire", name="Wexshire", by=BY, on=noon)
    for code in ("county", "police", "elsewhere"):
        places.register_agency(code, name=code.title(), by=BY, on=noon)
    for code in ("county", "police"):
        places.join_place("wexshire", code, by=BY, on=noon)
    return Home(tmp_path / "home")


@pytest.fixture
def freezing(tmp_path: Path) -> Freezing:
    """A count ready to be frozen."""
    cube = tmp_path / "cube.parquet"
    cube.write_bytes(b"rows")
    return Freezing("wexshire", 2024, {"form": 1, "says": "a"}, "a" * 64, (cube,))


def test_an_edition_is_numbered_in_its_year_and_cited(
    home: Home, freezing: Freezing, noon: datetime
) -> None:
    made = freeze(home, freezing, by=BY, on=noon)
    assert (made.citation, made.standing) == ("wexshire/2024-25/1", Standing.PROVISIONAL)
    assert frozen(home, made) == freezing.plain
    assert (folder_of(home, made.digest) / "cube.parquet").read_bytes() == b"rows"
    (entry,) = record.about(Citation("edition", made.citation))
    assert entry.citing == made.digest


def test_the_same_count_is_the_same_edition(home: Home, freezing: Freezing, noon: datetime) -> None:
    first = freeze(home, freezing, by=BY, on=noon)
    assert freeze(home, freezing, by=BY, on=noon).id == first.id
    assert len(editions("wexshire")) == 1


def test_a_later_edition_supersedes_the_one_before_and_leaves_it_readable(
    home: Home, freezing: Freezing, noon: datetime
) -> None:
    freeze(home, freezing, by=BY, on=noon)
    freeze(home, replace(freezing, digest="b" * 64, plain={"says": "b"}), by=BY, on=noon)
    old, new = editions("wexshire")
    assert (old.standing, new.standing) == (Standing.SUPERSEDED, Standing.PROVISIONAL)
    assert frozen(home, old)["says"] == "a"
    assert edition_named("bbbb").id == new.id
    assert edition_named("wexshire/2024-25/1").id == old.id


def test_an_agency_may_dispute_its_figures_and_they_are_settled_before_sign_off(
    home: Home, freezing: Freezing, noon: datetime
) -> None:
    made = freeze(home, freezing, by=BY, on=noon)
    decide(made.id, "dispute", agency="police", reason="Grant is missing.", by=BY, on=noon)
    with pytest.raises(Refused, match="it is disputed"):
        decide(made.id, "sign off", reason="It is late.", by=BY, on=noon)
    decide(made.id, "settle", reason="The grant was added.", by=BY, on=noon)
    assert decide(made.id, "sign off", reason="Agreed.", by=BY, on=noon) is Standing.SIGNED_OFF
    moves = edition_named(made.citation).moves
    assert [(m.verb, m.agency) for m in moves] == [
        ("dispute", "police"), ("settle", ""), ("sign off", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("agency", "why"), [("", "which agency"), ("elsewhere", "no member of wexshire")]
)
def test_only_an_agency_of_the_place_disputes(
    agency: str, why: str, home: Home, freezing: Freezing, noon: datetime
) -> None:
    made = freeze(home, freezing, by=BY, on=noon)
    with pytest.raises(Refused, match=why):
        decide(made.id, "dispute", agency=agency, reason="So.", by=BY, on=noon)


def test_the_database_refuses_a_move_out_of_turn_or_that_is_none(
    home: Home, freezing: Freezing, noon: datetime
) -> None:
    made = freeze(home, freezing, by=BY, on=noon)
    said = {"edition_id": made.id, "by": BY, "on": noon, "reason": "So."}
    wrong = [
        {"turn": 2, "verb": "sign off", "before": "provisional", "after": "signed off"},
        {"turn": 1, "verb": "settle", "before": "disputed", "after": "provisional"},
        {"turn": 1, "verb": "sign off", "before": "provisional", "after": "disputed"},
    ]
    for move in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            models.Move.objects.create(**said, **move)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM count_edition",
        "UPDATE count_edition SET by = 'another'",
        "DELETE FROM count_move",
        "UPDATE count_move SET by = 'another'",
    ],
)
def test_the_database_refuses_to_change_an_edition_or_a_decision(
    statement: str, home: Home, freezing: Freezing, noon: datetime
) -> None:
    made = freeze(home, freezing, by=BY, on=noon)
    decide(made.id, "sign off", reason="Agreed.", by=BY, on=noon)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_a_killed_run_left_half_written_is_no_edition_and_is_tidied(
    home: Home, freezing: Freezing, noon: datetime
) -> None:
    half = folder_of(home, "c" * 64).with_name(f".{'c' * 64}.1-x")
    half.mkdir(parents=True)
    made = freeze(home, freezing, by=BY, on=noon)
    assert [e.id for e in editions()] == [made.id]
    tidy(home)
    assert not half.exists()
    assert folder_of(home, made.digest).exists()
