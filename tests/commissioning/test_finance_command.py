"""`totalplace plan known, money`: a case in a file is weighed, and nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from totalplace.commissioning.rules.case_tables import tables_of
from totalplace.commissioning.rules.finance import Cause, Money, Planned
from totalplace.doors.cli.main import totalplace
from totalplace.doors.report.case_book import tables_book
from totalplace.doors.report.plan_money import money_workbook
from totalplace.refusal import Refused

from .plans_made import a_case


@pytest.fixture
def case(tmp_path: Path) -> str:
    """The workbook of a case."""
    path = tmp_path / "case.xlsx"
    path.write_bytes(tables_book(tables_of(a_case())))
    return str(path)


def run(*words: str) -> str:
    ended = CliRunner().invoke(totalplace, ["plan", *words], catch_exceptions=False)
    return ended.output


def test_a_case_is_told_how_much_of_it_is_known(case: str) -> None:
    told = json.loads(run("known", case, "--json"))
    assert told["planned"]["openable_share"] == 0.75
    assert told["best_may_be_said"] is False
    assert "optimal" not in json.dumps(told)


def test_the_money_beside_a_case_comes_from_a_workbook(case: str, tmp_path: Path) -> None:
    beside = tmp_path / "money.xlsx"
    assert "Fill it in" in run("money", case, "--template", str(beside))
    money = Money(pressures=(Planned("Pay", (5_00,), cause=Cause.INFLATION),))
    beside.write_bytes(money_workbook(money, first_year=2027, years=1))
    told = run("money", case, "--beside", str(beside), "--xlsx", str(tmp_path / "out.xlsx"))
    assert "Not in balance: 1 budget is short in a year." in told
    assert (tmp_path / "out.xlsx").read_bytes()[:2] == b"PK"


def test_a_case_has_no_board_paper(case: str) -> None:
    with pytest.raises(Refused, match="There is no board paper of a case"):
        CliRunner().invoke(
            totalplace, ["plan", "paper", case], catch_exceptions=False, standalone_mode=False
        )
