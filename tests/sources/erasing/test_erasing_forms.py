"""Erasing from files of every form: encoded, packed, too old to be rewritten, in an archive."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import xlwt

from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions
from totalplace.sources.actions import Added, NotAdded
from totalplace.sources.erasing.actions import Erased
from totalplace.sources.erasing.queries import proved
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db

NAME: Final = "Jane Q Carer"
HEAD: Final = "Date,Supplier,Supplier No,Directorate,Description,Amount\n"
APRIL: Final = HEAD + (
    f"01/04/2024,Oak Ltd,4411,Highways,Repairs,100.00\n02/04/2024,{NAME},4412,Care,Fees,250.50\n"
)
Erase = Callable[..., Erased]
Add = Callable[..., list[Added | NotAdded]]
Sums = Callable[[], dict[str, tuple[int, int]]]
Traces = Callable[..., list[str]]


@pytest.mark.parametrize("name", [NAME, "Zoë Strauß", 'O\'Carer "J" Q', "Carer, Jane"])
@pytest.mark.parametrize("coding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("packed", ["plain", "gzip", "zip"])
def test_in_every_encoding_and_packing_nothing_is_left(
    name: str, coding: str, packed: str, given: Path, add: Add, erased: Erase, traces: Traces,
    held_pence: Sums,
) -> None:  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([
        [f"Paid to {name}"], [], ["Date", "Supplier", "Why, and £", "Amount"],
        ["01/04/2024", "Oak Ltd", "Salt", "1.00"],
        ["02/04/2024", name, f"for {name.upper()}", "2.00"],
        ["03/04/2024", "Elm Ltd", f"see\n{name}", "3.00"], [f"Note: {name} was paid twice"],
    ])  # fmt: skip
    content = out.getvalue().encode(coding)
    path = given / f"spend.{packed}"
    if packed == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("spend.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if packed == "gzip" else content)
    add(path)
    before = held_pence()
    done = erased(path.name, name)
    assert (done.rows, done.pence, done.removed_why) == (1, 200, "")
    assert traces(name, name.replace('"', '""')) == []
    assert held_pence() == before
    assert [p.holds for p in proved(path)] == [True]


def test_of_an_old_workbook_the_copy_goes_and_the_rows_stay(
    home: Home, given: Path, add: Add, erased: Erase, traces: Traces, held_pence: Sums, noon: Any
) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("April")
    rows: list[list[Any]] = [["Date", "Supplier", "Amount"]]
    rows += [["01/04/2024", NAME, 5.0], ["02/04/2024", "Elm Ltd", 6.0]]
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(str(given / "old.xls"))
    add(given)
    before = held_pence()
    done = erased("old.xls", NAME)
    assert "in the form of .xls" in done.removed_why
    assert done.held_sha256 == ""
    assert list(home.originals.iterdir()) == []
    assert (held_pence(), traces(NAME)) == (before, [])
    assert [(v.sound, v.said[:24]) for v in verified(home)] == [(True, "removed under tombstone ")]
    assert [p.holds for p in proved(given / "old.xls")] == [True]
    (again,) = actions.reread([done.sha256], home=home, by=Operator("Ben"), on=noon)
    assert "its copy was removed when a name was erased" in str(again.refused)  # type: ignore[union-attr]
    assert erased("old.xls", "elm ltd").rows == 1
    assert traces("Elm Ltd") == []
    (refused,) = add(given / "old.xls")
    assert isinstance(refused, NotAdded)


def test_an_archive_keeps_its_other_files_and_can_be_read_again(
    home: Home, given: Path, add: Add, erased: Erase, noon: Any, traces: Traces, held_pence: Sums
) -> None:
    with zipfile.ZipFile(given / "all.zip", "w") as archive:
        archive.writestr("april.csv", APRIL)
        archive.writestr("june.csv", HEAD + "01/06/2024,Yew Ltd,1,Roads,Salt,9.00\n")
        archive.writestr("letter.pdf", b"%PDF-1.4 to " + NAME.encode())
    add(given)
    before = held_pence()
    done = erased("all.zip", NAME)
    assert (done.left_out, held_pence(), traces(NAME)) == (1, before, [])
    (outcome,) = actions.reread([done.sha256], home=home, by=Operator("Ben"), on=noon)
    assert isinstance(outcome, Added)
    assert held_pence() == before
    assert all(v.sound for v in verified(home))
    assert [p.holds for p in proved(given / "all.zip")] == [True]
