"""A place and a department, before anything is assessed."""

from __future__ import annotations

import pytest

from .ready_made import ReadyPlace, a_ready_place


@pytest.fixture
def here(db: None) -> ReadyPlace:
    """The place `wexshire` and the department `home`."""
    return a_ready_place()
