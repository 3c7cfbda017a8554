"""What the records know of a place fills the first sheets of a case; the rest is left blank."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.agreements.agreement_made import with_targets
from tests.outcomes.place_made import DEFAULT

from totalplace.commissioning.queries.first_case import first_case
from totalplace.commissioning.rules.case_first import (
    Aspired,
    Counted,
    Drawn,
    First,
    Granted,
    Guaranteed,
    first_tables,
)
from totalplace.commissioning.rules.case_tables import CaseFaults, case_of
from totalplace.refusal import Refused
from totalplace.sources.home import Home

BUSES = Granted(
    "buses", "Bus fund", {2027: 5_000, 2028: None}, "agreement corner/1, line buses",
    covers=("council/*",), fenced=True, least=1_000, asked="at least £10 for roads",
)  # fmt: skip


def drawn(**more: object) -> Drawn:
    """A place of some lines."""
    counted = (
        Counted("council", "roads", "Roads", 10_000),
        Counted("council", "parking", "Parking", -5_000),
        Counted("nhs", "beds", "Beds", None),
        Counted("nhs", "gp care", "Family doctors", 700),
    )
    said: dict[str, object] = {"place": "corner", "first_year": 2027, "years": 2}
    return Drawn(**{**said, "counted": counted, **more})  # type: ignore[arg-type]


def rows(first: First, sheet: str) -> list[dict[str, str]]:
    """The rows of a sheet by heading."""
    heads, *found = first.tables[sheet]
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_each_line_with_a_sum_is_an_option_that_says_which_line_it_is() -> None:
    first = first_tables(drawn())
    assert [(one["Code"], one["Pounds now"], one["Lines of the count"]) for one in
            rows(first, "Options")] == [
        ("council-roads", "100", "council/roads"), ("nhs-gp-care", "7", "nhs/gp care"),
    ]  # fmt: skip
    told = " ".join(first.notes)
    assert "bring in more than they cost (-£50.00 in all)" in told
    assert "have no sum, and are left out" in told


def test_what_is_spent_today_is_the_money_unless_a_year_of_the_grant_is_not_known() -> None:
    assert [one["2028-29"] for one in rows(first_tables(drawn()), "Funds")] == ["107"]
    fenced = rows(first_tables(drawn(granted=(BUSES,))), "Funds")
    assert [(one["2027-28"], one["2028-29"]) for one in fenced] == [("50", ""), ("57", "")]


def test_a_ring_fence_pays_only_for_what_it_covers() -> None:
    first = first_tables(drawn(granted=(BUSES,)))
    assert [one["Funds"] for one in rows(first, "Options")] == ["buses, rest", ""]
    assert rows(first, "Funds")[0]["Only what names it"] == "yes"
    (rule,) = rows(first, "Rules")
    assert (rule["Options"], rule["At least"], rule["Title"]) == (
        "council-roads", "10", "at least £10 for roads",
    )  # fmt: skip


def test_a_share_of_so_many_people_becomes_people() -> None:
    aspired = (
        Aspired("ready", "E1", "Ready", "%", Decimal("7.5"), 2_000),
        Aspired("days", "E1", "Days lost", "days", Decimal(-2)),
        Aspired("well", "E1", "Well", "%", Decimal(3)),
    )
    first = first_tables(drawn(aspired=aspired))
    assert [(one["Counted in"], one["Gap"], one["Weight"]) for one in rows(first, "Wanted")] == [
        ("people", "150", ""), ("%", "3", ""),
    ]  # fmt: skip
    assert any("at its target already" in note for note in first.notes)
    assert any("say how many the gap is" in note for note in first.notes)


def test_a_guarantee_is_a_rule_whose_options_an_officer_has_to_name() -> None:
    guaranteed = (
        Guaranteed("beds", "Beds for all", "beds", "beds", 90, "the law"),
        Guaranteed("care", "Care", "spending", "pence", 12_345, "the law"),
        Guaranteed("more", "More", "spending", "pence", None, ""),
    )
    first = first_tables(drawn(guaranteed=guaranteed))
    assert [(one["Counted in"], one["At least"], one["Options"]) for one in
            rows(first, "Rules")] == [("units", "90", ""), ("pounds", "123.45", "")]  # fmt: skip
    assert any("The least of 'More' here is not known" in note for note in first.notes)


def test_what_is_left_blank_keeps_the_workbook_from_being_taken() -> None:
    read = case_of(first_tables(drawn(granted=(BUSES,))).tables)
    assert isinstance(read, CaseFaults)
    assert {one.sheet for one in read.faults} == {"Wanted", "Funds"}


@pytest.mark.django_db
def test_the_targets_that_a_place_adopted_are_what_is_wanted(tmp_path: Path) -> None:
    here = with_targets(DEFAULT, tmp_path / "authority")
    first = first_case(
        "wexshire", home=Home(tmp_path / "home"), years=(2027, 3), on=here.at(0).date()
    )
    assert rows(first, "Wanted")
    assert "No edition of the count is signed off" in first.notes[0]


@pytest.mark.django_db
def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nowhere"):
        first_case("nowhere", home=Home(tmp_path), years=(2027, 1), on=DEFAULT)
