"""A count of the example place is held to its truth, and each pound that is wrong is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.queries.rulings import rulings_in_force
from totalplace.count.queries.whole_place import Wanted, whole_place
from totalplace.count.rules.whole_place.flows import Flow, Treatment, matrix
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.example_place import Truth, judging, officers
from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.judging import Difference
from totalplace.example_place.naming import PLACE
from totalplace.example_place.purposes import lines_judged
from totalplace.example_place.taking_in import received, take_in, take_in_returns
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Operator
from totalplace.sources.actions import NotAdded
from totalplace.sources.home import Home

YEAR: Final = FinancialYear(2023)
CODES: Final = {a.code: f"gss:{a.gss}" if a.gss else f"agency:{a.code}" for a in AGENCIES}
COUNTED: Final = {code: agency for agency, code in CODES.items()}


def perfect(place: Truth) -> WholePlace:
    """A count of the middle year that knows the truth."""
    flows = [
        Flow(
            t.payer, CODES[t.through or t.receiver], CODES[t.receiver], YEAR.start, t.nature,
            t.rows, t.pence, treatment=Treatment.ELIMINATED,
        )
        for t in place.counted.transfers
        if t.year == YEAR.label
    ]  # fmt: skip
    spent = [s for s in place.counted.spent if s.year == YEAR.label]
    flows += [
        Flow(s.agency, "a body", "a body", YEAR.start, s.nature, s.rows, s.pence,
             treatment=Treatment.PASSED_ON)
        for s in spent
        if s.service == "passed_on" or s.nature == "loan"
    ]  # fmt: skip
    net = [w for w in place.counted.whole if w.year == YEAR.label and w.counted_pence]
    return WholePlace(
        place=PLACE, place_name="Wexshire", year=YEAR.label, people=None, people_source="",
        net_lines=tuple(line(w.agency, w.service, w.counted_pence or 0, Income.NET) for w in net),
        gross_lines=tuple(line(s.agency, s.service, s.pence, Income.GROSS) for s in spent),
        numbers=None, flows=tuple(flows),
        matrix=matrix(flows, COUNTED, received(place.folder, YEAR.label)),
        taken_out=(), checked=(), disagreements=(), explained=(), breaks=(), sources=(),
        payments=None,
    )  # fmt: skip


def line(agency: str, service: str, pence: int, income: Income) -> Line:
    """A line of a count that is measured."""
    return Line(
        agency, agency, YEAR.label, service, income, Economic.REVENUE, Basis.ACTUAL,
        Status.MEASURED, pence, pence, pence, "a test",
    )  # fmt: skip


JUDGES: Final = (
    judging.transfer_differences,
    judging.nature_differences,
    judging.matrix_differences,
    judging.count_differences,
    judging.net_differences,
)


@pytest.mark.parametrize("judge", JUDGES)
def test_a_count_that_knows_the_truth_differs_in_nothing(
    judge: judging.Judge, place: Truth
) -> None:
    assert judge(perfect(place), place.counted) == []


def test_a_transfer_that_is_not_found_is_told(place: Truth) -> None:
    whole = perfect(place)
    lost, *flows = whole.flows
    blind = replace(whole, flows=tuple(flows), matrix=matrix(flows, COUNTED))
    payer, receiver = lost.payer, COUNTED[lost.receiver]
    assert judging.transfer_differences(blind, place.counted) == [
        Difference(f"{payer} to {receiver}", None, lost.pence),
        Difference(f"payments of {payer} to {receiver}", None, lost.rows),
    ]
    score = judging.transfers_found(blind, place.counted)
    assert score.true_pence - score.found_pence == lost.pence
    assert len(judging.nature_differences(blind, place.counted)) == 1


def test_what_is_taken_out_beyond_the_truth_finds_nothing(place: Truth) -> None:
    whole = perfect(place)
    much = [replace(flow, pence=2 * flow.pence) for flow in whole.flows]
    greedy = replace(whole, flows=tuple(much), matrix=matrix(much, COUNTED))
    score = judging.transfers_found(greedy, place.counted)
    assert score.found_pence == score.true_pence
    assert judging.transfer_differences(greedy, place.counted)


@pytest.mark.parametrize("income", list(Income))
def test_a_penny_too_much_is_told_of_its_agency_and_of_the_place(
    income: Income, place: Truth
) -> None:
    whole = perfect(place)
    is_net = income is Income.NET
    first, *others = whole.net_lines if is_net else whole.gross_lines
    wrong = (line(first.agency, first.service, (first.pence or 0) + 1, income), *others)
    if is_net:
        found = judging.net_differences(replace(whole, net_lines=wrong), place.counted)
    else:
        found = judging.count_differences(replace(whole, gross_lines=wrong), place.counted)
    assert len(found) == 2
    assert {d.what.partition(",")[0] for d in found} == {first.agency, "the whole place"}
    assert all((d.read or 0) - (d.true or 0) == 1 for d in found)


def test_a_service_that_is_read_wrongly_loses_no_pound(place: Truth) -> None:
    whole = perfect(place)
    blind = tuple(replace(each, service="unclassified") for each in whole.gross_lines)
    assert judging.count_differences(replace(whole, gross_lines=blind), place.counted) == []


LINES = st.lists(
    st.builds(
        judging.Line,
        st.sampled_from(["culture", "housing", "unclassified", ""]),
        st.sampled_from(["culture", "housing"]),
        st.booleans(),
        st.integers(-(10**9), 10**9),
    )
)


@given(LINES)
def test_every_pound_is_right_wrong_or_unclassified(lines: list[judging.Line]) -> None:
    score = judging.purpose_scores(lines)
    assert score.all_pence == sum(abs(each.pence) for each in lines)
    assert score.silent_wrong_pence <= min(score.silent_pence, score.wrong_pence)
    for share in (score.right, score.left):
        assert share is None or 0 <= share <= 1


def test_shares_are_of_what_was_classified_and_of_all() -> None:
    score = judging.purpose_scores(
        [
            judging.Line("culture", "culture", True, 300),
            judging.Line("housing", "culture", False, -100),
            judging.Line("unclassified", "culture", False, 600),
        ]
    )
    assert (score.right, score.left) == (0.75, 0.6)
    assert (score.silent_pence, score.silent_wrong_pence) == (700, 100)
    assert judging.purpose_scores([]).right is None


def test_the_verdict_says_what_was_found_and_whether_every_penny_is_true() -> None:
    transfers = judging.TransferScore(found_pence=1_500_00, true_pence=2_000_00)
    purposes = judging.purpose_scores(
        [judging.Line("culture", "culture", True, 3), judging.Line("", "culture", True, 1)]
    )
    assert judging.verdict(transfers, purposes, []) == (
        "Transfers found: £1,500.00 of £2,000.00 true; purposes: 100.0% right of the pounds "
        "classified, 25.0% left unclassified; the whole-place count equals the truth to the penny."
    )
    wrong = [Difference("EX-CC, spent and passed on", 1, 2)]
    assert "1 of its figures" in judging.verdict(transfers, purposes, wrong)


def test_a_reader_with_register_and_rulings_reaches_the_truth_to_the_penny(
    place: Truth, tmp_path: Path, noon: datetime, db: None
) -> None:
    home = Home(tmp_path / "home")
    for take in (take_in, take_in_returns):
        taken = list(
            take(place.folder, home=home, by=Operator("test"), on=noon, seen=lambda path: None)
        )
        assert not [outcome for outcome in taken if isinstance(outcome, NotAdded)]
    assert officers.rule(by=Operator("test"), on=noon)
    for year in (2022, 2023, 2024):
        scratch = tmp_path / str(year)
        scratch.mkdir()
        wanted = Wanted(home, PLACE, FinancialYear(year), rulings_in_force(), scratch)
        whole = whole_place(wanted).whole
        assert judging.transfer_differences(whole, place.counted) == []
        assert judging.count_differences(whole, place.counted) == []
        assert judging.net_differences(whole, place.counted) == []
        assert whole.people is not None
    score = judging.purpose_scores(lines_judged(place.folder, home, scratch))
    spent = [line for line in place.lines() if line["kind"] == "payment" and not line["receiver"]]
    assert score.all_pence == sum(abs(int(line["amount_pence"])) for line in spent)
    assert score.right_pence > score.wrong_pence
