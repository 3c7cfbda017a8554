"""The pages that people read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def pages() -> dict[str, str]:
    """Every page in the repository by its path."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in found}
