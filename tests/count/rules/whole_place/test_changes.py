"""A rise is taken apart by kind before anybody calls it growth, and the parts add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.whole_place.changes import PaidTo, change
from totalplace.count.rules.whole_place.flows import Flow


def test_direct_debits_that_were_not_published_before_are_a_part_of_their_own() -> None:
    paid = [
        PaidTo("Acme Ltd", 2023, 100),
        PaidTo("Acme Ltd", 2024, 130),
        PaidTo("The County (Direct Debit Payments)", 2024, 5_000),
        PaidTo("(DD ONLY) A District", 2023, 10),
        PaidTo("(DD ONLY) A District", 2024, 900),
    ]
    flows = [Flow("x", "county", "county", 2024, "precept", 1, 5_000)]
    found = change("x", paid, flows, 2023, 2024)
    assert (found.pence, found.parts[0].pence) == (5_920, 5_890)
    assert found.parts[0].what == "direct debits, newly published"
    assert [(p.what, p.pence) for p in found.within] == [("precept", 5_000)]


def test_direct_debits_published_in_both_years_are_payees_like_others() -> None:
    paid = [PaidTo("The County (DD)", 2023, 4_000), PaidTo("The County (DD)", 2024, 5_000)]
    found = change("x", paid, [], 2023, 2024)
    assert [(p.kind, p.pence) for p in found.parts] == [("payee", 1_000), ("the rest", 0)]


payees = st.sampled_from(["A", "a ", "B (DD)", "C CHAPS", "D direct debit", "E", "F", "G"])
all_paid = st.lists(
    st.builds(PaidTo, payees, st.sampled_from([2023, 2024]), st.integers(-(10**9), 10**9))
)


@given(all_paid)
def test_the_parts_add_up_to_the_change(paid: list[PaidTo]) -> None:
    found = change("x", paid, [], 2023, 2024)
    assert sum(part.pence for part in found.parts) == found.pence
