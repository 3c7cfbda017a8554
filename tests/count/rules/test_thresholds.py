"""Thresholds: the least sum published, and the month in which it changes."""

from __future__ import annotations

from datetime import date
from random import Random

from totalplace.count.rules.thresholds import SUMS_PENCE, Sizes, change, in_force
from totalplace.count.rules.words import following


def months_of(payments: list[list[int]]) -> list[Sizes]:
    """Months from April 2022 on, of the payments that are given in pence."""
    month, found = date(2022, 4, 1), []
    for paid in payments:
        under = {t: sum(p < t for p in paid) for t in SUMS_PENCE}
        found.append(Sizes(month, len(paid), under))
        month = following(month)
    return found


def some_payments(rng: Random, *, above: int, number: int) -> list[int]:
    """Payments as bodies make them, many small and few large, above a threshold."""
    found: list[int] = []
    while len(found) < number:
        pence = int(rng.lognormvariate(11.0, 1.8))
        if pence >= above:
            found.append(pence)
    return found


def test_the_threshold_in_force_is_seen_in_the_payments() -> None:
    rng = Random(1)
    months = months_of([some_payments(rng, above=500_00, number=60) for _ in range(6)])
    assert in_force(months) == 500_00
    assert in_force(months_of([some_payments(rng, above=1, number=60) for _ in range(6)])) == 0


def test_too_few_payments_show_no_threshold() -> None:
    assert in_force(months_of([[900_00] * 29])) == 0


def test_a_threshold_that_rises_or_falls_is_found_in_its_month() -> None:
    found = 0
    for seed in range(80):
        rng, at = Random(seed), 2 + seed % 9
        first, second = ((250_00, 500_00), (500_00, 250_00))[seed % 2]
        months = months_of(
            [some_payments(rng, above=first if n < at else second, number=50) for n in range(12)]
        )
        says = change(months)
        assert says is not None
        found += (says.month, says.before_pence, says.after_pence) == (
            months[at].month, first, second,
        )  # fmt: skip
    assert found >= 77  # measured: see docs/explanation/the-first-count.md


def test_no_change_is_found_where_there_is_none() -> None:
    # 240 series of three years: 40 each of six thresholds, at 25 to 90 payments a month.
    found = 0
    for seed in range(240):
        rng = Random(seed)
        above = (1, 100_00, 250_00, 500_00, 5000_00, 25_000_00)[seed % 6]
        number = 25 + rng.randrange(66)
        months = months_of([some_payments(rng, above=above, number=number) for _ in range(36)])
        found += change(months) is not None
    assert found <= 1  # measured: see docs/explanation/the-first-count.md
