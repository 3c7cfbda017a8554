"""A book: a budget bites, money keeps its colour, limits hold, and nothing is undone unseen."""

from __future__ import annotations

import pytest

from totalplace.ledger import actions, queries
from totalplace.ledger.actions import Entered
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Heading, Kind
from totalplace.ledger.rules.limits import Bound, Limit
from totalplace.ledger.rules.refusing import Unposted

from .conftest import ADA, DAY, LETTER, NOON, Pool

H = Heading


def test_a_pound_is_followed_from_its_promise_to_its_spending(pool: Pool) -> None:
    pool.promise(1000_00)
    pool.allocate(600_00)
    pool.commit(500_00)
    pool.spend(450_00)
    pool.receive(700_00)
    pool.post(verbs.paid(pool.colour(), "icb", 400_00), Kind.PAID)
    stands = {
        (account.heading, account.agency): pence
        for account, pence in queries.balances("pool").items()
    }
    assert stands == {
        (H.AUTHORITY, "icb"): -1000_00, (H.UNALLOCATED, "wex"): 400_00,
        (H.ALLOCATED, "icb"): 100_00, (H.COMMITTED, "icb"): 50_00, (H.SPENT, "icb"): 450_00,
        (H.INCOME, "icb"): -700_00, (H.DEBTOR, "icb"): 0, (H.CASH, "wex"): 300_00,
        (H.EXPENDITURE, "icb"): 450_00, (H.CREDITOR, "icb"): -50_00,
    }  # fmt: skip


def test_what_is_not_allocated_cannot_be_committed_and_it_is_said_what_to_do(pool: Pool) -> None:
    pool.promise(1000_00)
    pool.allocate(600_00)
    with pytest.raises(Unposted) as refused:
        pool.commit(750_00)
    assert refused.value.what == (
        "£750.00 cannot be taken from what is allocated to Wexshire ICB on the line "
        '"Better care" in 2025-26'
    )
    assert refused.value.why == "only £600.00 is there, so £150.00 is lacking"
    assert refused.value.next_step == "Allocate £150.00 more first"
    assert refused.value.field == "pence"


def test_a_limit_is_kept_and_says_what_is_left(pool: Pool) -> None:
    limit = Limit("care cap", Bound.AT_MOST, 500_00, DAY, LETTER, lines=("care",), agency="icb")
    actions.set_limit("pool", limit, by=ADA, on=NOON)
    pool.promise(1000_00)
    pool.allocate(300_00)
    with pytest.raises(Unposted, match=r"it allows £500.00, of which £200.00 is left"):
        pool.allocate(200_01)
    pool.allocate(200_00)
    actions.set_limit(
        "pool", Limit("care cap", Bound.AT_MOST, 600_00, DAY, LETTER), by=ADA, on=NOON
    )
    pool.allocate(100_00)


def test_many_are_posted_and_sealed_at_once(pool: Pool) -> None:
    pool.promise(1000_00)
    many = [
        Entered(verbs.allocated(pool.colour(), "icb", 1_00), DAY, Kind.ALLOCATED, LETTER)
        for _ in range(500)
    ]
    first, last = actions.post_many("pool", many, by=ADA, on=NOON)
    assert last - first == 499
    assert pool.balance(H.ALLOCATED, "icb") == 500_00
    found = queries.verify("pool")
    assert (found.postings, found.batches, found.unsealed, found.faults) == (501, 1, 0, ())
