"""`totalplace decisions`: a decision from proposal to effect, in plain words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
CITED = "wex-cabinet/1"


class Clock:
    """The time that a command is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A day that the test turns."""
    clock = Clock()
    monkeypatch.setattr(Session, "now", lambda self: clock.now)
    return clock


def run(*words: str) -> Result:
    """Run a command in this program, on the records of the test."""
    result = CliRunner().invoke(totalplace, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    """What a decisions command says to who reads its answer."""
    result = run("decisions", *words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def cabinet() -> None:
    """A council whose cabinet decides by rules of its own."""
    run("places", "add", "wexshire")
    run("places", "add-agency", "wex", "--name", "Wex Council", "--kind", "council")
    run("places", "join", "wexshire", "wex")
    said("add-body", "wex-cabinet", "--agency", "wex", "--kind", "executive", "--name", "Cabinet")
    said(
        "set-rules", "wex-cabinet", "--rules", "council-executive", "--decides", "executive",
        "--source", "Constitution part 4", "--key-from", "£500,000", "--call-in-days", "5",
        "--call-in-members", "2", "--from", "2026-01-01",
    )  # fmt: skip


def proposed(amount: str = "900000") -> str:
    return said(
        "propose", "wex-cabinet", "--title", "Hub", "--summary", "To open a hub", "--matter",
        "executive", "--planned", "2026-06-30", "--amount", amount, "--wards", "1",
    )  # fmt: skip


def test_a_decision_is_proposed_noticed_taken_called_in_and_upheld(
    cabinet: None, clock: Clock
) -> None:
    assert "It is a key decision: it spends or saves £900,000" in proposed()
    assert "may be taken from 30 June 2026" in said("notice", CITED)
    assert "Hub" in said("plan", "--place", "wexshire")
    said("comment", CITED, "Affordable")
    with pytest.raises(Refused, match="it is under notice"):
        run("decisions", "take", CITED, "--reason", "Good", "--took-part", "Cllr Lee")
    clock.now += timedelta(days=29)
    assert "may be called in until 7 July 2026" in said(
        "take", CITED, "--reason", "It serves families", "--took-part", "Cllr Lee"
    )
    assert "members outside the body" in said("waiting")
    said("call-in", CITED, "--reason", "Cost", "--member", "Cllr Day", "--member", "Cllr Eve")
    assert "called in" in said("list")
    assert "is upheld" in said("answer-call-in", CITED, "uphold", "--reason", "Well argued")
    shown = json.loads(run("decisions", "show", CITED, "--json").stdout)
    assert (shown["in_effect"], shown["stands"]) == (True, "in effect")
    assert [move["verb"] for move in shown["moves"]] == ["give notice", "take", "call in", "uphold"]
    assert "in effect, since 30 June 2026" in said("show", CITED)


def test_a_referred_back_decision_is_rescinded(cabinet: None) -> None:
    proposed("100")
    said("take", CITED, "--reason", "Good", "--took-part", "Cllr Lee", "--options", "None")
    said("call-in", CITED, "--reason", "Cost", "--member", "Cllr Day", "--member", "Cllr Eve")
    said("answer-call-in", CITED, "refer-back", "--reason", "Ask residents")
    assert "is refused" in said(
        "reconsider", CITED, "rescind", "--reason", "Heard", "--took-part", "Cllr Lee"
    )


def test_urgency_is_agreed_by_whoever_holds_the_office(cabinet: None) -> None:
    proposed()
    said("appoint", "wex", "scrutiny-chair", "Cllr Day", "--source", "Annual council")
    assert "Cllr Day, scrutiny chair, agrees" in said(
        "agree-urgency", CITED, "--reason", "A roof fell in", "--agreed-by", "Cllr Day"
    )
    assert "takes effect when it is taken" in said(
        "waive-call-in", CITED, "--reason", "Likewise", "--agreed-by", "Cllr Day"
    )


def test_the_general_exception_tells_whom_to_inform(cabinet: None) -> None:
    proposed()
    told = said("general-exception", CITED, "--reason", "The grant came late")
    assert "may be taken from 9 June 2026" in told
    assert "each member of the scrutiny committee" in told


def test_a_paper_kept_back_is_shown_to_the_operator_and_not_in_a_list_for_all(
    cabinet: None,
) -> None:
    proposed()
    kept = said("paper", CITED, "Bids", "--kept-back", "3", "--reason", "Two bids")
    assert "is kept from the public" in kept
    assert "Bids" in said("show", CITED)
    assert "Bids" not in said("list", "--json")
    assert "is open" in said("mark-paper", CITED, "1", "--reason", "The contract is let")
    assert "Bids" in said("list", "--json")


def test_interests_advice_and_withdrawing(cabinet: None) -> None:
    proposed()
    assert "takes no part" in said(
        "declare-interest", CITED, "Owns it", "--who", "Cllr Lee", "--pecuniary"
    )
    said("advise", CITED, "We recommend it", "--from", "The partnership")
    said("withdraw", CITED, "--reason", "No longer needed")
    assert "The partnership: We recommend it" in said("show", CITED)
    assert "Nothing is planned" in said("plan")


def test_what_is_not_there_is_told(cabinet: None) -> None:
    assert "There is no decision" in said("list")
    assert "No decision waits" in said("waiting")
    assert "wex-cabinet" in said("bodies")
    with pytest.raises(Refused, match="no sum of money"):
        proposed("lots")
