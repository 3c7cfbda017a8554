"""`totalplace agreements`: a text taken away, changed, laid open, signed and checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.agreements.queries.agreements import agreement
from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.refusal import Refused

from ..outcomes.place_made import DEFAULT  # noqa: TID252
from .agreement_made import CITED, DRAFTED, LAID, SIGNED, Wexshire, with_targets
from .terms_made import DFE

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, ["agreements", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    """What a command says to who reads its answer."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def here(db: None, tmp_path: Path) -> Wexshire:
    """A place with adopted targets."""
    return with_targets(DEFAULT, tmp_path / "authority")


@pytest.fixture
def turn(here: Wexshire, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Turns to a day of the place."""
    return lambda days: monkeypatch.setattr(Session, "now", lambda _: here.at(days))


def test_a_text_is_begun_taken_away_changed_and_laid_open(
    here: Wexshire, turn: Callable[[int], None], tmp_path: Path
) -> None:
    turn(DRAFTED)
    assert "There are none" in said("list")
    years = ("--from", "2027-28", "--to", "2029-30")
    begun = ("begin", "wexshire", "--title", "On school", "--host", "wex", *years)
    assert "agreement wexshire/1 is written" in said(*begun, "--with", DFE, "--partner", "icb")
    file = tmp_path / "agreement.txt"
    file.write_text(run("text", CITED).stdout.replace("18.1 Nothing", "Nothing"))
    assert run("tidy", str(file)).stdout == run("text", CITED).stdout
    with pytest.raises(Refused, match="It does not say what it is for"):
        run("act", CITED, "lay-open", "--reason", "Ready")
    file.write_text(here.text())
    assert "Version 2 is kept" in said("write", CITED, str(file), "--reason", "As agreed")
    turn(LAID)
    assert "is laid open" in said("act", CITED, "lay-open", "--reason", "Ready")
    shown = said("show", CITED)
    assert "Department for School puts in £4,000,000.00" in shown
    told = json.loads(run("show", CITED, "--json").stdout)
    assert told["promises"][0]["pence"] == 2_000_000_00
    assert "laid open" in said("list", "--place", "wexshire")


def test_it_is_signed_in_turn_and_a_copy_is_checked_today_and_in_ten_years(
    here: Wexshire, turn: Callable[[int], None], tmp_path: Path
) -> None:
    here.to_sign()
    turn(SIGNED)
    with pytest.raises(Refused, match="it is the turn of"):
        run("sign", CITED, "wex")
    for agency in ("icb", DFE, "wex"):
        last = said("sign", CITED, agency)
    assert "is in force" in last
    file, changed = tmp_path / "signed.pdf", tmp_path / "changed.pdf"
    said("signed", CITED, str(file))
    assert agreement(CITED).last.digest in said("receipt", CITED)
    later = (here.place.day(SIGNED) + timedelta(days=3653)).isoformat()
    told = said("verify", str(file))
    assert "It is whole: nothing was changed" in told
    assert "the very file that is held here, after signature 3" in told
    assert "It is whole" in said("verify", str(file), "--alone", "--on", later)
    content = bytearray(file.read_bytes())
    content[content.index(b"stream") + 60] ^= 1
    changed.write_bytes(content)
    found = run("verify", str(changed), "--alone")
    assert found.exit_code == 1
    assert "Do not rely on it" in found.stdout
