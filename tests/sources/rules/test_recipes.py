"""Recipes: what an officer knows of an agency's files, in a closed vocabulary, by date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from totalplace.refusal import Refused
from totalplace.sources.rules.layout import Kind, Layout, Role, Taken, VatBasis
from totalplace.sources.rules.recipes import NO_COLUMN, Recipe, amended, in_force, recipe_from

HEADER = ["Dept", "Vendor", "Run  Date", "Net (£)", "Gross (£)"]
ROWS = [["Payments over £500"], HEADER, ["Parks", "Acme Ltd", "04/05/2024", "10.00", "12.00"]]


def written(**more: Any) -> dict[str, Any]:
    return {"agency": "hyndburn", "valid_from": date(2024, 3, 1), **more}


def understood() -> Layout:
    return Layout(
        header_rows=(2,),
        first_row=3,
        width=5,
        taken={
            Role.AMOUNT: Taken(3, "Net (£)", 0.9, "called 'Net (£)'"),
            Role.PAYEE: Taken(1, "Vendor", 0.9, "called 'Vendor'"),
        },
        vat_basis=VatBasis.NET,
        unsure=("No column looks like the date.",),
    )


def refused(**more: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        recipe_from(written(**more), name="hyndburn.yaml")
    return refusal.value


def test_a_recipe_says_all_that_recipes_may_say() -> None:
    recipe = recipe_from(
        written(
            valid_to=date(2025, 3, 31),
            files="*card*",
            header_row=2,
            columns={"amount": "Gross (£)", "date": "column C"},
            vat_basis="gross",
            dates="month-first",
            kind="card",
            answers_to="Head of finance",
            review_by=date(2026, 4, 1),
            why="Amounts have VAT in them from March 2024.",
        ),
        name="hyndburn.yaml",
    )
    assert recipe == Recipe(
        agency="hyndburn",
        valid_from=date(2024, 3, 1),
        valid_to=date(2025, 3, 31),
        files="*card*",
        header_row=2,
        columns={Role.AMOUNT: "Gross (£)", Role.DATE: "column C"},
        vat_basis=VatBasis.GROSS,
        month_first=True,
        kind=Kind.CARD,
    )


def test_a_recipe_needs_only_its_agency_and_its_first_day() -> None:
    recipe = recipe_from(written(), name="hyndburn.yaml")
    assert (recipe.files, recipe.header_row, recipe.month_first) == ("*", None, None)
    assert (recipe.vat_basis, recipe.kind, recipe.valid_to) == (None, None, None)


def test_a_word_that_recipes_do_not_know_is_refused_by_name() -> None:
    refusal = refused(amont="D", skip=3)
    assert refusal.what == "The recipe hyndburn.yaml was not used"
    assert refusal.why == "it has amont, skip, which recipes do not know"
    assert "agency, answers_to, columns" in refusal.next_step


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("vat_basis", "nett", "nett"),
        ("dates", "US", "US"),
        ("kind", "invoice", "invoice"),
        ("columns", {"amuont": "D"}, "amuont"),
    ],
)
def test_a_value_outside_the_vocabulary_is_refused_by_name(key: str, value: Any, word: str) -> None:
    assert word in refused(**{key: value}).why


@pytest.mark.parametrize("lacking", ["agency", "valid_from"])
def test_a_recipe_without_its_agency_or_first_day_is_refused(lacking: str) -> None:
    said = written()
    del said[lacking]
    with pytest.raises(Refused, match="must say its agency and the day"):
        recipe_from(said, name="hyndburn.yaml")


def test_a_first_day_that_is_no_date_is_refused() -> None:
    assert "the day it is valid_from" in refused(valid_from="soon").why


class TestInForce:
    """Which recipe holds for a file."""

    recipes = (
        Recipe("hyndburn", date(2022, 4, 1), valid_to=date(2024, 2, 29), vat_basis=VatBasis.NET),
        Recipe("hyndburn", date(2024, 3, 1), vat_basis=VatBasis.GROSS),
        Recipe("hyndburn", date(2024, 3, 2), files="*CARD*", kind=Kind.CARD),
        Recipe("pendle", date(2020, 4, 1)),
    )

    def chosen(self, agency: str, file: str, on: date | None) -> Recipe | None:
        return in_force(self.recipes, agency=agency, file=file, on=on)

    def test_it_is_the_one_of_the_files_own_day(self) -> None:
        assert self.chosen("hyndburn", "a.csv", date(2024, 2, 29)) is self.recipes[0]
        assert self.chosen("hyndburn", "a.csv", date(2024, 3, 1)) is self.recipes[1]
        assert self.chosen("hyndburn", "a.csv", date(2022, 3, 31)) is None

    def test_it_is_the_last_to_start_where_the_day_is_not_known(self) -> None:
        assert self.chosen("hyndburn", "a.csv", None) is self.recipes[1]

    def test_its_pattern_fits_the_name_of_the_file_in_any_case(self) -> None:
        assert self.chosen("hyndburn", "April card spend.csv", date(2024, 4, 1)) is self.recipes[2]
        assert self.chosen("hyndburn", "April spend.csv", date(2024, 4, 1)) is self.recipes[1]

    def test_it_is_never_another_agencys(self) -> None:
        assert self.chosen("pendle", "a.csv", date(2024, 4, 1)) is self.recipes[3]
        assert self.chosen("burnley", "a.csv", date(2024, 4, 1)) is None


class TestAmended:
    """A layout with a recipe's word over it."""

    def amend(self, recipe: Recipe) -> Layout:
        return amended(understood(), recipe, ROWS, "April.csv")

    def test_what_the_recipe_leaves_out_stays_as_it_was_understood(self) -> None:
        assert self.amend(Recipe("hyndburn", date(2024, 3, 1))) == understood()

    def test_a_column_is_named_by_its_header_or_by_its_letter(self) -> None:
        columns = {Role.AMOUNT: "gross (£)", Role.DATE: "run date", Role.UNIT: "column A"}
        layout = self.amend(Recipe("hyndburn", date(2024, 3, 1), columns=columns))
        found = {role: (t.position, t.header) for role, t in layout.taken.items()}
        assert found == {
            Role.AMOUNT: (4, "Gross (£)"),
            Role.PAYEE: (1, "Vendor"),
            Role.DATE: (2, "Run Date"),
            Role.UNIT: (0, "Dept"),
        }
        assert layout.taken[Role.AMOUNT].reason == "named by the recipe"
        assert layout.taken[Role.AMOUNT].confidence == 1.0

    def test_another_amount_may_be_gross_so_its_basis_is_no_longer_known(self) -> None:
        another = Recipe("hyndburn", date(2024, 3, 1), columns={Role.AMOUNT: "Gross (£)"})
        assert self.amend(another).vat_basis is VatBasis.UNKNOWN

    def test_the_recipes_basis_kind_and_order_of_dates_hold(self) -> None:
        layout = self.amend(
            Recipe(
                "hyndburn",
                date(2024, 3, 1),
                columns={Role.AMOUNT: "Gross (£)"},
                vat_basis=VatBasis.GROSS,
                kind=Kind.CARD,
                month_first=True,
            )
        )
        assert (layout.vat_basis, layout.kind) == (VatBasis.GROSS, Kind.CARD)
        assert layout.month_first

    def test_the_row_of_the_header_is_the_recipes_and_nought_is_none(self) -> None:
        above = self.amend(Recipe("hyndburn", date(2024, 3, 1), header_row=1))
        assert (above.header_rows, above.first_row, above.unsure) == ((1,), 2, ())
        none = self.amend(Recipe("hyndburn", date(2024, 3, 1), header_row=0))
        assert (none.header_rows, none.first_row) == ((), 1)

    def test_a_far_column_is_known_by_its_letters(self) -> None:
        columns = {Role.PURPOSE: "column AB"}
        layout = self.amend(Recipe("hyndburn", date(2024, 3, 1), columns=columns))
        assert layout.taken[Role.PURPOSE].position == 27

    def test_a_column_that_is_not_there_is_refused_with_those_that_are(self) -> None:
        recipe = Recipe("hyndburn", date(2024, 3, 1), columns={Role.AMOUNT: "Amount Paid"})
        with pytest.raises(Refused) as refusal:
            self.amend(recipe)
        assert refusal.value.what == "April.csv was not read"
        assert "“Amount Paid” for amount" in refusal.value.why
        assert "A Dept, B Vendor, C Run Date, D Net (£), E Gross (£)" in refusal.value.why

    def test_a_role_can_be_said_to_have_no_column(self) -> None:
        recipe = Recipe("hyndburn", date(2024, 3, 1), columns={Role.PAYEE: NO_COLUMN})
        layout = self.amend(recipe)
        assert Role.PAYEE not in layout.taken
        assert Role.AMOUNT in layout.taken

    def test_a_header_named_below_the_rows_of_the_file_is_refused(self) -> None:
        recipe = Recipe(
            "hyndburn", date(2024, 3, 1), header_row=40, columns={Role.AMOUNT: "Net (£)"}
        )
        with pytest.raises(Refused, match=r"April\.csv was not read"):
            self.amend(recipe)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("header_row", "two"),
        ("header_row", -1),
        ("valid_to", "2025"),
        ("columns", ["amount"]),
        ("columns", "amount"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_and_never_a_crash(key: str, value: Any) -> None:
    assert refused(**{key: value}).what == "The recipe hyndburn.yaml was not used"
