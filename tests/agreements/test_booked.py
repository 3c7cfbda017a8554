"""The book of an agreement holds what its text says: sums promised, limits, the year-end clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from totalplace.agreements.actions.booking import open_book
from totalplace.agreements.queries.agreements import agreement
from totalplace.agreements.queries.books import book_of
from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.booked import booked, clause_of, names_of
from totalplace.ledger import queries as ledger
from totalplace.ledger.queries.partners import clause_of_year
from totalplace.ledger.rules.accounts import Heading, Nature
from totalplace.ledger.rules.limits import Bound
from totalplace.ledger.rules.year_end import Keeping, YearFigures, run_clause
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from ..outcomes.place_made import DEFAULT  # noqa: TID252
from .agreement_made import CITED, SIGNED, Wexshire, first_day, with_targets
from .terms_made import DFE, ICB, LINE, WEX, some_terms

ABOUT = Citation("agreement", CITED)
DAY = date(2027, 4, 1)


def test_a_line_of_two_payers_is_two_lines_of_the_book_and_of_one_keeps_its_name() -> None:
    told = booked(some_terms(), citation=ABOUT, on=DAY)
    assert [(one.code, one.payer) for one in told.lines] == [
        (f"{LINE}-{DFE}", DFE), (f"{LINE}-{ICB}", ICB),
    ]  # fmt: skip
    assert all(one.code in names_of(LINE, one.payer) for one in told.lines)
    first, *_ = some_terms().contributions
    alone = booked(some_terms(contributions=(first,)), citation=ABOUT, on=DAY)
    assert [one.code for one in alone.lines] == [LINE]
    both = (first, replace(first, nature=Nature.CAPITAL))
    codes = [
        one.code for one in booked(some_terms(contributions=both), citation=ABOUT, on=DAY).lines
    ]
    assert codes == [f"{LINE}-revenue", f"{LINE}-capital"]


def test_a_tenth_of_a_line_may_be_moved_where_the_text_says_so() -> None:
    told = booked(some_terms(), citation=ABOUT, on=DAY)
    assert [(one.bound, one.pence, one.lines) for one in told.limits] == [
        (Bound.MOVED_OUT, 400_000_00, (f"{LINE}-{DFE}",)),
        (Bound.MOVED_OUT, 150_000_00, (f"{LINE}-{ICB}",)),
    ]


def test_what_is_not_settled_is_counted_and_no_nought() -> None:
    first, *_ = some_terms().contributions
    later = replace(first, year=2028, pence=None)
    told = booked(some_terms(contributions=(first, later)), citation=ABOUT, on=DAY)
    assert (len(told.promised), told.unsettled, list(told.years)) == (1, 1, [2027, 2028])
    with pytest.raises(Refused, match="settles no contribution"):
        booked(some_terms(contributions=(later,)), citation=ABOUT, on=DAY)


@pytest.mark.parametrize(
    ("share", "pays"),
    [
        (t.RiskShare(t.Sharing.BY_CONTRIBUTION, t.Unspent.SHARED), {WEX: 0, ICB: 30, DFE: 70}),
        (t.RiskShare(t.Sharing.HOST, t.Unspent.SHARED), {WEX: 100, ICB: 0, DFE: 0}),
        (
            t.RiskShare(t.Sharing.CAPPED, t.Unspent.SHARED, cap_pence=40_00),
            {WEX: 40, ICB: 18, DFE: 42},
        ),
        (
            t.RiskShare(
                t.Sharing.AGREED, t.Unspent.NON_RECURRENT,
                ((WEX, Decimal("12.5")), (ICB, Decimal("37.5")), (DFE, Decimal(50))),
            ),
            {WEX: 12.5, ICB: 37.5, DFE: 50},
        ),
    ],
)  # fmt: skip
def test_each_sentence_of_risk_is_the_clause_that_the_book_runs(
    share: t.RiskShare, pays: dict[str, float]
) -> None:
    figures = YearFigures(2027, {ICB: 300_00, DFE: 700_00}, 1_100_00)
    found = run_clause(clause_of(share, WEX), [figures])[0]
    assert {who: found.pays.get(who, 0) for who in pays} == {
        who: round(pounds * 100) for who, pounds in pays.items()
    }
    assert found.ties


def test_what_is_returned_goes_to_those_who_paid_it_in_whoever_bears_an_overspend() -> None:
    share = t.RiskShare(t.Sharing.HOST, t.Unspent.RETURNED)
    clause = clause_of(share, WEX)
    assert clause.keeping is Keeping.RETURNED
    found = run_clause(clause, [YearFigures(2027, {ICB: 300_00, DFE: 700_00}, 900_00)])[0]
    assert {who: found.pays.get(who, 0) for who in (WEX, ICB, DFE)} == {
        WEX: 0, ICB: -30_00, DFE: -70_00,
    }  # fmt: skip


def test_shares_that_are_too_fine_or_no_hundred_are_refused() -> None:
    for shares, why in (
        (((WEX, Decimal("33.333")), (ICB, Decimal("66.667"))), "finer"),
        (((WEX, Decimal(40)), (ICB, Decimal(50))), "do not come to a hundred"),
    ):
        with pytest.raises(Refused, match=why):
            clause_of(t.RiskShare(t.Sharing.AGREED, t.Unspent.SHARED, shares), WEX)


@pytest.fixture
def here(db: None, tmp_path: Path) -> Wexshire:
    return with_targets(first_day(DEFAULT), tmp_path)


def test_the_book_is_opened_once_it_is_in_force_and_all_of_it_cites_the_agreement(
    here: Wexshire,
) -> None:
    here.to_sign()
    with pytest.raises(Refused, match="not in force"):
        open_book(CITED, by=here.by, on=here.at(SIGNED))
    for agency in (ICB, DFE, WEX):
        here.signed(agency)
    book = open_book(CITED, by=here.by, on=here.at(SIGNED))
    assert book_of(agreement(CITED)) == book
    held = ledger.balances(book.code)
    authority = {a.agency: -p for a, p in held.items() if a.heading is Heading.AUTHORITY}
    assert authority == {DFE: 4_000_000_00, ICB: 1_500_000_00}
    assert {row.citation for row in ledger.postings(book.code)} == {ABOUT}
    clause = clause_of_year(book.code, 2027)
    assert clause is not None
    assert clause.text.startswith("Of an overspend, the rest is shared by contribution.")
    with pytest.raises(Refused):
        open_book(CITED, by=here.by, on=here.at(SIGNED))
