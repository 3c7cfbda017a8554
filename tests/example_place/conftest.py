"""One small example place, written once for all tests of this room; and one that was heard."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from totalplace.example_place import Truth, write_example
from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.heard.course import Heard, adopt_targets
from totalplace.example_place.naming import PLACE, PLACE_NAME
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

SEED, SCALE = 7, 0.05
OF_WORDS: Final = 11
ADA: Final = Operator("Ada")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_example(Path(tmp_path_factory.mktemp("wexshire")), seed=SEED, scale=SCALE)


@pytest.fixture
def heard(db: None, tmp_path: Path) -> Heard:
    """The targets that the place adopted, once everybody was heard."""
    now = datetime.now(UTC)
    places.register_place(PLACE, name=PLACE_NAME, by=ADA, on=now)
    for agency in AGENCIES:
        places.register_agency(
            agency.code, name=agency.name, kind=agency.kind, gss=agency.gss, by=ADA, on=now
        )
        places.join_place(PLACE, agency.code, by=ADA, on=now)
    return adopt_targets(
        tmp_path, home=Home(tmp_path / "home"), keys=(b"a key",), by=ADA, on=now, seed=OF_WORDS
    )
