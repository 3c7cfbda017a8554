"""`totalplace agreements promises` and `docket`: what an officer reads and does, by command."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session

from .keeping_made import BOOK, LATE, ONE, TODAY, Wexshire, day, in_force
from .terms_made import ABSENCE, DFE, WEX


@pytest.fixture(autouse=True)
def wexshire(db: None, monkeypatch: pytest.MonkeyPatch) -> Wexshire:
    """The place, whose first instalment is a few days late."""
    monkeypatch.setattr(Session, "open", lambda self: None)
    return in_force(monkeypatch)


def said(*words: str) -> str:
    """What a command says to who reads its answer."""
    result = CliRunner().invoke(totalplace, ["agreements", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_a_late_promise_is_seen_disputed_and_kept(wexshire: Wexshire) -> None:
    assert "late since" in said("promises", "list", "wexshire")
    assert '"status": "due soon"' in said("promises", "list", "--json", "--on", str(day(-LATE)))
    assert f"{ABSENCE} stands still" in said("promises", "suspended", "wexshire")
    said("promises", "say", ONE, "1", "--agency", DFE, "--words", "Soon.", "--evidence", "a letter")
    assert "Soon. (a letter)" in said("promises", "show", ONE, "1")
    of = ("--agency", WEX, "--promise", "1", "--words", "Pay.")
    assert "with the officials" in said("promises", "notice", ONE, *of)
    by = ("--agency", DFE, "--words", "On Monday.")
    assert "is answered" in said("promises", "move", ONE, "1", "answer", *by)
    assert "Wexshire Council" in said("promises", "disputes")
    wexshire.pays(2_000_000_00)
    assert f"kept on {TODAY.day} {TODAY:%B}" in said("promises", "show", ONE, "1")
    assert f"of book {BOOK}" in said("promises", "show", ONE, "1")
    assert "No target stands still." in said("promises", "suspended", "wexshire")
    assert "spending of the quarter" in said("promises", "due")


def test_a_rule_goes_through_the_docket() -> None:
    said(
        "docket", "raise", "wexshire", "--agency", WEX, "--title", "Sharing", "--rule", "No.",
        "--change", "regulatory", "--owner", DFE, "--lifted-by", "regulations", "--heard", "all",
        "--cost", "1,200", "--cost-source", "our estimate",
    )  # fmt: skip
    assert "£1,200.00" in said("docket", "list")
    said("docket", "move", "wexshire", "1", "accept", "--reason", "Agreed.")
    assert "is lifted" in said("docket", "move", "wexshire", "1", "lift", "--reason", "Done.",
                               "--evidence", "SI 2026/1")  # fmt: skip
    assert "stood 0 days" in said("docket", "show", "wexshire", "1")
    assert "wexshire/2" in said("docket", "from-agreement", ONE, "--agency", WEX)
