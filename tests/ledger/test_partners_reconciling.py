"""A partner's own ledger is held against its book: each difference has pence, none is hidden."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.ledger.rules.partner_ledger import read_ledger
from totalplace.ledger.rules.reconciling import How, Kind, Line, reconcile
from totalplace.refusal import Refused
from totalplace.sources.rules.layout import Cell

MAY: Final = date(2026, 5, 1)


def a_line(key: str, pence: int, day: int = 0, reference: str = "", words: str = "") -> Line:
    return Line(key, MAY + timedelta(day), pence, reference, words)


lines = st.lists(
    st.builds(
        a_line, st.just(""), st.integers(-500, 500), st.integers(0, 60),
        st.sampled_from(["", "INV-1", "INV-2", "INV-33"]), st.sampled_from(["", "for INV-33"]),
    ),
    max_size=14,
)  # fmt: skip


def keyed(found: list[Line], side: str) -> list[Line]:
    return [Line(f"{side} {n}", x.day, x.pence, x.reference, x.words) for n, x in enumerate(found)]


@settings(max_examples=40)
@given(lines, lines, lines, st.integers(0, 10))
def test_differences_come_to_the_difference_of_the_totals_and_no_line_is_used_twice(
    here: list[Line], there: list[Line], beyond: list[Line], tolerance: int
) -> None:
    found = reconcile(
        keyed(here, "posting"), keyed(there, "row"), tolerance_days=tolerance,
        beyond=keyed(beyond, "later"),
    )  # fmt: skip
    assert found.ties
    missing = [*found.of(Kind.MISSING_HERE), *found.of(Kind.MISSING_THERE)]
    missing += [one for one in found.of(Kind.TIMING) if one.beyond]
    sides = [(one.here, one.there) for one in found.matches]
    sides += [(one.here, one.there) for one in missing]
    used = [line.key for here_, there_ in sides for line in (*here_, *there_)]
    assert len(used) == len(set(used)) == len(here) + len(there)


@settings(max_examples=30)
@given(lines)
def test_a_ledger_that_is_the_book_has_no_difference(found: list[Line]) -> None:
    same = reconcile(keyed(found, "posting"), keyed(found, "row"))
    assert (same.differences, same.difference_pence) == ((), 0)


def test_a_line_is_known_by_its_reference_in_whatever_form_and_column() -> None:
    here = [a_line("posting 1", 100, reference="INV/0012"), a_line("posting 2", 200, 0, "pool/2")]
    there = [a_line("row 2", 100, 90, "inv 0012"), a_line("row 3", 250, 1, "J1", "re POOL-2 May")]
    found = reconcile(here, there)
    assert {match.how for match in found.matches} == {How.REFERENCE}
    assert [(one.kind, one.pence) for one in found.differences] == [
        (Kind.TIMING, 0), (Kind.AMOUNT, 50),
    ]  # fmt: skip


def test_the_same_sum_within_some_days_is_the_same_thing() -> None:
    found = reconcile([a_line("posting 1", 700)], [a_line("row 2", 700, 4)], tolerance_days=5)
    assert [match.how for match in found.matches] == [How.AMOUNT_AND_DAY]
    assert found.differences == ()


def test_the_same_sum_a_month_later_is_a_difference_of_timing() -> None:
    found = reconcile([a_line("posting 1", 700)], [a_line("row 2", 700, 35)])
    assert [one.kind for one in found.differences] == [Kind.TIMING]


def test_what_was_paid_in_march_and_received_in_april_is_a_difference_of_timing() -> None:
    april = a_line("posting 9", 700, 8)
    found = reconcile([], [a_line("row 2", 700, -2)], beyond=[april])
    assert [(one.kind, one.pence, one.beyond) for one in found.differences] == [
        (Kind.TIMING, 700, (april,)),
    ]  # fmt: skip
    assert found.ties


def test_a_journal_of_a_month_is_matched_with_all_of_the_month() -> None:
    here = [a_line(f"posting {n}", 100 + n, n) for n in range(20)]
    found = reconcile(here, [a_line("row 2", sum(line.pence for line in here), 30)])
    assert [match.how for match in found.matches] == [How.ONE_TO_MANY]
    assert found.differences == ()


def test_one_posting_paid_in_parts_is_matched_with_its_parts() -> None:
    there = [a_line("row 2", 30, 1), a_line("row 3", 11, 1), a_line("row 4", 70, 2)]
    found = reconcile([a_line("posting 1", 100)], there)
    assert [len(match.there) for match in found.matches] == [2]
    assert [(one.kind, one.pence) for one in found.differences] == [(Kind.MISSING_HERE, 11)]


def test_a_partner_that_writes_credits_above_nothing_is_turned() -> None:
    here = [a_line("posting 1", 100), a_line("posting 2", -20, 1)]
    found = reconcile(here, [a_line("row 2", -100), a_line("row 3", 20, 1)])
    assert found.turned
    assert found.differences == ()


HEAD: Final[list[list[Cell]]] = [
    ["Anytown council", None, None],
    ["Ledger extract", "Period 1 to 3", None],
]


def test_a_ledger_with_debits_and_credits_in_two_columns_is_read() -> None:
    rows: list[list[Cell]] = [
        *HEAD,
        ["Trans Date", "Journal Ref", "Narrative", "Debit", "Credit"],
        ["01/05/2026", "J100", "Contribution to pool", "1,000.00", ""],
        ["14/05/2026", "J101", "Refund", "", "12.50"],
        ["21/05/2026", "J102", "Contribution to pool", "2,000.00", ""],
        ["Total", "", "", "3,000.00", "12.50"],
    ]
    found = read_ledger(rows, name="extract.csv")
    assert [(x.day, x.pence, x.reference, x.words) for x in found.lines] == [
        (date(2026, 5, 1), 100_000, "J100", "Contribution to pool"),
        (date(2026, 5, 14), -1250, "J101", "Refund"),
        (date(2026, 5, 21), 200_000, "J102", "Contribution to pool"),
    ]
    assert (found.faults, found.set_aside) == ((), 1)


def test_a_ledger_with_one_column_of_sums_is_read_and_its_faults_are_found() -> None:
    rows: list[list[Cell]] = [
        ["Posting date", "Document number", "Description", "Amount", "Cost centre"],
        [date(2026, 4, 3), 4100012, "April contribution", 1234.5, "P001"],
        [date(2026, 5, 3), 4100013, "May contribution", -1234.5, "P001"],
        ["soon", 4100014, "June contribution", 1.0, "P001"],
        [date(2026, 6, 3), 4100015, "Another matter", 99.0, "P002"],
        [date(2026, 6, 4), 4100016, "Late", "n/a", "P001"],
    ]
    found = read_ledger(rows, name="gl.xlsx", only="P001")
    assert [(x.key, x.pence, x.reference) for x in found.lines] == [
        ("row 2", 123_450, "4100012"), ("row 3", -123_450, "4100013"),
    ]  # fmt: skip
    assert [(fault.cell, fault.why) for fault in found.faults] == [
        ("A4", "is no day"), ("D6", "is no sum of money"),
    ]  # fmt: skip


def test_a_file_without_sums_is_refused_with_what_it_has() -> None:
    with pytest.raises(Refused, match="no column of sums"):
        read_ledger([["Name", "Town"], ["A", "B"], ["C", "D"]], name="list.csv")
