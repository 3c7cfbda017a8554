"""Workbooks as police and fire services publish them, against a count made by other means."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.workbooks import sheets

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "spend_lancashire"
TRUTH = PUBLISHED / "reading_truth_detail.csv"
pytestmark = pytest.mark.skipif(
    not TRUTH.exists(), reason="the published files are not beside this checkout (../shared/data)"
)


def truth() -> dict[str, dict[str, int]]:
    """Rows of each sheet of each published workbook, up to the last that is used or formatted."""
    rows: dict[str, dict[str, int]] = {}
    if TRUTH.exists():
        with TRUTH.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if line["file"].endswith(".xlsx"):
                    rows.setdefault(line["file"], {})[line["sheet"]] = int(line["rows_in"])
    return rows


@pytest.mark.parametrize("file", sorted(truth()))
def test_every_sheet_has_the_rows_that_a_person_counts(file: str, tmp_path: Path) -> None:
    (document,) = documents(PUBLISHED / file, bounds=Bounds(), scratch=tmp_path)
    assert document.kind == "workbook"
    found = {name: len(rows) for name, rows in sheets(document.path, bounds=Bounds())}
    assert found == truth()[file]


def test_formatted_blank_rows_are_blank_rows_of_the_sheet(tmp_path: Path) -> None:
    path = PUBLISHED / "police_raw" / "pcc-2023-24.xlsx"
    may = dict(sheets(path, bounds=Bounds()))["May"]
    assert len(may) == 659
    assert sum(1 for row in may if not row) == 52
    assert all(not row for row in may[607:])
