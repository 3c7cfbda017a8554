"""`totalplace sources erase`, `tombstones` and `verify`, as an officer types them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

import click
import pytest
from click.testing import CliRunner, Result

from totalplace.count.actions.editions import freeze
from totalplace.count.actions.rulings import Lines, rule
from totalplace.count.rules.rulings import NOT_PUBLIC, Subject
from totalplace.count.rules.whole_place.frozen import Freezing
from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.sources.erasing import erase
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db

NAME: Final = "Jane Q Carer"
WHY: Final = ("--power", "UK GDPR article 17(1)(d)", "--reason", "Published by mistake")
APRIL: Final = (
    "Date,Supplier,Why,Amount\n"
    f"01/04/2024,Oak Ltd,Salt,5.00\n02/04/2024,{NAME},Fees,250.50\n"
    f"03/04/2024,{NAME},Fees,20.00\n04/04/2024,{NAME} Homes Ltd,Homes,9.00\n"
    f"05/04/2024,Elm Ltd,To {NAME},1.00\n"
)


def run(*words: str | Path, said: str | None = None, code: int = 0) -> Result:
    """Run a command on the records of the test, with something typed in; it names nobody."""
    result = CliRunner().invoke(totalplace, ["sources", *map(str, words)], input=said)
    if result.exception and not isinstance(result.exception, SystemExit):
        assert "carer" not in str(result.exception).lower()
        raise result.exception
    assert result.exit_code == code, result.stderr
    assert "carer" not in result.output.lower()
    return result


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """A file that names a private person, and another that does."""
    path = tmp_path / "april.csv"
    path.write_text(APRIL)
    (tmp_path / "may.csv").write_text(APRIL.replace("04/2024", "05/2024"))
    run("add", path, tmp_path / "may.csv", "--agency", "council")
    return path


def test_a_payee_is_told_by_a_row_and_nobody_is_named(april: Path, home: Home) -> None:
    told = run("erase", "april.csv", "--row", "3", *WHY, said="y\n")
    assert "april.csv: 2 rows of that payee, £270.50 (row 3, 4)." in told.stderr
    assert "The name stands in the words of 1 row of other payees too." in told.stderr
    assert "1 other payee with the name within a longer one are left" in told.stderr
    assert "Erased from 2 rows of £270.50: tombstone 1 of april.csv." in told.stdout
    assert "The same payee stands in other files; erase it there too:" in told.stderr
    assert "- may.csv of council" in told.stderr
    (copy,) = home.originals.glob("*-erased-1")
    assert copy.read_text().count(NAME) == 1  # of the firm


def test_a_payee_is_told_on_standard_input_or_when_asked(april: Path) -> None:
    run("erase", "april.csv", "--payee-from", "-", "--yes", *WHY, said=f"{NAME.lower()}\n")
    told = run("erase", "may.csv", *WHY, said=f"{NAME}\ny\n")
    assert "Payee, as it is published (not shown)" in told.stderr


def test_a_name_can_be_no_word_of_the_command() -> None:
    said = {name for option in erase.params for name in option.opts}
    assert "--payee" not in said
    assert isinstance(erase, click.Command)


def test_whoever_does_not_say_yes_erases_nothing(april: Path) -> None:
    run("erase", "april.csv", "--row", "3", *WHY, said="n\n", code=1)
    assert run("tombstones").stdout == "No name was erased.\n"


def test_only_some_rows_of_a_name_can_be_meant(april: Path) -> None:
    told = run("erase", "april.csv", "--row", "4", "--only-these-rows", "--yes", *WHY)
    assert "Erased from 1 row of £20.00" in told.stdout
    run("erase", "april.csv", "--only-these-rows", *WHY, code=2)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--row", "1"], "is no payment of that file"),
        (["--row", "2", "--row", "3"], "the rows are of several payees"),
        (["--row", "3", "--sheet", "May"], "is no payment of that file and sheet"),
    ],
)
def test_rows_that_do_not_tell_a_payee_are_refused(words: list[str], why: str, april: Path) -> None:
    with pytest.raises(Refused, match=why):
        run("erase", "april.csv", *words, *WHY, "--yes")


def test_a_ruling_or_an_edition_with_the_name_is_told_before_anything_is_erased(
    april: Path, home: Home, noon: datetime
) -> None:
    rule(
        "council",
        Subject.PAYEE,
        Lines(payee=NAME),
        said=NOT_PUBLIC,
        reason="x",
        by=Operator("A"),
        on=noon,
    )
    places.register_place("wex", name="Wex", by=Operator("Ada"), on=noon)
    plain = {"rulings": [{"payee": NAME.upper()}], "files": []}
    freeze(home, Freezing("wex", 2024, plain, "d" * 64, ()), by=Operator("Ada"), on=noon)
    with pytest.raises(Refused) as refused:
        run("erase", "april.csv", "--row", "3", "--yes", *WHY)
    assert "the name stands in ruling " in refused.value.why
    assert " and edition wex/2024-25/1 too" in refused.value.why
    told = run("erase", "april.csv", "--row", "3", "--yes", "--although-it-stays", *WHY)
    assert "The name stays in edition wex/2024-25/1." in told.stderr
    entry = record.last_entry()
    assert entry is not None
    assert "edition wex/2024-25/1)" in entry.citing
    assert "carer" not in entry.citing.lower()


def test_tombstones_are_listed_with_every_row_and_proved_by_the_published_file(
    april: Path, tmp_path: Path
) -> None:
    run("erase", "april.csv", "--row", "3", "--yes", *WHY)
    listed = run("tombstones").stdout
    assert "UK GDPR article 17(1)(d)" in listed
    assert "£270.50" in listed
    (stone,) = json.loads(run("tombstones", "april.csv", "--json").stdout)
    assert [(r["row"], r["pence"], r["columns"]) for r in stone["rows"]] == [
        (3, 25050, "B"), (4, 2000, "B"), (6, 100, "C"),
    ]  # fmt: skip
    told = run("tombstones", "--published", april).stdout
    assert "the hash is the published one, and 3 of 3 rows have the number, pence" in told
    with pytest.raises(Refused, match="proves nothing"):
        run("tombstones", "--published", tmp_path / "may.csv")


def test_what_is_held_is_verified_or_it_is_said_what_is_wrong(april: Path, home: Home) -> None:
    run("erase", "april.csv", "--row", "3", "--yes", *WHY)
    assert run("verify").stdout == "2 files, none changed; names erased from 1.\n"
    (copy,) = home.originals.glob("*-erased-1")
    copy.chmod(0o600)
    copy.write_text("changed")
    with pytest.raises(Refused, match="of 2 files, 1 not as recorded"):
        run("verify")
    told = CliRunner().invoke(totalplace, ["sources", "verify", "april.csv", "--json"])
    assert [row["sound"] for row in json.loads(told.stdout)] == [False]
