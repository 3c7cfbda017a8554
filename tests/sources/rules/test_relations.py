"""How columns of money and of dates hang together, by their cells and not by their names."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.columns import SHIPPED
from totalplace.sources.rules.evidence import Column, column_of
from totalplace.sources.rules.layout import VatBasis
from totalplace.sources.rules.relations import basis_beside, relate, relate_dates


def money(position: int, pence: list[int]) -> Column:
    cells = [f"{p / 100:.2f}" for p in pence]
    return column_of(position, "", cells, SHIPPED)


def days(position: int, found: list[date]) -> Column:
    return column_of(position, "", [d.strftime("%d/%m/%Y") for d in found], SHIPPED)


def nets(seed: int, rows: int = 40) -> list[int]:
    rng = random.Random(seed)
    return [rng.randrange(10_000, 5_000_000) for _ in range(rows)]


def twenty_percent(net: int) -> int:
    return (net * 20 + 50) // 100


@given(st.integers(0, 500), st.permutations([0, 1, 2]))
def test_net_vat_and_gross_are_known_in_any_order_by_adding_up(seed: int, order: list[int]) -> None:
    net = nets(seed)
    vat = [twenty_percent(n) if i % 3 else 0 for i, n in enumerate(net)]
    gross = [n + v for n, v in zip(net, vat, strict=True)]
    columns = [money(at, sums) for at, sums in zip(order, (net, vat, gross), strict=True)]
    relate(columns)
    assert columns[0].marks.get("part_of_others")
    assert columns[1].marks.get("vat_share")
    assert columns[2].marks.get("sum_of_others")
    assert not columns[2].marks.get("part_of_others")


def test_columns_that_add_up_by_chance_on_a_few_rows_are_unrelated() -> None:
    net, other = nets(1), nets(2)
    third = [n + o for n, o in zip(net[:5], other[:5], strict=True)] + nets(3)[5:]
    columns = [money(0, net), money(1, other), money(2, third)]
    relate(columns)
    assert not any(c.marks.get("sum_of_others") for c in columns)


def test_a_sum_of_two_columns_neither_of_which_is_a_tax_is_no_gross() -> None:
    first, second = nets(1), nets(2)
    both = [a + b for a, b in zip(first, second, strict=True)]
    columns = [money(0, first), money(1, second), money(2, both)]
    relate(columns)
    assert not any(c.marks.get("vat_share") for c in columns)


def test_a_running_total_is_known_by_its_steps() -> None:
    paid = nets(4)
    columns = [money(0, paid), money(1, list(accumulate(paid)))]
    relate(columns)
    assert columns[1].marks.get("running")
    assert not columns[0].marks.get("running")


def test_a_column_of_noughts_is_said_to_be_mostly_nought() -> None:
    columns = [money(0, nets(5)), money(1, [0] * 36 + nets(6, rows=4))]
    relate(columns)
    assert columns[1].marks.get("mostly_nought")
    assert not columns[0].marks.get("mostly_nought")


def test_three_rows_tell_nothing() -> None:
    paid = nets(7, rows=3)
    columns = [money(0, paid), money(1, list(accumulate(paid)))]
    relate(columns)
    assert not columns[1].marks.get("running")


def test_the_later_of_two_dates_is_marked() -> None:
    rng = random.Random(8)
    invoiced = [date(2023, 4, 1) + timedelta(days=rng.randrange(30)) for _ in range(40)]
    paid = [d + timedelta(days=rng.randrange(1, 30)) for d in invoiced]
    columns = [days(0, paid), days(1, invoiced)]
    relate_dates(columns)
    assert columns[0].marks.get("later")
    assert not columns[1].marks.get("later")


def test_the_end_of_a_contract_is_no_later_date_of_a_payment() -> None:
    started = [date(2023, 4, 1) + timedelta(days=n) for n in range(40)]
    columns = [days(0, started), days(1, [d + timedelta(days=730) for d in started])]
    relate_dates(columns)
    assert not any(c.marks.get("later") for c in columns)


def test_equal_dates_are_neither_later() -> None:
    paid = [date(2023, 4, 1) + timedelta(days=n) for n in range(40)]
    columns = [days(0, paid), days(1, paid)]
    relate_dates(columns)
    assert not any(c.marks.get("later") for c in columns)


@pytest.mark.parametrize("rate", [(20, 100), (35, 200), (5, 100)])
@given(seed=st.integers(0, 200))
def test_vat_beside_says_whether_it_is_in_the_sums(rate: tuple[int, int], seed: int) -> None:
    part, whole = rate
    net = nets(seed)
    vat = [(n * part * 2 + whole) // (2 * whole) for n in net]
    gross = [n + v for n, v in zip(net, vat, strict=True)]
    assert basis_beside(money(0, net), money(1, vat)) is VatBasis.NET
    assert basis_beside(money(0, gross), money(1, vat)) is VatBasis.GROSS


def test_vat_that_fits_no_rate_or_is_seldom_given_says_nothing() -> None:
    assert basis_beside(money(0, nets(1)), money(1, nets(2))) is VatBasis.UNKNOWN
    few = [2_000, 2_000] + [0] * 38
    assert basis_beside(money(0, [10_000] * 40), money(1, few)) is VatBasis.UNKNOWN
