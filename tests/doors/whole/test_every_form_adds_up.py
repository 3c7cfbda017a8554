"""Page, workbook, CSV, JSON and Parquet read back: all show one total, and nothing missing as 0."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.whole import (
    Titles,
    whole_json,
    whole_page,
    whole_parquet,
    whole_table,
    whole_workbook,
)

Tables = Callable[[str], dict[str, list[list[str]]]]


def sheet(book: Any, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the heads of its columns."""
    heads, *rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def pence_of(cell: str) -> int:
    """The pence that a cell of the page carries."""
    found = re.search(r'<data value="(-?\d+)">', cell)
    return int(found.group(1)) if found else 0


def first_sums(rows: list[list[str]]) -> int:
    """The first sum of every row but the last, which adds them up."""
    assert sum(pence_of(row[1]) for row in rows[:-1]) == pence_of(rows[-1][1])
    return pence_of(rows[-1][1])


def test_page_workbook_csv_json_and_parquet_add_up_to_one_total(
    any_place: WholePlace, titles: Titles, tables_of: Tables, tmp_path: Path
) -> None:
    total = any_place.total.pence
    assert sum(line.pence or 0 for line in any_place.lines) == total

    tables = tables_of(whole_page(any_place, titles=titles))
    for by in ("purpose", "COFOG division", "who decides", "body"):
        assert first_sums(tables[f"Table by {by}"]) == total

    rows = list(csv.DictReader(io.StringIO(whole_table(any_place, titles=titles))))
    counted = [row for row in rows if row["in_total"] == "yes"]
    assert sum(int(row["pence"] or 0) for row in counted) == total
    assert sum(Decimal(row["pounds"] or 0) for row in counted) * 100 == total

    book = openpyxl.load_workbook(io.BytesIO(whole_workbook(any_place, titles=titles)))
    lines = [row for row in sheet(book, "Lines") if row["in_total"] == "yes"]
    assert sum(row["pence"] or 0 for row in lines) == total
    for name in ("By service", "By COFOG", "Who decides", "Agencies"):
        sums = [row["Pounds"] for row in sheet(book, name)]
        assert sum(round(s * 100) for s in sums if s != "not known") == total

    said = json.loads(whole_json(any_place, titles=titles))
    net = said["net_lines"] or said["gross_lines"]
    assert sum(line["pence"] or 0 for line in net) == total
    assert (said["total"] or {"pence": 0})["pence"] == total

    path = tmp_path / "lines.parquet"
    assert whole_parquet(any_place, path) == len(rows)
    asked = f"SELECT sum(pence) FROM '{path}' WHERE in_total"  # noqa: S608 - our own path
    assert (duckdb.connect().execute(asked).fetchall()[0][0] or 0) == total


def test_the_gross_lines_are_never_in_the_net_total(city: WholePlace, titles: Titles) -> None:
    rows = list(csv.DictReader(io.StringIO(whole_table(city, titles=titles))))
    assert {(row["in_total"], row["income_rule"]) for row in rows} == {
        ("yes", "net"),
        ("no", "gross"),
    }
    gross = sum(int(row["pence"]) for row in rows if row["in_total"] == "no")
    assert gross == sum(line.pence or 0 for line in city.gross_lines)


def test_what_is_missing_is_empty_null_or_in_words_and_never_nought(
    places: dict[str, WholePlace], titles: Titles, tmp_path: Path
) -> None:
    place = places["nearly nothing"]
    rows = list(csv.DictReader(io.StringIO(whole_table(place, titles=titles))))
    assert {(row["pence"], row["pounds"]) for row in rows} == {("", "")}
    assert [row["high_pence"] for row in rows if row["service"] == "justice"] == ["9500000000"]

    said = json.loads(whole_json(place, titles=titles))
    assert {line["pence"] for line in said["net_lines"]} == {None}
    assert (said["total"], said["numbers"]) == (None, None)

    book = openpyxl.load_workbook(io.BytesIO(whole_workbook(place, titles=titles)))
    agencies = sheet(book, "Agencies")
    assert {row["Pounds"] for row in agencies} == {"not known"}
    assert {row["Measured £"] for row in agencies} == {"not known"}
    assert [row["Says"] for row in sheet(book, "Summary") if row["What"] == "Total £"] == [
        "not known"
    ]

    path = tmp_path / "lines.parquet"
    whole_parquet(place, path)
    asked = f"SELECT count(pence), max(high_pence) FROM '{path}'"  # noqa: S608 - our own path
    assert duckdb.connect().execute(asked).fetchall() == [(0, 95 * 100_000_000)]


