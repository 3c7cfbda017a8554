"""The truth of the count agrees with itself, with the payments, and with what is returned."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

from totalplace.count.definitions.services import services
from totalplace.count.definitions.whole_place import natures
from totalplace.example_place import Truth, write_example
from totalplace.example_place.accounts import BENEFITS, HOUSING_BENEFIT, NOT_RETURNED
from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.between import FLOWS, Deal, in_year_pence
from totalplace.example_place.counted import read_counted
from totalplace.example_place.country import AREAS
from totalplace.example_place.netted import DISPUTED
from totalplace.example_place.returned import FORM
from totalplace.example_place.seasons import YEARS, label

SEEDS_AND_SCALES = [(1, 0.004), (2, 0.02), (1979, 0.01)]


@pytest.fixture(scope="module", params=SEEDS_AND_SCALES, ids=str)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """A place of another seed and scale."""
    seed, scale = request.param
    return write_example(tmp_path_factory.mktemp("other"), seed=seed, scale=scale)


def test_transfers_and_what_is_left_add_up_to_the_payments(other: Truth) -> None:
    parts, whole = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for transfer in other.counted.transfers:
        parts[transfer.payer, transfer.year] += transfer.pence
    for spent in other.counted.spent:
        parts[spent.agency, spent.year] += spent.pence
    for total in other.totals:
        if total.kind == "payment":
            whole[total.agency, total.published_for] += total.pence
    assert parts == whole
    rows = sum(t.rows for t in other.counted.transfers) + sum(s.rows for s in other.counted.spent)
    assert rows == sum(t.rows for t in other.totals if t.kind == "payment")


def test_what_payers_paid_is_what_receivers_got_but_for_what_is_planted(other: Truth) -> None:
    differing = [cell for cell in other.counted.told if cell.paid_pence != cell.received_pence]
    assert all(bool(cell.why) == (cell in differing) for cell in other.counted.told)
    disputed = [cell for cell in differing if "disputes" in cell.why]
    assert [(cell.payer, cell.receiver, cell.year) for cell in disputed] == [DISPUTED]
    assert disputed[0].paid_pence > disputed[0].received_pence > 0
    # Every other difference is a payment that its payer did not publish.
    assert all(c.paid_pence < c.received_pence for c in differing if c not in disputed)
    assert {(c.payer, c.year) for c in differing} - {("EX-CC", "2023-24")} == {
        ("EX-DQ", "2022-23"), ("EX-DQ", "2023-24"), ("EX-FA", "2023-24"),
    }  # fmt: skip
    paid = sum(t.pence for t in other.counted.transfers)
    assert paid == sum(cell.paid_pence for cell in other.counted.told)


def test_one_councils_precepts_for_police_and_fire_go_through_the_county(place: Truth) -> None:
    through = [t for t in place.counted.transfers if t.through]
    assert {(t.payer, t.through, t.nature) for t in through} == {("EX-DV", "EX-CC", "precept")}
    assert {t.receiver for t in through} == {"EX-PC", "EX-FA"}
    lines = [line for line in place.lines() if line["payee_agency"] != line["receiver"]]
    assert {line["purpose"] for line in lines} == {
        "Council tax precept - police", "Council tax precept - fire",
    }  # fmt: skip
    assert sum(int(line["amount_pence"]) for line in lines) == sum(t.pence for t in through)


def test_the_tables_on_disk_are_the_truth(other: Truth) -> None:
    assert read_counted(other.folder / "truth") == other.counted
    with (other.folder / "truth" / "agencies.csv").open(encoding="utf-8", newline="") as table:
        names = {row["code"]: row["also_known_as"].split(" | ") for row in csv.DictReader(table)}
    assert names == {agency.code: list(agency.also_known_as) for agency in AGENCIES}


def test_every_service_and_nature_is_one_that_the_count_knows(place: Truth) -> None:
    known = {"", "transfer", *(nature.code for nature in natures().listed)}
    seen = {"service": Counter[str](), "nature": Counter[str]()}
    for line in place.lines():
        for what, counts in seen.items():
            counts[line[what]] += 1
    assert seen["service"].keys() <= services().keys() - {"unclassified"}
    assert seen["nature"].keys() <= known
    assert {"precept", "levy", "loan", "business_rates"} <= seen["nature"].keys()


def test_some_words_tell_nothing_and_the_same_words_are_of_several_services(place: Truth) -> None:
    silent = [line for line in place.lines() if line["telling"] == "False"]
    payments = [line for line in place.lines() if line["kind"] == "payment"]
    assert 0.04 < sum(line["kind"] == "payment" for line in silent) / len(payments) < 0.14
    kinds = {agency.code: agency.kind for agency in AGENCIES}
    assert {kinds[line["agency"]] for line in silent} <= {
        "county",
        "district",
        "combined-authority",
    }
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in silent:
        meant[line["unit"], line["purpose"]].add(line["service"])
    assert len(meant["Employees", "Agency staff"]) > 3
    # The police's tax on pay is of the police; a council's is of every service.
    told = {words(line) for line in payments if line["telling"] == "True"}
    assert not told & {words(line) for line in silent}


def words(line: Mapping[str, str]) -> tuple[str, str, str]:
    """Whose words stand beside a line, and which."""
    return line["agency"], line["unit"], line["purpose"]


def test_a_suppliers_words_tell_nothing_always_or_never(place: Truth) -> None:
    meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for line in place.lines():
        if line["telling"] == "False" and line["supplier"].startswith("S"):
            key = (line["agency"], line["supplier"], line["unit"], line["purpose"])
            if line["kind"] == "payment" and line["unit"] not in ("Fleet", "Strategy"):
                meant[key].add(line["service"])
    # An agency may buy a supplier's wares under two purposes that publish the same silent words.
    assert sum(len(same) == 1 for same in meant.values()) > 0.9 * len(meant) > 0


def test_an_account_is_made_of_its_parts_in_whole_pounds(other: Truth) -> None:
    for line in other.counted.accounts:
        costs = (line.paid_pence, line.bought_pence, line.pay_pence, line.small_pence)
        assert sum(costs) + line.benefits_pence == line.gross_pence
        assert line.fees_pence + line.received_pence == line.income_pence
        assert line.gross_pence - line.income_pence == line.net_pence
        assert line.gross_pence % 100 == line.income_pence % 100 == 0
        assert min(line.pay_pence, line.small_pence, line.fees_pence) >= 0


def test_the_net_count_is_what_leaves_the_counted_bodies_each_pound_once(other: Truth) -> None:
    for year in YEARS:
        lines = [line for line in other.counted.accounts if line.year == label(year)]
        outside = sum(
            line.paid_pence + line.pay_pence + line.small_pence + line.benefits_pence
            - line.fees_pence
            for line in lines
        )  # fmt: skip
        # Bought of bodies that are not counted, and taxes, which are nobody's income here.
        outside += sum(
            in_year_pence(flow, year)
            for flow in FLOWS
            if flow.deal is Deal.TAXED or (flow.deal is Deal.BOUGHT and not flow.received_by)
        )
        assert sum(line.net_pence for line in lines) == outside
        whole = [row for row in other.counted.whole if row.year == label(year)]
        assert sum(row.true_pence for row in whole) == outside


def test_housing_benefit_stands_twice_and_counts_once(other: Truth) -> None:
    rows = [row for row in other.counted.whole if row.service == HOUSING_BENEFIT]
    twice = {row.year: row for row in rows if row.agency == BENEFITS}
    assert len(twice) == len(YEARS)
    assert all(row.counted_pence == 0 and row.true_pence > 0 for row in twice.values())
    districts = [row for row in rows if row.agency != BENEFITS]
    assert all(row.counted_pence == row.true_pence > 0 for row in districts)
    assert len(districts) == 5 * len(YEARS)


def test_one_return_was_not_sent_and_is_missing_not_nought(other: Truth) -> None:
    code, year = NOT_RETURNED
    missing = [row for row in other.counted.whole if row.counted_pence is None]
    assert {(row.agency, row.year) for row in missing} == {(code, label(year))}
    assert sum(row.true_pence for row in missing) > 0
    sent = sorted(path.name for path in (other.folder / "returns" / code).iterdir())
    assert sent == ["return-2022-23.xlsx", "return-2024-25.xlsx"]


def test_the_workbooks_hold_the_accounts(place: Truth) -> None:
    true: dict[tuple[str, str], dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for line in place.counted.accounts:
        if line.returned and line.agency != BENEFITS:
            true[line.agency, line.year][line.service] = (
                line.gross_pence, line.income_pence, line.net_pence,
            )  # fmt: skip
    read = {}
    for path in (place.folder / "returns").glob("EX-*/*.xlsx"):
        said = workbook(path)
        agency, year = said.pop("Agency code")[0], said.pop("Financial year")[0]
        total = said.pop("total")
        lines = {
            service: tuple(round(cell * 100) for cell in cells[1:4])
            for service, cells in said.items()
            if service in services() and cells[1:4] != ["", "", ""]
        }
        assert tuple(round(c * 100) for c in total[1:4]) == tuple(
            sum(column) for column in zip(*lines.values(), strict=True)
        )
        read[agency, year] = lines
    assert read == true


def workbook(path: Path) -> dict[str, list[Any]]:
    """The rows of a return by their first cell."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Return").to_python()
    return {str(row[0]): row[1:] for row in rows if row[0]}


