"""Net, VAT and gross, told by the name of a column and by how its sums hang together."""

from __future__ import annotations

import pytest

from totalplace.sources.rules.choosing import Choice
from totalplace.sources.rules.columns import SHIPPED
from totalplace.sources.rules.evidence import Column, column_of
from totalplace.sources.rules.layout import Role, VatBasis
from totalplace.sources.rules.relations import relate
from totalplace.sources.rules.vat import basis_of_name, money_roles

NET = ["100.00", "250.50", "80.00", "60.00", "40.00"]
TAX = ["20.00", "50.10", "16.00", "12.00", "8.00"]
GROSS = ["120.00", "300.60", "96.00", "72.00", "48.00"]


def columns(*names: str) -> list[Column]:
    """Columns of net sums, of VAT and of gross sums, called as is said."""
    made = [
        column_of(at, name, cells, SHIPPED)
        for at, (name, cells) in enumerate(zip(names, (NET, TAX, GROSS), strict=True))
    ]
    relate(made)
    return made


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Net Amount (£)", VatBasis.NET),
        ("Amount excl VAT", VatBasis.NET),
        ("Amount (ex. VAT)", VatBasis.NET),
        ("Nett", VatBasis.NET),
        ("Total excluding tax", VatBasis.NET),
        ("Gross", VatBasis.GROSS),
        ("Amount inc VAT", VatBasis.GROSS),
        ("Total including VAT £", VatBasis.GROSS),
        ("Amount", VatBasis.UNKNOWN),
        ("Amount Paid", VatBasis.UNKNOWN),
        ("VAT", VatBasis.UNKNOWN),
        ("", VatBasis.UNKNOWN),
        ("Internet services", VatBasis.UNKNOWN),
        ("Excludes schools", VatBasis.UNKNOWN),
    ],
)
def test_a_name_says_net_gross_or_nothing(name: str, wanted: VatBasis) -> None:
    assert basis_of_name(name, SHIPPED) is wanted


def test_net_and_gross_are_taken_by_name() -> None:
    net, tax, gross = columns("Net", "VAT", "Gross")
    choices = {Role.AMOUNT: Choice(net, 9.0), Role.VAT: Choice(tax, 9.0)}
    found = money_roles([net, tax, gross], choices, SHIPPED)
    assert {role: c.column.position for role, c in found.items()} == {Role.NET: 0, Role.GROSS: 2}
    assert found[Role.NET] is choices[Role.AMOUNT]


def test_net_and_gross_are_taken_by_adding_up_where_names_are_silent() -> None:
    net, tax, gross = columns("Value 1", "Tax", "Value 2")
    choices = {Role.AMOUNT: Choice(net, 9.0), Role.VAT: Choice(tax, 9.0)}
    found = money_roles([net, tax, gross], choices, SHIPPED)
    assert {role: c.column.position for role, c in found.items()} == {Role.NET: 0, Role.GROSS: 2}


def test_the_vat_itself_is_never_net_or_gross() -> None:
    net, tax, gross = columns("Amount", "Net VAT", "Paid")
    choices = {Role.AMOUNT: Choice(net, 9.0), Role.VAT: Choice(tax, 9.0)}
    found = money_roles([net, tax, gross], choices, SHIPPED)
    assert tax not in [c.column for c in found.values()]


def test_the_amount_is_the_net_sum_before_another_column_that_is_called_so() -> None:
    amount = column_of(0, "Net Amount", NET, SHIPPED)
    other = column_of(1, "Net total amount excluding VAT", GROSS, SHIPPED)
    choices = {Role.AMOUNT: Choice(amount, 1.0)}
    for order in ([amount, other], [other, amount]):
        assert money_roles(order, choices, SHIPPED)[Role.NET].column is amount


def test_words_and_dates_are_no_sums_whatever_their_name() -> None:
    named = column_of(0, "Net", ["Parks", "Housing", "Parks"], SHIPPED)
    assert money_roles([named], {}, SHIPPED) == {}
