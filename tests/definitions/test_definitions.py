"""What officers may change is dated, sourced, and somebody answers for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

HOUSE: Final = Path(__file__).resolve().parents[2] / "src" / "totalplace"
DEFINITIONS: Final = sorted(HOUSE.glob("*/definitions/**/*.yaml"))


@pytest.fixture(params=DEFINITIONS, ids=lambda path: str(path.relative_to(HOUSE)))
def definition(request: pytest.FixtureRequest) -> dict[str, Any]:
    """One file of definitions, read without its room."""
    read = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def test_there_are_definitions() -> None:
    assert DEFINITIONS


@pytest.mark.parametrize("key", ["title", "why", "owner"])
def test_a_definition_says_what_it_is_and_who_answers_for_it(
    definition: dict[str, Any], key: str
) -> None:
    assert len(str(definition[key])) > 5


def test_a_definition_is_dated_and_will_be_looked_at_again(definition: dict[str, Any]) -> None:
    as_of, review_by = definition["as_of"], definition["review_by"]
    assert isinstance(as_of, date)
    assert isinstance(review_by, date)
    assert as_of < review_by


def test_a_definition_names_its_sources(definition: dict[str, Any]) -> None:
    assert definition["sources"]
    assert all(len(source) > 10 for source in definition["sources"])
