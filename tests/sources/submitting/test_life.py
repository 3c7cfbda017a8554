"""The life of a submission: who may do what when, and that the database holds the same table."""

from __future__ import annotations

import itertools
import re
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.places.rules.mandates import Officer
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.rules.submitting.stages import (
    ACTS,
    MOVES,
    WITH_REASON,
    Hand,
    Stage,
    after,
    check_other_eyes,
    has_had_a_hand,
    verbs,
)
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.models import SubmissionMove

from .conftest import NOON, Gives

guarded = import_module("totalplace.sources.migrations.0007_submissions_guarded")
Officers = dict[str, Officer]


def test_the_database_holds_the_same_moves_as_the_rules() -> None:
    table = guarded.MOVES.partition("NOT IN (")[2].partition(") THEN")[0]
    listed = re.findall(r"\('([a-z ]*)', '([a-z ]+)', '([a-z ]+)'\)", table)
    assert {(Stage(b), v): Stage(a) for b, v, a in listed} == dict(MOVES)
    assert len(listed) == len(MOVES)


@pytest.mark.parametrize(
    ("stage", "verb"), list(itertools.product(Stage, sorted({v for _, v in MOVES})))
)
def test_every_move_that_is_not_in_the_table_is_refused(stage: Stage, verb: str) -> None:
    if (stage, verb) in MOVES:
        assert after(stage, verb, about="x", reason="because") is MOVES[stage, verb]
    else:
        with pytest.raises(Refused):
            after(stage, verb, about="x", reason="because")


@pytest.mark.parametrize("verb", sorted(WITH_REASON))
def test_some_moves_need_a_reason(verb: str) -> None:
    stage = next(s for s, v in MOVES if v == verb)
    with pytest.raises(Refused, match="reason"):
        after(stage, verb, about="x", reason="  ")


def test_buttons_are_drawn_from_the_same_table() -> None:
    assert verbs(Stage.SUBMITTED) == ["certify", "send back", "withdraw", "replace"]
    assert verbs(Stage.WITHDRAWN) == []
    assert all(verb in ACTS for stage in Stage for verb in verbs(stage))


@pytest.mark.parametrize("verb", ["give", "correct", "submit"])
def test_nobody_certifies_what_they_had_a_hand_in(verb: str) -> None:
    with pytest.raises(Refused, match="another person"):
        check_other_eyes("certify", "bea", [Hand(verb, "bea")], about="x")
    check_other_eyes("certify", "cem", [Hand(verb, "bea")], about="x")
    check_other_eyes("send back", "bea", [Hand(verb, "bea")], about="x")


def test_an_operator_of_an_officers_name_is_another_person() -> None:
    assert not has_had_a_hand("operator bea", [Hand("give", "bea")])


def test_a_submission_goes_from_draft_to_added_and_each_step_is_on_record(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives()
    assert (row.stage, row.trial and row.trial.lines) == (Stage.DRAFT, 28)
    actions.submit(row.id, note="April, complete.", by=officers["bea"], on=NOON)
    actions.certify(row.id, by=officers["dov"], on=NOON)
    said = actions.take_in(home, row.id, lambda *_: None, on=NOON)
    row = queries.submission(row.id)
    assert (row.stage, said) == (Stage.ADDED, "28 rows of £420.00 were added.")
    told = [e.verb for e in record.entries() if e.about.kind == "submission"]
    assert told == ["gave figures in", "submitted figures", "certified figures",
                    "added a submission"]  # fmt: skip


def test_who_gave_a_file_cannot_certify_it_whatever_their_mandate(
    gives: Gives, officers: Officers
) -> None:
    row = gives()
    actions.submit(row.id, by=officers["cem"], on=NOON)
    for code in ("bea", "cem"):
        with pytest.raises(Refused, match="cannot be certified by you"):
            actions.certify(row.id, by=officers[code], on=NOON)
    assert actions.certify(row.id, by=officers["dov"], on=NOON).stage is Stage.CERTIFIED


def test_the_database_itself_refuses_ones_own_figures_certified_by_oneself(
    gives: Gives, officers: Officers
) -> None:
    row = gives()
    actions.submit(row.id, by=officers["bea"], on=NOON)
    with pytest.raises(DatabaseError, match="had a hand"), transaction.atomic():
        SubmissionMove.objects.create(
            submission_id=row.id, turn=3, before="submitted", verb="certify", after="certified",
            by="bea", officer="bea", on=NOON, trial=1,
        )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_submissionmove SET officer = 'x'",
        "DELETE FROM sources_submission",
        "TRUNCATE sources_trial",
    ],
)
def test_nothing_that_was_given_can_be_changed_or_erased(gives: Gives, statement: str) -> None:
    gives()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("code", ["eve", "dov"])
def test_without_a_mandate_nobody_gives_figures_in(
    home: Home, officers: Officers, gives: Gives, code: str
) -> None:
    row = gives()
    with pytest.raises(Refused, match="may not"):
        actions.submit(row.id, by=officers[code], on=NOON)


def test_sent_back_it_says_why_and_can_be_submitted_again(gives: Gives, officers: Officers) -> None:
    row = gives()
    actions.submit(row.id, by=officers["bea"], on=NOON)
    back = actions.send_back(
        row.id, reason="The grant is twice in it.", by=officers["dov"], on=NOON
    )
    assert (back.stage, back.last.reason) == (Stage.SENT_BACK, "The grant is twice in it.")
    assert actions.submit(row.id, by=officers["bea"], on=NOON).stage is Stage.SUBMITTED


def test_what_was_not_read_as_it_stands_cannot_be_submitted(
    gives: Gives, officers: Officers
) -> None:
    row = gives(read=False)
    with pytest.raises(Refused, match="not read yet"):
        actions.submit(row.id, by=officers["bea"], on=NOON)


def test_withdrawn_it_is_over_and_its_bytes_are_gone(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives()
    actions.withdraw(row.id, reason="Wrong month.", by=officers["bea"], on=NOON)
    actions.forget(home, row.id)
    left = [p for p in (home.root / "submissions").rglob("*") if p.is_file()]
    assert left == []
    assert queries.report_of(home, queries.submission(row.id)) is None
    assert gives().stage is Stage.DRAFT  # the same file may be given again


def _moves(row: Any) -> list[str]:
    return [m.verb for m in row.moves]


def test_only_what_is_certified_is_counted(home: Home, gives: Gives, officers: Officers) -> None:
    from totalplace.sources import queries as held

    row = gives()
    actions.submit(row.id, by=officers["bea"], on=NOON)
    with pytest.raises(Refused, match="Only what another officer certified"):
        actions.take_in(home, row.id, lambda *_: None, on=NOON)
    assert held.files() == []
    assert held.holdings(home)["payments"] == []
    assert _moves(queries.submission(row.id)) == ["give", "submit"]
