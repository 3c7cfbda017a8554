"""The three sets: every penny of a count in exactly one, whatever is offered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.agreements.definitions.funding import set_rules
from totalplace.agreements.rules.lines import Line, Mechanism, Said, Sum, Where
from totalplace.agreements.rules.partition import By, Overruled, Partition, Share, partition
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Status
from totalplace.count.rules.whole_place.lines import Line as Spent
from totalplace.ledger.rules.accounts import Nature

from .negotiating import YEAR, a_line, a_sum

DECIDES = {"buses": "local", "schools": "negotiable", "defence": "national"}
SERVICES = (*DECIDES, "unclassified")
AGENCIES = ("wex", "dft", "icb")


def spent(agency: str, service: str, pence: int | None, *, guess: int = 0) -> Spent:
    status = Status.MISSING if pence is None else Status.MODELLED if guess else Status.MEASURED
    low = None if pence is None else pence - guess
    high = None if pence is None else pence + guess
    return Spent(
        agency, agency.upper(), "2027-28", service, Income.NET, Economic.REVENUE, Basis.ACTUAL,
        status, pence, low, high, "a return",
    )  # fmt: skip


def sorted_out(*spending: Spent, **said: object) -> Partition:
    return partition(spending, decides=DECIDES, rules=set_rules(), year=YEAR, **said)  # type: ignore[arg-type]


SPENDING = st.builds(
    spent,
    st.sampled_from(AGENCIES),
    st.sampled_from(SERVICES),
    st.none() | st.integers(-(10**9), 10**9),
    guess=st.integers(0, 10**6),
)
LINES = st.lists(
    st.builds(
        a_line,
        st.sampled_from([f"line-{n}" for n in range(6)]),
        where=st.sampled_from(Where),
        covers=st.lists(
            st.sampled_from([f"{a}/{s}" for a in (*AGENCIES, "*") for s in (*SERVICES, "*")]),
            max_size=3,
        ).map(tuple),
        sums=st.none().flatmap(
            lambda _: (
                st.just((Sum(YEAR, Nature.REVENUE, None, Said.UNCONFIRMED),))
                | st.integers(0, 10**9).map(lambda pence: (a_sum(pence),))
            )
        ),
    ),
    max_size=6,
    unique_by=lambda line: line.code,
)
RULINGS = st.lists(
    st.builds(
        Overruled, st.sampled_from((*AGENCIES, "*")), st.sampled_from((*SERVICES, "*")),
        st.sampled_from(Where), st.just("Members said so"),
    ),
    max_size=2,
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(SPENDING, max_size=8), LINES, RULINGS)
def test_every_penny_is_in_exactly_one_set(
    spending: list[Spent], lines: list[Line], rulings: list[Overruled]
) -> None:
    found = sorted_out(*spending, lines=lines, overruled=rulings)
    assert sum(found.of(where).pence for where in Where) == sum(s.pence or 0 for s in spending)
    assert sum(found.of(where).low for where in Where) == sum(s.low_pence or 0 for s in spending)
    assert sum(found.of(where).high for where in Where) == sum(s.high_pence or 0 for s in spending)
    for key in {(s.agency, s.service, s.status) for s in spending}:
        there = [p for p in found.portions if (p.agency, p.service, p.status) == key]
        of = [s for s in spending if (s.agency, s.service, s.status) == key]
        assert sum(p.pence or 0 for p in there) == sum(s.pence or 0 for s in of)
        assert sum(p.pence is None for p in there) == sum(s.pence is None for s in of)
    assert all(p.reason for p in found.portions)
    assert all(p.low <= (p.pence or 0) <= p.high for p in found.portions if p.pence is not None)


def test_spending_falls_by_who_decides_it_until_an_offer_moves_it() -> None:
    found = sorted_out(
        spent("wex", "buses", 60), spent("wex", "schools", 30), spent("dft", "defence", 10)
    )
    assert [found.of(where).pence for where in Where] == [60, 30, 10]
    assert found.today == found.offered == Share(60, 100)
    assert found.offered.words == "60.0%"


def test_a_line_takes_what_it_states_and_no_more_and_the_share_grows_by_it() -> None:
    line = a_line(covers=("*/schools",), sums=(a_sum(20),))
    found = sorted_out(spent("wex", "buses", 60), spent("wex", "schools", 40), lines=[line])
    assert found.of(Where.BLOCK).pence == 80
    assert found.of(Where.ALIGNED).pence == 20
    assert (found.today.words, found.offered.words) == ("60.0%", "80.0%")
    assert [p.by for p in found.portions] == [By.LINE, By.RULE, By.RULE]


def test_what_a_line_states_beyond_the_count_is_shown_and_not_spread() -> None:
    line = a_line(covers=("*/schools",), sums=(a_sum(70),))
    loose = a_line("loose", sums=(a_sum(5),))
    unstated = a_line(
        "later", covers=("*/*",), mechanism=Mechanism.UNCONFIRMED,
        sums=(Sum(YEAR, Nature.REVENUE, None, Said.UNCONFIRMED),),
    )  # fmt: skip
    found = sorted_out(spent("wex", "schools", 40), lines=[line, loose, unstated])
    assert found.pence == 40
    assert {(b.line, b.pence) for b in found.beyond} == {
        ("bus-services", 30), ("loose", 5), ("later", None),
    }  # fmt: skip


def test_what_is_modelled_or_missing_stays_marked() -> None:
    found = sorted_out(
        spent("icb", "schools", 100, guess=30), spent("icb", "schools", None),
        lines=[a_line(covers=("icb/*",), sums=(a_sum(80),))],
    )  # fmt: skip
    block, aligned = found.of(Where.BLOCK), found.of(Where.ALIGNED)
    assert (block.pence, block.measured, block.low, block.high) == (80, 0, 70, 80)
    assert (aligned.pence, aligned.low, aligned.high, aligned.missing) == (20, 0, 50, 1)


def test_a_person_goes_before_a_line_and_a_line_before_a_rule() -> None:
    ruled = [Overruled("wex", "schools", Where.NATIONAL, "A court said so.")]
    line = a_line(covers=("*/*",), sums=(a_sum(100),))
    found = sorted_out(
        spent("wex", "schools", 40), spent("dft", "defence", 10), lines=[line], overruled=ruled
    )
    assert [(p.by, p.where, p.pence) for p in found.portions] == [
        (By.PERSON, Where.NATIONAL, 40), (By.LINE, Where.BLOCK, 10),
    ]  # fmt: skip
    assert found.reasons()[0] == (Where.BLOCK, "a line of the offer bus-services",
                                  "Buses are planned here.", 10)  # fmt: skip


def test_a_share_of_nothing_is_not_known() -> None:
    assert Share(0, 0).words == "not known"
