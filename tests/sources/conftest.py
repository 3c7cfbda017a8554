"""Files as agencies give them, a home to hold them, and what is held there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from totalplace.engines import duck
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions, queries
from totalplace.sources.actions import Added, NotAdded, Terms
from totalplace.sources.home import Home

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
Sums = dict[str, tuple[int, int]]  # by hash of the file: rows, pence
HEAD = "Date,Supplier,Directorate,Amount\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with nothing in it."""
    return Home(tmp_path / "home")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder for the files that are given."""
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


@pytest.fixture
def a_file() -> Callable[..., Path]:
    """Writes a file of payments of some sums, one on each day of April."""

    def write(path: Path, *sums: str, of: str = "Oak Ltd") -> Path:
        days = enumerate(sums, start=1)
        rows = [f"{day:02d}/04/2024,{of} {day},Highways,{each}\n" for day, each in days]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + "".join(rows))
        return path

    return write


@pytest.fixture
def add(home: Home) -> Callable[..., list[Added | NotAdded]]:
    """Gives files or folders, as an officer does."""

    def give(*paths: Path, agency: str = "council") -> list[Added | NotAdded]:
        places.register_agency(agency, by=Operator("Ada"), on=NOON)
        files = actions.published(paths)
        return list(actions.add(files, Terms(agency), home=home, by=Operator("Ada"), on=NOON))

    return give


@pytest.fixture
def held_pence(home: Home) -> Callable[[], Sums]:
    """Tells the rows of each file in the holdings in force, and their pence, by its hash."""

    def ask() -> Sums:
        listed = [str(part) for part in queries.holdings(home)["payments"]]
        if not listed:
            return {}
        with duck.connect() as con:
            rows = con.read_parquet(listed).aggregate("file, count(*), sum(amount_pence)")
            return {file: (count, int(pence)) for file, count, pence in rows.fetchall()}

    return ask


@pytest.fixture
def read_pence() -> Callable[[], Sums]:
    """Tells the same by the readings in force; files without rows are left out."""

    def ask() -> Sums:
        rows, pence = ("payments", "cards", "commitments"), ("sum", "cards", "commitments")
        kept = {
            f.sha256: (sum(map(f.sum_of, rows)), sum(f.sum_of(f"{p}_pence") for p in pence))
            for f in queries.files()
        }
        return {sha256: sums for sha256, sums in kept.items() if sums[0]}

    return ask
