"""A count after an erasure: the same to the penny; what was frozen before stays as it was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.main import totalplace
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions as sources
from totalplace.sources.home import Home

HEAD: Final = "Payment Date,Supplier Name,Description,Amount,Transaction Number\n"
NAME: Final = "Jane Q Carer"


def run(*words: str | Path) -> str:
    """What a command prints."""
    result = CliRunner().invoke(totalplace, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


@pytest.fixture
def frozen(home: Home, given: Path, noon: datetime, db: None) -> Path:
    """The folder of an edition of a place that paid a private person."""
    run("places", "add", "wex", "--name", "Wexshire")
    run("places", "add-agency", "north", "--name", "North Council")
    run("places", "join", "wex", "north")
    payees = [NAME if n % 5 == 0 else f"Firm {n} Ltd" for n in range(1, 28)]
    rows = [f"{n:02d}/04/2024,{p},Fostering,{600 + n}.25,T{n}\n" for n, p in enumerate(payees, 1)]
    (given / "spend-april-2024.csv").write_text(HEAD + "".join(rows))
    files = [given / "spend-april-2024.csv"]
    list(sources.add(files, sources.Terms("north"), home=home, by=Operator("test"), on=noon))
    run("count", "freeze", "--place", "wex", "--year", "2024-25")
    (folder,) = (home.root / "editions").iterdir()
    return folder


def test_a_count_is_the_same_to_the_penny_and_an_edition_to_the_byte(
    frozen: Path, home: Home
) -> None:
    said = run("count", "--place", "wex")
    before = {path.name: path.read_bytes() for path in frozen.iterdir()}
    why = ("--power", "UK GDPR article 17", "--reason", "Asked for it")
    run("sources", "erase", "spend-april-2024.csv", "--row", "6", "--yes", *why)
    assert "£17k" in said.splitlines()[0]
    assert run("count", "--place", "wex").splitlines()[0] == said.splitlines()[0]
    assert {path.name: path.read_bytes() for path in frozen.iterdir()} == before
    run("count", "freeze", "--place", "wex", "--year", "2024-25")
    assert "The two editions say the same." in run(
        "count", "diff", "wex/2024-25/1", "wex/2024-25/2"
    )
    for path in home.root.rglob("*"):
        assert not path.is_file() or NAME.encode() not in path.read_bytes()
