"""A place with a council, a health board and a fire service, whose full council sets its policy."""

from __future__ import annotations

from datetime import date

import pytest

from .place_made import WexshirePlace, begun


@pytest.fixture
def wexshire(db: None) -> WexshirePlace:
    """The place, as it stands before anything is drafted."""
    return begun(date(2026, 1, 5))
