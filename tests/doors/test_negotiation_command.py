"""`totalplace agreements`: a negotiation from published lines to an accepted offer, by command."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.agreements.definitions.funding import settlement
from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.doors.report.funding_lines import workbook_of
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Operator, Role
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ADA = Operator("Ada")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that stands still, a place, and a department."""
    monkeypatch.setattr(Session, "now", lambda self: NOON)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOON)
    for code, kind in (("wex", "council"), ("mhclg", "department")):
        places.register_agency(code, name=code.upper(), kind=kind, by=ADA, on=NOON)
    places.join_place("wexshire", "wex", by=ADA, on=NOON)


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, ["agreements", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def opened(tmp_path: Path) -> Path:
    """A negotiation whose first draft has the published lines, with a reason for each."""
    said(
        "negotiate", "wexshire", "--title", "Block grant", "--host", "wex", "--from", "2025-26",
        "--to", "2026-27", "--with", "mhclg",
    )  # fmt: skip
    path = tmp_path / "lines.xlsx"
    path.write_bytes(workbook_of(settlement("gmca-2025-26").lines))
    said("draft", "lines", "1", "place", str(path))
    return path


def test_published_lines_show_what_no_line_explains_of_the_headline() -> None:
    assert "gmca-2025-26" in said("lines")
    shown = said("lines", "gmca-2025-26")
    assert "The visible lines: £447,722,867.00" in shown
    assert "No visible line explains £182,277,133.00 of it." in shown
    assert "to be confirmed" in shown


def test_a_negotiation_goes_from_a_workbook_to_an_accepted_offer(tmp_path: Path) -> None:
    assert "There are none" in said("negotiations")
    opened(tmp_path)
    said("draft", "saving", "1", "place", "--what", "The depot", "--agency", "wex", "--pounds", "7")
    said("draft", "rule", "1", "place", "data", "--rule", "Monthly returns", "--by", "mhclg",
         "--why", "Nobody reads them", "--pounds", "12000")  # fmt: skip
    said("draft", "note", "1", "place", "Our last word")
    shown = said("draft", "show", "1", "place")
    assert "for your side alone: The depot" in shown
    assert "for your side alone: Our last word" in shown
    made = said("offer", "make", "1", "place", "--reason", "Ours", "--answer-by", "2026-06-30")
    assert "Mind: 7 sums are not stated" in made
    assert "The depot" not in said("offer", "show", "1", "1")
    said("draft", "promise", "1", "centre", "--by", "mhclg", "--to", "wex", "--kind", "pay",
         "--what", "pays the first quarter", "--due", "2026-07-01", "--pounds", "1000")  # fmt: skip
    said("draft", "remove", "1", "centre", "lines", "growth-hubs")
    said("offer", "make", "1", "centre", "--reason", "Fewer", "--answer-by", "2026-07-30")
    compared = said("offer", "compare", "1", "1", "2")
    assert "Growth Hubs the whole line taken out" in compared
    assert "pays the first quarter" in compared
    assert "To move: the place" in said("negotiation", "1")
    said("offer", "accept", "1", "place", "--reason", "Good")
    assert json.loads(said("negotiation", "1", "--json"))["stage"] == "agreed"
    assert "Block grant wexshire" in said("negotiations")


def test_an_offer_is_exported_and_a_changed_byte_is_not_taken(tmp_path: Path) -> None:
    opened(tmp_path)
    said("offer", "make", "1", "place", "--reason", "Ours", "--answer-by", "2026-06-30")
    file = tmp_path / "offer.txt"
    assert "No draft is in it" in said("offer", "export", "1", "place", str(file))
    assert len(said("offer", "key")) == 64
    file.write_bytes(file.read_bytes().replace(b"Transport", b"Transpord", 1))
    with pytest.raises(Refused, match="something in it was changed"):
        run("offer", "import", "centre", str(file), "--key", said("offer", "key"))
    assert "not yours to read" not in said("offer", "publish", "1", "place")


def test_faults_of_a_workbook_are_told_by_cell_and_wrong_words_say_what_is_right(
    tmp_path: Path,
) -> None:
    path = opened(tmp_path)
    said("draft", "template", "1", "place", str(path))
    with pytest.raises(Refused, match="no kind of promise"):
        run("draft", "promise", "1", "place", "--by", "a", "--to", "b", "--kind", "wish",
            "--what", "x", "--due", "2026-07-01")  # fmt: skip
    with pytest.raises(Refused, match="no day"):
        run("offer", "make", "1", "place", "--reason", "x", "--answer-by", "soon")
    with pytest.raises(Refused, match="no part of a draft"):
        run("draft", "remove", "1", "place", "wishes", "x")
    with pytest.raises(Refused, match="nothing called"):
        run("draft", "remove", "1", "place", "lines", "x")
    with pytest.raises(Refused, match="no financial year"):
        run("negotiate", "wexshire", "--title", "x", "--host", "wex", "--from", "soon", "--to",
            "2026-27", "--with", "mhclg")  # fmt: skip


def test_once_there_are_mandates_the_operator_reads_no_draft(tmp_path: Path) -> None:
    opened(tmp_path)
    places.appoint("pat", name="Pat", email="pat@example.org", by=ADA, on=NOON)
    places.grant("pat", Role.COMMISSIONER, Matter(place="wexshire"), power="x", by=ADA, on=NOON)
    for words in (("show", "1", "place"), ("show", "1", "centre"),
                  ("template", "1", "place", str(tmp_path / "x.xlsx"))):  # fmt: skip
        with pytest.raises(Refused, match="may not draft"):
            run("draft", *words)
    with pytest.raises(Refused, match="that you may read"):
        run("offer", "show", "1", "1")
