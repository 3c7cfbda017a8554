"""`totalplace participation partnership`: from setting it up to its minutes, in plain words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db


class Clock:
    """The time that a command is told."""

    now = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A day that the test turns."""
    clock = Clock()
    monkeypatch.setattr(Session, "now", lambda self: clock.now)
    return clock


def run(*words: str) -> str:
    result = CliRunner().invoke(totalplace, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def said(*words: str) -> str:
    return run("participation", "partnership", *words)


@pytest.fixture
def partnership() -> None:
    """A partnership of a council and volunteers; traders look on."""
    run("places", "add", "wexshire", "--name", "Wexshire")
    run("places", "add-agency", "wex", "--name", "Wexshire Council", "--kind", "council")
    run("places", "join", "wexshire", "wex")
    said("set-up", "wexshire", "--name", "Together", "--purpose", "To look.", "--advises", "wex")
    said("set-rules", "wexshire", "--source", "Terms", "--quorum", "2", "--sectors", "2")
    said("add-seat", "wexshire", "--name", "The council", "--sector", "agency", "--agency", "wex")
    said("add-seat", "wexshire", "--name", "Volunteers", "--sector", "voluntary and community")
    said("add-seat", "wexshire", "--name", "Traders", "--sector", "business", "--observer")
    for number, name in (("1", "Ann Lee"), ("2", "Vi Cole"), ("3", "Bo Park")):
        said("seat", "wexshire", number, name, "--source", "Letter")
    said("plan-meeting", "wexshire", "--title", "Board", "--at", "2026-06-15 12:00",
         "--where", "Town Hall")  # fmt: skip
    said("add-item", "wexshire", "1", "--title", "Hubs", "--purpose", "To advise")


def test_a_meeting_is_held_from_a_terminal(partnership: None, clock: Clock, tmp_path: Path) -> None:
    paper, minutes = tmp_path / "report.pdf", tmp_path / "minutes.txt"
    paper.write_bytes(b"%PDF-1.7 report")
    minutes.write_text("We met.")
    said("add-paper", "wexshire", "1", "1", str(paper), "--title", "Report")
    assert "is called for 2026-06-15" in said("call", "wexshire", "1")
    clock.now = datetime(2026, 6, 15, 12, tzinfo=UTC)
    present = [word for seat in "123" for word in ("--present", seat)]
    assert "3 seats are filled" in said("open", "wexshire", "1", "--chair", "1", *present)
    said("declare-interest", "wexshire", "1", "1", "We know them", "--seat", "2")
    said("move", "wexshire", "1", "1", "Advise the council to open a hub", "--seat", "2")
    two = "Advise the council to open two hubs"
    assert "It is amendment 2" in said("amend", "wexshire", "1", two, "--seat", "1")
    said("motion", "wexshire", "2", "second", "--seat", "2")
    said("motion", "wexshire", "2", "agree")
    said("motion", "wexshire", "1", "second", "--seat", "1")
    said("motion", "wexshire", "1", "put")
    said("vote", "wexshire", "1", "for", "--seat", "2")
    said("vote", "wexshire", "1", "against", "--seat", "1", "--dissent", "It is too dear.")
    with pytest.raises(Refused, match="the chair has the casting vote"):
        said("motion", "wexshire", "1", "close-vote")
    assert "is carried" in said("motion", "wexshire", "1", "close-vote", "--casting", "for")
    assert "is closed" in said("close", "wexshire", "1")
    said("minutes", "wexshire", "1", "--draft", str(minutes))
    with pytest.raises(Refused, match="either a draft is given"):
        said("minutes", "wexshire", "1")
    shown = said("show", "wexshire")
    assert "It advises Wexshire Council, and decides nothing." in shown
    assert f"Advice 1: {two} (waits for an answer)" in shown
    said("answer", "wexshire", "1", "accepted", "Two will open.")
    data = json.loads(said("show", "wexshire", "--json"))
    assert data["motions"][0]["vote_events"][0]["result"] == "pass"


def test_money_is_offered_and_support_counted_from_a_terminal(partnership: None) -> None:
    stands = said("offer", "wexshire", "wex", "--amount", "100,000", "--year", "2026-27",
                  "--from-what", "beds", "--to-what", "hubs")  # fmt: skip
    assert "£100,000.00 in 2026-27 from beds to hubs. Nothing is moved by it." in stands
    days = ("--from", "2026-04-01", "--to", "2027-03-31", "--source", "Letter")
    said("count-support", "wexshire", "wex", "Food bank", "--kind", "grant", "--amount", "500",
         *days)  # fmt: skip
    said("count-support", "wexshire", "wex", "Food bank", "--kind", "volunteering", "--amount",
         "340", *days)  # fmt: skip
    shown = said("support", "wexshire", "2026-27")
    assert "£500.00" in shown
    assert "340 hours" in shown
    assert "does not mean that there is none" in said("support", "wexshire", "2025-26")
