"""Published files that several tests take in: the register, returns, and a place of areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions as sources
from totalplace.sources.home import Home
from totalplace.sources.returns import actions as returns

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
_REGISTER: Final = (
    "reference/uk_local_authorities_future.csv.gz",
    "reference/lookup_ltla22_ltla23.csv",
    "reference/la_population_by_age.csv.gz",
    "reference/households_by_la_2025.csv",
    "reference/la_council_tax.csv",
    "reference/lookup_ltla24_fra24.csv",
    "reference/lookup_ltla24_csp24_pfa24.csv",
    "reference/lookup_ltla23_cauth23.csv",
    "reference/lookup_ltla23_utla23.csv",
    "reference/lookup_name_to_registry.csv",
    "reference/lookup_gss_to_registry.csv",
    "nhs_allocation/2024_2025.csv.gz",
)
_BY: Final = Operator("test")


class Published:
    """The folder of published files, and taking them in as a user does."""

    def __init__(self, home: Home, noon: datetime) -> None:
        self.home = home
        self.folder = SHARED
        self._noon = noon

    def register(self) -> None:
        """Load the register from its publishers' own files."""
        files = [SHARED / file for file in _REGISTER]
        places.load_register(files, by=_BY, on=self._noon)

    def place(self, code: str, areas: Sequence[str]) -> None:
        """A place of some areas, with every body that the register knows to be over them."""
        places.register_place(code, name=code.title(), by=_BY, on=self._noon)
        places.set_areas(code, areas, by=_BY, on=self._noon)
        day = self._noon.date().replace(year=2023, month=10)
        places.register_bodies(code, day=day, by=_BY, on=self._noon)

    def member(self, place: str, code: str, name: str, kind: str, gss: str) -> None:
        """An agency as a member of a place."""
        places.register_place(place, name=place.title(), by=_BY, on=self._noon)
        places.register_agency(code, name=name, kind=kind, gss=gss, by=_BY, on=self._noon)
        places.join_place(place, code, by=_BY, on=self._noon)

    def returns(self, *patterns: str) -> None:
        """Take in files of returns, and insist that each was taken."""
        paths = [path for pattern in patterns for path in sorted(SHARED.glob(pattern))]
        for outcome in returns.add(paths, home=self.home, by=_BY, on=self._noon):
            assert type(outcome).__name__ == "ReturnAdded", outcome

    def payments(self, agency: str, pattern: str) -> None:
        """Take in an agency's files of payments, and insist that each was taken."""
        terms = sources.Terms(agency)
        paths = sorted(SHARED.glob(pattern))
        for outcome in sources.add(paths, terms, home=self.home, by=_BY, on=self._noon):
            assert not isinstance(outcome, sources.NotAdded), outcome


@pytest.fixture
def published(tmp_path: Path, noon: datetime, db: None) -> Published:
    """Published files, and an empty home to take them in."""
    if not SHARED.is_dir():
        pytest.skip("the published files are not beside this checkout")
    return Published(Home(tmp_path / "home"), noon)
