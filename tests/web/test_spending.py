"""Pages of payments: found, taken away, by payee and line by line, to the row of a file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from django.test import Client

from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import EditionRow
from totalplace.doors import records
from totalplace.example_place.corner import CORNER, freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions, queries
from totalplace.sources.home import Home

BY = Operator("Ada")
FIRST = f"/count/{CORNER}/2023-24/1/"
FOUND = f"{FIRST}payments/"


@pytest.fixture
def home() -> Home:
    """The home that pages look into."""
    return Home(records.home_folder())


@pytest.fixture
def frozen(home: Home, noon: datetime) -> EditionRow:
    """The corner, counted and frozen, and not signed off."""
    take_in_corner(home, by=BY, on=noon)
    return freeze_corner(home, by=BY, on=noon)


@pytest.fixture
def signed(frozen: EditionRow, noon: datetime) -> EditionRow:
    """The corner's edition, signed off."""
    decide(frozen.id, "sign off", reason="Agreed by all.", by=BY, on=noon)
    return frozen


def page_of(client: Client, at: str, status: int = 200) -> str:
    """The page of an address, as it is sent."""
    answer = client.get(at)
    assert answer.status_code == status, at
    return unescape(answer.content.decode())


def text_of(client: Client, at: str, status: int = 200) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page_of(client, at, status)).split())


def found_in(client: Client, query: str = "") -> tuple[int, str]:
    """How many lines a search finds, and what they come to, as its page says."""
    said = re.search(r"([\d,]+) lines?, (-?£[\d,.]+) in all", text_of(client, f"{FOUND}?{query}"))
    return (int(said[1].replace(",", "")), said[2]) if said else (0, "")


def test_a_resident_follows_a_pound_from_total_to_the_row_of_a_file(
    client: Client, signed: EditionRow
) -> None:
    whole = page_of(client, FIRST)
    assert f'href="{FOUND}"' in whole
    page = page_of(client, FOUND)
    line = re.search(rf'href="({FOUND}[0-9a-f]{{64}}/\d+/)"', page)
    assert line is not None
    said = text_of(client, line[1])
    for name in ("How it was counted, and why", "As it was published", "Where it stands"):
        assert name in said
    assert "Hash of the file (SHA-256)" in said
