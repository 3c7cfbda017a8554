"""A whole place from returns: a real city, each pound once, and how well it is known."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from totalplace.count.definitions.services import services
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.whole_place import Wanted, whole_place
from totalplace.count.rules.whole_place.lines import Basis, Income, Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.money.years import FinancialYear

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
AREA = "E08000025"
YEAR = FinancialYear(2021)


def outturn_pounds(code: str) -> int:
    """A body's total service expenditure of 2021-22 in pounds, read without our program."""
    path = SHARED / "la_revenue_outturn" / "council_spending.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    (row,) = [r for r in rows if r["ONS_code"] == code and r["year_ending"] == 202203]
    return round(1000 * sum(v for k, v in row.items() if isinstance(v, float) and k != "Total"))


def benefits_pounds() -> dict[str, int]:
    """What the department paid in the city in 2021-22 in pounds, by benefit."""
    path = SHARED / "returns_birmingham" / "dwp_benefit_expenditure_birmingham.csv"
    with path.open(encoding="utf-8") as file:
        return {
            r["benefit"]: round(float(r["amount_gbp_million_nominal"]) * 1_000_000)
            for r in csv.DictReader(file)
            if r["financial_year"] == "2021-22"
        }


@pytest.fixture
def counted(published: Any, tmp_path: Path) -> WholePlace:
    """The city's count for 2021-22."""
    published.register()
    published.place("city", [AREA])
    published.returns("la_revenue_outturn/*.gz", "returns_birmingham/*.csv", "nhs_allocation/ccg*")
    wanted = Wanted(published.home, "city", YEAR, [], tmp_path)
    built = whole_place(wanted)
    assert ready_to_freeze(built).digest == ready_to_freeze(whole_place(wanted)).digest
    return built.whole


def test_a_whole_city_from_its_returns(counted: WholePlace) -> None:
    assert counted.income is Income.NET
    assert_the_council_is_measured_to_the_pound(counted)
    assert_wider_bodies_are_shared_as_a_range(counted)
    assert_benefits_are_complete_and_housing_benefit_is_once(counted)
    assert_the_nhs_is_modelled_with_a_range(counted)
    assert_what_is_measured_is_said(counted)


def assert_the_council_is_measured_to_the_pound(counted: WholePlace) -> None:
    lines = [x for x in counted.net_lines if "city-council" in x.agency]
    assert sum(x.pence or 0 for x in lines) == 100 * outturn_pounds(AREA)
    assert {(x.status, x.basis) for x in lines} == {(Status.MEASURED, Basis.ACTUAL)}


def assert_wider_bodies_are_shared_as_a_range(counted: WholePlace) -> None:
    for word, code in (("police", "E23000014"), ("fire", "E31000044"), ("combined", "E47000007")):
        lines = [x for x in counted.net_lines if word in x.agency]
        assert {x.status for x in lines} == {Status.APPORTIONED}, word
        part = sum(x.pence or 0 for x in lines) / (100 * outturn_pounds(code))
        assert 0.36 < part < 0.41, word  # 1.14m of 2.93m people live in the city
        assert all((x.low_pence or 0) < (x.high_pence or 0) for x in lines)


def assert_benefits_are_complete_and_housing_benefit_is_once(counted: WholePlace) -> None:
    paid = benefits_pounds()
    lines = [x for x in counted.net_lines if x.service.endswith(("benefit", "benefits"))]
    assert sum(x.pence or 0 for x in lines) == 100 * paid["total"]
    (housing,) = [x for x in lines if x.service == "housing_benefit"]
    assert housing.pence == 100 * paid["hb"]
    assert any("Housing Benefit" in c.what for c in counted.checked)


def assert_the_nhs_is_modelled_with_a_range(counted: WholePlace) -> None:
    (nhs,) = [x for x in counted.net_lines if x.service == "nhs_care"]
    assert nhs.status is Status.MODELLED
    assert nhs.low_pence is not None
    assert nhs.high_pence is not None
    # £1.9bn of NHS money in the city's own count of 2008-09, and prices rose by a quarter since.
    assert nhs.low_pence < 1.9e11 < nhs.high_pence
    assert "Ways tried" in nhs.note


def assert_what_is_measured_is_said(counted: WholePlace) -> None:
    assert counted.measured is not None
    assert 0.6 < counted.measured < 0.8
    listed = services()
    of = counted.by(lambda x: listed[x.service].cofog[:2])
    share = {name: t.pence / of.total for name, t in of.rows}
    # More than the 70 to 80% of 2010: the outturn is net of income and without academies, which
    # makes everything else smaller, and state pensions are in.
    assert 0.8 < share["10"] + share["09"] + share["07"] < 0.92
    (own,) = counted.known
    assert own.year == "2008-09"
    assert counted.total.low_pence <= counted.total.pence <= counted.total.high_pence
    assert counted.numbers is not None
    whole = counted.numbers.for_the_place.pence
    parts = (counted.numbers.controlled, counted.numbers.negotiable, counted.numbers.national)
    assert sum(part.pence for part in parts) == whole
