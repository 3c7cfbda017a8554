"""Net turns to VAT-inclusive: found where it was planted, and not where it was not."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

from totalplace.count.rules.vat_change import (
    Named,
    Turn,
    Way,
    changes,
    header_changes,
    turned,
    unlikely,
)
from totalplace.count.rules.words import following

START = date(2022, 4, 1)


def month_after(number: int) -> date:
    """The month so many after April 2022."""
    month = START
    for _ in range(number):
        month = following(month)
    return month


MONTHS = [month_after(n) for n in range(37)]


def a_series(rng: Random, *, payees: int = 120, vat_from: int | None = None) -> list[Turn]:
    """36 months of payments, and what the question `count/fifths` would answer of them.

    Payees have a few usual prices, which rise by some per cent now and then; half of the payees
    charge VAT, which is in the sums from the month `vat_from` on. One price in twenty is a round
    sum of which another is a fifth more, as real prices are.
    """
    paid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for payee in range(payees):
        taxed = rng.random() < 0.5
        prices = [rng.randrange(300_00, 9000_00) for _ in range(rng.randrange(1, 4))]
        if rng.random() < 0.05:
            prices += [1000_00, 1200_00]
        how_often = rng.random()
        for month in range(36):
            if rng.random() < 0.05:
                prices = [p * rng.choice((102, 103, 105, 110, 120)) // 100 for p in prices]
            if rng.random() < how_often:
                pence = rng.choice(prices)
                if taxed and vat_from is not None and month >= vat_from:
                    pence = (pence * 12 + 5) // 10
                paid[payee, pence].append(month)
    found = set()
    for (payee, pence), months in paid.items():
        within = paid.get((payee, (pence * 12 + 5) // 10))
        if within and months[-1] < within[0]:
            found.add(Turn(str(payee), Way.MORE, MONTHS[months[-1]], MONTHS[within[0]]))
        if within and within[-1] < months[0]:
            found.add(Turn(str(payee), Way.LESS, MONTHS[within[-1]], MONTHS[months[0]]))
        if months[0] < months[-1]:
            found.add(Turn(str(payee), Way.SAME, MONTHS[months[0]], MONTHS[months[-1]]))
    return list(found)


def headers(vat_from: int, before: str = "net", after: str = "unknown") -> list[Named]:
    """Headers that change in a month."""
    return [
        Named(month, before if n < vat_from else after, "Net" if n < vat_from else "Amount Paid")
        for n, month in enumerate(MONTHS[:36])
    ]


def test_a_change_that_no_header_says_is_found_by_the_sums_in_its_month() -> None:
    for seed in range(60):
        at = 6 + seed % 25
        found = changes(a_series(Random(seed), vat_from=at), [])
        assert [(c.month, c.into) for c in found] == [(MONTHS[at], True)]


def test_a_change_that_the_header_says_is_borne_out_by_the_sums() -> None:
    found = 0
    for seed in range(100):
        at = 6 + seed % 25
        (said,) = changes(a_series(Random(seed), payees=40, vat_from=at), headers(at))
        assert (said.month, said.into) == (MONTHS[at], True)
        found += said.shown_by_sums
    assert found >= 95  # measured: see docs/explanation/the-first-count.md


def test_no_change_is_found_by_sums_where_there_is_none() -> None:
    found = sum(bool(changes(a_series(Random(seed)), [])) for seed in range(300))
    assert found <= 1  # measured: see docs/explanation/the-first-count.md


def test_a_header_that_changes_alone_is_said_but_seldom_borne_out_by_chance() -> None:
    found = [c for s in range(300) for c in changes(a_series(Random(s), payees=40), headers(18))]
    assert len(found) == 300
    assert sum(c.shown_by_sums for c in found) <= 1  # measured: see the same page


def test_payees_whose_sums_stay_speak_against_a_change() -> None:
    rise = [Turn(str(n), Way.MORE, MONTHS[10], MONTHS[12]) for n in range(30)]
    stay = [Turn(str(n), Way.SAME, MONTHS[2], MONTHS[30]) for n in range(61)]
    assert [c.steady for c in changes(rise + stay[:60], [])] == [60]
    assert changes(rise + stay, []) == []


def test_back_to_net_is_found_too() -> None:
    turns = [Turn(str(n), Way.LESS, MONTHS[10], MONTHS[12]) for n in range(30)]
    found = changes(turns, [])
    assert [(c.into, c.with_turn, c.against) for c in found] == [(False, 30, 0)]


def test_one_payee_with_many_prices_counts_once() -> None:
    turns = [Turn("the only one", Way.MORE, MONTHS[10], MONTHS[n]) for n in range(12, 36)]
    assert turned(turns, MONTHS[11]) == {Way.MORE: 1, Way.LESS: 0, Way.SAME: 0}
    assert changes(turns, []) == []


def test_a_header_change_is_of_the_basis_and_not_of_the_words() -> None:
    words = [Named(MONTHS[0], "net", "Net"), Named(MONTHS[1], "net", "Net amount")]
    assert header_changes(words) == []
    assert len(header_changes([*words, Named(MONTHS[2], "gross", "Gross")])) == 1


def test_chance_is_reckoned_exactly() -> None:
    assert unlikely(3, 0, one_in=8)
    assert not unlikely(3, 0, one_in=9)
    assert not unlikely(2, 0, one_in=1)  # two payees are too few for any odds