def test_the_json_has_every_field_and_whole_pence(
    city: WholePlace, titles: Titles, shown_beside: Callable[[str], dict[str, Any]]
) -> None:
    said = json.loads(whole_json(city, titles=titles, **shown_beside("")))
    assert set(WholePlace.__dataclass_fields__) <= set(said)
    assert said["payments"]["agency_years"][2]["months_missing"] == ["2022-02-01", "2022-03-01"]
    assert said["matrix"]["transfers_pence"] == city.matrix.transfers_pence
    assert said["explained"][2]["ratio"] is None
    assert said["edition"]["made_on"] == "2026-11-26"
    assert said["prices"]["of"] == "2024-25"
    assert said["flows"][0]["treatment"] == "eliminated"
    assert not [k for k, v in walk(said) if k.endswith("pence") and isinstance(v, float)]


def walk(value: Any, key: str = "") -> list[tuple[str, Any]]:
    """Every value of a JSON text with its key."""
    if isinstance(value, dict):
        return [found for k, v in value.items() for found in walk(v, k)]
    if isinstance(value, list):
        return [found for v in value for found in walk(v, key)]
    return [(key, value)]


def test_the_workbook_has_its_sheets_and_lists_every_transfer(
    city: WholePlace, titles: Titles, shown_beside: Callable[[str], dict[str, Any]]
) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(whole_workbook(city, titles=titles, **shown_beside("")))
    )
    assert book.sheetnames == [
        "Summary", "Lines", "By service", "By COFOG", "Who decides", "Agencies",
        "Eliminations matrix", "Flows", "Left in", "Between returns", "Coverage", "Breaks",
        "Missing", "Sources", "Why payments changed", "Similar places", "Themes",
    ]  # fmt: skip
    assert len(sheet(book, "Flows")) == len(city.flows)
    assert len(sheet(book, "Left in")) == 39
    last = sheet(book, "Eliminations matrix")[-1]
    assert round(last["All"] * 100) == city.matrix.pence
    themes = sheet(book, "Themes")
    assert sum(round(row["Pounds"] * 100) for row in themes) == city.total.pence
    assert [row["Payments over accounts %"] for row in sheet(book, "Coverage")][:2] == [
        23.93,
        12.31,
    ]
    assert [len(row["SHA-256"]) for row in sheet(book, "Sources")] == [64, 64, 64]


@pytest.mark.parametrize("word", ["hostile", "@SUM(A1)", "+1+1", "-2+3", "\t=1"])
def test_no_cell_of_csv_or_workbook_is_a_formula(
    word: str, places: dict[str, WholePlace], titles: Titles, hostile_word: str,
    shown_beside: Callable[[str], dict[str, Any]],
) -> None:  # fmt: skip
    said = hostile_word if word == "hostile" else word
    place = places["hostile names"]
    for row in csv.reader(io.StringIO(whole_table(place, titles=titles), newline="")):
        assert not [c for c in row if re.match(r"\s*[=+@]|-\D|-\d+\D", c) and not _is_sum(c)]
    book = openpyxl.load_workbook(
        io.BytesIO(whole_workbook(place, titles=titles, **shown_beside(said)))
    )
    cells = [cell for part in book for row in part.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell.hyperlink for cell in cells if cell.hyperlink]


def _is_sum(cell: str) -> bool:
    return re.fullmatch(r"-[\d.]+", cell) is not None
