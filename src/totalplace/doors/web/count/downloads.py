"""A view as a file: CSV, workbook, JSON or Parquet, of exactly what the page shows."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np

from totalplace import engines
from totalplace.doors.report.columns import Cell
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.web.count.page import Exact, Page


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file is from: the page's own address, the edition, its hash and where it stands."""

    address: str
    edition: str
    digest: str
    standing: str
    date: str

    def lines(self, page: Page) -> Iterator[tuple[str, str]]:
        """The origin as names and values."""
        yield "Page", page.title
        yield "Address", self.address
        yield "Edition", self.edition
        yield "Hash of the edition", self.digest
        yield "Stands", self.standing
        yield "Data as of", self.date


Written = Callable[[Page, Origin], bytes]


def as_csv(page: Page, _: Origin) -> bytes:
    """The rows as CSV with a byte-order mark; no cell that a spreadsheet takes for a formula."""
    return csv_text(page.exact.heads, page.exact.rows).encode("utf-8-sig")


def as_workbook(page: Page, origin: Origin) -> bytes:
    """A sheet of where it is from, and a sheet of the rows."""
    about = Sheet("About", ("What", "Says"), list(origin.lines(page)))
    return book([about, Sheet("Rows", page.exact.heads, page.exact.rows, frozen=1)])


def as_json(page: Page, origin: Origin) -> bytes:
    """Where it is from, and the rows by name; what is not known is null."""
    said = {
        "title": page.title,
        "address": origin.address,
        "edition": origin.edition,
        "digest": origin.digest,
        "standing": origin.standing,
        "rows": [
            {h: None if c == "" else c for h, c in zip(page.exact.heads, row, strict=True)}
            for row in page.exact.rows
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=_pounds).encode()


def _pounds(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} has no form in JSON")


def as_parquet(page: Page, _: Origin) -> bytes:
    """The rows as Parquet: whole numbers as BIGINT, NULL where not known; pounds as text."""
    columns, kept = _columns(page.exact)
    select = f"SELECT {kept} FROM shown ORDER BY at_row"  # noqa: S608 - heads are our own names
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        engines.write(path, select, {"shown": columns}, {})
        return path.read_bytes()


def _columns(exact: Exact) -> tuple[dict[str, Any], str]:
    columns: dict[str, Any] = {"at_row": np.arange(len(exact.rows), dtype=np.int64)}
    kept = []
    for place, head in enumerate(exact.heads):
        cells = [row[place] for row in exact.rows]
        if any(type(cell) is int for cell in cells) and all(_is_whole(cell) for cell in cells):
            columns[head] = np.array([c if c != "" else 0 for c in cells], dtype=np.int64)
            columns[f"has_{head}"] = np.array([c != "" for c in cells], dtype=bool)
            kept.append(f'CASE WHEN "has_{head}" THEN "{head}" END AS "{head}"')
        else:
            columns[head] = np.array([str(c) for c in cells], dtype=object)
            kept.append(f'"{head}"')
    return columns, ", ".join(kept)


def _is_whole(cell: Cell) -> bool:
    return cell == "" or type(cell) is int


FORMS: Final[dict[str, tuple[str, Written]]] = {  # ending: media type, and how it is written
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook),
    "json": ("application/json", as_json),
    "parquet": ("application/vnd.apache.parquet", as_parquet),
}
