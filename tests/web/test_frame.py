"""The frame of every page: where one can go, what is refused, what is not there."""

from __future__ import annotations

import pytest
from django.test import Client

REFUSING = "web.pages_that_refuse"


@pytest.fixture
def refusing(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages whose acts are refused."""


def test_the_first_page_says_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "each pound once" in page
    assert "Skip to main content" in page
    assert "style=" not in page
    assert "<script>" not in page


def test_a_page_that_is_not_there_says_so(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
