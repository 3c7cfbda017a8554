"""Layouts that six bodies published, and lists of a county, understood with no set-up.

The labels of the body under test are never used: columns are known by general words alone, and by
general words taught by the five other bodies.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from python_calamine import CalamineWorkbook

from totalplace.sources.rules.columns import SHIPPED, understand
from totalplace.sources.rules.layout import Cell, Kind, Role, Taken

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / ".." / "shared" / "data"
LAYOUTS = PUBLISHED / "layouts"
COUNTY = PUBLISHED / "spend_lancashire"
TRUTH = COUNTY / "reading_truth_detail.csv"

pytestmark = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="the published files are not beside the project (../shared/data)"
)
BARS = {Role.AMOUNT: 0.98, Role.DATE: 0.98, Role.PAYEE: 0.98, Role.UNIT: 0.85}


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    """The benchmark's own reading of the labels, so that both count alike."""
    spec = importlib.util.spec_from_file_location("columns_bench", ROOT / "benchmarks/columns.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.mark.parametrize("lessons", ["general words alone", "taught by the other bodies"])
def test_columns_of_a_body_never_seen_are_found(bench: ModuleType, lessons: str) -> None:
    layouts = bench.labelled_layouts(LAYOUTS)
    bodies = {layout.body for layout in layouts}
    words = (
        bench.held_out(layouts, SHIPPED)
        if lessons == "taught by the other bodies"
        else dict.fromkeys(bodies, SHIPPED)
    )
    tally = bench.score(layouts, words)
    shares = {role: bench.share(tally, role, "accepting") for role in BARS}
    assert all(shares[role] >= bar for role, bar in BARS.items()), shares


def test_a_register_of_contracts_is_no_list_of_payments(bench: ModuleType) -> None:
    kinds = {
        layout.file: understand(layout.rows, file=layout.file).kind
        for layout in bench.labelled_layouts(LAYOUTS)
    }
    assert {file for file, kind in kinds.items() if kind is not Kind.PAYMENT} == {"salford-16.csv"}


def county_tables() -> Iterator[tuple[dict[str, str], list[list[Cell]]]]:
    """Each table of the county with what a careful reader says of it."""
    if not TRUTH.is_file():
        return
    with TRUTH.open(encoding="utf-8", newline="") as text:
        for told in csv.DictReader(text):
            yield told, _rows(COUNTY / told["file"], told["sheet"])


def _rows(file: Path, sheet: str) -> list[list[Cell]]:
    if file.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(file)
        table = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return [list(row) for row in table]
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]


def test_every_table_of_a_county_is_understood() -> None:
    wrong = []
    for told, rows in county_tables():
        layout = understand(
            rows[:500], tail=[*enumerate(rows, 1)][-5:], file=told["file"], sheet=told["sheet"]
        )
        found = [_place(layout.taken, role) for role in (Role.AMOUNT, Role.DATE, Role.PAYEE)]
        expected = [int(told[c]) for c in ("amount_col", "date_col", "payee_col")]
        if (found, layout.header_rows) != (expected, (int(told["header_at_row"]),)):
            wrong.append((told["file"], told["sheet"], found, expected, layout.header_rows))
    assert wrong == []


def test_every_table_of_a_county_is_understood_without_its_header() -> None:
    wrong = []
    for told, rows in county_tables():
        del rows[int(told["header_at_row"]) - 1]
        layout = understand(rows[:500])
        found = [_place(layout.taken, role) for role in (Role.AMOUNT, Role.DATE, Role.PAYEE)]
        if found != [int(told[c]) for c in ("amount_col", "date_col", "payee_col")]:
            wrong.append((told["file"], told["sheet"], found))
    assert wrong == []


def _place(taken: Mapping[Role, Taken], role: Role) -> int:
    return taken[role].position + 1 if role in taken else 0
