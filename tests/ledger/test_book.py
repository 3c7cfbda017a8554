"""A book: a budget bites, money keeps its colour, limits hold, and nothing is undone unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from totalplace.doors.report.beancount import beancount_of
from totalplace.doors.web.ledger import jobs
from totalplace.doors.web.work.telling import Telling
from totalplace.ledger import actions, queries
from totalplace.ledger.actions import Entered
from totalplace.ledger.definitions.year_end import check_may_carry_forward
from totalplace.ledger.queries import Touching
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Heading, Kind
from totalplace.ledger.rules.limits import Bound, Limit
from totalplace.ledger.rules.refusing import Unposted
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

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


def test_of_many_with_one_that_is_refused_none_is_posted(pool: Pool) -> None:
    pool.promise(3_00)
    legs = verbs.allocated(pool.colour(), "icb", 1_00)
    many = [Entered(legs, DAY, Kind.ALLOCATED, LETTER)] * 4
    with pytest.raises(Unposted, match=r"£4\.00 cannot be taken from what is not yet allocated"):
        actions.post_many("pool", many, by=ADA, on=NOON)
    assert pool.balance(H.ALLOCATED, "icb") == 0


def test_money_moves_to_another_line_within_its_limit_and_takes_its_promise_along(
    pool: Pool,
) -> None:
    limit = Limit("movement", Bound.MOVED_OUT, 100_00, DAY, LETTER, lines=("care",))
    actions.set_limit("pool", limit, by=ADA, on=NOON)
    pool.promise(1000_00)
    care, skills = pool.colour(), pool.colour("skills")
    moved = pool.post(verbs.virement(care, skills, 80_00), Kind.VIREMENT)
    assert pool.balance(H.UNALLOCATED, "wex", "skills") == 80_00
    assert pool.balance(H.AUTHORITY, "dept", "skills") == -80_00
    with pytest.raises(Unposted, match=r"£100\.01 would have moved out .* allows £100\.00"):
        pool.post(verbs.virement(care, skills, 20_01), Kind.VIREMENT)
    actions.reverse("pool", moved.number, why="the wrong line", by=ADA, on=NOON)
    pool.post(verbs.virement(care, skills, 100_00), Kind.VIREMENT)
    with pytest.raises(Unposted, match="capital cannot become revenue"):
        pool.promise(50_00, "roads")
        pool.post(verbs.virement(pool.colour("roads"), skills, 50_00), Kind.VIREMENT)


def test_money_is_used_on_the_days_of_its_line_and_never_changes_its_colour(pool: Pool) -> None:
    pool.promise(1000_00, "skills")
    pool.allocate(500_00, line="skills")
    with pytest.raises(Unposted, match=r"from 1 April 2025 until 31 March 2026, not on 1 April"):
        legs = verbs.committed(pool.colour("skills"), "icb", 1_00)
        pool.post(legs, Kind.COMMITTED, day=date(2026, 4, 1))
    mixed = [*verbs.allocated(pool.colour("skills"), "icb", 1_00)[:1],
             *verbs.allocated(pool.colour("care"), "icb", 1_00)[1:]]  # fmt: skip
    with pytest.raises(Unposted, match="would change its line or year"):
        pool.post(mixed, Kind.ALLOCATED)


def test_a_body_that_may_not_carry_forward_needs_leave(pool: Pool) -> None:
    pool.promise(1000_00)
    legs = verbs.carry_forward(pool.colour(), 2026, 300_00)
    pool.post(legs, Kind.CARRY_FORWARD)  # its host is a council, which holds reserves
    assert pool.balance(H.UNALLOCATED, "wex", year=2026) == 300_00
    check_may_carry_forward("nhs-board", Citation("leave", "NHSE/7"))
    with pytest.raises(Unposted, match="only by leave"):
        check_may_carry_forward("nhs-board", LETTER)


def test_a_closed_day_is_closed_and_what_comes_late_says_so(pool: Pool) -> None:
    pool.promise(1000_00)
    actions.close_period("pool", date(2025, 6, 30), by=ADA, on=NOON)
    with pytest.raises(Unposted, match="all until 30 June 2025 is closed") as refused:
        pool.allocate(1_00)
    assert "1 July 2025, the first open day" in refused.value.next_step
    assert refused.value.field == "day"
    late = pool.post(verbs.allocated(pool.colour(), "icb", 1_00), Kind.ALLOCATED, late="found")
    assert (late.day, late.note) == (
        date(2025, 7, 1), "For 2025-06-02, in a closed period: found."
    )  # fmt: skip
    for until, why in (
        (date(2025, 6, 30), "first open day"), (date(2025, 7, 30), "end with a month"),
        (date(2999, 7, 31), "has not ended"),
    ):  # fmt: skip
        with pytest.raises(Unposted, match=why):
            actions.close_period("pool", until, by=ADA, on=NOON)


def test_a_wrong_posting_is_turned_round_once_and_what_it_moved_must_still_be_there(
    pool: Pool,
) -> None:
    pool.promise(1000_00)
    wrong = pool.allocate(600_00)
    used = pool.commit(100_00)
    with pytest.raises(Unposted, match=r"only £500\.00 is there"):
        actions.reverse("pool", wrong.number, why="too much", by=ADA, on=NOON)
    turned = actions.reverse("pool", used.number, why="never ordered", by=ADA, on=NOON)
    actions.reverse("pool", wrong.number, why="too much", by=ADA, on=NOON)
    assert queries.posting("pool", used.number).reversed_by == turned.number
    assert pool.balance(H.UNALLOCATED, "wex") == 1000_00
    for number in (used.number, turned.number):
        with pytest.raises(Unposted, match="cannot be reversed"):
            actions.reverse("pool", number, why="again", by=ADA, on=NOON)


def test_a_balance_is_told_as_known_on_a_day_about_a_day(pool: Pool) -> None:
    pool.promise(1000_00, day=date(2025, 5, 1))
    pool.promise(500_00, day=date(2025, 7, 1))
    account = pool.colour().unallocated
    now = datetime.now(UTC)
    assert queries.balance("pool", account, day=date(2025, 4, 30)) == 0
    assert queries.balance("pool", account, day=date(2025, 6, 1)) == 1000_00
    assert queries.balance("pool", account, known_on=now + timedelta(hours=1)) == 1500_00
    assert queries.balance("pool", account, known_on=now - timedelta(days=1)) == 0
    assert queries.balance("pool", account) == 1500_00
    found = [row.number for row in queries.postings("pool", last=date(2025, 6, 1))]
    assert len(found) == 1


def test_postings_are_found_by_the_accounts_that_they_touched(pool: Pool) -> None:
    promised = pool.promise(1000_00)
    to_icb, to_wex = pool.allocate(100_00), pool.allocate(50_00, "wex")

    def found(**said: Any) -> list[int]:
        return [row.number for row in queries.postings("pool", touching=Touching(**said))]

    assert found(heading=H.UNALLOCATED) == [promised.number, to_icb.number, to_wex.number]
    assert found(heading=H.ALLOCATED, agency="wex", line="care", year=2025) == [to_wex.number]
    assert found(line="roads") == []
    assert found(year=2026) == []


def test_only_the_finance_lead_of_the_host_posts(
    pool: Pool, an_officer: Callable[..., Officer]
) -> None:
    legs = verbs.promised(pool.colour(), 1_00)
    said: dict[str, Any] = {"day": DAY, "kind": Kind.PROMISED, "citation": LETTER}
    said["on"] = datetime.now(UTC)
    with pytest.raises(Refused, match="may not post to a book"):
        actions.post("pool", legs, by=an_officer("cay", Role.FINANCE_LEAD, agency="icb"), **said)
    officer = an_officer("bea", Role.FINANCE_LEAD, agency="wex")
    assert actions.post("pool", legs, by=officer, **said).by == officer.name


def test_a_book_is_written_for_beancount_and_comes_to_its_balances(pool: Pool) -> None:
    pool.promise(1000_00)
    pool.allocate(600_05)
    text = "".join(beancount_of("pool"))
    assert "  Equity:Control:Allocated:A-icb:L-care:Y2025  600.05 GBP\n" in text
    assert "2025-06-03 balance Equity:Control:Allocated:A-icb:L-care:Y2025 600.05 GBP" in text


def test_the_nightly_run_seals_though_it_may_not_post(
    pool: Pool, an_officer: Callable[..., Officer]
) -> None:
    pool.promise(1000_00)
    an_officer("bea", Role.FINANCE_LEAD, agency="wex")  # from now on an operator may not post
    with pytest.raises(Refused, match="may not post"):
        pool.allocate(600_00)
    telling = Telling(1, lambda *_: False)
    assert jobs.seal(telling) == "One book was sealed."
    assert jobs.seal(telling) == "0 books were sealed."
    assert queries.unsealed("pool") == 0


def test_each_posting_is_the_last_by_its_number(pool: Pool) -> None:
    assert queries.last_number() == 0
    assert queries.last_number() < pool.promise(1000_00).number == queries.last_number()
