"""What one counted body pays another is counted once, and the matrix adds up."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.whole_place.flows import (
    Between,
    Flow,
    Treatment,
    left_in,
    matrix,
    treated,
)
from totalplace.count.rules.whole_place.from_payments import PASSED_ON, Paid, spent

COUNTED = {"gss:E10000099": "county", "gss:E07000999": "district", "gss:E23000099": "police"}
NOT_SPENDING = ("precept", "business_rates", "levy", "loan")


def flow(payer: str, to: str, pence: int, nature: str = "transfer", through: str = "") -> Flow:
    return Flow(payer, through or to, to, 2024, nature, 1, pence, "environment", "revenue")


def test_a_payment_to_a_counted_body_is_taken_out_of_the_payers_spending() -> None:
    flows = treated([flow("district", "gss:E10000099", 500)], COUNTED, not_spending=NOT_SPENDING)
    paid = [Paid("district", "A District", "2024-25", "environment", "revenue", 2, 700)]
    lines = spent(paid, flows, source="payments")
    assert [(x.service, x.pence) for x in lines] == [("environment", 200)]
    assert matrix(flows, COUNTED).pence == 500


def test_money_passed_on_to_a_body_outside_the_count_is_no_spending_of_the_payer() -> None:
    flows = treated([flow("district", "hm treasury", 500, "business_rates")], COUNTED,
                    not_spending=NOT_SPENDING)  # fmt: skip
    paid = [Paid("district", "A District", "2024-25", "environment", "revenue", 2, 700)]
    lines = {x.service: x.pence for x in spent(paid, flows, source="payments")}
    assert flows[0].treatment is Treatment.PASSED_ON
    assert lines == {"environment": 200, PASSED_ON: 500}


def test_a_grant_to_a_body_outside_the_count_stays_spending_and_is_shown() -> None:
    flows = treated([flow("county", "a parish council", 90)], COUNTED, not_spending=NOT_SPENDING)
    assert flows[0].treatment is Treatment.KEPT
    assert left_in(flows) == flows


def test_a_precept_that_passes_through_the_county_belongs_to_the_police() -> None:
    through = flow("district", "gss:E23000099", 300, "precept", through="gss:E10000099")
    flows = treated([through], COUNTED, not_spending=NOT_SPENDING)
    assert flows[0].through == "gss:E10000099"
    (cell,) = matrix(flows, COUNTED).cells
    assert (cell.payer, cell.receiver, cell.paid_pence) == ("district", "police", 300)


def test_an_officer_may_say_that_a_payment_is_no_transfer() -> None:
    ruled = replace(flow("district", "gss:E10000099", 500), treatment=Treatment.RULED_OUT)
    other = flow("district", "gss:E10000099", 40)
    flows = treated([ruled, other], COUNTED, not_spending=NOT_SPENDING)
    assert flows[0].treatment is Treatment.RULED_OUT
    assert matrix(flows, COUNTED).pence == 40


def test_a_pension_contribution_stays_spending_though_a_counted_council_keeps_the_fund() -> None:
    flows = treated([flow("police", "gss:E10000099", 70, "pension")], COUNTED,
                    not_spending=NOT_SPENDING, staff=["pension"])  # fmt: skip
    assert flows[0].treatment is Treatment.KEPT


def test_where_payer_and_receiver_differ_both_are_shown() -> None:
    flows = treated([flow("district", "gss:E10000099", 500)], COUNTED, not_spending=NOT_SPENDING)
    told: dict[Between, int] = {
        ("district", "county", 2024): 480,
        ("police", "county", 2024): 20,
    }
    found = matrix(flows, COUNTED, told)
    assert [c.disagreement_pence for c in found.disagreements] == [20, -20]


bodies = st.sampled_from([*COUNTED, "a parish council"])
any_flows = st.lists(
    st.builds(
        flow,
        st.sampled_from(["county", "district", "police"]),
        bodies,
        st.integers(-(10**9), 10**9),
        st.sampled_from(["transfer", "precept", "tax"]),
    ),
    max_size=30,
)


@given(any_flows, st.integers(0, 10**10))
def test_every_pound_paid_is_spent_passed_on_or_eliminated(flows: list[Flow], more: int) -> None:
    done = treated(flows, COUNTED, not_spending=NOT_SPENDING)
    payers = ("county", "district", "police")
    paid = [
        Paid(p, p, "2024-25", "environment", "revenue", 1,
             more + sum(f.pence for f in flows if f.payer == p))
        for p in payers
    ]  # fmt: skip
    lines = spent(paid, done, source="payments")
    eliminated = matrix(done, COUNTED).pence
    assert sum(x.pence or 0 for x in lines) + eliminated == sum(p.pence for p in paid)


@given(any_flows)
def test_the_matrix_and_what_is_left_in_are_all_flows(flows: list[Flow]) -> None:
    done = treated(flows, COUNTED, not_spending=NOT_SPENDING)
    left = sum(f.pence for f in left_in(done))
    assert matrix(done, COUNTED).pence + left == sum(f.pence for f in flows)
