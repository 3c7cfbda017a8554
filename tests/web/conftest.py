"""Pages by Django's own client: `client` is anybody, `signed_in(an_officer())` an officer."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def records_for_pages(db: None) -> None:
    """Every page may ask the records who is signed in."""
