"""The command line of readiness, from facts to agreed levels, in one home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.readiness import readiness
from totalplace.doors.cli.session import Session
from totalplace.places.rules.mandates import Officer, Role
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.rules.scale import Area, Side
from totalplace.refusal import Refused

# One builder serves the room's own tests and those of its doors.
from ..readiness.ready_made import CORE, ONE, ReadyPlace, a_ready_place  # noqa: TID252

pytestmark = pytest.mark.django_db
Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the test's own records, and gives what it printed."""
    monkeypatch.setattr(Session, "open", lambda self: None)
    a_ready_place()

    def ran(*words: str) -> str:
        found = CliRunner().invoke(readiness, list(words), catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return found.output

    return ran


def give_evidence(run: Run) -> None:
    """An item for each area, that holds today."""
    today = Session().now().date()
    for area in Area:
        told = run(
            "evidence", "add", "wexshire", "--area", area, "--kind", "skills", "--title", "Audit",
            "--says", "So", "--where", "x", "--from", str(today - timedelta(9)),
            "--until", str(today + timedelta(99)),
        )  # fmt: skip
        assert "It holds until" in told
    assert run("evidence", "list", "wexshire").count("yes") == 4


def test_a_place_and_a_department_score_meet_and_agree(run: Run) -> None:
    one, today = "wexshire/1", Session().now().date()
    assert "There are none" in run("list")
    begin = ["begin", "wexshire", "--centre", "home", "--why", "A grant", "--side", "place"]
    assert "wexshire/1 is begun" in run(*begin)
    assert "elected-mayor: Since which day" in run("facts", one)
    facts = [word for code in fact_rules() for word in ("--fact", code, "never", "Register")]
    run("facts", one, *facts)
    give_evidence(run)
    for side in ("place", "centre"):
        scores = [
            word
            for n, area in enumerate(Area, start=1)
            for word in ("--score", area, "core", "So it is", str(n))
        ]
        told = run("score", one, "--side", side, *scores)
    assert "scored by both sides" in told
    levels = [w for area in Area for w in ("--level", area, "core", "Both say so", "none")]
    assert "Proposal 1" in run("put", one, "--side", "centre", *levels)
    assert "is finished" in run("agree", one, "--side", "place", "--proposal", "1")
    assert "People and capability" in run("show", one)
    assert run("list").count("agreed") == 1
    assert "published assurance framework: not met" in run("lacking", "wexshire", "block-grant")
    until = ["--until", str(today + timedelta(9)), "--reason", "It is being written"]
    need = ["--need", "assurance-framework", "--level", "met", "--centre", "home"]
    assert "offered" in run("waive", "wexshire", "--side", "place", *need, *until)
    run("agree-waiver", one, "--side", "centre", "--reason", "We have read the draft")
    assert "Nothing is lacking" in run("lacking", "wexshire", "block-grant")
    assert "carry-forward" not in run("opens", "wexshire", "block-grant")
    assert "Keep what is not spent at the end of a year" in run("opens", "wexshire", "block-grant")
    followed = ["--area", "finance", "--well", "--what", "In budget", "--source", "Auditor"]
    assert "kept beside" in run("followed", one, "--side", "place", *followed)
    run("evidence", "withdraw", "wexshire/3", "--reason", "It was wrong")
    assert "unsupported since" in run("lacking", "wexshire", "block-grant")


def test_the_operator_reads_no_score_once_there_are_mandates(
    run: Run, an_officer: Callable[..., Officer]
) -> None:
    here = ReadyPlace()
    here.begun()
    here.facts()
    here.evidence()
    here.handed_in(Side.PLACE, CORE)
    assert run("show", ONE).count("not to be seen yet") == 4
    an_officer("com", Role.COMMISSIONER, place="wexshire")
    assert run("show", ONE).count("not to be seen yet") == 8


def test_a_word_that_means_nothing_is_refused_with_those_that_do(run: Run) -> None:
    for words, says in (
        (
            ["score", "wexshire/1", "--side", "place", "--score", "luck", "core", "x", "1"],
            "strategy",
        ),
        (["score", "wexshire/1", "--side", "place", "--score", "people", "fine", "x", "1"], "core"),
        (["score", "wexshire/1", "--side", "place", "--score", "people", "core", "x", "b"], "1,4"),
        (["facts", "wexshire/1", "--fact", "elected-mayor", "soon", "x"], "2021-05-10"),
        (["show", "wexshire/7"], "There is no assessment"),
    ):
        with pytest.raises(Refused, match=says):
            run(*words)
