"""`totalplace monitoring`: look at a file, run the watch, read findings, in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from .test_watching import ON, WEX, Watching

FALLEN = [11.8, 12.1, 11.7, 12.0, 11.9, 12.2, 11.6, 12.1, 11.9, 21.2, 21.6, 21.4]
STEADY = [50.1, 51.2, 49.5, 50.4, 49.8, 50.9, 50.2, 49.6, 50.7, 50.0, 50.3, 50.2]


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, ["monitoring", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = ["series,area,period,value,unit"]
    lines += [f"Absence,Wexshire,{2012 + n}/{13 + n},{value},%" for n, value in enumerate(FALLEN)]
    lines += [f"Steady,Wexshire,{2012 + n}/{13 + n},{value},%" for n, value in enumerate(STEADY)]
    lines += ["Steady,Wexshire,2024/25,text,%"]
    path = tmp_path / "series.csv"
    path.write_text("\n".join(lines))
    return path


def test_any_file_is_looked_at_and_told_in_plain_words(file: Path) -> None:
    told = said("look", str(file), "--better", "lower", "--on", "2026-11-26")
    assert "Absence Wexshire worse 2021/22 11.9% 21.4%" in told
    assert "Absence in Wexshire: worse, at 21.4% in 2023/24, where it was about 11.9%" in told
    assert "2 series: 1 moved, of which 1 alarm." in told
    assert "no more than 1 false alarm in 5 years" in told
    more = said("look", str(file), "--better", "lower", "--promise", "4", "--on", "2026-11-26")
    assert "no more than 4 false alarms a year" in more
    result = run("look", str(file), "--better", "lower", "--on", "2026-11-26")
    assert "series.csv, D26: 'text' is no number." in result.stderr
    less = said("look", str(file), "--better", "lower", "--moved", "--on", "2026-11-26")
    assert "Steady" not in less


def test_programs_get_the_same_as_json(file: Path) -> None:
    rows = json.loads(said("look", str(file), "--better", "lower", "--json", "--on", "2026-11-26"))
    by_title = {row["title"]: row for row in rows}
    assert by_title["Absence"]["sign"] == "worse"
    assert by_title["Absence"]["change"]["since"][2] == "2021/22"
    assert by_title["Steady"]["set_aside"] == [
        {"period": "2024/25", "value": None, "standing": "set aside", "why": "“text” is no number"}
    ]


def test_areas_of_one_name_are_told_apart_and_the_same_figure_throughout_is_no_gap(
    tmp_path: Path,
) -> None:
    path = tmp_path / "areas.csv"
    lines = [f"E10000099,Wexshire,{year},5" for year in range(2010, 2020)]
    lines += [f"E47000099,Wexshire,{year},{year % 3}" for year in range(2010, 2020)]
    path.write_text("\n".join(["area code,area name,period,value", *lines]))
    told = said("look", str(path), "--on", "2020-11-26")
    assert "Wexshire (E10000099)" in told
    assert "Wexshire (E47000099)" in told
    assert "Every one of its 10 values is the same" in told


def test_what_is_no_table_of_series_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("name,colour\nred,blue\n")
    with pytest.raises(Refused, match="no column of periods"):
        run("look", str(path))
    assert "Written to" in said("template", str(tmp_path / "new.csv"))
    assert "too early to say" in said("look", str(tmp_path / "new.csv"))


@pytest.mark.django_db
def test_the_watch_is_run_set_and_read_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = Watching(tmp_path)
    watching.read({WEX: FALLEN})
    monkeypatch.setattr(Session, "now", lambda _: ON)
    monkeypatch.setattr(Session, "files", lambda _: Home(tmp_path / "home"))
    monkeypatch.setattr(Session, "by", lambda _: Operator("Ada"))
    places.register_place("empty", name="Empty", by=Operator("Ada"), on=ON)
    assert "found nothing yet" in said("findings")
    told = said("run")
    assert "empty: 0 series, 0 new findings" in told
    assert "wexshire: 1 series, 1 new finding wexshire/1: Pupils who miss" in told
    with pytest.raises(Refused, match="nowhere"):
        run("run", "nowhere", "wexshire")
    assert json.loads(said("run", "wexshire", "--json")) == [
        {"place": "wexshire", "series": 1, "findings": []}
    ]
    assert "wexshire/1 26 November 2026 worse" in said("findings", "wexshire")
    whole = said("findings", "wexshire/1")
    assert "It began in 2022/23" in whole
    assert "SHA-256 of its text:" in whole
    (row,) = json.loads(said("findings", "wexshire/1", "--json"))
    assert row["under"]["a_year"] == 4
    assert "promises 2 false alarms a year" in said(
        "set", "wexshire", "--promise", "2", "--leave-out", "outcome/obesity=counted anew",
        "--reason", "Fewer",
    )  # fmt: skip
    assert "begins anew on 1 August 2022" in said(
        "rebase", "wexshire", "outcome/persistent-absence", "--area", WEX, "--from", "2022-08-01",
        "--citing", "finding wexshire/1", "--reason", "The council agreed to it",
    )  # fmt: skip