def test_the_department_publishes_each_area(place: Truth) -> None:
    true, read = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for line in place.counted.accounts:
        if line.agency == BENEFITS:
            true[line.year, line.area, line.service] += line.net_pence
    for path in (place.folder / "returns" / BENEFITS).glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as table:
            for row in csv.DictReader(table):
                key = (row["Financial year"], row["Area code"], row["Programme"])
                read[key] += round(float(row["Spending (£)"]) * 100)
    assert read == true
    assert {area for _, area, _ in true} == {area.gss for area in AREAS}
    form = yaml.safe_load((place.folder / "returns" / "forms" / f"{FORM}.yaml").read_text("utf-8"))
    assert form["lines"].keys() == {service for _, _, service in true}


def test_codes_of_areas_were_never_issued(place: Truth) -> None:
    codes = [cell for cell in all_cells(place.folder / "register") if re.match(r"E\d", cell)]
    assert codes
    assert all(re.fullmatch(r"E\d{2}99000\d", code) for code in codes)


def all_cells(folder: Path) -> list[str]:
    """Every cell of every table in a folder."""
    found: list[str] = []
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as table:
            found += [cell for row in csv.reader(table) for cell in row]
    return found


def test_receivers_say_what_they_got(place: Truth) -> None:
    told: dict[tuple[str, str, str], int] = {}
    for path in (place.folder / "received").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                told[row["Received from"], path.stem, row["Financial year"]] = pence(row)
    true = {(c.payer, c.receiver, c.year): c.received_pence for c in place.counted.told}
    assert told == true


def pence(row: Mapping[str, str]) -> int:
    """What a row says was received."""
    return round(float(row["Received (£)"]) * 100)
