"""`totalplace outcomes targets`: from a workbook to adopted targets, in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.refusal import Refused

from .place_made import ADOPTED, DRAFTED, ONE, PROPOSED, WexshirePlace
from .targets_made import a_wanted

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, ["outcomes", "targets", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    """What a command says to who reads its answer."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def fill_in(path: Path, value: object) -> None:
    """Write a target into a template, as an officer does."""
    book = openpyxl.load_workbook(path)
    book["Targets"].append([
        "persistent-absence", "E10000017", None, None, 12.3, "2024/25", "DfE", None, "2029-03-31",
        value, "Children fall behind.", None,
    ])  # fmt: skip
    book["Who can move it"].append(["persistent-absence", "E10000017", "wex", None, 60, 5000])
    book.save(path)


NEW = ("new", "wexshire", "--title", "At school", "--why", "They miss it", "--agency", "wex")


@pytest.fixture
def turn(wexshire: WexshirePlace, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Turns to a day of the place."""
    return lambda days: monkeypatch.setattr(Session, "now", lambda _: wexshire.at(days))


def test_targets_are_begun_and_filled_in_from_a_workbook(
    turn: Callable[[int], None], tmp_path: Path
) -> None:
    turn(DRAFTED)
    assert "There are no targets" in said("list")
    assert "begun as wexshire/1" in said(*NEW, "--from", "2027-28", "--to", "2029-30")
    with pytest.raises(Refused, match="'soon' is no financial year"):
        run(*NEW, "--from", "soon", "--to", "2029-30")
    path = tmp_path / "targets.xlsx"
    assert "0 targets written" in said("template", ONE, str(path))
    fill_in(path, "nine")
    result = CliRunner().invoke(
        totalplace, ["outcomes", "targets", "revise", ONE, str(path), "--reason", "First"]
    )
    assert "Targets, J2: 'nine' is no value" in result.output
    assert isinstance(result.exception, Refused)
    said("template", ONE, str(path))
    fill_in(path, 9)
    assert "1 target, in a draft" in said("revise", ONE, str(path), "--reason", "First")


def test_targets_are_proposed_shown_and_adopted(
    wexshire: WexshirePlace, turn: Callable[[int], None]
) -> None:
    wexshire.drafted([a_wanted()])
    turn(PROPOSED)
    assert "To be asked by right: icb, wex" in said("propose", ONE, "--reason", "Ready")
    told = said("show", ONE)
    assert "no more than 9 in 100 by 31 March 2030" in told
    assert "Wexshire Council, 50 per cent; nobody here, 20 per cent" in told
    assert "Nobody was heard on this" in told
    wexshire.concluded(wexshire.opened())
    decision = wexshire.decided()
    turn(ADOPTED)
    assert "They can be adopted under decision wex-council/1" in said("show", ONE)
    assert "are the targets of Wexshire" in said("adopt", ONE, decision.id, "--reason", "Decided")
    plain = json.loads(said("show", ONE, "--json"))
    assert (plain["stage"], plain["adopted_version"]) == ("adopted", 1)
    assert plain["versions"][0]["targets"][0]["parts"][2] == {
        "agency": "", "share": 20, "pence": None,
    }  # fmt: skip
    assert "adopted" in said("list", "--place", "wexshire")
    with pytest.raises(Refused, match="they are adopted"):
        run("withdraw", ONE, "--reason", "Too late")
