"""The pages on agreements say what the definitions and the table of moves say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.agreements.rules.lifecycle import diagram
from totalplace.doors.report.clauses import clauses_page

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_of_clauses_is_what_the_definitions_say() -> None:
    assert (DOCS / "reference" / "clauses.md").read_text(encoding="utf-8") == clauses_page()


def test_the_diagram_is_drawn_from_the_table_of_moves() -> None:
    page = (DOCS / "explanation" / "agreements.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}```" in page
