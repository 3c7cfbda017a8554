"""Every question that is asked of holdings has a spec, and asks only what engines agree on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from totalplace import engines

HERE: Final = Path(__file__).parent
HOUSE: Final = HERE.parents[1] / "src" / "totalplace"
ROUNDED: Final = re.compile(
    r"\b(ROUND|AVG|MEDIAN|STDDEV\w*|RANDOM|DOUBLE|FLOAT|REAL)\b|(?<!/)/(?!/)"
)


def names() -> list[str]:
    """Every question but those by which rows are written before they are held."""
    return [
        f"{path.relative_to(HOUSE).parts[0]}/{path.relative_to(path.parents[depth]).with_suffix('')}"
        for depth, pattern in ((0, "*/questions/*.sql"), (1, "*/questions/*/*.sql"))
        for path in sorted(HOUSE.glob(pattern))
        if not path.name.startswith("hold_")
    ]


@pytest.mark.parametrize("name", names())
def test_a_question_has_a_spec(name: str) -> None:
    specs = "".join(path.read_text() for path in HERE.glob("test_*.py"))
    assert f'"{name}"' in specs


@pytest.mark.parametrize("name", names())
def test_a_question_says_in_words_what_it_asks(name: str) -> None:
    assert engines.question(name).startswith("-- ")


@pytest.mark.parametrize("name", names())
def test_a_question_neither_divides_nor_rounds(name: str) -> None:
    """Engines round each in their own way, so that every rate is a rule, in Python."""
    lines = engines.question(name).upper().splitlines()
    text = "\n".join(line.partition("--")[0] for line in lines)
    assert ROUNDED.search(re.sub(r"'[^']*'", "''", text)) is None
