"""The template that any agency can fill in: written, filled in as people do, and read back."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from totalplace.doors.cli.sources.returns_template import SHEET, Asked, write_template
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources import returns
from totalplace.sources.batch import NotAdded
from totalplace.sources.home import Home
from totalplace.sources.returns import forms
from totalplace.sources.returns.taking import ReturnAdded
from totalplace.sources.rules.returns.sums import Verdict

from .conftest import NOON

pytestmark = pytest.mark.django_db
COLUMNS: Final = {
    "gross": "C", "income": "D", "net": "E", "capital": "F",
    "basis": "G", "status": "H", "note": "I",
}  # fmt: skip
Give = Callable[..., list[ReturnAdded | NotAdded]]


class Template:
    """A template that is filled in, as a workbook or as CSV."""

    def __init__(self, path: Path) -> None:
        self.path = path
        form = next(f for f in forms.shipped() if f.code == "agency_return")
        write_template(path, form, Asked("wex-nhs", "NHS Wex", FinancialYear(2024)))

    def fill(self, cells: dict[str, dict[str, Any]], **above: str) -> Path:
        """Write in cells by service and column, and over cells above the table by address."""
        if self.path.suffix == ".csv":
            return self._fill_csv(cells)
        book = openpyxl.load_workbook(self.path)
        sheet = book[SHEET]
        rows = {sheet.cell(n, 1).value: n for n in range(1, sheet.max_row + 1)}
        for service, said in cells.items():
            for column, value in said.items():
                sheet[f"{COLUMNS[column]}{rows[service]}"] = value
        for address, value in above.items():
            sheet[address] = value
        book.save(self.path)
        return self.path

    def _fill_csv(self, cells: dict[str, dict[str, Any]]) -> Path:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        for row in rows:
            for column, value in cells.get(row[0], {}).items():
                row[ord(COLUMNS[column]) - ord("A")] = str(value)
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return self.path


@pytest.fixture(params=["return.xlsx", "return.csv"])
def template(request: pytest.FixtureRequest, given: Path) -> Template:
    places.register_agency("wex-nhs", name="NHS Wex", by=Operator("Ada"), on=NOON)
    return Template(given / request.param)


@pytest.fixture
def workbook(given: Path) -> Template:
    places.register_agency("wex-nhs", name="NHS Wex", by=Operator("Ada"), on=NOON)
    return Template(given / "return.xlsx")


def only(outcomes: list[ReturnAdded | NotAdded]) -> ReturnAdded:
    (added,) = outcomes
    assert isinstance(added, ReturnAdded), str(added.refused)
    return added


def refused(outcomes: list[ReturnAdded | NotAdded]) -> Refused:
    (outcome,) = outcomes
    assert isinstance(outcome, NotAdded)
    return outcome.refused


def test_what_is_filled_in_comes_back_to_the_penny(
    template: Template, add_returns: Give, home: Home
) -> None:
    path = template.fill(
        {
            "nhs_care": {"gross": 1_000_000.1, "income": 400_000, "net": 600_000.1},
            "public_health": {"gross": 70.25, "income": 0, "note": "Grant only."},
            "education": {"net": -5, "basis": "formula", "status": "modelled", "capital": 12},
            "total": {"gross": 1_000_070.35, "income": 400_000, "net": 600_065.35},
        }
    )
    added = only(add_returns(path))
    found = {(x.service, x.item): x for x in returns.lines(home, bodies=["wex-nhs"])}
    assert {key: line.amount_pence for key, line in found.items()} == {
        ("nhs_care", "total expenditure"): 100_000_010,
        ("nhs_care", "total income"): 40_000_000,
        ("nhs_care", "net current expenditure"): 60_000_010,
        ("public_health", "total expenditure"): 7025,
        ("public_health", "total income"): 0,
        ("public_health", "net current expenditure"): 7025,
        ("education", "net current expenditure"): -500,
        ("education", "capital expenditure"): 1200,
    }
    worked_out = found["public_health", "net current expenditure"]
    assert worked_out.note == "Grant only. Worked out as gross less income."
    modelled = found["education", "net current expenditure"]
    assert (modelled.basis, modelled.status, modelled.income_rule) == ("formula", "modelled", "net")
    assert found["education", "capital expenditure"].economic == "capital"
    assert {line.year_start for line in found.values()} == {2024}
    assert {c.verdict for c in added.outcomes[0].checked} == {Verdict.AGREES}


def test_a_template_that_nobody_filled_in_is_refused(template: Template, add_returns: Give) -> None:
    assert refused(add_returns(template.path)).why == "it has not one figure"


def test_a_service_that_is_spent_on_but_not_known_is_missing(
    template: Template, add_returns: Give, home: Home
) -> None:
    add_returns(template.fill({"justice": {"status": "missing"}, "police": {"net": 0}}))
    found = {(x.service, x.item): x for x in returns.lines(home)}
    justice = found["justice", "net current expenditure"]
    assert (justice.amount_pence, justice.status) == (None, "missing")
    assert found["police", "net current expenditure"].amount_pence == 0
    assert ("education", "net current expenditure") not in found


def test_each_error_is_said_at_its_cell(workbook: Template, add_returns: Give, home: Home) -> None:
    path = workbook.fill(
        {
            "nhs_care": {"gross": "lots", "income": 1},
            "education": {"gross": 1, "status": "guess"},
            "police": {"net": 3, "status": "missing"},
            "culture": {"net": 3, "basis": "by hand"},
            "housing": {"net": 3},
        }
    )
    only(add_returns(path))
    told = {(f.sheet, f.cell): (f.found, f.why) for f in returns.faults(home)}
    assert told["Return", "C22"] == ("lots", "is not a sum of money")
    assert told["Return", "H8"][0] == "guess"
    assert "one of measured, apportioned, modelled, missing" in told["Return", "H8"][1]
    assert "the row has some" in told["Return", "H17"][1]
    assert told["Return", "G14"][0] == "by hand"
    assert all(f.next_step for f in returns.faults(home))


def test_a_net_that_is_not_gross_less_income_is_said(
    workbook: Template, add_returns: Give, home: Home
) -> None:
    added = only(add_returns(workbook.fill({"police": {"gross": 10, "income": 4, "net": 7}})))
    assert "is £7, but what it is made of comes to £6" in added.outcomes[0].said[0]
    (line,) = [x for x in returns.lines(home) if x.item == "net current expenditure"]
    assert line.amount_pence == 700  # as it was returned: nobody's figure is changed


def test_a_total_that_is_not_what_its_lines_come_to_is_said(
    template: Template, add_returns: Give
) -> None:
    added = only(add_returns(template.fill({"police": {"net": 10}, "total": {"net": 11}})))
    assert "total (net current expenditure) is £11" in added.outcomes[0].said[0]


@pytest.mark.parametrize(
    ("above", "why"),
    [
        ({"B5": "next year"}, "“next year” in cell B5 of Return is no financial year"),
        ({"B5": ""}, "it has not the year in the cell beside “Financial year”"),
        ({"B3": "moon-nhs"}, "none has been registered under that code"),
        ({"B3": ""}, "the code of the agency in the cell beside “Agency code”"),
    ],
)
def test_a_template_that_does_not_say_whose_or_when_is_refused(
    workbook: Template, add_returns: Give, above: dict[str, str], why: str
) -> None:
    assert why in refused(add_returns(workbook.fill({"police": {"net": 1}}, **above))).why


def test_a_template_of_another_agency_than_was_said_is_refused(
    workbook: Template, add_returns: Give
) -> None:
    places.register_agency("other", by=Operator("Ada"), on=NOON)
    path = workbook.fill({"police": {"net": 1}})
    assert refused(add_returns(path, agency="other")).why == "it is of wex-nhs, and other was said"


def test_a_service_that_was_added_by_hand_is_a_fault(
    workbook: Template, add_returns: Give, home: Home
) -> None:
    only(add_returns(workbook.fill({"police": {"net": 1}}, A9="ferries", C9="12")))
    (fault,) = returns.faults(home)
    assert (fault.cell, fault.found, fault.why) == (
        "A9", "ferries", "is no line that the form knows",
    )  # fmt: skip


def test_the_workbook_has_lists_to_choose_from_and_no_macros(workbook: Template) -> None:
    with zipfile.ZipFile(workbook.path) as parts:
        names = parts.namelist()
        assert not [n for n in names if "vba" in n.casefold() or "macro" in n.casefold()]
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "measured,apportioned,modelled,missing" in sheet
    assert sheet.count("<dataValidation ") == 4
    assert "<f>" not in sheet
    book = openpyxl.load_workbook(workbook.path)
    assert book.sheetnames == ["Return", "How to fill it in"]
    how = {row[0].value: row[1].value for row in book["How to fill it in"].iter_rows()}
    assert {"Gross expenditure", "Net", "Basis", "Status", "No macros"} <= set(how)
    assert all(how.values())
