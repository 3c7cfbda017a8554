"""`totalplace count`: what is printed, what is written, and what is refused."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources import actions as sources
from totalplace.sources.home import Home

HEAD = "Payment Date,Supplier Name,Amount,Transaction Number\n"


def run(*words: str | Path) -> Result:
    """Run a command in this program, on the records of the test."""
    result = CliRunner().invoke(totalplace, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def held(tmp_path: Path, noon: datetime, db: None) -> None:
    """Two months of an agency, the second with a credit note, a copy and a fault."""
    run("places", "add", "wex", "--name", "Wexshire")
    run("places", "add-agency", "north", "--name", "North Council")
    run("places", "join", "wex", "north")
    home = Home(Path(os.environ["TOTALPLACE_HOME"]))
    april = [f"{n:02d}/04/2024,Firm {n},{600 + n}.00,T{n}\n" for n in range(1, 15)]
    june = [f"{n:02d}/06/2024,Firm {n},{600 + n}.00,U{n}\n" for n in range(1, 15)]
    june += [june[0], "20/06/2024,Firm 3,-50.25,U20\n", "21/06/2024,Firm 4,see note,U21\n"]
    for name, rows in (("spend-april-2024.csv", april), ("spend-june-2024.csv", june)):
        (tmp_path / name).write_text(HEAD + "".join(rows))
        files = [tmp_path / name]
        list(sources.add(files, sources.Terms("north"), home=home, by=Operator("test"), on=noon))


def test_the_count_is_printed_in_words_and_pence(held: None) -> None:
    said = run("count").output
    assert "All that is held: 2024-25" in said
    assert "North Council" in said
    assert "£17,560.75" in said  # 2 x 8,505.00, the copy's 601.00, less 50.25
    assert "two months of twelve" in said
    assert "Copies: North Council" in said
    assert "What this count does not know:" in said
    assert "every row and every penny" in said


def test_the_count_of_a_place_says_at_once_what_is_counted_and_how_well(held: None) -> None:
    said = run("count", "--place", "wex").output
    first = said.splitlines()[0]
    assert first.startswith("Known to be paid by public bodies of Wexshire in 2024-25: £18k.")
    assert "payroll" in first
    assert "Each pound once" in said


def test_an_edition_is_frozen_disputed_settled_signed_off_and_made_again(held: None) -> None:
    frozen = run("count", "freeze", "--place", "wex", "--year", "2024-25").output
    assert "Edition wex/2024-25/1 is provisional." in frozen
    agency = "north"
    assert "North Council" in run("count", "show", "wex/2024-25/1", "--agency", agency).output
    edition = "wex/2024-25/1"
    disputed = run("count", "dispute", edition, "--agency", agency, "--reason", "A month is gone")
    assert "is disputed" in disputed.output
    with pytest.raises(Refused, match="it is disputed"):
        run("count", "sign-off", edition, "--reason", "It is late")
    run("count", "settle", edition, "--reason", "The month was added")
    assert "signed off" in run("count", "sign-off", edition, "--reason", "Agreed").output
    assert "the same, to the penny" in run("count", "again", edition).output
    listed = run("count", "editions").output
    assert "A month is gone" in listed
    run(
        "count", "rule", "payee", "not a public body", "--agency", agency, "--payee", "Anybody",
        "--reason", "A firm",
    )  # fmt: skip
    assert "A firm" in run("count", "rulings").output
    run("count", "freeze", "--place", "wex", "--year", "2024-25")
    said = run("count", "diff", edition, "wex/2024-25/2").output
    assert "Rulings added" in said


def test_the_count_is_written_in_three_forms(held: None, tmp_path: Path) -> None:
    forms = {form: tmp_path / f"count.{form}" for form in ("html", "xlsx", "csv")}
    said = run("count", *(word for form, to in forms.items() for word in (f"--{form}", to)))
    assert forms["html"].read_text().startswith("<!doctype html>")
    assert forms["xlsx"].read_bytes()[:2] == b"PK"
    assert forms["csv"].read_text(encoding="utf-8-sig").startswith("agency,agency_name,")
    assert all(f"Written: {to}" in said.output for to in forms.values())


def test_json_is_printed_alone(held: None) -> None:
    shown = json.loads(run("count", "--json", "--agency", "north", "--year", "2024-25").output)
    year = shown["agency_years"][0]
    assert year["tallies"]["payments"]["pence"] == 1_756_075
    assert year["tallies"]["payments"]["negative_rows"] == 1
    assert year["tallies"]["payments"]["copy_rows"] == 1
    assert year["faults"] == 1
    assert year["months_held"] == 2


def test_a_year_that_is_none_is_wrong_use(held: None) -> None:
    wrong = run("count", "--year", "lately")
    assert wrong.exit_code == 2
    assert "is not a financial year such as 2024-25" in wrong.output


def test_a_file_that_cannot_be_written_is_refused_in_words(held: None, tmp_path: Path) -> None:
    for form in ("html", "xlsx", "csv"):
        with pytest.raises(Refused, match="was not written: no such file or directory"):
            run("count", f"--{form}", tmp_path / "nowhere" / f"count.{form}")


@pytest.mark.django_db
def test_nothing_held_is_nothing_to_count() -> None:
    with pytest.raises(Refused, match="There is nothing to count"):
        run("count")
