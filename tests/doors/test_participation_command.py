"""`totalplace participation`: a hearing from its draft to its end, in plain words."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.participation.definitions.hearings import characteristics
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
ABOUT = "allocation wexshire/1"


class Clock:
    """The time that a command is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 2, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A day that the test turns."""
    clock = Clock()
    monkeypatch.setattr(Session, "now", lambda self: clock.now)
    return clock


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    result = run("participation", *words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft in a file, and its paper beside it."""
    sections = {
        "question": {"title": "Buses", "question": "More?", "undecided": "how many",
                     "decided": "nothing"},
        "alternatives": {"others": [{"option": "None", "why_not": "too few"}], "preferred": "best"},
        "reasons": {"reasons": "Too few",
                    "effects": [{"on_whom": "riders", "outcome": "an hour less", "pence": 100}]},
        "equality": {"effects": dict.fromkeys(characteristics(), "none, because all may ride")},
        "who": {"others": [{"name": "Wex", "agency": "wex"}]},
        "when": {"first_day": "2026-02-09", "last_day": "2026-05-03"},
    }  # fmt: skip
    (tmp_path / "plan.pdf").write_bytes(b"%PDF plan")
    file = tmp_path / "hearing.yaml"
    file.write_text(yaml.safe_dump(sections), encoding="utf-8")
    return file


def test_a_hearing_is_held_from_the_command_line(clock: Clock, draft: Path) -> None:
    run("places", "add", "wexshire")
    for code, kind in (("wex", "council"), ("nhs", "nhs-board")):
        run("places", "add-agency", code, "--name", code.upper(), "--kind", kind)
        run("places", "join", "wexshire", code)
    assert "There is no hearing" in said("list")
    said("begin", ABOUT, "--place", "wexshire", "--agency", "wex")
    said("write", "1", str(draft))
    said("paper", "1", str(draft.with_name("plan.pdf")), "--title", "The plan")
    opened = said("open", "1", "--affected", "nhs=2000")
    assert opened == "Hearing 1 is open until the end of 2026-05-03. Asked: NHS, WEX."
    late = said("paper", "1", str(draft.with_name("plan.pdf")), "--title", "Costs", "--late", "New")
    assert "until 2026-05-17" in late
    assert said("reply", "1", "nhs", "object", "It costs us more", "--pounds", "10").startswith(
        "NHS"
    )
    assert "open until the end of 17 May 2026" in said("lacking", ABOUT)
    clock.now = datetime(2026, 5, 18, 12, tzinfo=UTC)
    with pytest.raises(Refused, match="This is no answer"):
        said("answer", "1", "1", "Noted", "--not-changed")
    words = "Half of it now moves to the year after"
    answered = said("answer", "1", "1", words, "--changed", "--pounds", "5")
    assert answered == "Point 1 is answered. Every point is answered."
    for part in ("partnership", "public"):
        said("finish", "1", part, "Silent until the last day.")
    assert "Silent: WEX" in said("conclude", "1", "--reason", "All was heard")
    assert said("lacking", ABOUT) == f"Nothing is lacking: {ABOUT} was heard."
    assert f"Changed: {words}" in said("show", "1")
    document = json.loads(said("show", "1", "--json"))
    assert document["points"][0]["answer"]["pence"] == 5_00
    assert document["silent"] == ["wex"]
    assert "concluded" in said("list")


def test_a_file_that_is_no_draft_is_refused_with_what_to_do(tmp_path: Path, draft: Path) -> None:
    run("places", "add", "wexshire")
    run("places", "add-agency", "wex", "--name", "Wex", "--kind", "council")
    run("places", "join", "wexshire", "wex")
    said("begin", ABOUT, "--place", "wexshire", "--agency", "wex")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- a list", encoding="utf-8")
    with pytest.raises(Refused, match="hold-a-hearing"):
        said("write", "1", str(wrong))
