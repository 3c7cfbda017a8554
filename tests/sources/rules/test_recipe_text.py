"""The recipe shown for a table is a recipe, and fits that table and no other."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.layout import Role, VatBasis
from totalplace.sources.rules.recipe_text import Understood, recipe_text
from totalplace.sources.rules.recipes import in_force, recipe_from

# Names as they are shown: nothing that cannot be printed.
names = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]) | st.just(" "),
    min_size=1,
    max_size=20,
)
DAY = date(2024, 4, 1)
COLUMNS = {"amount": {"column": "G", "header": "Net # £"}, "payee": {"column": "AB", "header": ""}}


@given(names, names, names, st.sampled_from(VatBasis))
def test_it_is_a_recipe_that_fits_its_own_table(
    agency: str, document: str, sheet: str, basis: VatBasis
) -> None:
    text = recipe_text(Understood(agency, document, sheet, DAY, COLUMNS, basis.value))
    recipe = recipe_from(yaml.safe_load(text), name="shown")
    assert recipe.agency == agency
    assert recipe.valid_from == DAY
    assert recipe.vat_basis is basis
    assert recipe.columns == {Role.AMOUNT: "column G", Role.PAYEE: "column AB"}
    fits = in_force([recipe], agency=agency, file=document, sheet=sheet, on=DAY)
    assert fits is recipe


@given(names, names)
def test_it_fits_no_other_file(document: str, other: str) -> None:
    text = recipe_text(Understood("council", document, "", DAY, COLUMNS, "net"))
    recipe = recipe_from(yaml.safe_load(text), name="shown")
    fits = in_force([recipe], agency="council", file=other, sheet="any", on=DAY)
    assert (fits is recipe) is (document.casefold() == other.casefold())
