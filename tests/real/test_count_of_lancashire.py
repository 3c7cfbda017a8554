"""The count of real published files: every figure of those who read them before, every oddity."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from totalplace.count import queries
from totalplace.count.rules.published import AgencyYear, Count, Finding
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions as sources
from totalplace.sources.home import Home

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "spend_lancashire"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published files of Lancashire are not beside this checkout"
)

AGENCIES = {
    "E07000120": ("Hyndburn Borough Council", "hyndburn_raw", "*.csv"),
    "E07000117": ("Burnley Borough Council", "derived", "burnley*"),
    "E23000003": ("Lancashire Police and Crime Commissioner", "police_raw", "*.xlsx"),
    "E31000023": ("Lancashire Combined Fire Authority", "fire_raw", "*.xlsx"),
}
# Rows, pence and negative rows of payments, computed by others from the same files.
KNOWN = {
    ("E07000120", "2023-24"): (6390, 1_882_551_048, 9),
    ("E07000120", "2024-25"): (8988, 9_411_341_707, 163),
    ("E23000003", "2023-24"): (9289, 10_432_277_362, 32),
    ("E23000003", "2024-25"): (7857, 11_096_228_483, 90),
    ("E31000023", "2023-24"): (6999, 2_452_516_932, 438),
    ("E31000023", "2024-25"): (3376, 2_462_238_891, 0),
}


def test_the_figures_and_the_oddities_of_four_bodies(
    tmp_path: Path, noon: datetime, db: None
) -> None:
    home = Home(tmp_path)
    for code, (name, folder, pattern) in AGENCIES.items():
        places.register_agency(code, name=name, by=Operator("test"), on=noon)
        files = sorted((SHARED / folder).glob(pattern))
        list(sources.add(files, sources.Terms(code), home=home, by=Operator("test"), on=noon))
    count = queries.count(home)
    assert count.agrees
    years = {(y.agency.code, y.year): y for y in count.agency_years}
    for key, known in KNOWN.items():
        paid = years[key].tallies.payments
        assert (paid.rows, paid.pence, paid.negative_rows) == known, key
    assert_the_copies_of_others_are_ours(years)
    assert_every_oddity_is_said(count)
    assert_nothing_else_is_called_a_change_of_figures(count)


def assert_the_copies_of_others_are_ours(years: dict[tuple[str, str], AgencyYear]) -> None:
    copies = {key: year.tallies.payments.copy_rows for key, year in years.items()}
    assert copies["E23000003", "2023-24"] == 833
    assert copies["E23000003", "2024-25"] == 820
    assert copies["E31000023", "2023-24"] == 906
    assert copies["E31000023", "2024-25"] == 293
    assert copies["E07000120", "2023-24"] == 17
    assert copies["E07000120", "2024-25"] == 4


def of(count: Count, code: str, topic: str) -> Finding:
    (finding,) = [f for f in count.findings if (f.agency.code, f.topic) == (code, topic)]
    return finding


def assert_every_oddity_is_said(count: Count) -> None:
    vat = of(count, "E07000120", "From net to VAT-inclusive in mid-series")
    assert vat.period == "from March 2024"
    assert "“Net Amount (£)” before and “Amount Paid”" in vat.says
    assert "163 amounts" in of(count, "E07000120", "Minus signs after the figure").says
    assert "2025-03" in of(count, "E07000120", "Header on the last row").figures[0]
    jump = of(count, "E07000120", "A jump between years")
    assert jump.figures[0].startswith("LANCASHIRE COUNTY COUNCIL (DIRECT DEBIT PAYMENTS)")
    assert "925 dates" in of(count, "E23000003", "Dates as numbers").says
    assert "ten months of twelve" in of(count, "E23000003", "Part of a year").says
    repeated = of(count, "E23000003", "Invoice totals repeated on each line")
    assert repeated.period == "March and April 2024"
    assert of(count, "E23000003", "Redacted payees").pence > 0
    assert of(count, "E31000023", "Publication threshold changes").period == "from April 2024"
    assert "62 card purchases" in of(count, "E07000117", "No date").says
    contracts = of(count, "E07000117", "Commitments beside payments")
    assert "1,892 contracts of £68,180,590" in contracts.says
    assert of(count, "E07000117", "No negative payments").what_to_do


def assert_nothing_else_is_called_a_change_of_figures(count: Count) -> None:
    assert sum(f.weight.name == "FIGURES" for f in count.findings) == 5
