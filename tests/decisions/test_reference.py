"""The page of rules says what the program does."""

from __future__ import annotations

from pathlib import Path

from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.rules.bodies import Office
from totalplace.decisions.rules.moves import MOVES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "decisions.md").read_text()


def test_the_table_of_moves_in_the_page_is_the_table_of_moves() -> None:
    rows = [f"| {a} | {verb} | {b} | {who} |" for (a, verb), (b, who) in MOVES.items()]
    assert "\n".join(rows) in PAGE


def test_every_set_of_rules_matter_and_office_is_in_the_page() -> None:
    known = [*definitions.rule_sets(), *definitions.matters(), *Office]
    assert [name for name in known if f"`{name}`" not in PAGE] == []


def test_every_period_says_its_law_and_what_is_uncertain_in_it() -> None:
    for law in definitions.rule_sets().values():
        assert law.uncertain
        for period in filter(None, (law.notice, law.general_exception)):
            assert period.law
            assert period.uncertain
