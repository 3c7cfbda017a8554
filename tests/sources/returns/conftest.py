"""Forms as officers write them, and files of returns as they are given."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from totalplace.places.rules.mandates import Operator
from totalplace.sources.batch import NotAdded
from totalplace.sources.home import Home
from totalplace.sources.returns import actions
from totalplace.sources.returns.taking import ReturnAdded
from totalplace.sources.rules.returns.form_text import form_from
from totalplace.sources.rules.returns.forms import Form
from totalplace.sources.rules.returns.found import Labelled, Spot, Table

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUSE: Final[dict[str, Any]] = {
    "title": "Spending by service", "why": "To be read.", "owner": "finance lead",
    "as_of": datetime(2026, 1, 1, tzinfo=UTC).date(),
    "review_by": datetime(2027, 1, 1, tzinfo=UTC).date(),
    "sources": ["a publisher somewhere"],
}  # fmt: skip
# A row for a body and year, a column for a service, in thousands.
WIDE: Final[dict[str, Any]] = {
    **HOUSE,
    "code": "wide",
    "shape": "table",
    "publisher": {"code": "MINISTRY", "name": "The Ministry", "kind": "department"},
    "has": ["Code", "Year", "Roads", "Parks"],
    "body": {"code": {"column": "Code"}, "name": {"column": "Name"}, "kinds": {"E06": "council"}},
    "year": {"column": "Year", "written": "financial_year"},
    "unit_pounds": 1000,
    "figures_are": {"item": "net current expenditure"},
    "lines": {"Roads": "highways_transport", "Parks": {"title": "Parks", "service": "culture"}},
    "totals": {"Total": None},
    "total_rows": {"ALL": {"title": "All bodies", "bodies": ["E06", "E07"]}},
}
# A row for an area, year and benefit, in millions.
LONG: Final[dict[str, Any]] = {
    **HOUSE,
    "code": "long",
    "shape": "table",
    "publisher": {"code": "DEPT", "name": "The Department", "kind": "department"},
    "has": ["area", "year", "benefit", "amount"],
    "body": {"agency": {"fixed": "DEPT"}, "area": {"column": "area"}, "kinds": {"": "department"}},
    "year": {"column": "year", "written": "financial_year"},
    "unit_pounds": 1_000_000,
    "rounded_to_pounds": 100_000,
    "figures_are": {"item": "benefit", "income_rule": "gross"},
    "line_in": {"column": "benefit", "title": "name"},
    "amounts": {"amount": None},
    "lines": {"sp": "pensioner_benefits", "hb": "housing_benefit"},
    "totals": {"all": {"rest": {"title": "Others", "service": "other_benefits", "note": "Rest."}}},
}


def form_of(said: dict[str, Any], **changes: Any) -> Form:
    """A form, with some keys changed; a key changed to None is left out."""
    changed = {**said, **changes}
    return form_from({k: v for k, v in changed.items() if v is not None}, name="test.yaml")


def table_of(*rows: Sequence[Any], labels: dict[str, Any] | None = None) -> Table:
    """A table of a header and its rows; the header is row 1."""
    header, *below = rows
    above = {
        key.casefold(): Labelled(value, Spot("file.csv", "", 1, "B"))
        for key, value in (labels or {}).items()
    }
    return Table("file.csv", "", tuple(header), list(enumerate(below, start=2)), above)


@pytest.fixture
def forms_kept(home: Home) -> Callable[..., None]:
    """Keeps forms in the home, as an officer does."""

    def keep(*written: dict[str, Any]) -> None:
        home.forms.mkdir(parents=True, exist_ok=True)
        for said in written:
            path = home.forms / f"{said['code']}.yaml"
            path.write_text(yaml.safe_dump(said, sort_keys=False))

    return keep


@pytest.fixture
def add_returns(home: Home) -> Callable[..., list[ReturnAdded | NotAdded]]:
    """Gives files of returns, as an officer does."""

    def give(*paths: Path, form: str = "", agency: str = "") -> list[ReturnAdded | NotAdded]:
        added = actions.add(
            list(paths), home=home, by=Operator("Ada"), on=NOON, form=form, agency=agency
        )
        return list(added)

    return give


@pytest.fixture
def wide_file(given: Path) -> Callable[..., Path]:
    """Writes a JSON file of records for the wide form: (code, year, roads, parks, total)."""

    def write(name: str, *rows: tuple[Any, ...]) -> Path:
        keys = ("Code", "Year", "Roads", "Parks", "Total")
        path = given / name
        records = [{"Name": "Wex", **dict(zip(keys, row, strict=True))} for row in rows]
        path.write_text(json.dumps(records))
        return path

    return write
