"""The formula on the weighted populations of every general practice in England, by district."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from totalplace.agreements.rules.formula import Formula, Place, highest_floor, reckon

FILE: Final = Path(__file__).resolve().parents[3] / "shared/data/nhs_allocation/2024_2025.csv.gz"
NEED, UNEQUAL = "Final WP", "Health Ineq WP"
SUM: Final = 100_000_000_000_01  # pence


@pytest.fixture
def districts() -> list[Place]:
    """Each district with its weighted populations; today each has the same for every patient."""
    if not FILE.is_file():
        pytest.skip("the published files are not beside this checkout")
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    names: dict[str, str] = {}
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names[row["LAD21"]] = row["LTLA21"]
            for column in (NEED, UNEQUAL, "pop 2022/23"):
                found[row["LAD21"]][column] += Decimal(row[column] or 0)
    patients = sum(one["pop 2022/23"] for one in found.values())
    return [
        Place(
            code, names[code], {NEED: Fraction(one[NEED]), UNEQUAL: Fraction(one[UNEQUAL])},
            today_pence=int(SUM * one["pop 2022/23"] / patients), people=int(one["pop 2022/23"]),
        )
        for code, one in found.items()
    ]  # fmt: skip


def test_a_sum_is_shared_among_all_districts_as_the_weighted_populations_say(
    districts: list[Place],
) -> None:
    formula = Formula(SUM, {NEED: Fraction(85), UNEQUAL: Fraction(15)})
    (year,) = reckon(formula, districts)
    assert len(year.shares) > 290
    assert sum(share.pence for share in year.shares) == SUM
    whole = {name: sum(p.needs[name] for p in districts) for name in (NEED, UNEQUAL)}
    for share in year.shares:
        needs = share.place.needs
        exact = Fraction(17, 20) * needs[NEED] / whole[NEED]
        exact += Fraction(3, 20) * needs[UNEQUAL] / whole[UNEQUAL]
        assert abs(share.pence - SUM * exact) < 1
    by_name = {share.place.name: share.place for share in year.shares}
    assert round(by_name["Burnley"].needs[NEED]) == 119_364  # ../shared/data/QUIRKS.md


def test_a_floor_is_held_in_every_district_and_paid_for_to_the_penny(
    districts: list[Place],
) -> None:
    formula = Formula(SUM, {NEED: Fraction(1)}, floor_per_cent=Fraction(-5))
    (year,) = reckon(formula, districts)
    held = [share for share in year.shares if share.pence == share.floor_pence]
    assert held
    assert sum(share.damping_pence for share in year.shares) == 0
    assert all(share.pence >= (share.floor_pence or 0) for share in year.shares)
    assert highest_floor(formula, districts) == 0  # no floor can give everybody more than the sum
