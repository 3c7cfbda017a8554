"""Legs, deeds, tables of postings and limits: the pure rules of a book."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Account, Heading, Kind, Leg, Plane
from totalplace.ledger.rules.deeds import Deed, Verb, legs_of
from totalplace.ledger.rules.lawful import is_lawful
from totalplace.ledger.rules.limits import Bound, Limit, in_force, standing
from totalplace.ledger.rules.pairing import paired
from totalplace.ledger.rules.posting_sheet import HEADS, read
from totalplace.ledger.rules.refusing import Unposted
from totalplace.ledger.rules.table import STAGES, table
from totalplace.record.rules.chain import Citation

PAYERS = {"care": "icb", "skills": "dept"}
LETTER = Citation("letter", "1")
accounts = st.builds(
    Account, st.sampled_from(Heading), st.sampled_from(["wex", "icb"]), st.sampled_from(["a", "b"]),
    st.sampled_from([2025, 2026]),
)  # fmt: skip
deeds = st.builds(
    Deed, st.sampled_from(Verb), st.just("care"), st.just(2025), st.integers(1, 10**12),
    st.just("wex"), st.just("skills"), st.just(2026),
)  # fmt: skip


@given(st.lists(st.tuples(accounts, st.integers(-(10**9), 10**9)), min_size=1, max_size=6))
def test_what_is_paired_is_what_was_said_and_what_does_not_balance_is_refused(
    said: list[tuple[Account, int]],
) -> None:
    legs = [Leg(account, pence) for account, pence in said]
    sums = {p: sum(x.pence for x in legs if x.account.heading.plane is p) for p in Plane}
    try:
        made = paired(legs)
    except Unposted:
        assert any(sums.values()) or any(leg.pence == 0 for leg in legs)
        return
    assert not any(sums.values())
    net: dict[Account, int] = {}
    for leg in legs:
        net[leg.account] = net.get(leg.account, 0) + leg.pence
    for t in made:
        assert t.pence > 0
        assert t.debit.heading.plane is t.credit.heading.plane
        net[t.debit] -= t.pence
        net[t.credit] += t.pence
    assert not any(net.values())


def test_a_posting_that_does_not_balance_says_by_how_much() -> None:
    care = verbs.Colour("care", 2025, "icb", "wex")
    legs = [Leg(care.unallocated, 500), Leg(care.authority, -499)]
    with pytest.raises(Unposted, match=r"does not balance by £0\.01"):
        paired(legs)


@given(deeds)
def test_every_deed_is_lawful_by_its_own_kind_and_comes_to_nothing_in_each_plane(
    deed: Deed,
) -> None:
    legs = legs_of(deed, payers=PAYERS, host="wex")
    made = paired(legs)
    assert all(is_lawful(deed.verb.kind, t) for t in made)
    others = set(Kind) - {deed.verb.kind, Kind.OPENING, Kind.SETTLEMENT, Kind.REVERSAL}
    assert not any(is_lawful(kind, t) for kind in others for t in made)


@pytest.mark.parametrize(
    ("deed", "field"),
    [
        (Deed(Verb.PAID, "care", 2025, 0, "wex"), "pence"),
        (Deed(Verb.PAID, "care", 2025, -5, "wex"), "pence"),
        (Deed(Verb.SPENT, "care", 2025, 5), "agency"),
        (Deed(Verb.SPENT, "cart", 2025, 5, "wex"), "line"),
        (Deed(Verb.VIREMENT, "care", 2025, 5, to_line="care"), "to_line"),
        (Deed(Verb.CARRY_FORWARD, "care", 2025, 5), "to_year"),
        (Deed(Verb.CARRY_FORWARD, "care", 2025, 5, to_year=2026, received_pence=6), "received"),
    ],
)
def test_what_a_deed_lacks_is_said_at_its_field(deed: Deed, field: str) -> None:
    with pytest.raises(Unposted) as refused:
        legs_of(deed, payers=PAYERS, host="wex")
    assert refused.value.field == field


def test_a_table_of_postings_is_read_with_each_fault_at_its_cell() -> None:
    good: list[object] = [
        datetime(2025, 6, 3), "Carry forward", "care", "2025-26", "", 1200.5, "", "2026/27", "",
        "letter", 7.0, "", "",
    ]  # fmt: skip
    bad = ["31/02/2025", "flown", "cart", "2025", "wex", "12.345", "", "", "", "letter", "7"]
    rows: list[list[object]] = [["Postings of June"], list(HEADS), good, [None] * 13, [*bad]]
    given_, faults = read(rows, payers=PAYERS, host="wex", agencies={"wex"})
    assert given_[0].deed == Deed(Verb.CARRY_FORWARD, "care", 2025, 1200_50, to_year=2026)
    assert given_[0].day == date(2025, 6, 3)
    assert given_[0].citation == Citation("letter", "7")
    assert [fault.cell for fault in faults] == ["A5", "B5", "F5"]
    assert "is no sum of pounds" in str(faults[2])
    _, faults = read([["Day", "Pounds"]], payers=PAYERS, host="wex", agencies=())
    assert faults[0].cell == "A1"


def test_a_limit_holds_from_its_day_until_a_later_one_of_its_name() -> None:
    first = Limit("cap", Bound.AT_MOST, 500, date(2025, 4, 1), LETTER, lines=("care",))
    raised = Limit("cap", Bound.AT_MOST, 700, date(2025, 9, 1), LETTER)
    lifted = Limit("cap", Bound.AT_MOST, None, date(2026, 4, 1), LETTER)
    every = [first, raised, lifted]
    assert in_force(every, on=date(2025, 3, 31)) == []
    assert in_force(every, on=date(2025, 8, 31)) == [first]
    assert in_force(every, on=date(2025, 9, 1)) == [raised]
    assert in_force(every, on=date(2026, 4, 1)) == []
    balances = {
        Account(Heading.COMMITTED, "icb", "care", 2025): 300,
        Account(Heading.UNALLOCATED, "wex", "care", 2025): 50,
        Account(Heading.SPENT, "icb", "skills", 2025): 9,
    }
    assert (standing(first, balances), standing(raised, balances)) == (300, 309)


def test_the_stages_of_a_line_come_to_what_was_promised() -> None:
    care = verbs.Colour("care", 2025, "icb", "wex")
    balances: dict[Account, int] = {}
    for legs in (
        verbs.promised(care, 1000), verbs.allocated(care, "icb", 700),
        verbs.committed(care, "icb", 600), verbs.spent(care, "icb", 450), verbs.due(care, 900),
        verbs.received(care, 800), verbs.returned(care, 100),
    ):  # fmt: skip
        for leg in legs:
            balances[leg.account] = balances.get(leg.account, 0) + leg.pence
    (row,) = table(balances, ["care"])
    assert [row.sums.of(stage) for stage in STAGES] == [200, 100, 150, 450, 100]
    assert (row.sums.promised, row.sums.received, row.sums.unaccounted) == (1000, 800, 0)
