"""`totalplace sources`: what it promises to programs, and what it tells officers."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.example_place import write_example
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db

ROOT: Final = Path(__file__).resolve().parents[2]
ROWS: Final = (
    "preamble_rows", "header_rows", "blank_rows", "total_rows", "payments", "cards",
    "commitments", "faults",
)  # fmt: skip
CONTRACT: Final = {
    "file": str, "sheet": str, "sha256": str, "rows_in": int, **dict.fromkeys(ROWS, int),
    "sum_pence": int, "vat_basis": str, "negative_payments": int, "duplicates_flagged": int,
    "columns": dict, "encoding": str, "first_date": str, "last_date": str,
}  # fmt: skip
MIXED: Final = """Payments of April 2024

Date,Supplier,Directorate,Purpose,Ref,Net Amount,VAT,Gross Amount
01/04/2024,Oak Ltd,Highways,Salt,R1,10.00,2.00,12.00
01/04/2024,Oak Ltd,Highways,Salt,R1,10.00,2.00,12.00
02/04/2024,Elm Ltd,Parks,Seeds,R2,-4.50,-0.90,-5.40

03/04/2024,Ash Ltd,Parks,Bulbs,R3,see note,,
30/04/2024,Yew Ltd,Parks,Trees,R4,"1,000.00",200.00,"1,200.00"
,,,,Total,"1,015.50",203.10,"1,218.60"
"""


def run(*words: str | Path) -> Result:
    """Run a command in this program, on the records of the test."""
    result = CliRunner().invoke(totalplace, ["sources", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def add(*paths: Path, agency: str = "council") -> list[dict[str, Any]]:
    """What `add --json` prints of some files."""
    found: list[dict[str, Any]] = json.loads(
        run("add", *paths, "--agency", agency, "--json").stdout
    )
    return found


@pytest.fixture
def april(tmp_path: Path) -> Path:
    """A file with a row of every kind but cards and commitments."""
    path = tmp_path / "April 2024.csv"
    path.write_text(MIXED)
    return path


def test_json_says_of_each_table_what_is_promised(april: Path) -> None:
    (row,) = add(april)
    assert {name: type(row[name]) for name in CONTRACT} == CONTRACT
    assert row["file"] == str(april)
    assert (row["document"], row["sheet"], row["encoding"]) == ("April 2024.csv", "", "ascii")
    assert [row[kind] for kind in ROWS] == [1, 1, 2, 1, 4, 0, 0, 1]
    assert row["rows_in"] == sum(row[kind] for kind in ROWS) == 10
    assert (row["sum_pence"], row["negative_payments"], row["duplicates_flagged"]) == (
        101_550,
        1,
        1,
    )
    assert (row["vat_basis"], row["first_date"], row["last_date"]) == (
        "net",
        "2024-04-01",
        "2024-04-30",
    )
    assert (row["refused"], row["notes"]) == (None, [])


def test_json_says_which_column_was_taken_for_what_and_how_surely(april: Path) -> None:
    (row,) = add(april)
    taken = {
        "amount": ("F", "Net Amount"), "date": ("A", "Date"), "payee": ("B", "Supplier"),
        "unit": ("C", "Directorate"), "purpose": ("D", "Purpose"), "reference": ("E", "Ref"),
    }  # fmt: skip
    assert {r: (row["columns"][r]["column"], row["columns"][r]["header"]) for r in taken} == taken
    assert all(0 < row["columns"][r]["confidence"] <= 1 for r in taken)
    assert all(row["columns"][r]["reason"] for r in taken)


def test_every_key_is_in_the_reference_and_every_key_of_the_reference_is_there(
    april: Path,
) -> None:
    text = (ROOT / "docs" / "reference" / "sources-json.md").read_text()
    tables = [re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for part in text.split("\n#")]
    of_table, of_column, of_refused = (keys for keys in tables if keys)
    (row,) = add(april)
    (refused,) = add(april)
    assert set(of_table) == set(row)
    assert set(of_column) == set(row["columns"]["amount"])
    assert set(of_refused) == set(refused)


def test_a_role_for_which_there_is_no_column_is_there_and_empty(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("Date,Supplier,Amount\n01/04/2024,Oak Ltd,10.00\n02/04/2024,Elm Ltd,7.00\n")
    columns = add(path)[0]["columns"]
    assert columns["unit"] is None
    assert columns["amount"]["column"] == "C"


def test_a_refused_file_says_what_why_and_what_next(april: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    copy.write_bytes(april.read_bytes())
    refused, read = add(april, copy)
    assert read["refused"] is None
    assert refused["file"] == str(copy)
    assert refused["refused"] == {
        "what": "copy.csv was not added again",
        "why": "it is the same content as April 2024.csv, which was added in the same run",
        "next_step": "Nothing is lost and there is nothing to do",
    }
    assert "rows_in" not in refused


def test_a_run_that_adds_nothing_ends_with_2_and_its_json_is_whole(april: Path) -> None:
    add(april)
    again = run("add", april, "--agency", "council", "--json")
    assert again.exit_code == 2
    assert [bool(row["refused"]) for row in json.loads(again.stdout)] == [True]
    assert "1 file not added" in again.stderr


def test_progress_and_notes_are_kept_out_of_the_json(april: Path) -> None:
    said = run("add", april, "--agency", "council", "--json")
    json.loads(said.stdout)
    assert "1 row refused as faults" in said.stderr


def test_every_table_of_the_example_place_accounts_for_its_rows(tmp_path: Path) -> None:
    truth = write_example(tmp_path / "place", seed=3, scale=0.02)
    by_sheet: dict[str, int] = {}
    forms: set[str] = set()
    for row in add(*(truth.published() / f"EX-{agency}" for agency in ("CC", "HT", "IB", "PC"))):
        if row["refused"]:
            continue
        assert row["rows_in"] == sum(row[kind] for kind in ROWS)
        form = Path(row["file"]).suffix.lstrip(".")
        assert row["encoding"] == form or form not in {"xlsx", "xls", "ods"}
        forms.add(row["encoding"])
        by_sheet[row["file"]] = by_sheet.get(row["file"], 0) + row["sum_pence"]
    true: dict[str, int] = {}
    for sheet in truth.files:
        path = str(truth.published() / sheet.file)
        if path in by_sheet:
            true[path] = true.get(path, 0) + sheet.sum_pence
    assert by_sheet == true
    assert len(true) > 20
    assert forms >= {"xlsx", "ods", "cp1252"}


def test_what_is_true_of_many_tables_is_told_once(tmp_path: Path) -> None:
    for n in range(50):
        rows = "".join(f"0{d}/04/2024,Oak {n},{n}.00-\n" for d in range(1, 4))
        (tmp_path / f"{n:02d}.csv").write_text(f"Date,Supplier,Amount\n{rows}")
    said = run("add", *sorted(tmp_path.glob("*.csv")), "--agency", "council")
    assert len(said.stdout.splitlines()) == 51
    assert len(said.stderr.splitlines()) < 12
    assert (
        "- 150 amounts have their minus sign after the figure, and are read as negative."
        " [00.csv, 01.csv, 02.csv and 47 more tables]"
    ) in said.stderr
    assert "50 files read: 50 tables, 200 rows, 150 payments of -£3,675.00." in said.stderr


def test_what_is_not_sure_is_told_with_how_to_overrule_it(tmp_path: Path) -> None:
    path = tmp_path / "spend.csv"
    path.write_text("When,Whom,One,Two\n" + "01/04/2024,Oak Ltd,10.00,99.00\n" * 30)
    said = run("add", path, "--agency", "council").stderr
    assert "Not sure, so please look:" in said
    assert 'totalplace sources show "spend.csv"' in said


def test_files_that_are_held_are_listed(april: Path) -> None:
    assert "No file is held" in run("list").stdout
    run("add", april, "--agency", "council", "--licence", "OGL v3.0")
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["agency"], row["file"], row["payments"]) == ("council", "April 2024.csv", 4)
    assert (row["sum_pence"], row["faults"], row["licence"]) == (101_550, 1, "OGL v3.0")
    assert (row["first_date"], row["last_date"]) == ("2024-04-01", "2024-04-30")
    listed = run("list", "--agency", "council").stdout
    assert "£1,015.50" in listed
    assert "OGL v3.0" in listed
    assert json.loads(run("list", "--agency", "other", "--json").stdout) == []


def test_how_a_file_was_read_is_shown_with_a_recipe(april: Path) -> None:
    add(april)
    shown = run("show", "April 2024.csv").stdout
    for words in ("Net Amount", "called 'Supplier'", "10 rows: 4 payments of £1,015.50", "VAT net"):
        assert words in shown
    recipe = run("show", "April 2024.csv", "--recipe").stdout
    assert recipe in shown
    assert "  amount: column F  # Net Amount" in recipe


def test_a_recipe_that_is_saved_and_changed_corrects_the_file(april: Path, tmp_path: Path) -> None:
    add(april)
    recipe = run("show", "April 2024.csv", "--recipe").stdout
    folder = tmp_path / "home" / "recipes"
    corrected = recipe.replace("amount: column F", "amount: Gross Amount")
    (folder / "council.yaml").write_text(corrected.replace("vat_basis: net", "vat_basis: gross"))
    (row,) = json.loads(run("reread", "April 2024.csv", "--json").stdout)
    assert (row["file"], row["sum_pence"], row["vat_basis"]) == ("April 2024.csv", 121_860, "gross")
    (held,) = json.loads(run("list", "--json").stdout)
    assert held["sum_pence"] == 121_860
    again = run("reread", "--agency", "council")
    assert again.exit_code == 2
    assert "it reads as it did before" in again.stderr


def test_a_file_that_is_not_held_is_not_shown(april: Path) -> None:
    with pytest.raises(Refused, match="There is no file May"):
        run("show", "May.csv")
    add(april)
    with pytest.raises(Refused, match="There is no file May"):
        run("reread", "May.csv")
    assert run("reread").exit_code == 2


def test_of_two_files_of_one_name_the_hash_tells_which(april: Path, tmp_path: Path) -> None:
    other = tmp_path / "b" / april.name
    other.parent.mkdir()
    other.write_text(MIXED.replace("Oak", "Fir"))
    first, second = add(april, other)
    with pytest.raises(Refused, match="2 files have that name"):
        run("show", april.name)
    for row in (first, second):
        assert row["sha256"] in run("show", row["sha256"][:12]).stdout


HOSTILE: Final = '=HYPERLINK("http://x")'


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A file whose faults a spreadsheet would take for formulas."""
    path = tmp_path / "+1 spend.csv"
    quoted = HOSTILE.replace('"', '""')
    path.write_text(
        "Date,Supplier,Amount\n01/04/2024,Oak Ltd,10.00\n"
        f'02/04/2024,"{quoted}",-@SUM(1)\n99/99/2024,Elm Ltd,7.00\n03/04/2024,Fir Ltd,5.00\n'
    )
    return path


