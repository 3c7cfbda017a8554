"""`totalplace sources returns`: from a request to acceptance, as an officer types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli.main import totalplace
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
BENEFITS = (
    "gss_code,financial_year,benefit,benefit_name,amount_gbp_million_nominal,partial_year\n"
    "E06000001,2021-22,sp,State Pension,10.5,False\n"
    "E06000001,2021-22,hb,Housing Benefit,,False\n"
    "E06000001,2021-22,xx,New Benefit,3,False\n"
    "E06000001,2021-22,total,All,12.5,False\n"
)


def run(*words: str | Path, code: int = 0) -> Result:
    """Run a command on the records of the test; it ends with this code."""
    result = CliRunner().invoke(totalplace, ["sources", "returns", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.stderr
    return result


def told(*words: str | Path, code: int = 0) -> list[dict[str, Any]]:
    """What a command prints as JSON."""
    found: list[dict[str, Any]] = json.loads(run(*words, "--json", code=code).stdout)
    return found


@pytest.fixture
def benefits(tmp_path: Path) -> Path:
    path = tmp_path / "benefits.csv"
    path.write_text(BENEFITS)
    return path


@pytest.fixture
def filled(tmp_path: Path, noon: Any) -> Path:
    """A template that an agency filled in."""
    places.register_agency("wex-nhs", name="NHS Wex", by=Operator("Ada"), on=noon)
    path = tmp_path / "filled.xlsx"
    run("template", "--agency", "wex-nhs", "--year", "2024-25", path)
    book = openpyxl.load_workbook(path)
    sheet = book["Return"]
    row = next(n for n in range(1, 60) if sheet.cell(n, 1).value == "nhs_care")
    sheet.cell(row, 3).value, sheet.cell(row, 4).value = 100.5, "none"
    sheet.cell(row + 1, 5).value = 7
    book.save(path)
    return path


def test_every_figure_is_accounted_for_in_what_is_printed(benefits: Path) -> None:
    (row,) = told("add", benefits)
    assert (row["form"], row["figures"], row["lines"], row["missing"], row["totals"]) == (
        "dwp_benefits", 4, 1, 1, 1,
    )  # fmt: skip
    assert (row["faults"], row["left_out"], row["worked_out"]) == (1, 0, 1)
    assert row["figures"] == sum(
        row[what] for what in ("lines", "missing", "totals", "faults", "left_out")
    )
    (fault,) = row["fault_cells"]
    assert (fault["cell"], fault["found"]) == ("C4", "xx")
    assert row["verdicts"]["rest"] == 1


def test_what_was_read_is_told_in_a_table_and_in_words(benefits: Path) -> None:
    result = run("add", benefits)
    assert "2021-22" in result.stdout
    assert "benefits.csv C4: “xx” is no line that the form knows" in result.stderr
    assert "1 file added: 3 lines." in result.stderr


def test_a_file_that_is_held_is_refused_and_ends_with_2(benefits: Path) -> None:
    run("add", benefits)
    (row,) = told("add", benefits, code=2)
    assert "the same file" in row["refused"]["why"]


def test_a_body_is_shown_with_its_lines_and_totals(benefits: Path) -> None:
    run("add", benefits)
    shown = run("show", "E06000001", "--year", "2021-22").stdout
    assert "Department for Work and Pensions, DWP for E06000001, 2021-22" in shown
    assert "£10,500,000.00" in shown
    assert "missing" in shown
    lines = told("show", "DWP")
    assert {x["service"]: x["amount_pence"] for x in lines} == {
        "pensioner_benefits": 1_050_000_000, "housing_benefit": None, "other_benefits": 200_000_000,
    }  # fmt: skip
    with pytest.raises(Refused, match="There is no return of nobody"):
        run("show", "nobody")


def test_a_template_lives_from_request_to_acceptance(filled: Path) -> None:
    year = ("wex-nhs", "2024-25")
    assert run("request", *year, "--reason", "By May").stdout.endswith(": requested.\n")
    (asked,) = told("list", "--agency", "wex-nhs")
    assert (asked["state"], asked["lines"]) == ("requested", 0)
    added = run("add", filled)
    assert "filled.xlsx Return D22: “none” is not a sum of money" in added.stderr
    assert run("query", *year, "--reason", "Income?").stdout.endswith(": queried.\n")
    with pytest.raises(Refused, match="it is queried"):
        run("accept", *year)
    run("answer", *year, "--reason", "There is none.")
    assert run("accept", *year, "--form", "agency_return").stdout.endswith(": accepted.\n")
    (now,) = told("list", "--agency", "wex-nhs")
    assert (now["state"], now["net_pence"]) == ("accepted", 700)
    shown = run("show", "wex-nhs").stdout
    assert "Queried on" in shown
    assert "Income?" in shown
    run("withdraw", *year, "--reason", "It is another body's.")
    with pytest.raises(Refused, match="There is no return of wex-nhs"):
        run("show", "wex-nhs")


def test_the_files_and_their_faults_are_listed(filled: Path, benefits: Path) -> None:
    assert "No return is held" in run("list").stdout
    run("add", filled, benefits)
    held = {row["file"]: row for row in told("list")}
    assert (held["filled.xlsx"]["sheet"], held["filled.xlsx"]["faults"]) == ("Return", 1)
    assert "2 files." in run("list").stdout
    assert {row["cell"] for row in told("faults")} == {"D22", "C4"}
    assert "2 faults." in run("faults").stdout


def test_the_forms_are_listed_by_what_they_are_known_by() -> None:
    known = {row["code"]: row for row in told("forms")}
    assert "gss_code" in known["dwp_benefits"]["has"]
    assert "agency_return" in run("forms").stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("template", "--agency", "nobody", "--year", "2024-25", "x.xlsx"), "no agency nobody"),
        (("request", "nobody", "2024-25"), "no agency nobody"),
        (("query", "wex", "soon", "--reason", "x"), "Write the year as 2024-25"),
        (("accept", "wex", "2024-25"), "no return of wex for 2024-25"),
        (("add", "absent.csv"), "no such file"),
        (("list", "--agency", "nobody"), "no return of nobody"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(words: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused) as refused:
        run(*words)
    assert why in str(refused.value)


def test_a_template_that_cannot_be_written_is_refused(tmp_path: Path, noon: Any) -> None:
    places.register_agency("wex", by=Operator("Ada"), on=noon)
    with pytest.raises(Refused, match="was not written: no such file or directory"):
        run("template", "--agency", "wex", "--year", "2024-25", tmp_path / "no" / "x.xlsx")
