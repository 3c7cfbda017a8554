"""A pool of twelve kept in the book: shared, reconciled with each partner's ledger, and closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from totalplace.doors import records
from totalplace.ledger import actions, queries
from totalplace.ledger.actions import partners as arranging
from totalplace.ledger.actions import partners_ledgers as giving
from totalplace.ledger.actions.partners_ledgers import ConditionGiven, ForecastGiven, Given
from totalplace.ledger.queries import partners as shown
from totalplace.ledger.queries import partners_ledgers as ledgers
from totalplace.ledger.queries import partners_returns as returns
from totalplace.ledger.reading.partner_file import read_partner_file
from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.clause_text import text_of
from totalplace.ledger.rules.figures import Figure
from totalplace.ledger.rules.limits import Bound, Limit
from totalplace.ledger.rules.partner_views import View
from totalplace.ledger.rules.reconciling import Kind
from totalplace.ledger.rules.returns import Quarter
from totalplace.ledger.rules.sharing import differences, shares
from totalplace.ledger.rules.treatments import Arrangement, Basis, Part, Treatment
from totalplace.ledger.rules.year_end import Keeping, by_contribution
from totalplace.refusal import Refused

from .pool_made import HOST, TWELVE, YEAR, line_of, payers
from .pool_open import ADA, AGREED, APRIL, DAYS, JOINT, NOON, Pool, ledger_file, open_pool, rows_of


@pytest.fixture
def pool(db: None) -> Pool:
    return open_pool(over_pence=-123_45)


def give(partner: str, path: Path, view: View = View.PAID_IN) -> ledgers.ReconciliationRow:
    file, digest = read_partner_file(path, name=path.name)
    said = Given(path.name, digest, view, *DAYS)
    row = giving.give_ledger("pool", partner, file, said, by=ADA, on=NOON)
    return ledgers.reconciliation("pool", partner, row.number)


def test_partners_books_are_the_pool_and_what_the_journal_gives_posting_by_posting(
    pool: Pool,
) -> None:
    for day in (None, date(YEAR, 9, 30), date(YEAR, 12, 31)):
        books = shown.partner_books("pool", day=day)
        assert differences(shown.pool_money("pool", day=day), books) == {}
        rows = list(queries.postings("pool"))
        assert books == shares(rows, [JOINT], shown.payers("pool"), until=day)
    table = returns.who_shows_what("pool")
    assert [f.pence for f in table.checks[0].figures] == [0] * 6


def test_a_reversal_is_shared_as_what_it_reverses_was_though_shares_changed(pool: Pool) -> None:
    before = shown.partner_books("pool")
    october = date(YEAR, 10, 1)
    one = Arrangement("", october, Basis.LEAD, (Part(HOST, Treatment.PRINCIPAL),))
    arranging.arrange("pool", one, why="The host decides now.", citation=AGREED, by=ADA, on=NOON)
    last = [row for row in queries.postings("pool") if row.kind == "paid"][-1]
    actions.reverse("pool", last.number, why="Paid twice.", day=date(2026, 5, 1), by=ADA, on=NOON)
    books = shown.partner_books("pool")
    assert differences(shown.pool_money("pool"), books) == {}
    rows = list(queries.postings("pool"))
    assert books == shares(rows, [JOINT, one], shown.payers("pool"))
    assert books != before


def test_each_of_twelve_partners_ledgers_is_reconciled_with_what_it_paid_in(
    pool: Pool, tmp_path: Path
) -> None:
    for partner in TWELVE:
        path = ledger_file(tmp_path / f"{partner}.csv", rows_of(partner, View.PAID_IN))
        found = give(partner, path).found
        assert (found.differences, found.difference_pence) == ((), 0)
        paid = sum(t.pence for row in queries.postings("pool") if row.kind == "received"
                   for t in row.transfers if t.credit.agency == partner)  # fmt: skip
        assert found.there_pence == paid


def test_a_partners_share_booked_once_a_month_is_matched_one_to_many(
    pool: Pool, tmp_path: Path
) -> None:
    partner = TWELVE[4]
    months: dict[tuple[int, int], int] = defaultdict(int)
    for day, _, _, pence in rows_of(partner, View.SHARE):
        months[day.year, day.month] += pence
    rows = [(date(y, m, 28), f"JNL{m}", "Share", pence) for (y, m), pence in months.items()]
    found = give(partner, ledger_file(tmp_path / "gl.xlsx", rows), View.SHARE).found
    assert (found.differences, found.difference_pence) == ((), 0)


def test_three_planted_differences_are_found_explained_and_hidden_by_nothing(
    pool: Pool, tmp_path: Path
) -> None:
    partner = TWELVE[2]
    rows = rows_of(partner, View.PAID_IN)
    lost, (day, reference, words, pence) = rows.pop(0), rows[1]
    rows[1] = (day, reference, words, pence + 90)
    rows.append((date(YEAR, 8, 8), "J-777", "Not the pool's", 55_00))
    row = give(partner, ledger_file(tmp_path / "gl.csv", rows))
    assert sorted((one.kind, one.pence) for one in row.found.differences) == sorted([
        (Kind.AMOUNT, 90), (Kind.MISSING_HERE, 55_00), (Kind.MISSING_THERE, -lost[3]),
    ])  # fmt: skip
    assert row.found.ties
    key = row.found.of(Kind.MISSING_HERE)[0].key
    giving.explain("pool", partner, 1, key, "It is of another fund.", by=ADA, on=NOON)
    after = ledgers.reconciliation("pool", partner, 1)
    assert after.found == row.found
    assert (after.unexplained, after.explained[key].words) == (2, "It is of another fund.")
    with pytest.raises(Refused, match="no such difference"):
        giving.explain("pool", partner, 1, "row 999", "What?", by=ADA, on=NOON)


def test_a_ledger_with_a_row_that_cannot_be_read_is_refused_whole(
    pool: Pool, tmp_path: Path
) -> None:
    path = ledger_file(tmp_path / "gl.csv", rows_of(TWELVE[1], View.PAID_IN))
    path.write_bytes(path.read_bytes() + b"01/05/2025,X,Words,lots\r\n")
    with pytest.raises(Refused, match="D7 is no sum of money"):
        give(TWELVE[1], path)


def test_the_year_closes_once_by_its_clause_and_what_is_kept_is_next_years(pool: Pool) -> None:
    text = text_of(by_contribution(Keeping.KEPT))
    with pytest.raises(Refused, match="no clause"):
        arranging.close_year("pool", YEAR, by=ADA, on=NOON)
    arranging.agree_clause("pool", YEAR, text, citation=AGREED, by=ADA, on=NOON)
    actions.close_period("pool", date(YEAR + 1, 3, 31), by=ADA, on=NOON)
    memorandum = returns.memorandum_account("pool", YEAR)
    quarter = returns.quarterly_return("pool", Quarter(YEAR, 4))
    end = arranging.close_year("pool", YEAR, by=ADA, on=NOON)
    assert end.figures.over_pence == -123_45
    assert end.ties
    assert set(end.kept) == {code for n, code in enumerate(TWELVE) if n % 2 == 0}
    assert returns.memorandum_account("pool", YEAR) == memorandum  # as it was before the close
    assert returns.quarterly_return("pool", Quarter(YEAR, 4)) == quarter
    following = shown.year_figures("pool", YEAR + 1)
    assert sum(following.contributions.values()) == sum(end.kept.values())
    assert differences(shown.pool_money("pool"), shown.partner_books("pool")) == {}
    with pytest.raises(Refused, match="closed it already"):
        arranging.close_year("pool", YEAR, by=ADA, on=NOON)
    with pytest.raises(Refused, match="was closed already"):
        arranging.agree_clause("pool", YEAR, text, citation=AGREED, by=ADA, on=NOON)
    assert queries.verify("pool").faults == ()


def test_a_return_lacks_what_nobody_said_and_says_what_was(pool: Pool) -> None:
    quarter = Quarter(YEAR, 4)
    lacks = returns.quarterly_return("pool", quarter).lacks
    assert len(lacks) == len(TWELVE) + 4
    spender = next(
        a.agency for a in queries.balances("pool")
        if (a.heading, a.line) == (Heading.EXPENDITURE, line_of(HOST))
    )  # fmt: skip
    giving.forecast("pool", quarter, [ForecastGiven(line_of(HOST), spender, 5, "It fell.")],
                    by=ADA, on=NOON)  # fmt: skip
    nhs = tuple(line for line, payer in payers().items() if payer in TWELVE[1::2])
    said = ConditionGiven(3, True, "As planned.", 1_000_00, "NHS planning guidance", nhs)
    giving.say_condition("pool", quarter, said, by=ADA, on=NOON)
    row = returns.quarterly_return("pool", quarter)
    assert len(row.lacks) == len(lacks) - 2
    *_, minimum = row.tables
    spent = sum(v for a, v in queries.balances("pool").items()
                if a.heading is Heading.EXPENDITURE and a.line in nhs)  # fmt: skip
    assert [f.pence for r in minimum.rows for f in r.figures][2] == spent
    assert isinstance(minimum.rows[0].cells[0], Figure)
    with pytest.raises(Refused, match="not said why"):
        giving.say_condition("pool", quarter, ConditionGiven(1, False), by=ADA, on=NOON)


def test_a_grant_return_says_whether_a_limit_of_its_line_is_met(pool: Pool) -> None:
    line = line_of(TWELVE[1])
    for name, bound, pence in (("Floor", Bound.AT_LEAST, 1), ("Cap", Bound.AT_MOST, 10**12)):
        limit = Limit(name, bound, pence, APRIL, AGREED, (line,), heading=Heading.SPENT)
        actions.set_limit("pool", limit, by=ADA, on=NOON)
    (table,) = returns.grant_returns("pool", YEAR, line=line)
    verdicts = {row.label: row.cells for row in table.rows}
    spent = verdicts["Spent in all"][0]
    assert isinstance(spent, Figure)
    floor, met = verdicts["Floor: at least £0.01"]
    assert isinstance(floor, Figure)
    assert (floor.pence, met) == (spent.pence, "met")
    assert verdicts["Cap: at most £10,000,000,000.00"][1] == "met"


def test_what_stands_in_a_closed_period_is_not_shared_out_anew(pool: Pool) -> None:
    actions.close_period("pool", date(YEAR, 6, 30), by=ADA, on=NOON)
    with pytest.raises(Refused, match="is not shared out anew"):
        arranging.arrange("pool", JOINT, why="Again.", citation=AGREED, by=ADA, on=NOON)
    with pytest.raises(DatabaseError, match="not shared out anew"), transaction.atomic():
        again()


def test_what_was_said_of_a_pool_is_never_changed(pool: Pool) -> None:
    for sql in (
        "UPDATE ledger_arrangement SET why = 'x'",
        "DELETE FROM ledger_partnerledgerline",
        "UPDATE ledger_differenceexplained SET words = 'x'",
        "TRUNCATE ledger_yearendclause",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_no_partner_is_added_to_an_arrangement_that_stands(
    committed_records: records.Address,
) -> None:
    open_pool(over_pence=0)
    add = (
        "INSERT INTO ledger_arrangementpart (arrangement_id, agency_id, treatment, weight) "
        "SELECT arrangement_id, agency_id, treatment, weight FROM ledger_arrangementpart"
    )
    with pytest.raises(DatabaseError, match="nothing is added"), connection.cursor() as cursor:
        cursor.execute(add)


def again() -> None:
    """Arrange the same again, past every action."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_arrangement (book_id, first_day, basis, why, citation_kind, "
            'citation_id, by, "on") SELECT book_id, first_day, basis, why, citation_kind, '
            'citation_id, by, "on" FROM ledger_arrangement'
        )