def test_faults_are_counted_by_table_and_reason(faulty: Path) -> None:
    assert "0 rows refused" in run("faults").stdout
    add(faulty)
    said = run("faults").stdout
    assert "is not a sum of money" in said
    assert "1 row refused; 1 cell not read in other rows." in said


def test_faults_are_given_back_with_their_rows_as_published(faulty: Path) -> None:
    add(faulty)
    rows = json.loads(run("faults", "--json").stdout)
    assert [(r["row"], r["column"], r["found"], r["refused"]) for r in rows] == [
        (3, "C Amount", "-@SUM(1)", True),
        (4, "A Date", "99/99/2024", False),
    ]
    assert rows[0]["cells"] == ["02/04/2024", HOSTILE, "-@SUM(1)"]
    assert rows[1]["amount_pence"] in (700, None)


def test_the_workbook_of_faults_holds_words_and_no_formula(faulty: Path, tmp_path: Path) -> None:
    add(faulty)
    run("faults", "--xlsx", tmp_path / "faults.xlsx")
    book = openpyxl.load_workbook(tmp_path / "faults.xlsx")
    assert book.sheetnames == ["Summary", "Faults"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    values = [[cell.value for cell in row] for row in book["Faults"].iter_rows()]
    assert values[0][:6] == ["Agency", "File", "Sheet", "Row", "Column", "What was found"]
    assert values[1][1:6] == ["+1 spend.csv", None, 3, "C Amount", "-@SUM(1)"]
    assert values[1][10:13] == ["02/04/2024", HOSTILE, "-@SUM(1)"]
    assert "is not a sum of money" in [row[4].value for row in book["Summary"].iter_rows()]
    with zipfile.ZipFile(tmp_path / "faults.xlsx") as parts:
        sheets = [parts.read(n) for n in parts.namelist() if "worksheets/sheet" in n]
    assert not [sheet for sheet in sheets if b"<f>" in sheet]


def test_the_csv_of_faults_is_safe_to_open(faulty: Path, tmp_path: Path) -> None:
    add(faulty)
    run("faults", "--csv", tmp_path / "faults.csv")
    text = (tmp_path / "faults.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][1] == "'+1 spend.csv"
    assert rows[1][5] == "'-@SUM(1)"
    assert rows[1][11] == f"'{HOSTILE}"


def test_a_workbook_that_cannot_be_written_is_refused(faulty: Path, tmp_path: Path) -> None:
    add(faulty)
    for form in ("--xlsx", "--csv"):
        with pytest.raises(Refused, match="was not written"):
            run("faults", form, tmp_path / "nowhere" / "faults")


NAMES: Final = [
    "=cmd|' !A1.csv", "[bold red]x[bold].csv", ":smile:.csv", "a\x1b[2J\x07b.csv", "two\nlines.csv",
    "exe\u202evsc.csv", "é" * 100 + ".csv", "<script>alert(1)<b>.csv", "not \udcff utf-8.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_breaks_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "given" / name
    path.parent.mkdir()
    path.write_text("Date,Supplier,Amount\n01/04/2024,Oak,10.00\n02/04/2024,Elm,none\n")
    said = run("add", path.parent, "--agency", "council")
    assert said.exit_code == 0
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    for answer in (said, run("list"), run("faults"), run("show", shown)):
        assert all(c.isprintable() or c == "\n" for c in answer.output)
        assert shown in answer.output.replace("\n", "") or len(shown) > 60
    (row,) = json.loads(run("list", "--json").stdout)
    assert row["file"] == shown
    (refused,) = add(path.parent)
    assert refused["refused"]["what"] == f"{shown} was not added again"
    run("faults", "--xlsx", tmp_path / "f.xlsx", "--csv", tmp_path / "f.csv")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book["Faults"]["B2"].value == shown
    assert book["Faults"]["B2"].data_type == "s"
    assert len((tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
    recipe = tmp_path / "home" / "recipes" / "mine.yaml"
    recipe.write_text(run("show", row["sha256"], "--recipe").stdout)
    assert run("reread", row["sha256"]).exit_code == 0
