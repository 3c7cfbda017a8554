"""The truth about the example place agrees with itself, and every planted trap is there."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

import pytest

from totalplace.example_place import Truth

Line = Mapping[str, str]
KINDS = ("preamble", "header", "blank", "total", "payments", "cards", "commitments", "faults")


@pytest.fixture(scope="module")
def lines(place: Truth) -> list[Line]:
    return list(place.lines())


def by_sheet(lines: list[Line]) -> dict[tuple[str, str], list[Line]]:
    sheets: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        sheets[line["file"], line["sheet"]].append(line)
    return sheets


def test_every_row_of_every_sheet_is_of_one_kind(place: Truth) -> None:
    for sheet in place.files:
        assert sum(getattr(sheet, kind) for kind in KINDS) == sheet.rows_in, sheet


def test_the_lines_add_up_to_the_sheets(place: Truth, lines: list[Line]) -> None:
    sheets = by_sheet(lines)
    for sheet in place.files:
        found = sheets[sheet.file, sheet.sheet]
        counts = Counter(line["kind"] for line in found)
        pence: Counter[str] = Counter()
        for line in found:
            pence[line["kind"]] += int(line["amount_pence"] or 0)
        assert (counts["payment"], pence["payment"]) == (sheet.payments, sheet.sum_pence)
        assert (counts["card"], pence["card"]) == (sheet.cards, sheet.cards_pence)
        assert counts["commitment"] == sheet.commitments
        assert pence["commitment"] == sheet.commitments_pence
        assert counts["fault"] == sheet.faults
        spend = [line for line in found if line["kind"] != "fault"]
        assert sum(line["copy"] == "True" for line in spend) == sheet.copies
        paid = [line for line in spend if line["kind"] == "payment"]
        assert sum(line["amount_pence"].startswith("-") for line in paid) == sheet.negatives
        assert sum(line["paid_on"] == "" for line in spend) == sheet.undated
        days = sorted(date.fromisoformat(line["paid_on"]) for line in spend if line["paid_on"])
        assert (sheet.first_date, sheet.last_date) == (
            (days[0], days[-1]) if days else (None, None)
        )


def test_the_totals_add_up_to_the_sheets(place: Truth) -> None:
    for kind, held in (("payment", "sum"), ("card", "cards"), ("commitment", "commitments")):
        in_sheets = sum(getattr(sheet, f"{held}_pence") for sheet in place.files)
        assert in_sheets == sum(total.pence for total in place.totals if total.kind == kind)
    first = place.agencies[0].code
    assert place.pence(first, "2022-23") == sum(
        sheet.sum_pence for sheet in place.files if (sheet.agency, sheet.year) == (first, "2022-23")
    )


def test_the_tables_on_disk_say_what_the_truth_says(place: Truth) -> None:
    with (place.folder / "truth" / "truth.csv").open(encoding="utf-8", newline="") as table:
        held = list(csv.DictReader(table))
    assert [row["file"] for row in held] == [sheet.file for sheet in place.files]
    assert sum(int(row["sum_pence"]) for row in held) == sum(s.sum_pence for s in place.files)


def test_a_true_sum_is_net_or_net_and_vat(lines: list[Line]) -> None:
    for line in lines:
        if line["kind"] == "fault":
            assert line["amount_pence"] == ""
            continue
        vat = int(line["true_vat_pence"]) if line["vat_basis"] == "gross" else 0
        assert int(line["amount_pence"]) == int(line["true_net_pence"]) + vat


def test_no_two_lines_stand_in_one_row(lines: list[Line]) -> None:
    places = Counter((line["file"], line["sheet"], line["row"]) for line in lines)
    assert max(places.values()) == 1


def test_about_fifteen_payments_in_a_thousand_are_credit_notes(lines: list[Line]) -> None:
    notes = sum(line["planted"] == "credit note" for line in lines)
    assert 0.008 < notes / len(lines) < 0.025


def test_the_fire_authority_published_nothing_for_one_month(lines: list[Line]) -> None:
    months = {
        line["paid_on"][:7]
        for line in lines
        if line["agency"] == "EX-FA" and line["kind"] == "payment"
    }
    assert "2023-11" not in months
    assert len(months) == 35


def test_the_police_published_ten_months_of_the_last_year(lines: list[Line]) -> None:
    months = {line["paid_on"][:7] for line in lines if line["agency"] == "EX-PC"}
    assert max(months) == "2025-01"
    assert len(months) == 34


def test_one_council_turns_from_net_to_vat_inclusive(lines: list[Line]) -> None:
    basis = {
        (line["file"].rsplit("/", 1)[1], line["vat_basis"])
        for line in lines
        if line["agency"] == "EX-DQ"
    }
    assert ("January-2024.csv", "net") in basis
    assert ("February-2024.csv", "gross") in basis
    assert len({name for name, _ in basis}) == len(basis) == 36


def test_one_council_raises_its_threshold(lines: list[Line]) -> None:
    small = [
        line["paid_on"]
        for line in lines
        if line["agency"] == "EX-DV" and abs(int(line["amount_pence"])) < 500_00
    ]
    assert small
    assert max(small) < "2023-10-01"


def test_precepts_of_one_council_appear_only_in_the_last_year(lines: list[Line]) -> None:
    precepts = [line for line in lines if line["planted"] == "precept"]
    days = [line["paid_on"] for line in precepts if line["agency"] == "EX-DQ"]
    assert min(days) >= "2024-04-01"
    ours = [line for line in precepts if line["payee_agency"]]  # the others are of parishes
    assert {line["payee_agency"] for line in ours} == {"EX-CC", "EX-PC", "EX-FA"}


def test_invoices_in_full_on_each_line_are_exact_copies_of_one_month(place: Truth) -> None:
    found = [f for f in place.findings if f.what.startswith("invoice total") and f.rows]
    assert [(f.sheet, f.count) for f in found] == [("March 2024", 9 + 37 + 6 + 4 + 12)]


def test_every_planted_trap_has_a_finding(place: Truth, lines: list[Line]) -> None:
    routine = {"", "credit note", "purchase card", "contract", "precept", "transfer"}
    planted = {line["planted"] for line in lines} - routine
    found = {finding.what for finding in place.findings}
    assert planted <= found
    assert {"missing month", "ten months of a year", "net becomes VAT-inclusive"} <= found


def test_a_total_below_a_table_is_never_a_payment(place: Truth) -> None:
    assert sum(sheet.total for sheet in place.files) > 40


def test_many_suppliers_are_paid_by_several_agencies_and_spelt_several_ways(
    lines: list[Line],
) -> None:
    agencies: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line["supplier"].startswith("S"):
            agencies[line["supplier"]].add(line["agency"])
            spellings[line["supplier"]].add(line["payee"])
    assert sum(len(who) > 1 for who in agencies.values()) > 200
    assert sum(len(ways) > 1 for ways in spellings.values()) > 200
