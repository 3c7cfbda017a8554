"""Writing small tables and adding them, as a user would."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from totalplace.outcomes.actions import readings
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

ADA = Operator("Ada")
HEADS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
ABSENCE = "Persistent absences for all pupils"


class Adding:
    """Writing a table and adding it, as a user would."""

    def __init__(self, home: Home, folder: Path, noon: datetime) -> None:
        self.home, self.folder, self.noon = home, folder, noon

    def __call__(
        self, text: str, *, name: str = "table.csv", days: int = 0, by: Any = ADA,
        encoding: str = "utf-8", **terms: Any,
    ) -> readings.Added | readings.NotAdded:  # fmt: skip
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return self.file(path, days=days, by=by, **terms)

    def file(
        self, path: Path, *, days: int = 0, by: Any = ADA, **terms: Any
    ) -> readings.Added | readings.NotAdded:
        (found,) = readings.add(
            [path], readings.Terms(**terms), home=self.home, by=by,
            on=self.noon + timedelta(days=days),
        )  # fmt: skip
        return found


def ons(*lines: str) -> str:
    """A table as the ONS lays one out."""
    return "\n".join((HEADS, *lines))


def absence(*values: tuple[int, str]) -> str:
    return ons(*(f"E10000017,Wexshire,,{ABSENCE},{y}-08-01/P1Y,{v},,%,,,," for y, v in values))


def is_added(found: readings.Added | readings.NotAdded) -> readings.Added:
    assert isinstance(found, readings.Added), found
    return found


def why_not(found: readings.Added | readings.NotAdded) -> str:
    assert isinstance(found, readings.NotAdded), found
    return str(found.refused)
