"""Partners' books are the pool's, to the penny, at every instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.ledger.rules.accounts import Account, Heading, Kind, Transfer
from totalplace.ledger.rules.sharing import Sharer, differences, lines_of, pool_of, shares
from totalplace.ledger.rules.treatments import (
    NOBODY,
    Arrangement,
    Basis,
    Part,
    Treatment,
    check,
    in_force,
)
from totalplace.refusal import Refused

APRIL: Final = date(2026, 4, 1)
PAYERS: Final = {"care": "council", "nhs": "board"}


@dataclass(frozen=True, slots=True)
class Posting:
    number: int
    day: date
    transfers: tuple[Transfer, ...]
    kind: Kind = Kind.SPENT
    reverses: int | None = None


def an_account(heading: Heading = Heading.CASH, agency: str = "council", line: str = "care",
               year: int = 2026) -> Account:  # fmt: skip
    return Account(heading, agency, line, year)


SPENT: Final = an_account(Heading.EXPENDITURE)
OWED: Final = an_account(Heading.CREDITOR)


def jointly(weights: dict[str, int], day: date = APRIL, line: str = "",
            basis: Basis = Basis.CONTRIBUTION) -> Arrangement:  # fmt: skip
    parts = tuple(Part(who, Treatment.JOINT, weight) for who, weight in weights.items())
    return Arrangement(line, day, basis, parts)


def spent(number: int, pence: int, day: date = APRIL, **said: int) -> Posting:
    return Posting(number, day, (Transfer(SPENT, OWED, pence),), **said)  # type: ignore[arg-type]


def lead(principal: str, line: str = "") -> Arrangement:
    parts = (Part(principal, Treatment.PRINCIPAL), Part("board", Treatment.MEMORANDUM))
    return Arrangement(line, APRIL, Basis.LEAD, parts)


moneys = st.sampled_from([Heading.CASH, Heading.DEBTOR, Heading.CREDITOR, Heading.INCOME,
                          Heading.EXPENDITURE])  # fmt: skip
accounts = st.builds(
    an_account, moneys, st.sampled_from(["council", "board"]), st.sampled_from(["care", "nhs"]),
    st.sampled_from([2026, 2027]),
)  # fmt: skip
transfers = st.builds(Transfer, accounts, accounts, st.integers(1, 10**9))
weights = st.dictionaries(
    st.sampled_from("abcdefghijkl"), st.integers(0, 10**9), min_size=1
).filter(lambda found: any(found.values()))
journals = st.lists(
    st.tuples(st.lists(transfers, min_size=1, max_size=3), st.integers(0, 200), st.booleans()),
    max_size=12,
)
arranged = st.tuples(weights, weights, weights).map(
    lambda w: [
        jointly(w[0], line="care"),
        jointly(w[1], line="nhs"),
        jointly(w[2], APRIL + timedelta(100), line="care"),
    ]
)


def journal(said: list[tuple[list[Transfer], int, bool]]) -> list[Posting]:
    """Postings, some of which turn an earlier one round."""
    made: list[Posting] = []
    for number, (moved, day, turns) in enumerate(said, start=1):
        on = APRIL + timedelta(day)
        if turns and made:
            before = made[day % len(made)]
            turned = tuple(Transfer(t.credit, t.debit, t.pence) for t in before.transfers)
            made.append(Posting(number, on, turned, Kind.REVERSAL, before.number))
        else:
            made.append(Posting(number, on, tuple(moved)))
    return made


@settings(max_examples=30)
@given(journals, arranged)
def test_partners_are_the_pool_to_the_penny_after_every_posting(
    said: list[tuple[list[Transfer], int, bool]], arrangements: list[Arrangement]
) -> None:
    sharer, taken = Sharer(arrangements, PAYERS), []
    for posting in journal(said):
        sharer.take(posting)
        taken.append(posting)
        books = sharer.books()
        assert differences(pool_of(taken), books) == {}
        assert sum(book.moved_between for book in books.values()) == 0
        for book in books.values():
            assert sum(book.balances.values()) + book.moved_between == 0


@settings(max_examples=20)
@given(journals, arranged, st.randoms(use_true_random=False))
def test_what_a_partner_has_does_not_depend_on_the_order_of_postings(
    said: list[tuple[list[Transfer], int, bool]], arrangements: list[Arrangement], chance: object
) -> None:
    made = [posting for posting in journal(said) if posting.reverses is None]
    turned = list(made)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert shares(made, arrangements, PAYERS) == shares(turned, arrangements, PAYERS)


@settings(max_examples=20)
@given(journals, arranged)
def test_the_lines_of_a_partner_add_up_to_its_book(
    said: list[tuple[list[Transfer], int, bool]], arrangements: list[Arrangement]
) -> None:
    made = journal(said)
    for agency, book in shares(made, arrangements, PAYERS).items():
        found: dict[Account, int] = {}
        for line in lines_of(made, arrangements, PAYERS, agency=agency):
            found[line.account] = found.get(line.account, 0) + line.pence
        assert {account: pence for account, pence in found.items() if pence} == book.balances


@settings(max_examples=30)
@given(st.integers(1, 10**9), weights, weights)
def test_a_reversal_takes_back_what_was_shared_though_shares_changed_since(
    pence: int, before: dict[str, int], since: dict[str, int]
) -> None:
    later = APRIL + timedelta(100)
    arrangements = [jointly(before), jointly(since, later)]
    first = spent(1, pence)
    back = Posting(2, later, (Transfer(OWED, SPENT, pence),), Kind.REVERSAL, reverses=1)
    assert all(not book.balances for book in shares([first, back], arrangements, {}).values())


def test_three_equal_partners_share_pennies_without_losing_one() -> None:
    arrangements = [jointly({"a": 1, "b": 1, "c": 1})]
    one_by_one = [spent(number, 1) for number in range(1, 101)]
    books = shares(one_by_one, arrangements, {})
    assert sorted(book.balances[SPENT] for book in books.values()) == [33, 33, 34]


def test_the_one_that_controls_shows_all() -> None:
    books = shares([spent(1, 500)], [lead("council")], PAYERS)
    assert {agency: book.balances[SPENT] for agency, book in books.items()} == {"council": 500}


def test_who_controls_its_own_money_shows_the_lines_that_it_pays() -> None:
    agents = (Part("council", Treatment.AGENT), Part("board", Treatment.PRINCIPAL))
    own = Arrangement("", APRIL, Basis.OWN, agents)
    nhs = Transfer(an_account(Heading.EXPENDITURE, line="nhs"), an_account(line="nhs"), 300)
    books = shares([spent(1, 500), Posting(2, APRIL, (nhs,))], [own], PAYERS)
    assert books["council"].under(Heading.EXPENDITURE) == 500
    assert books["board"].under(Heading.EXPENDITURE) == 300


def test_money_that_nothing_is_arranged_about_is_shown_apart() -> None:
    books = shares([spent(1, 500)], [lead("council", line="nhs")], PAYERS)
    assert books[NOBODY].balances[SPENT] == 500


def test_shares_that_change_hold_from_their_day_on() -> None:
    later = APRIL + timedelta(30)
    arrangements = [jointly({"a": 1}), jointly({"b": 1}, later)]
    books = shares([spent(1, 10), spent(2, 20, later)], arrangements, {})
    assert (books["a"].balances[SPENT], books["b"].balances[SPENT]) == (10, 20)


def test_money_that_changes_its_line_is_moved_between_partners() -> None:
    arrangements = [jointly({"a": 1}, line="care"), jointly({"b": 1}, line="nhs")]
    moved = Transfer(an_account(line="nhs"), an_account(line="care"), 700)
    books = shares([Posting(1, APRIL, (moved,), Kind.VIREMENT)], arrangements, {})
    assert (books["a"].moved_between, books["b"].moved_between) == (700, -700)


def test_an_arrangement_of_a_line_goes_before_that_of_the_pool() -> None:
    own, every = lead("board", line="care"), lead("council")
    assert in_force([own, every], "care", APRIL) == own
    assert in_force([own, every], "nhs", APRIL) == every
    assert in_force([own, every], "nhs", APRIL - timedelta(1)) is None


@pytest.mark.parametrize(
    ("arrangement", "why"),
    [
        (jointly({}), "no partner is named"),
        (jointly({"a": 0}), "no partner has a share"),
        (jointly({"a": 50_00, "b": 49_99}, basis=Basis.PERCENTAGES), "99.99 per cent"),
        (Arrangement("", APRIL, Basis.LEAD, (Part("a", Treatment.AGENT),)), "0 are named"),
        (Arrangement("", APRIL, Basis.OWN, (Part("a", Treatment.JOINT),)), "a joint operation"),
        (Arrangement("", APRIL, Basis.LEAD, (Part("a", Treatment.PRINCIPAL, 5),)), "shares are"),
        (Arrangement("", APRIL, Basis.LEAD, (Part("a", Treatment.PRINCIPAL),) * 2), "twice"),
        (Arrangement("", APRIL, Basis.CONTRIBUTION, (Part("a", Treatment.AGENT, 5),)), "joint"),
    ],
)  # fmt: skip
def test_an_arrangement_that_no_accounts_could_show_is_refused(
    arrangement: Arrangement, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        check(arrangement)
