"""The command line of entitlements, from put-shipped to need, in one home."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.entitlements import entitlements
from totalplace.doors.cli.session import Session
from totalplace.entitlements.definitions.reading import shipped_text
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, noon: object) -> object:
    """Runs a command on the test's own records, and gives what it printed."""
    monkeypatch.setattr(Session, "open", lambda self: None)
    now = Session().now()
    for code in ("dhsc", "dfe", "mhclg"):
        places.register_agency(code, name=f"Department {code}", kind="department", by=ADA, on=now)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=now)

    def ran(*words: str) -> str:
        found = CliRunner().invoke(entitlements, list(words), catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return found.output

    return ran


def test_guarantees_are_put_in_force_asked_and_counted(run: object, tmp_path: Path) -> None:
    assert callable(run)
    assert "Free school meals is in force here from today" in run("put-shipped")
    assert "was put on record before" in run("put-shipped", "school-place")
    assert "9 are in force; there are to be 12 at the most" in run("list", "--place", "wexshire")
    assert "[not read at its source]" in run("show", "school-place")
    assert "not known" in run("floors", "wexshire")
    said = run("ask", "school-place", "--fact", "lives_in_england=yes")
    assert "cannot say" in said
    assert "To say it, tell: date of birth (born)" in said
    people = tmp_path / "people.csv"
    people.write_text(
        "born,lives_in_england,persons,low,high\n2018-05-01,yes,100,90,110\n1980-01-01,yes,9,9,9\n"
    )
    found = json.loads(run("need", "school-place", str(people), "--json"))
    assert (found["persons"], found["low"], found["high"]) == (100, 90, 110)
    people.write_text("age,lives_in_england,persons\n8,yes,100\n90+,yes,9\n")
    found = json.loads(run("need", "school-place", str(people), "--json"))
    assert (found["persons"], found["low"], found["high"]) == (100, 100, 100)


def test_a_policy_officer_tries_a_text_by_its_own_tests(run: object, tmp_path: Path) -> None:
    assert callable(run)
    file = tmp_path / "school.yaml"
    file.write_text(shipped_text("school-place"))
    assert "6 tests come out" in run("test", str(file))
    more = tmp_path / "more.yaml"
    more.write_text(
        "tests:\n  - {name: A baby, on: 2026-11-26, person: {born: 2026-01-01}, answer: no}\n"
    )
    assert "7 tests come out" in run("test", str(file), "--tests", str(more))
    file.write_text(shipped_text("school-place").replace("answer: no", "answer: yes"))
    with pytest.raises(Refused, match="2 of 6 tests do not come out"):
        run("test", str(file))
