"""`totalplace outcomes`: from a published table to a reading beside others, in plain words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
HEADS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that stands still."""
    monkeypatch.setattr(Session, "now", lambda self: datetime(2026, 6, 1, 12, tzinfo=UTC))


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    """What an outcomes command says to who reads its answer."""
    result = run("outcomes", *words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        f"{code},{name},,{measure},{year}-08-01/P1Y,{value},,%,,,,"
        for code, name, more in (("E10000017", "Wexshire", 0), ("E92000001", "England", 1))
        for measure in ("Persistent absences for all pupils", "Something new")
        for year, value in ((2018, 10 + more), (2020, 12 + more))
    ]
    path = tmp_path / "absence.csv"
    path.write_text("\n".join([HEADS, *rows, "nowhere,,,x,2018,1,,,,,,"]))
    return path


def test_a_table_is_added_shown_and_compared_and_what_is_wrong_is_said(table: Path) -> None:
    added = said("add", str(table))
    assert "absence.csv: 1 measure held and not yet defined" in added
    vintage = json.loads(said("vintages", "--json"))[0]
    assert (vintage["figures"], vintage["readings"], vintage["set_aside"]) == (9, 8, 1)
    shown = said("show", "persistent-absence", "--area", "E10000017")
    assert "2019/20 missing no reading schools were closed" in shown
    beside = said("compare", "persistent-absence", "--area", "E10000017")
    assert "England 13.0% lower, which is better" in beside
    assert "No list of areas most like this one is held." in beside
    assert "“nowhere” is no code of an area" in said("aside", str(vintage["vintage"]))
    assert "Something new" in said("undefined")
    rows = json.loads(said("show", "persistent-absence", "--area", "E10000017", "--json"))
    assert [row["value"] for row in rows] == ["10", None, "12"]
    before = said("show", "persistent-absence", "--area", "E10000017", "--as-at", "2026-05-01")
    assert before.startswith("There is no reading of")


def test_a_file_that_nobody_can_read_ends_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("just,words\nand,more\n")
    result = run("outcomes", "add", str(tmp_path / "words.csv"))
    assert result.exit_code == 2
    assert "no form knows it" in result.stderr


def test_drafts_are_definitions_that_a_place_can_take_up(tmp_path: Path, table: Path) -> None:
    run("places", "add", "wexshire")
    (tmp_path / "dictionary.csv").write_text(
        "Measure_short,Measure,Polarity,y_axis_name,Year_Type,Topic\n"
        "Bins,Bins collected,High,% of bins,Financial Year,Streets\n"
    )
    drafts = run("outcomes", "drafts", str(tmp_path / "dictionary.csv"))
    assert "1 drafts; 0 rows" in drafts.stderr
    (tmp_path / "drafts.yaml").write_text(drafts.stdout)
    assert "bins-collected" in said("define", str(tmp_path / "drafts.yaml"), "--place", "wexshire")
    assert "bins-collected" in said("list")
    assert "dfe-lait" in said("forms")


def test_a_place_gives_in_its_own_readings_from_a_file(tmp_path: Path) -> None:
    run("places", "add", "wexshire")
    path = tmp_path / "survey.csv"
    path.write_text("area,period,numerator,denominator\nwexshire,2025/26,3,4\n")
    assert said("give", "told-once", str(path), "--place", "wexshire").startswith("Held as vintage")
    assert "75.0%" in said("show", "told-once", "--area", "wexshire")
    path.write_text("area,period,value\nwexshire,2025/26,three\n")
    with pytest.raises(Refused, match="in row 2, column value, “three” is no number"):
        run("outcomes", "give", "told-once", str(path), "--place", "wexshire")
    path.write_text("area,period,colour\nwexshire,2025/26,red\n")
    with pytest.raises(Refused, match="nobody knows the column colour"):
        run("outcomes", "give", "told-once", str(path), "--place", "wexshire")
