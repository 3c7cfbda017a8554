"""Answers by page, by command and for other programs: each shows the same, to anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from totalplace.agreements.rules.devolution import Side
from totalplace.doors.cli.monitoring import monitoring
from totalplace.doors.cli.session import Session
from totalplace.doors.web import waiting
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.rules.answering import Stage
from totalplace.places.rules.mandates import Officer, Role

from .answers_made import DFE, a_finding, begun, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def response(db: None) -> None:
    """A response that both sides have left lying for weeks."""
    begun()
    opened(days=-30)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command on the test's own records, and gives what it printed."""
    monkeypatch.setattr(Session, "open", lambda self: None)

    def ran(*words: str, code: int = 0) -> str:
        found = CliRunner().invoke(monitoring, ["answers", *words], catch_exceptions=True)
        assert found.exit_code == code, found.output
        return f"{found.output}{found.exception or ''}"

    return ran


def test_anybody_reads_who_owes_what_and_how_late_it_is(client: Client) -> None:
    listed = client.get("/monitoring/wexshire/answers/").content.decode()
    assert listed.count("working days ago") == 4  # two clocks of each side
    assert "2 never came" in listed
    one = client.get("/monitoring/wexshire/answers/1/").content.decode()
    assert "Department for School" in one
    assert "acting: Wexshire Council" in one
    assert "What you can do" not in one
    for at in ("wexshire/answers/2/", "nowhere/answers/", "wexshire/answers/1/dance/"):
        assert client.get(f"/monitoring/{at}").status_code in (302, 404)


def test_an_officer_is_shown_what_their_side_can_do_and_no_more(
    an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    client = signed_in(official)
    page = client.get("/monitoring/wexshire/answers/1/").content.decode()
    assert "Say that you have seen it" in page
    assert "Agree to the remedy" not in page
    lacking = client.post("/monitoring/wexshire/answers/1/say-the-cause/", {"words": "Forms"})
    assert "Say what shows it" in lacking.content.decode()
    assert client.get("/monitoring/wexshire/answers/1/agree-to-close-it/").status_code == 404
    auditor = an_officer("aud", Role.AUDITOR, place="wexshire")
    other = signed_in(auditor).post(
        "/monitoring/wexshire/answers/1/acknowledge/", {"words": "Seen"}
    )
    assert other.status_code == 409
    assert queries.response("wexshire", 1).moves == ()


def test_what_their_side_owes_waits_on_an_officers_own_page(
    an_officer: Callable[..., Officer],
) -> None:
    council = an_officer("com", Role.COMMISSIONER, place="wexshire")
    words = [wait.words for wait in waiting.for_officer(council, on=timezone.now())]
    assert words[0].startswith("Say that you have seen finding wexshire/1, People who")
    assert len(words) == 3


def test_the_command_lists_shows_opens_and_moves(run: Callable[..., str]) -> None:
    assert "For the centre: 0 of 2 answers came in time; 2 never came." in run("list", "wexshire")
    moved = run(
        "move", "wexshire/1", "say-the-cause", "--for", "centre", "--words", "The form changed.",
        "--evidence", "release notes",
    )  # fmt: skip
    assert "A cause was said. Response wexshire/1 stands so: a cause was said." in moved
    assert "customer service lead to say the cause as it sees it: silent" in run(
        "show", "wexshire/1"
    )
    number = a_finding(protected=False)
    assert f"Response wexshire/{number} is open" in run("open", f"wexshire/{number}")
    refused = run("move", "wexshire/1", "ask-to-close-it", "--for", "place", "--words", "Done",
                  code=1)  # fmt: skip
    assert "not watched any more" in refused
    assert '"stands": "no answer"' in run("list", "--json")


def test_other_programs_read_the_same(client: Client) -> None:
    (one,) = client.get("/api/v1/monitoring/answers", {"place": "wexshire"}).json()["items"]
    assert (one["response"], one["stage"]) == ("wexshire/1", Stage.OPEN.value)
    assert {clock["owes"] for clock in one["clocks"]} == {"place", "centre", "both"}
    whole = client.get("/api/v1/monitoring/answers/wexshire/1").json()
    assert whole["moves"] == []
    sides = client.get("/api/v1/monitoring/answers/on-time").json()
    assert [(s["side"], s["unanswered"]) for s in sides] == [(s.value, 2) for s in Side]
    for at in ("/wexshire/9", "?place=nowhere", "/on-time?place=nowhere"):
        assert client.get(f"/api/v1/monitoring/answers{at}").status_code == 404
