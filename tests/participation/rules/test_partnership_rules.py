"""Quorum, majority, ties and words: the rules of a partnership, without records."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.participation.definitions.partnership import (
    bases,
    motion_kinds,
    support_kinds,
    usual_rules,
)
from totalplace.participation.rules.partnership import meetings, motions
from totalplace.participation.rules.partnership.members import Seat, Sector, Standing
from totalplace.participation.rules.partnership.motions import Kind, check_text
from totalplace.participation.rules.partnership.own_rules import (
    Majority,
    Tie,
    short_of_quorum,
)
from totalplace.participation.rules.partnership.support import (
    NewSupport,
    SupportKind,
    check_support,
)
from totalplace.participation.rules.partnership.votes import (
    Ballot,
    Side,
    Tally,
    carried,
    tally,
)
from totalplace.refusal import Refused

DAY: Final = date(2026, 6, 1)
votes = st.lists(st.tuples(st.sampled_from(Side), st.integers(1, 1000)), max_size=30)


def a_seat(number: int, sector: Sector, standing: Standing = Standing.VOTING) -> Seat:
    """A seat of a sector."""
    return Seat(number, f"Seat {number}", sector, "", standing, 1, DAY, None)


@given(votes)
@settings(max_examples=50)
def test_every_vote_is_counted_once_on_its_side(cast: list[tuple[Side, int]]) -> None:
    counted = tally(Ballot(n, side, weight, "") for n, (side, weight) in enumerate(cast))
    whole = counted.for_ + counted.against + counted.abstained
    assert whole == sum(weight for _, weight in cast)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(Majority))
@settings(max_examples=50)
def test_more_votes_for_never_lose_what_fewer_carried(
    for_: int, against: int, majority: Majority
) -> None:
    now = carried(Tally(for_, against), majority, Tie.FALLS)
    assert carried(Tally(for_ + 1, against), majority, Tie.FALLS) >= now
    assert not carried(Tally(0, against), majority, Tie.FALLS)


@pytest.mark.parametrize(
    ("for_", "against", "majority", "passes"),
    [
        (2, 1, Majority.SIMPLE, True),
        (2, 1, Majority.TWO_THIRDS, True),
        (3, 2, Majority.TWO_THIRDS, False),
        (3, 1, Majority.THREE_QUARTERS, True),
        (5, 2, Majority.THREE_QUARTERS, False),
        (1, 1, Majority.SIMPLE, False),
        (0, 0, Majority.SIMPLE, False),
    ],
)
def test_a_fraction_is_met_exactly(
    for_: int, against: int, majority: Majority, passes: bool
) -> None:
    assert carried(Tally(for_, against, 99), majority, Tie.FALLS) is passes


def test_there_is_a_casting_vote_in_a_tie_alone() -> None:
    tied = Tally(2, 2)
    assert carried(tied, Majority.SIMPLE, Tie.CASTING, casting=Side.FOR)
    assert not carried(tied, Majority.SIMPLE, Tie.CASTING, casting=Side.AGAINST)
    with pytest.raises(Refused, match="the chair has the casting vote"):
        carried(tied, Majority.SIMPLE, Tie.CASTING)
    for counted, tie in ((Tally(2, 1), Tie.CASTING), (tied, Tie.FALLS)):
        with pytest.raises(Refused, match="no casting vote"):
            carried(counted, Majority.SIMPLE, tie, casting=Side.FOR)


def test_a_quorum_is_of_voting_seats_and_of_sectors() -> None:
    rules = usual_rules(DAY, "Terms")  # four seats of two sectors
    agencies = [a_seat(n, Sector.AGENCY) for n in range(4)]
    assert "there are 1" in short_of_quorum(agencies, rules)
    observer = a_seat(9, Sector.BUSINESS, Standing.OBSERVER)
    assert "3 are filled" in short_of_quorum([*agencies[:3], observer], rules)
    assert short_of_quorum([*agencies[:3], a_seat(5, Sector.RESIDENTS)], rules) == ""


@pytest.mark.parametrize(
    "text",
    [
        "That the partnership approves the budget for 2027-28",
        "To approve the allocation of £2m",
        "We adopt the targets",
        "That £50,000 be allocated to hubs",
        "Ask the council to adopt the targets. The partnership adopts them too",
        "Thank the staff; approve the budget",
        "Noteworthy\nALLOCATE £4m",
        "Task force: award the contract",
        "That we set the budget at £4m",
    ],
)
def test_words_by_which_a_partnership_would_decide_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="it approves no budget"):
        check_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "Advise the council to approve the budget",
        "Recommend that £50,000 be allocated to hubs",
        "Note the approval of the plan",
        "Approve the minutes of the last meeting",
        "Adopt the agenda",
        "The partnership supports the adoption of the plan",
        "Help children who were readopted",
    ],
)
def test_words_by_which_it_speaks_to_those_who_decide_are_not(text: str) -> None:
    check_text(text)


def test_the_definitions_name_every_kind_and_no_other() -> None:
    assert list(motion_kinds()) == list(Kind)
    assert set(support_kinds()) == set(SupportKind)
    assert all(check_begins(one.begins) for one in motion_kinds().values())


def check_begins(words: str) -> bool:
    check_text(f"{words} open a hub")
    return True


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"charity": "12"}, "no charity number"),
        ({"amount": 0}, "of nothing"),
        ({"basis": "market rent"}, "only an asset is valued"),
        ({"last_day": date(2027, 4, 1)}, "more than one financial year"),
        ({"kind": SupportKind.LENT}, "how the asset was valued"),
    ],
)
def test_support_that_cannot_be_counted_is_refused_with_why(
    other: dict[str, object], why: str
) -> None:
    said = {
        "kind": SupportKind.GRANT, "organisation": "Food bank", "amount": 5, "source": "Letter",
        "first_day": DAY, "last_day": DAY, "charity": "SC012345",
    }  # fmt: skip
    with pytest.raises(Refused, match=why):
        check_support(NewSupport(**{**said, **other}), bases())  # type: ignore[arg-type]


def test_every_stage_is_reached_by_a_move() -> None:
    assert {s for s, _ in meetings.MOVES} | set(meetings.MOVES.values()) == set(meetings.Stage)
    assert {s for s, _ in motions.MOVES} | set(motions.MOVES.values()) == set(motions.Stage)
