"""`totalplace plan template`, `check` and `solve`: from a file alone, without records."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.commissioning.cases import WELL, case, effect, option
from tests.commissioning.test_case_tables import with_cell

from totalplace.commissioning.reading.case_file import read_case
from totalplace.commissioning.rules.case import Grade, In, Kind, Rule
from totalplace.commissioning.rules.case_text import text_of
from totalplace.doors.cli.main import totalplace
from totalplace.doors.report.case_book import case_book, tables_book
from totalplace.refusal import Refused

FLOOR = Rule("floor", "places for all", Kind.ENTITLEMENT, ("reading",), In.UNITS, Decimal(300))
TALKS = effect("3", grade=Grade.UNGRADED, address="", accepted="record/9")
CASE = case(
    option("reading", 5_000, effect("0.5"), saturates_units=500),
    option("falls", 3_000, effect("1", of=WELL), saturates_units=200),
    option("roads", 2_000, agency="county"),
    option("talks", 1_000, TALKS, saturates_units=80, agency="nhs"),
    pounds=11_000,
    rules=(FLOOR,),
)


def run(*words: str) -> Result:
    """A command, whose refusal is raised."""
    result = CliRunner().invoke(totalplace, ["plan", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A workbook of a case."""
    file = tmp_path / "case.xlsx"
    file.write_bytes(case_book(CASE))
    return str(file)


def test_the_template_is_not_a_case_until_it_is_filled_in(tmp_path: Path) -> None:
    file = str(tmp_path / "new.xlsx")
    assert "plan check" in run("template", file, "--from", "2027-28", "--years", "2").output
    heads = [cell.value for cell in openpyxl.load_workbook(file)["Funds"][1]]
    assert heads[-2:] == ["2027-28", "2028-29"]
    with pytest.raises(Refused, match="was not taken"):
        run("check", file)


def test_check_tells_what_the_case_is(path: str) -> None:
    said = " ".join(run("check", path).output.split())
    assert "No fault was found: 4 options, 2 outcomes, 1 fund, 1 rule, 1 year." in said
    assert "£11,000.00 a year is spent now; the plan may move the £9,000.00 of 3 options" in said


def test_check_gives_the_faults_back_as_a_table_and_in_the_workbook(tmp_path: Path) -> None:
    file, back = tmp_path / "bad.xlsx", tmp_path / "back.xlsx"
    file.write_bytes(tables_book(with_cell("Options", 2, "Pounds now", 1.005)))
    with pytest.raises(Refused, match=r"Options, D2: '1\.005' has parts of a penny"):
        run("check", str(file), "--xlsx", str(back))
    assert openpyxl.load_workbook(back)["Options"]["D2"].comment is not None


def test_solve_tells_the_plan_its_proof_and_what_it_rests_on(path: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.xlsx"
    said = " ".join(run("solve", path, "--plans", "5", "--xlsx", str(out)).output.split())
    for words in (
        "£11,000.00 over 1 year reaches", "No plan of this case can reach more than",
        "demands, checked in whole pence", "as today", "down a list ranked",
        "What the money itself is worth: - what the block grant can pay in year 1: at most £11,000",
        "62.3% 19.5% 18.2%", "keeps its direction", "(10,000 draws, seed 1).",
    ):  # fmt: skip
        assert words in said
    assert "optimal" not in said
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "Plan"
    assert sum(row[5] for row in book["Plan"].iter_rows(min_row=2, values_only=True)) == 11_000
    assert sum(row[3] for row in book["Who pays"].iter_rows(min_row=2, values_only=True)) == 11_000


def test_solve_as_json_has_whole_pence_that_add_up(path: str) -> None:
    said = json.loads(run("solve", path, "--plans", "3", "--draws", "100", "--json").output)
    assert sum(line["pence"] for line in said["lines"]) == 1_100_000
    assert all(sum(one["paid_from"].values()) == one["pence"] for one in said["lines"])
    assert said["demands"]["all"] == said["demands"]["kept"]
    assert said["points"] <= said["bound"]
    assert said["chance"]["draws"] == 100
    assert said["prices"][0]["points_per"] > 0


def test_a_case_without_a_plan_is_refused_with_what_clashes_and_what_mends_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "case.xlsx"
    rule = Rule("floor", "places", Kind.ENTITLEMENT, ("reading",), In.UNITS, Decimal(900))
    file.write_bytes(
        case_book(case(option("reading", 5_000, effect("0.5")), pounds=5_000, rules=(rule,)))
    )
    result = CliRunner().invoke(totalplace, ["plan", "solve", str(file)])
    assert isinstance(result.exception, Refused)
    assert "has no plan" in str(result.exception)
    assert "£4,000.00" in result.output
    assert "mend it" in result.output


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_text_of_a_case_is_read_as_its_workbook_is(
    path: str, tmp_path: Path, ends: str
) -> None:
    file = tmp_path / "case.txt"
    file.write_bytes(text_of(CASE).replace("\n", ends).encode())
    assert read_case(file) == read_case(file.read_bytes()) == CASE
    assert run("check", str(file)).output == run("check", path).output


def test_a_fault_in_the_text_of_a_case_has_its_cell(tmp_path: Path) -> None:
    file = tmp_path / "case.txt"
    file.write_text(text_of(CASE).replace("\t60", "\t61"), "utf-8")
    with pytest.raises(Refused, match=r"case\.txt was not taken: it has 1 fault; it is in Wanted"):
        run("solve", str(file))
    file.write_bytes(b"The case of a plan, form 1\n\xff")
    with pytest.raises(Refused, match="no text in UTF-8"):
        run("check", str(file))


def test_check_says_that_a_plan_without_set_weights_cannot_be_proposed(tmp_path: Path) -> None:
    file = tmp_path / "case.xlsx"
    file.write_bytes(case_book(replace(CASE, weights_by="")))
    said = " ".join(run("check", str(file)).output.split())
    assert "No fault was found" in said
    assert "can be solved, and no plan of it can be proposed" in said


def test_checking_a_case_loads_no_records_and_no_tables() -> None:
    code = (
        "import sys; from totalplace.doors.cli.plan import case, solving; "
        "from totalplace.commissioning.reading.case_file import read_tables; "
        "from totalplace.commissioning.rules.weighing.summary import summary; "
        "from totalplace.doors.report.plan_solved import as_told; "
        "print([m for m in ('django', 'psycopg', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_workbook_is_read_by_its_cells_and_not_by_its_name() -> None:
    held = openpyxl.load_workbook(io.BytesIO(case_book(CASE)))
    assert [name for name in held.sheetnames if name != "How to fill it in"] == [
        "Plan", "Options", "Effects", "Prevents", "Wanted", "Funds", "Rules", "Areas",
    ]  # fmt: skip
