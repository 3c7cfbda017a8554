"""Years beside each other: jumps that a few payees explain, and names that lose their capitals."""

from __future__ import annotations

from datetime import date

from totalplace.count.rules.series import Letters, Paid, jump, loses_capitals

STEADY = {f"payee {n}": Paid(100, 12) for n in range(10)}


def test_a_rise_that_newly_published_payees_explain_is_found() -> None:
    found = jump(STEADY, {**STEADY, "the county": Paid(2000, 12), "tax": Paid(500, 6)})
    assert found is not None
    assert (found.before_pence, found.after_pence) == (1000, 3500)
    assert (found.number, found.explained_pence) == (2, 2500)
    assert [m.payee for m in found.payees] == ["the county", "tax"]


def test_a_fall_is_found_as_a_rise_read_backwards() -> None:
    found = jump({**STEADY, "the county": Paid(2000, 12)}, STEADY)
    assert found is not None
    assert found.payees[0].before_pence == 2000
    assert found.payees[0].after_pence == 0


def test_a_rise_of_every_payee_is_no_jump_of_a_few() -> None:
    assert jump(STEADY, {payee: Paid(200, 12) for payee in STEADY}) is None


def test_one_large_payment_is_no_new_kind_of_payment() -> None:
    assert jump(STEADY, {**STEADY, "builder": Paid(5000, 1, 5000)}) is None
    assert jump(STEADY, {**STEADY, "builder": Paid(5000, 12, 4000)}) is None


def test_a_small_rise_is_left_alone() -> None:
    assert jump(STEADY, {**STEADY, "the county": Paid(499, 12)}) is None


def test_a_year_of_nothing_has_no_jump() -> None:
    assert jump({}, STEADY) is None
    assert jump({"refund": Paid(-5, 1)}, STEADY) is None


def letters(*shares: int) -> list[Letters]:
    """Months of 40 payments, so many of them in small letters."""
    return [Letters(date(2024, n, 1), 40, small) for n, small in enumerate(shares, start=1)]


def test_names_that_lose_their_capitals_are_found_in_their_month() -> None:
    assert loses_capitals(letters(0, 1, 0, 40, 39, 40)) == date(2024, 4, 1)


def test_names_that_never_had_capitals_lost_none() -> None:
    assert loses_capitals(letters(40, 40, 40)) is None
    assert loses_capitals(letters(0, 20, 0, 20)) is None
    assert loses_capitals([]) is None
