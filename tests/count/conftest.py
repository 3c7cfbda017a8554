"""A place whose agencies publish small files, taken in as a user would."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions as sources
from totalplace.sources.home import Home

Row = tuple[str, str, str, str]  # date, payee, amount, reference


class Place:
    """A place of some agencies, and what they published."""

    def __init__(self, folder: Path, noon: datetime) -> None:
        self.home = Home(folder / "home")
        self._folder = folder
        self._noon = noon
        self._numbers = itertools.count(1)
        places.register_place("wex", name="Wexshire", by=Operator("test"), on=noon)

    def has(self, code: str, name: str = "", *, kind: str = "district", **days: object) -> None:
        """Register an agency and make it a member."""
        named = name or f"{code.title()} Council"
        places.register_agency(code, name=named, kind=kind, by=Operator("test"), on=self._noon)
        places.join_place("wex", code, by=Operator("test"), on=self._noon, **days)  # type: ignore[arg-type]

    def published(
        self, agency: str, name: str, rows: Sequence[Row], *, header: str = "Amount"
    ) -> None:
        """Let an agency publish a file of payments, and take it in."""
        path = self._folder / agency / name
        path.parent.mkdir(exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["Payment Date", "Supplier Name", header, "Transaction Number"])
            writer.writerows(rows)
        self.added(agency, path)

    def added(self, agency: str, path: Path) -> None:
        """Take in one file, and insist that it was taken."""
        terms = sources.Terms(agency)
        for outcome in sources.add(
            [path], terms, home=self.home, by=Operator("test"), on=self._noon
        ):
            if isinstance(outcome, sources.NotAdded):
                raise outcome.refused

    def a_row(self, day: str, pounds: str, payee: str = "Acme Supplies Ltd") -> Row:
        """A payment with a reference of its own."""
        return day, payee, pounds, f"T{next(self._numbers):06d}"

    def month(self, year: int, month: int, *, rows: int = 20) -> list[Row]:
        """The payments of a month, each to another payee and of another sum."""
        return [
            self.a_row(
                f"{1 + n % 27:02d}/{month:02d}/{year}", f"{600 + 37 * n}.{n:02d}", f"Firm {n}"
            )
            for n in range(rows)
        ]


@pytest.fixture
def wex(tmp_path: Path, noon: datetime, db: None) -> Place:
    """A place without agencies yet."""
    return Place(tmp_path, noon)
