"""`totalplace plan` on plans of the records, in plain words, from the case to the book."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.commissioning.queries.plans import plan
from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.doors.report.case_book import case_book
from totalplace.refusal import Refused

from .plans_made import (
    ADOPTED,
    ANSWERED,
    DRAFTED,
    ONE,
    OPENED,
    PROPOSED,
    STATED,
    Wexshire,
    a_case,
    begun,
)

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    result = CliRunner().invoke(totalplace, ["plan", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: str) -> str:
    """What a command says to who reads its answer."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def here() -> Wexshire:
    return begun()


@pytest.fixture
def turn(here: Wexshire, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Turns to a day of the place."""
    return lambda days: monkeypatch.setattr(Session, "now", lambda _: here.at(days, 13))


def answered_and_replied(here: Wexshire, turn: Callable[[int], None], number: int) -> None:
    """The board contests its part; the plan is revised for it, and the board has a reply."""
    turn(OPENED + 5)
    words = ("--words", "It is too little for us.")
    intent = ("--intent", "classes; fewer-falls/X01; 100; Forty more classes")
    with pytest.raises(Refused, match="four things"):
        run("answer", ONE, "icb", "--contest", *words, "--intent", "classes")
    assert "contests its part: answer 1" in said("answer", ONE, "icb", "--contest", *words, *intent)
    here.objected(number)
    here.answered(number, changed=True)
    turn(ANSWERED)
    revised = ("change", ONE, "--plan", "most-outcomes", "--why-this", "It does most.", "--reason",
               "As answered", "--because", "1")  # fmt: skip
    assert "in version 2" in said(*revised)
    assert "without a reply" in said("show", ONE)
    said("reply", ONE, "1", "--changed", "--words", "The plan with most outcomes is proposed now.")


def test_a_plan_is_taken_from_a_workbook_to_the_book(
    here: Wexshire, turn: Callable[[int], None], tmp_path: Path
) -> None:
    case, other = tmp_path / "case.xlsx", tmp_path / "other.xlsx"
    case.write_bytes(case_book(a_case()))
    other.write_bytes(case_book(a_case(pounds=1_900)))
    turn(DRAFTED)
    assert "There is no plan" in said("list")
    begin = ("draft", "wexshire", str(case), "--title", "The grant", "--why", "Do more", "--agency")
    assert "Least change" in said(*begin, "wex")
    assert "in a draft" in said("change", ONE, str(other), "--reason", "Less money")
    turn(PROPOSED)
    propose = ("propose", ONE, "--plan", "fairest", "--because", "The south has least.")
    assert "To be asked by right: icb, wex." in said(*propose)
    number = here.opened()
    answered_and_replied(here, turn, number)
    here.concluded(number)
    turn(STATED)
    said("state", ONE, "--robustness", "They are robust.", "--reserves", "They are adequate.")
    assert "No decision to adopt this plan is named" in said("show", ONE)
    decision = here.decided()
    turn(ADOPTED)
    assert "allocation wexshire/1" in said("adopt", ONE, str(decision), "--reason", "As decided")
    here.booked()
    assert "is posted to wexshire-1" in said("post", ONE, "wexshire-1")
    assert "adopted" in said("list", "--place", "wexshire")
    told = json.loads(run("show", ONE, "--json").stdout)
    assert (told["stage"], told["allocation"]) == ("adopted", ONE)
    assert [one["chosen"] for one in told["versions"]] == ["fairest", "most-outcomes"]
    assert run("show", ONE, "--csv", "--version", "1").stdout.startswith("Service,")


def test_a_plan_is_withdrawn(here: Wexshire, turn: Callable[[int], None]) -> None:
    here.proposed()
    turn(OPENED)
    assert "is withdrawn" in said("withdraw", ONE, "--reason", "The grant changed")
    assert plan(ONE).kept.value == "withdrawn"
