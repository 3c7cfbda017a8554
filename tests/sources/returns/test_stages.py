"""The life of a return: what may follow what, in the rules and in the database alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from totalplace.doors.records import Address
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources import returns
from totalplace.sources.home import Home
from totalplace.sources.models import ReturnMove, SourceFile
from totalplace.sources.returns import ReturnKey, actions
from totalplace.sources.rules.returns.stages import MOVES, WITH_REASON, Stage, after

from .conftest import NOON, WIDE

VERBS: Final = sorted({verb for _, verb in MOVES})
KEY: Final = ReturnKey("wide", "E06000001", "", 2023)
Keep = Callable[..., None]
Give = Callable[..., object]
Write = Callable[..., Path]


@pytest.mark.parametrize("verb", sorted(WITH_REASON))
def test_what_others_must_act_on_needs_a_reason(verb: str) -> None:
    stage = next(s for s, v in MOVES if v == verb)
    with pytest.raises(Refused, match="not said for what reason"):
        after(stage, verb, about="x", reason="  ")
    assert after(stage, verb, about="x", reason="because") is MOVES[stage, verb]


def test_a_move_that_cannot_be_made_says_what_can() -> None:
    with pytest.raises(Refused) as refused:
        after(Stage.QUERIED, "accept", about="Wex, 2023-24")
    assert str(refused.value) == (
        "The return of Wex, 2023-24 cannot be accepted: it is queried. From here you can answer or"
        " withdraw it, or add a file of it."
    )


def test_every_stage_can_be_reached_and_left() -> None:
    assert {stage for stage, _ in MOVES} == set(Stage)
    assert set(MOVES.values()) == set(Stage) - {Stage.NONE}


@pytest.fixture
def held(forms_kept: Keep, add_returns: Give, wide_file: Write, db: None) -> None:
    """A published return of two bodies."""
    forms_kept(WIDE)
    rows = [("E06000001", "2023-24", 10, 5, 15), ("E06000002", "2023-24", 1, 1, 2)]
    add_returns(wide_file("first.json", *rows))


def act(verb: str, home: Home, reason: str = "why") -> Stage:
    stage: Stage = getattr(actions, verb)(
        KEY, home=home, by=Operator("Ada"), on=NOON, reason=reason
    )
    return stage


def test_a_published_return_that_nobody_acts_on_is_returned(held: None, home: Home) -> None:
    assert {line.state for line in returns.lines(home)} == {"returned"}
    assert returns.moves(KEY) == []


def test_each_move_is_kept_and_stands_on_the_record(held: None, home: Home) -> None:
    assert act("query", home, "Is roads net?") is Stage.QUERIED
    assert act("answer", home, "It is.") is Stage.RETURNED
    assert act("accept", home, "") is Stage.ACCEPTED
    moves = returns.moves(KEY)
    assert [(m.turn, m.verb, m.after, m.reason) for m in moves] == [
        (1, "return", "returned", ""), (2, "query", "queried", "Is roads net?"),
        (3, "answer", "returned", "It is."), (4, "accept", "accepted", ""),
    ]  # fmt: skip
    assert (moves[0].file, moves[1].file) == ("first.json", "")
    entries = [e for e in record.latest(10) if e.about.kind == "return"]
    assert {(e.verb, e.about.id) for e in entries} >= {
        ("accepted a return", "E06000001, 2023-24 (wide)")
    }
    states = {line.agency: line.state for line in returns.lines(home)}
    assert states == {"E06000001": "accepted", "E06000002": "returned"}


def test_a_later_file_takes_the_place_of_the_one_before_and_must_be_accepted_anew(
    held: None, home: Home, add_returns: Give, wide_file: Write
) -> None:
    act("accept", home)
    add_returns(wide_file("second.json", ("E06000001", "2023-24", 99, 1, 100)))
    now = {line.line: line for line in returns.lines(home, bodies=["E06000001"])}
    assert (now["Roads"].amount_pence, now["Roads"].state) == (9_900_000, "returned")
    every = returns.lines(home, bodies=["E06000001"], every=True)
    assert {(x.line, x.amount_pence, x.state) for x in every if x.line == "Roads"} == {
        ("Roads", 1_000_000, "superseded"), ("Roads", 9_900_000, "returned"),
    }  # fmt: skip
    assert len(returns.lines(home, bodies=["E06000002"])) == 2


def test_a_later_file_that_leaves_a_body_blank_takes_nothing_away(
    held: None, home: Home, add_returns: Give, wide_file: Write
) -> None:
    add_returns(wide_file("blank.json", ("E06000001", "2023-24", None, None, None),
                          ("E06000003", "2023-24", 1, 1, 2)))  # fmt: skip
    now = returns.lines(home, bodies=["E06000001"])
    assert [x.amount_pence for x in now] == [500_000, 1_000_000]


def test_a_withdrawn_return_is_not_counted_and_stays_held(held: None, home: Home) -> None:
    act("withdraw", home, "It is of another body.")
    assert returns.lines(home, bodies=["E06000001"]) == []
    every = returns.lines(home, bodies=["E06000001"], every=True)
    assert {line.state for line in every} == {"withdrawn"}


def test_a_return_is_asked_for_and_returned_by_a_file(
    forms_kept: Keep, add_returns: Give, wide_file: Write, home: Home, db: None
) -> None:
    forms_kept(WIDE)
    assert act("request", home, "By May") is Stage.REQUESTED
    with pytest.raises(Refused, match="it is requested"):
        act("accept", home)
    add_returns(wide_file("first.json", ("E06000001", "2023-24", 1, 1, 2)))
    assert [m.verb for m in returns.moves(KEY)] == ["request", "return"]
    with pytest.raises(Refused, match="it is held"):
        act("request", home)


@pytest.mark.parametrize("before", list(Stage))
@pytest.mark.parametrize("verb", VERBS)
def test_the_database_makes_the_same_moves_as_the_rules_and_no_other(
    before: Stage, verb: str, held: None
) -> None:
    file = SourceFile.objects.get()
    _reach(before, file)
    lawful = MOVES.get((before, verb))
    for following in [s for s in Stage if s]:
        move = _move(before, verb, following, file)
        if following is lawful:
            with transaction.atomic():
                move.save(force_insert=True)
                transaction.set_rollback(True)
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                move.save(force_insert=True)


def _reach(stage: Stage, file: SourceFile) -> None:
    """Make the moves that lead to a stage."""
    ways = {
        Stage.NONE: [], Stage.REQUESTED: ["request"], Stage.RETURNED: ["return"],
        Stage.QUERIED: ["return", "query"], Stage.ACCEPTED: ["return", "accept"],
        Stage.WITHDRAWN: ["return", "withdraw"],
    }  # fmt: skip
    now = Stage.NONE
    for verb in ways[stage]:
        _move(now, verb, MOVES[now, verb], file).save(force_insert=True)
        now = MOVES[now, verb]


def _move(before: Stage, verb: str, following: Stage, file: SourceFile) -> ReturnMove:
    turn = ReturnMove.objects.count() + 1
    return ReturnMove(
        form="wide", agency="E06000001", area="", year_start=2023, turn=turn, before=before.value,
        verb=verb, after=following.value, by="Ada", on=NOON, reason="why", file=file,
    )  # fmt: skip


def test_the_database_refuses_a_move_out_of_turn(held: None) -> None:
    file = SourceFile.objects.get()
    move = _move(Stage.NONE, "return", Stage.RETURNED, file)
    move.turn = 2
    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        move.save(force_insert=True)


@pytest.mark.parametrize("table", ["sources_returnmove", "sources_returnreading"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_may_not_change_what_is_recorded_of_returns(
    table: str, change: str, held: None, home: Home
) -> None:
    act("accept", home)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_nor_may_the_owner_with_triggers_put_off(
    committed_records: Address, forms_kept: Keep, add_returns: Give, wide_file: Write, home: Home
) -> None:
    forms_kept(WIDE)
    add_returns(wide_file("first.json", ("E06000001", "2023-24", 1, 1, 2)))
    act("accept", home)
    owner = committed_records.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as past_grants:  # fmt: skip
        past_grants.execute("SET session_replication_role = replica")
        for table in ("sources_returnmove", "sources_returnreading"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                past_grants.execute(f"DELETE FROM {table}")  # noqa: S608  (our own tables)
        with pytest.raises(psycopg.errors.RestrictViolation):
            past_grants.execute(
                "INSERT INTO sources_returnmove (form, agency, area, year_start, turn, before,"
                " verb, after, by, \"on\", reason) VALUES ('wide', 'E06000009', '', 2023, 1, '',"
                " 'accept', 'accepted', 'Eve', now(), '')"
            )
