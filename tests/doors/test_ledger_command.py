"""The command line of books, from opening one to computing it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from totalplace.doors.cli.ledger import ledger
from totalplace.doors.cli.session import Session
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the test's own records, and gives what it printed."""
    monkeypatch.setattr(Session, "open", lambda self: None)
    now = Session().now()
    places.register_place("wexshire", name="Wexshire", by=ADA, on=now)
    for code, kind in (("wex", "council"), ("icb", "nhs-board")):
        places.register_agency(code, name=f"Wexshire {code}", kind=kind, by=ADA, on=now)
        places.join_place("wexshire", code, by=ADA, on=now)

    def ran(*words: str) -> str:
        found = CliRunner().invoke(ledger, list(words), catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return found.output

    ran("open", "care", "--title", "Better care", "--place", "wexshire", "--host", "wex",
        "--from", "2025-26", "--to", "2026-27")  # fmt: skip
    ran("line", "care", "nhs", "--title", "NHS", "--payer", "icb", "--rests-on", "letter:1")
    return ran


def test_a_book_is_posted_to_closed_sealed_and_verified(run: Run) -> None:
    at = ("--line", "nhs", "--year", "2025-26", "--rests-on", "letter:1")
    run("limit", "care", "cap", "--bound", "at most", "--pounds", "500", "--rests-on", "letter:1")
    run("post", "care", "promised", "1,000", "--day", "2025-06-02", *at)
    assert "Posted as" in run(
        "post", "care", "allocated", "300.50", "--agency", "icb", "--day", "2025-06-02", *at
    )
    with pytest.raises(Refused, match=r"£199\.50 is left"):
        run("post", "care", "allocated", "200", "--agency", "icb", "--day", "2025-06-02", *at)
    told = json.loads(run("postings", "care", "--json"))
    assert [one["kind"] for one in told] == ["promised", "allocated"]
    assert "is turned round by" in run(
        "reverse", "care", str(told[1]["number"]), "--why", "Too soon"
    )
    assert "2025-04-01 to 2025-06-30 is closed" in run("close", "care", "2025-06-30")
    found = run("post", "care", "allocated", "5", "--agency", "icb", "--day", "2025-06-02",
                "--late", "found", *at)  # fmt: skip
    assert "on 2025-07-01" in found
    assert "1 posting sealed as batch 2" in run("seal", "care")
    assert "4 postings and 2 seals are as they were made; 0 not sealed" in run("verify", "care")
    stands = json.loads(run("balances", "care", "--day", "2025-06-30", "--json"))
    assert {one["heading"]: one["pence"] for one in stands}["allocated"] == 0
    assert "cap: at most £500.00" in run("lines", "care")
    assert "2025-26 to 2026-27" in run("list")


def test_a_workbook_is_filled_in_and_posted_or_told_at_its_cells(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "june.xlsx"
    run("template", "care", str(path))
    book = openpyxl.load_workbook(path)
    sheet = book["Postings"]
    sheet.append(["02/06/2025", "promised", "nhs", "2025-26", "", 1000, "", "", "", "letter", 1])
    sheet.append(["02/06/2025", "allocated", "nhs", "2025-26", "nobody", 1.5, "", "", "", "x", 1])
    book.save(path)
    found = CliRunner().invoke(ledger, ["post-file", "care", str(path)])
    assert "E3: 'nobody' is no agency that is registered. Write its code." in found.output
    assert isinstance(found.exception, Refused)
    sheet["E3"] = "icb"
    book.save(path)
    assert "2 postings made and sealed" in run("post-file", "care", str(path))
    out = tmp_path / "care.beancount"
    run("export", "care", str(out))
    assert "Equity:Control:Allocated:A-icb:L-nhs:Y2025  1.50 GBP" in out.read_text()
