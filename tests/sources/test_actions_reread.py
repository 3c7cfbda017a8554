"""Reading a held file again by a recipe: the new reading counts, and nothing is erased."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.sources import actions, queries
from totalplace.sources.actions import Added, NotAdded
from totalplace.sources.home import Home
from totalplace.sources.models import Holding, Reading

pytestmark = pytest.mark.django_db

Outcomes = list[Added | NotAdded]
Add = Callable[..., Outcomes]
Pence = Callable[[], dict[str, tuple[int, int]]]
TWO_SUMS = "Date,Supplier,Net,Gross\n01/04/2024,Oak Ltd,10.00,12.00\n02/04/2024,Elm,20.00,24.00\n"
GROSS = "agency: council\nvalid_from: 2020-01-01\nfiles: two*\ncolumns: {amount: Gross}\n"


@pytest.fixture
def reread(home: Home, noon: datetime) -> Callable[..., Outcomes]:
    """Reads files again by their names."""

    def by_name(*names: str) -> Outcomes:
        hashes = [queries.file_named(name).sha256 for name in names]
        return list(actions.reread(hashes, home=home, by=Operator("Ben"), on=noon))

    return by_name


@pytest.fixture
def two(home: Home, given: Path, add: Add, a_file: Callable[..., Path]) -> Path:
    """A file with two sums of money, held in one holding with another file and a fault."""
    (given / "two.csv").write_text(TWO_SUMS + "03/04/2024,Ash,n/a,n/a\n")
    a_file(given / "other.csv", "7.00", "none")
    add(given)
    return given / "two.csv"


def recipe(home: Home, text: str) -> None:
    """Save what an officer says of a file."""
    (home.recipes / "mine.yaml").write_text(text)


def sums(name: str) -> tuple[int, int]:
    """Payments of a file and their pence, as they are read now."""
    file = queries.file_named(name)
    return file.sum_of("payments"), file.sum_of("sum_pence")


def test_a_recipe_corrects_a_column_and_the_new_reading_counts(
    home: Home, two: Path, reread: Callable[..., Outcomes], held_pence: Pence, read_pence: Pence
) -> None:
    assert (sums("two.csv"), sums("other.csv")) == ((2, 3000), (1, 700))
    recipe(home, GROSS)
    (again,) = reread("two.csv")
    assert isinstance(again, Added)
    assert again.path == Path("two.csv")
    assert (sums("two.csv"), sums("other.csv")) == ((2, 3600), (1, 700))
    assert held_pence() == read_pence()
    (table,) = queries.file_named("two.csv").tables
    assert table.columns["amount"]["reason"] == "named by the recipe"
    faults = queries.faults(home, queries.files())
    assert sorted((f.file, f.row, f.column) for f in faults) == [
        ("other.csv", 3, "D Amount"),
        ("two.csv", 4, "D Gross"),
    ]


def test_the_old_reading_and_its_holdings_are_kept(
    home: Home, two: Path, reread: Callable[..., Outcomes]
) -> None:
    before = queries.holdings(home)
    recipe(home, GROSS)
    reread("two.csv")
    turns = Reading.objects.filter(document="two.csv").order_by("turn")
    assert [(r.turn, r.sum_pence) for r in turns] == [(1, 3000), (2, 3600)]
    assert all(part.exists() for kind in before.values() for part in kind)
    assert not set(before["payments"]) & set(queries.holdings(home)["payments"])
    (entry,) = (e for e in record.latest(9) if e.verb == "read a file again")
    assert (entry.by, entry.citing) == ("Ben", "two.csv of council")
    assert Holding.objects.filter(digest=entry.about.id).exists()
    assert record.first_fault() is None


def test_a_file_that_reads_as_before_is_left_alone(
    home: Home, two: Path, reread: Callable[..., Outcomes]
) -> None:
    before = queries.holdings(home)
    (same,) = reread("two.csv")
    assert isinstance(same, NotAdded)
    assert "two.csv was not read again: it reads as it did before" in str(same.refused)
    assert queries.holdings(home) == before
    assert Reading.objects.count() == 2
    assert not list((home.root / "scratch").iterdir())


def test_a_recipe_that_does_not_fit_leaves_the_file_as_it_was(
    home: Home, two: Path, reread: Callable[..., Outcomes], held_pence: Pence, read_pence: Pence
) -> None:
    recipe(home, GROSS.replace("Gross", "Sum paid"))
    both = [o for o in reread("two.csv", "other.csv") if isinstance(o, NotAdded)]
    said = "names “Sum paid” for amount"
    assert [said in str(outcome.refused) for outcome in both] == [True, False]
    assert sums("two.csv") == (2, 3000)
    assert held_pence() == read_pence()


def added(outcome: Added | NotAdded) -> bool:
    """Whether a file was read."""
    return isinstance(outcome, Added)


def test_a_recipe_can_be_taken_back_and_given_again(
    home: Home, two: Path, reread: Callable[..., Outcomes], held_pence: Pence, read_pence: Pence
) -> None:
    for text, pence in ((GROSS, 3600), ("", 3000), (GROSS, 3600), ("", 3000)):
        recipe(home, text)
        assert added(reread("two.csv")[0])
        assert sums("two.csv") == (2, pence)
        assert held_pence() == read_pence()
    assert Reading.objects.filter(document="two.csv").count() == 5


def test_a_copy_that_was_changed_on_the_disk_is_not_read_again(
    home: Home, two: Path, reread: Callable[..., Outcomes]
) -> None:
    original = home.original(queries.file_named("two.csv").sha256)
    original.chmod(0o600)
    original.write_text(TWO_SUMS)
    (refused,) = reread("two.csv")
    assert isinstance(refused, NotAdded)
    assert "the copy that is held was changed on the disk" in str(refused.refused)


def test_a_zip_is_read_again_whole_although_its_parts_are_held(
    home: Home, given: Path, add: Add, reread: Callable[..., Outcomes], held_pence: Pence
) -> None:
    with zipfile.ZipFile(given / "two.zip", "w") as archive:
        archive.writestr("april.csv", TWO_SUMS)
        archive.writestr("may.csv", TWO_SUMS.replace("/04/", "/05/"))
    add(given / "two.zip")
    recipe(home, GROSS)
    (again,) = reread("two.zip")
    assert isinstance(again, Added)
    assert sums("two.zip") == (4, 7200)
    assert list(held_pence().values()) == [(4, 7200)]


def test_sheets_of_their_own_kind_have_recipes_of_their_own(
    home: Home, given: Path, add: Add, reread: Callable[..., Outcomes], held_pence: Pence
) -> None:
    with xlsxwriter.Workbook(str(given / "two.xlsx")) as book:
        for name, heads in (("1", "Date Supplier Net Gross"), ("2", "Net Date Gross Supplier")):
            sheet = book.add_worksheet(name)
            for column, head in enumerate(heads.split()):
                sheet.write_string(0, column, head)
                for row in range(1, 6):
                    values = {"Date": f"0{row}/04/2024", "Supplier": "Oak Ltd"}
                    values |= {"Net": f"{row}.00", "Gross": f"{row}.20"}
                    sheet.write_string(row, column, values[head])
    add(given / "two.xlsx")
    before = queries.file_named("two.xlsx")
    texts = queries.recipes_for(before)
    assert len(texts) == 2
    recipe(home, "---\n".join(texts))
    (again,) = reread("two.xlsx")
    assert added(again)
    after = queries.file_named("two.xlsx")
    assert figures(after.tables) == figures(before.tables)
    assert all("named by the recipe" in str(t.columns) for t in after.tables)


def figures(tables: Sequence[queries.ReadingRow]) -> list[tuple[object, ...]]:
    """What tables come to, and which columns were taken."""
    return [
        (
            t.sheet, t.rows_in, t.payments, t.sum_pence, t.faults, t.vat_basis, t.first_date,
            {role: taken["column"] for role, taken in t.columns.items()},
        )
        for t in tables
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a b.csv", "[x] #1: *?.csv", 'say "£5".csv', "été\u202e.csv"])
def test_the_recipe_shown_for_a_file_reads_it_in_the_same_way(
    home: Home, given: Path, add: Add, reread: Callable[..., Outcomes], name: str
) -> None:
    (given / name).write_text(TWO_SUMS.replace("Supplier", '"Paid # to: [x]"'))
    add(given / name)
    (before,) = queries.files()
    recipe(home, "".join(queries.recipes_for(before)))
    assert added(reread(before.sha256[:12])[0])
    (after,) = queries.files()
    assert figures(after.tables) == figures(before.tables)
    assert {t["reason"] for t in after.tables[0].columns.values()} == {"named by the recipe"}
