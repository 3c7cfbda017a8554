"""Real files of six bodies, read with no set-up: every row and penny that others found in them.

`reading_truth.csv` was computed twice, independently, from the same files by other means.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.main import totalplace

PUBLISHED: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "spend_lancashire"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not PUBLISHED.is_dir(), reason="the published files are not beside this checkout"
    ),
]
AGENCIES: Final = {
    "hyndburn_raw": "E07000120", "police_raw": "E23000003", "fire_raw": "E31000023",
    "derived/burnley-2023-24_2024-25.csv.gz": "E07000117",
    "derived/pendle-2023-24_2024-25.csv.gz": "E07000122",
    "derived/ribble_valley-2024-25.csv.gz": "E07000124",
}  # fmt: skip
KINDS: Final = (
    "preamble_rows", "header_rows", "blank_rows", "total_rows", "payments", "cards",
    "commitments", "faults",
)  # fmt: skip
Key = tuple[str, str]


def truth(name: str) -> dict[Key, dict[str, str]]:
    """The figures of others, by file and sheet."""
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as text:
        return {(row["file"], row["sheet"]): row for row in csv.DictReader(text)}


@pytest.fixture
def read(request: pytest.FixtureRequest) -> dict[Key, dict[str, Any]]:
    """What `sources add --json` says of every file, given with nothing but its agency."""
    found = {}
    for folder, agency in AGENCIES.items():
        words = ["sources", "add", str(PUBLISHED / folder), "--agency", agency, "--json"]
        result = CliRunner().invoke(totalplace, [*words, *getattr(request, "param", [])])
        assert result.exit_code == 0, result.stderr
        for row in json.loads(result.stdout):
            found[str(Path(row["file"]).relative_to(PUBLISHED)), row["sheet"]] = row
    return found


@pytest.mark.parametrize("read", [["--plain"], ["--swift"]], indirect=True, ids=["plain", "swift"])
def test_every_row_and_penny_is_read(read: dict[Key, dict[str, Any]]) -> None:
    known = truth("reading_truth.csv")
    assert len(known) == 51
    assert set(read) == set(known)
    for key, row in read.items():
        told = known[key]
        kept = row["payments"] + row["cards"] + row["commitments"]
        pence = row["sum_pence"] + row["cards_pence"] + row["commitments_pence"]
        assert (kept, pence) == (int(told["rows_with_amount"]), int(told["net_pence"])), key
        assert row["negative_payments"] == int(told["negative"]), key
        assert (row["total_rows"], row["blank_rows"]) == (
            int(told["total_rows"]), int(told["blank_rows"]),
        ), key  # fmt: skip
        assert row["rows_in"] == sum(row[kind] for kind in KINDS), key
        assert row["faults"] == 0, key


def test_every_table_is_understood_as_a_careful_reader_does(
    read: dict[Key, dict[str, Any]],
) -> None:
    for key, told in truth("reading_truth_detail.csv").items():
        row = read[key]
        assert row["rows_in"] == int(told["rows_in"]), key
        assert row["header_rows"] == int(told["header_rows"]), key
        assert row["duplicates_flagged"] == int(told["dup_extra_all_cells_penny"]), key
        if told["first_date"]:
            days = (row["first_date"], row["last_date"])
            assert days == (told["first_date"], told["last_date"]), key
        for role in ("amount", "date", "payee"):
            assert number(row["columns"][role]["column"]) == int(told[f"{role}_col"]), (key, role)


def number(letters: str) -> int:
    """A column's number from its letters: A is 1."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


def test_the_traps_are_said(read: dict[Key, dict[str, Any]]) -> None:
    def total(folder: str, name: str) -> int:
        return sum(row[name] for (file, _), row in read.items() if file.startswith(folder))

    assert total("hyndburn_raw", "trailing_minus") == 163
    assert total("police_raw", "serial_dates") == 925
    assert total("police_raw", "redacted") == 1041
    assert total("police_raw", "duplicates_flagged") == 833 + 820
    assert total("fire_raw", "duplicates_flagged") == 906 + 293
    last = [
        file
        for (file, _), row in read.items()
        if "The header is on the last row." in row["notices"]
    ]
    assert [file.split("__")[0] for file in last] == ["hyndburn_raw/hyndburn-2025-03"]
    burnley = read["derived/burnley-2023-24_2024-25.csv.gz", ""]
    assert (burnley["commitments"], burnley["cards"], burnley["undated"]) == (1892, 2937, 62)
    assert any("commitments" in notice for notice in burnley["notices"])
