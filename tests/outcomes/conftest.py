"""A place with a council, a health board and a fire service, whose full council sets its policy."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from totalplace.sources.home import Home

from .place_made import WexshirePlace, begun
from .readings_made import Adding


@pytest.fixture
def wexshire(db: None) -> WexshirePlace:
    """The place, as it stands before anything is drafted."""
    return begun(date(2026, 1, 5))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where files and holdings stand."""
    return Home(tmp_path / "home")


@pytest.fixture
def adding(home: Home, tmp_path: Path, noon: datetime) -> Adding:
    """Writes a table and adds it."""
    return Adding(home, tmp_path, noon)
