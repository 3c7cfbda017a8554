"""Whatever the file is like and wherever the name stands in it, nothing of it is left."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest
import xlsxwriter
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions, queries
from totalplace.sources.erasing.actions import Grounds, erase
from totalplace.sources.erasing.queries import proved
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db

NAMES: Final = st.sampled_from(
    ["Jane Q Carer", "Zoë  Strauß", 'O\'Carer, "J" Q', "CARER J (MRS)", "Jo-Ann de la Carère"]
)
ODD: Final = (
    "{}", " {} ", "for {}", "{}'s flat; see {}", "{} (44123)", "to\n{}\nby hand", "«{}»", "({})",
)  # fmt: skip
PLAIN: Final = ("Oak Ltd", "Salt", "", "£5 more", "12,5", 'said "so"', "n/a", "Total")
LAYOUT: Final = st.fixed_dictionaries({
    "coding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    "separator": st.sampled_from(",\t;|"),
    "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    "ends": st.sampled_from(["\n", "\r\n"]),
    "packed": st.sampled_from(["plain", "gzip", "zip", "xlsx"]),
    "title": st.booleans(),
    "note": st.booleans(),
})  # fmt: skip
CELL: Final = st.one_of(
    st.sampled_from(PLAIN), st.sampled_from(ODD), st.sampled_from([o.upper() for o in ODD])
)
ROW: Final = st.tuples(st.sampled_from(["{}", "{} (44123)", "Oak Ltd", "Elm"]), CELL, CELL)
NUMBERS: Final = itertools.count()


def table(name: str, rows: list[tuple[str, str, str]], layout: dict[str, Any]) -> list[list[str]]:
    """A published table that names somebody in odd places; its first payment is the person's."""
    said = [[f"Paid to {name} and others"], []] if layout["title"] else []
    said.append(["Date", "Supplier", "Expense Type", "Narrative", "Amount", "VAT"])
    said.append(["01/04/2024", name, "Fees", f"no {next(NUMBERS)}", "10.00", ""])
    for n, (payee, why, tax) in enumerate(rows):
        filled = [cell.format(*[name] * cell.count("{}")) for cell in (payee, why, tax)]
        amount = filled[2] if n % 5 == 4 else f"{n + 20}.50"
        said.append([f"{n % 28 + 1:02d}/04/2024", *filled[:2], f"row {n}", amount, filled[2]])
    return [*said, [f"Note: what {name} was paid is in dispute"]] if layout["note"] else said


def published(folder: Path, rows: list[list[str]], layout: dict[str, Any]) -> Path:
    """The table as a file."""
    path = folder / f"spend.{layout['packed']}"
    if layout["packed"] == "xlsx":
        with xlsxwriter.Workbook(path, {"strings_to_numbers": True}) as book:
            sheet = book.add_worksheet("Spend")
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, [cell.replace("\n", " ") for cell in row])
        return path
    out = io.StringIO(newline="")
    csv.writer(
        out, delimiter=layout["separator"], quoting=layout["quoting"], lineterminator=layout["ends"]
    ).writerows(rows)
    content = out.getvalue().encode(layout["coding"], "replace")
    if layout["packed"] == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if layout["packed"] == "gzip" else content)
    return path


def sums(home: Home) -> list[tuple[Any, ...]]:
    parts = [str(path) for path in queries.holdings(home)["payments"]]
    columns = "file, row, kind, amount_pence, vat_pence, paid_on, copy"
    return duckdb.read_parquet(parts).project(columns).order(columns).fetchall()


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(NAMES, st.lists(ROW, max_size=12), LAYOUT)
def test_of_any_file_nothing_of_the_name_is_left_and_every_row_is_the_same(
    home: Home, tmp_path_factory: pytest.TempPathFactory, noon: datetime,
    holds: Callable[[bytes, str], bool],
    name: str, rows: list[tuple[str, str, str]], layout: dict[str, Any],
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("any")
    path = published(folder, table(name, rows, layout), layout)
    places.register_agency("council", by=Operator("Ada"), on=noon)
    (added,) = actions.add([path], actions.Terms("council"), home=home, by=Operator("Ada"), on=noon)
    assert isinstance(added, actions.Added), added
    before = sums(home)
    grounds = Grounds("UK GDPR article 17", "Asked for it")
    done = erase(home, added.sha256, name, grounds=grounds, by=Operator("Ben"), on=noon)
    assert done.removed_why == ""
    assert sums(home) == before
    plain = " ".join(name.split())
    kept = [p for p in home.root.rglob("*") if p.is_file()]
    for said in (plain, plain.replace('"', '""'), plain.replace('"', "&quot;")):
        assert not [p for p in kept if holds(p.read_bytes(), said)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM sources_reading AS t")
        texts = " ".join(row for (row,) in cursor.fetchall()).casefold().replace('\\"', '"')
    assert plain.casefold() not in texts
    assert [p.holds for p in proved(path)] == [True]
    assert all(v.sound for v in verified(home, [added.sha256]))
