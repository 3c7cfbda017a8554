"""Statements, returns and year ends of a pool of twelve come out of its book, to the penny."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.doors.report.pool import csv_of
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Account, Heading, Kind, Sign, sign_of
from totalplace.ledger.rules.figures import Figure, Row, Table, Weight
from totalplace.ledger.rules.lawful import is_lawful
from totalplace.ledger.rules.pairing import paired
from totalplace.ledger.rules.returns import (
    ConditionSaid,
    Forecast,
    Quarter,
    Said,
    lacking,
    quarterly,
)
from totalplace.ledger.rules.settling import Step, closing_steps
from totalplace.ledger.rules.sharing import pool_of, shares, total
from totalplace.ledger.rules.statements import (
    grant_return,
    memorandum,
    partner_statement,
    tie,
    trial_balance,
)
from totalplace.ledger.rules.treatments import Arrangement, Basis, Part, Treatment
from totalplace.ledger.rules.verbs import Colour
from totalplace.ledger.rules.year_end import (
    Keeping,
    YearEnd,
    YearFigures,
    by_contribution,
    capped,
    run_clause,
)
from totalplace.refusal import Refused

from .pool_made import (
    COVER,
    HOST,
    TWELVE,
    YEAR,
    a_year,
    balances_of,
    line_of,
    payers,
    posted,
    put_in,
    words,
)

JOINT: Final = Arrangement(
    "", date(YEAR, 4, 1), Basis.CONTRIBUTION,
    tuple(Part(who, Treatment.JOINT, 7 + n) for n, who in enumerate(TWELVE)),
)  # fmt: skip


def pence(table: Table, label: str, column: int = 0) -> int | None:
    cell = next(row for row in table.rows if row.label == label).cells[column]
    assert isinstance(cell, Figure)
    return cell.pence


def test_the_memorandum_account_of_twelve_partners_adds_up() -> None:
    made = posted(a_year(over_pence=-4_321_09))
    balances = balances_of(made)
    contributions, spending, balance = memorandum(balances, words(), YEAR)
    assert len(contributions.rows) == len(TWELVE) + 1
    assert pence(contributions, "All contributions", 2) == sum(put_in(balances).values())
    spent = sum(v for a, v in balances.items() if a.heading == Heading.EXPENDITURE)
    assert pence(spending, "All expenditure", 1) == spent
    assert pence(balance, "Underspend, or overspend below nothing") == 4_321_09
    assert [figure.pence for row in balance.checks for figure in row.figures] == [0]


def test_a_year_of_which_nothing_was_posted_has_an_account_of_nothing() -> None:
    *_, balance = memorandum(balances_of(posted(a_year())), words(), YEAR + 9)
    assert pence(balance, "Underspend, or overspend below nothing") == 0


def test_every_figure_of_a_statement_says_its_accounts_or_its_formula() -> None:
    balances = balances_of(posted(a_year()))
    books = shares(posted(a_year()), [JOINT], payers())
    pool = pool_of(posted(a_year()))
    tables = [
        *memorandum(balances, words(), YEAR),
        *trial_balance(balances),
        *(grant_return(balances, line, words(), YEAR) for line in words().lines),
        *quarterly(balances, words(), Quarter(YEAR, 4), Said()),
        tie(books, pool, words()),
        *(partner_statement(book, pool, words(), YEAR) for book in books.values()),
    ]
    assert all(figure.how for table in tables for row in table.rows for figure in row.figures)
    checks = [figure.pence for table in tables for row in table.checks for figure in row.figures]
    assert set(checks) == {0}


def test_what_twelve_partners_show_is_the_pool() -> None:
    made = posted(a_year(over_pence=99_999_99))
    books, pool = shares(made, [JOINT], payers()), pool_of(made)
    table = tie(books, pool, words())
    assert len(table.rows) == len(TWELVE) + 3
    assert [figure.pence for figure in table.checks[0].figures] == [0] * 6
    of_one = partner_statement(books[TWELVE[3]], pool, words(), YEAR)
    assert pence(of_one, "Expenditure") == total(books[TWELVE[3]].balances, Heading.EXPENDITURE)
    assert pence(of_one, "Expenditure", 1) == total(pool, Heading.EXPENDITURE)


def test_the_trial_balance_of_each_plane_comes_out_even() -> None:
    for table in trial_balance(balances_of(posted(a_year()))):
        assert pence(table, "Check: debits less credits") == 0
        assert pence(table, "Together") == pence(table, "Together", 1) != 0


def test_a_grant_return_says_what_was_received_spent_and_is_left_of_its_line() -> None:
    balances = balances_of(posted(a_year(over_pence=-500)))
    line = words().line(line_of(TWELVE[0]))
    table = grant_return(balances, line, words(), YEAR)
    assert pence(table, "Unspent") == 500
    assert pence(table, "Received") == put_in(balances)[TWELVE[0]]
    assert table.note == "Condition: For adult social care alone"


def test_the_return_of_a_quarter_is_of_the_year_so_far() -> None:
    made = posted(a_year())
    quarter = Quarter(YEAR, 2)
    assert quarter.last_day == date(YEAR, 9, 30)
    balances = balances_of(made, until=quarter.last_day)
    income, spending, _ = quarterly(balances, words(), quarter, Said())
    received = sum(
        t.pence for p in made if p.kind is Kind.RECEIVED and p.day <= quarter.last_day
        for t in p.transfers
    )  # fmt: skip
    spent = sum(
        t.pence for p in made if p.kind is Kind.SPENT and p.day <= quarter.last_day
        for t in p.transfers if t.debit.heading == Heading.EXPENDITURE
    )  # fmt: skip
    assert pence(income, "All income", 3) == received
    assert pence(spending, "All expenditure", 2) == spent
    assert pence(spending, "All expenditure", 3) is None  # nobody gave a forecast: not nought


def test_forecast_and_actual_never_mix_and_a_variance_wants_its_reason() -> None:
    balances = balances_of(posted(a_year()))
    line = line_of(TWELVE[0])
    agency = next(a.agency for a in balances if (a.line, a.heading) == (line, Heading.EXPENDITURE))
    said = Said(
        forecasts=[Forecast(line, agency, 5_00, "", "bea")],
        conditions=[ConditionSaid(3, True, "As planned.", "bea", 9_00, "NHS planning", (line,))],
        condition_words={1: "Plans are agreed", 3: "The minimum is kept"},
    )
    *_, spending, conditions, minimum = quarterly(balances, words(), Quarter(YEAR, 4), said)
    label = f"Grant of {TWELVE[0]}: {agency.upper()}"
    assert pence(spending, label, 3) == 5_00
    assert pence(spending, label, 2) == put_in(balances)[TWELVE[0]]
    assert [row.cells[0] for row in conditions.rows] == ["not said yet", "met"]
    assert pence(minimum, "Required for the year") == 9_00
    assert pence(minimum, "Actual to date") == put_in(balances)[TWELVE[0]]
    found = lacking(balances, words(), Quarter(YEAR, 4), said)
    assert f"{label}: nothing says why its forecast is not its plan." in found
    assert "Nothing is said of national condition 1: Plans are agreed." in found
    assert sum("has no forecast" in one for one in found) == len(TWELVE) - 1


def test_a_fifth_quarter_is_refused() -> None:
    with pytest.raises(Refused, match="a year has four"):
        Quarter(YEAR, 5)


def closed(balances: dict[Account, int], end: YearEnd) -> tuple[list[Step], dict[Account, int]]:
    steps = closing_steps(balances, end, host=HOST, payers=payers())
    after = dict(balances)
    for step in steps:
        for transfer in paired(step.legs):
            assert is_lawful(step.kind, transfer)
            after[transfer.debit] = after.get(transfer.debit, 0) + transfer.pence
            after[transfer.credit] = after.get(transfer.credit, 0) - transfer.pence
    return steps, after


@settings(max_examples=12)
@given(st.integers(-100_000, 10**7), st.sampled_from(Keeping), st.integers(1, 5), st.integers(0, 9))
def test_a_year_closes_even_whatever_was_over_or_left_and_no_account_is_overdrawn(
    over: int, keeping: Keeping, seed: int, odd: int
) -> None:
    balances = balances_of(posted(a_year(seed=seed, over_pence=over)))
    spent = sum(v for a, v in balances.items() if a.heading == Heading.EXPENDITURE)
    figures = YearFigures(YEAR, put_in(balances), spent)
    assert figures.over_pence == over
    clause = capped(HOST, 1_000_00, keeping) if odd % 2 else by_contribution(keeping)
    (end,) = run_clause(clause, [figures], may_carry=TWELVE[:6])
    _, after = closed(balances, end)
    money = (Heading.INCOME, Heading.EXPENDITURE)
    left = -sum(v for a, v in after.items() if a.heading in money and a.year == YEAR)
    carried = -sum(v for a, v in after.items() if a.heading == Heading.INCOME and a.year > YEAR)
    assert left + carried == sum(end.kept.values())
    assert carried == sum(end.kept.values())
    for account, value in after.items():
        sign = sign_of(account.heading)
        assert sign is Sign.ANY or (value >= 0 if sign is Sign.NOT_BELOW else value <= 0), account


def test_who_bears_an_overspend_owes_it_to_the_pool() -> None:
    balances = balances_of(posted(a_year(over_pence=600_00)))
    figures = YearFigures(YEAR, {TWELVE[1]: 1, TWELVE[2]: 2}, 600_03)
    (end,) = run_clause(by_contribution(), [figures])
    steps, after = closed(balances, end)
    assert [step.kind for step in steps] == [Kind.SETTLEMENT]
    owed = {a.agency: v for a, v in after.items() if a.heading == Heading.DEBTOR and v}
    assert owed == {TWELVE[1]: 200_00, TWELVE[2]: 400_00}
    assert {a.line for a in after if a.heading == Heading.DEBTOR and after[a]} == {COVER}


def test_totals_and_checks_are_told_apart() -> None:
    table = memorandum(balances_of(posted(a_year())), words(), YEAR)[2]
    assert [row.weight for row in table.rows if row.weight is not Weight.ITEM] == [
        Weight.TOTAL, Weight.CHECK,
    ]  # fmt: skip


def test_what_is_kept_but_not_yet_received_is_carried_as_still_owed() -> None:
    of = Colour("care", YEAR, TWELVE[0], HOST)
    made = [*verbs.promised(of, 900), *verbs.due(of, 900)]
    balances = {leg.account: leg.pence for leg in made}
    (end,) = run_clause(
        by_contribution(Keeping.KEPT), [YearFigures(YEAR, {TWELVE[0]: 900}, 0)], may_carry=TWELVE
    )
    (step,) = closing_steps(balances, end, host=HOST, payers={"care": TWELVE[0]})
    assert all(is_lawful(step.kind, transfer) for transfer in paired(step.legs))
    moved = {leg.account: leg.pence for leg in step.legs if leg.account.year > YEAR}
    assert {account.heading.value: pence for account, pence in moved.items()} == {
        "unallocated": 900, "authority": -900, "debtor": 900, "income": -900,
    }  # fmt: skip


def test_no_cell_of_a_file_is_taken_for_a_formula() -> None:
    table = Table("=T", ("Who", " @head"), (Row(" =cmd()", ("+1 more", Figure(-5_00, "=how"))),))
    lines = csv_of([table]).splitlines()
    assert lines[1].startswith("'=T,' =cmd(),' @head,'+1 more,words")
    assert "-5" in csv_of([Table("T", ("Who", "H"), (Row("W", (Figure(-5_00, "h"),)),))])
