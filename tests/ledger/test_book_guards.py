"""The database itself refuses what a book must never hold, whoever asks it: the superuser too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.doors import records
from totalplace.ledger import actions, queries
from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.limits import Bound, Limit

from .conftest import ADA, DAY, LETTER, NOON, Pool, open_pool, register

TABLES = ["book", "line", "account", "transfer", "limit", "period", "batch", "total"]
CHANGES = ["DELETE FROM {}", "UPDATE {} SET {}", "TRUNCATE {}"]
COLUMN = {"book": "title = ''", "total": "debits = 1"}
# One row of a posting as any client may try to write it; each test says what is wrong in it.
ROW = {
    "book_id": "(SELECT id FROM ledger_book)", "number": "nextval('ledger_number')", "part": "1",
    "parts": "1", "day": "'2025-06-02'", "by": "'x'", "kind": "'allocated'",
    "citation_kind": "'letter'", "citation_id": "'1'", "note": "''", "reverses": "NULL",
    "debit_id": "{allocated}", "credit_id": "{unallocated}", "pence": "100",
}  # fmt: skip


@pytest.fixture
def superuser(
    committed_records: records.Address,
) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A pool with £1,000 promised and £600 allocated, and whoever may do anything to the tables."""
    register()
    pool = open_pool()
    pool.promise(1000_00)
    pool.promise(1000_00, "roads")
    pool.allocate(600_00)
    pool.allocate(100_00, "wex", "roads")
    owner = committed_records.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as found:  # fmt: skip
        yield found


def insert(*rows: dict[str, str]) -> str:
    """The statement that writes rows, with the accounts by their names."""
    columns = ", ".join(f'"{name}"' for name in {**ROW, **rows[0]})
    values = ", ".join(f"({', '.join({**ROW, **row}.values())})" for row in rows)
    sql = f"INSERT INTO ledger_transfer ({columns}) VALUES {values}"  # noqa: S608 - as clients do
    for heading in Heading:
        for line in ("care", "roads"):
            at = f"""(SELECT a.id FROM ledger_account a JOIN ledger_line l ON l.id = a.line_id
                WHERE a.heading = '{heading}' AND l.code = '{line}')"""  # noqa: S608 - our own names
            sql = sql.replace("{" + (heading if line == "care" else f"{heading}:{line}") + "}", at)
    return sql


NEXT = {"number": "currval('ledger_number')"}
HOSTILE = {
    "an earlier time": insert({"on": "now() - interval '1 day'"}),
    "a day to come": insert({"day": "current_date + 2"}),
    "an account of nobody": insert({"debit_id": "0"}),
    "the other plane": insert({"debit_id": "{cash}", "kind": "'received'"}),
    "another verb": insert({"kind": "'spent'"}),
    "an overdrawn account": insert({"pence": "40001"}),
    "nothing": insert({"pence": "0"}),
    "less than nothing": insert({"pence": "-5"}),
    "an account with itself": insert({"credit_id": "{allocated}"}),
    "half a posting": insert({"parts": "2"}),
    "a part put to what stands": insert({"number": "3", "part": "2", "parts": "2"}),
    "a second time the same": insert({"number": "3"}),
    "a number not given out": insert({"number": "999999"}),
    "parts that differ": insert({"parts": "2"}, {**NEXT, "parts": "2", "part": "2", "by": "'y'"}),
    "capital as revenue": insert({"kind": "'virement'", "debit_id": "{unallocated}",
                                  "credit_id": "{unallocated:roads}"}),
    "another colour": insert({"credit_id": "{unallocated:roads}"}),
    "a reversal of nothing": insert({"kind": "'reversal'", "reverses": "999"}),
    "a reversal of more": insert({"kind": "'reversal'", "reverses": "3", "pence": "60001",
                                  "debit_id": "{unallocated}", "credit_id": "{allocated}"}),
    "a reversal in disguise": insert({"reverses": "3"}),
    "an earlier snapshot": f"BEGIN ISOLATION LEVEL SERIALIZABLE; {insert({})}",
    "spending in one plane": insert({"kind": "'committed'", "debit_id": "{committed}",
                                     "credit_id": "{allocated}"}),
}  # fmt: skip


def test_no_client_can_write_what_is_not_lawful(
    superuser: psycopg.Connection[tuple[object, ...]],
) -> None:
    # Accounts that some of the tries need.
    superuser.execute("""INSERT INTO ledger_account (book_id, heading, agency_id, line_id, year)
        SELECT a.book_id, h.heading, a.agency_id, a.line_id, a.year
        FROM ledger_account a, (VALUES ('cash'), ('committed'), ('spent')) h(heading)
        WHERE a.heading = 'allocated' AND a.line_id = (SELECT min(id) FROM ledger_line)""")
    lawful = HOSTILE.pop("spending in one plane")
    superuser.execute(lawful)
    spending = insert({"kind": "'spent'", "debit_id": "{spent}", "credit_id": "{committed}"})
    succeeded = []
    for replica in ("origin", "replica"):  # a replica's triggers fire too: they are always enabled
        superuser.execute(f"SET session_replication_role = {replica}")
        for what, sql in {**HOSTILE, "spending in one plane": spending}.items():
            try:
                superuser.execute(sql)
            except psycopg.Error:
                superuser.execute("ROLLBACK")
            else:
                succeeded.append(what)
    assert succeeded == []
    assert queries.verify("pool").faults == ()


def test_nothing_is_changed_or_erased_by_a_superuser(
    superuser: psycopg.Connection[tuple[object, ...]],
) -> None:
    for sql in CHANGES:
        for table in TABLES:
            with pytest.raises(psycopg.Error, match=r"never changed|kept by the database|truncate"):
                superuser.execute(sql.format(f"ledger_{table}", COLUMN.get(table, "book_id = 1")))
    with pytest.raises(psycopg.Error, match="kept by the database alone"):
        superuser.execute("INSERT INTO ledger_total VALUES (99, 1, 1)")
    assert queries.verify("pool").faults == ()


def test_what_is_sealed_is_not_put_to_and_a_changed_row_is_found(
    superuser: psycopg.Connection[tuple[object, ...]],
) -> None:
    number = superuser.execute("SELECT nextval('ledger_number')").fetchone()
    Pool().allocate(1_00)
    actions.seal("pool", by=ADA, on=NOON)
    with pytest.raises(psycopg.Error, match="cannot be made"):
        superuser.execute(insert({"number": str(number[0])}))  # type: ignore[index]
    assert queries.verify("pool").faults == ()
    superuser.execute("ALTER TABLE ledger_transfer DISABLE TRIGGER USER")
    superuser.execute("UPDATE ledger_transfer SET pence = pence + 1 WHERE number = 3")
    faults = queries.verify("pool").faults
    assert any("is not as it was sealed" in fault for fault in faults)
    assert any("£600.01" in fault or "was posted" in fault for fault in faults)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", CHANGES)
def test_the_application_may_not_change_what_stands(sql: str) -> None:
    for table in TABLES:
        said = sql.format(f"ledger_{table}", COLUMN.get(table, "book_id = 1"))
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(said)


def test_two_who_post_at_once_to_different_accounts_cannot_pass_a_limit_together(
    superuser: psycopg.Connection[tuple[object, ...]],
) -> None:
    pool = Pool()
    pool.allocate(200_00, "wex")
    pool.commit(1_00, "icb")
    pool.commit(1_00, "wex")
    limit = Limit("bound", Bound.AT_MOST, 150_00, DAY, LETTER, heading=Heading.COMMITTED)
    actions.set_limit("pool", limit, by=ADA, on=NOON)
    by_icb, by_wex = (
        insert({"kind": "'committed'", "pence": "9000", **of(agency)}) for agency in ("icb", "wex")
    )
    with (
        psycopg.connect(superuser.info.dsn, user=superuser.info.user) as first,
        ThreadPoolExecutor(1) as second,
    ):
        first.execute(by_icb)
        waits = second.submit(superuser.execute, by_wex)
        time.sleep(0.2)
        assert not waits.done()
        first.commit()
        with pytest.raises(psycopg.Error, match="beyond the limit"):
            waits.result(timeout=30)
    assert queries.verify("pool").faults == ()


def of(agency: str) -> dict[str, str]:
    """The accounts of a commitment of an agency."""
    at = """(SELECT a.id FROM ledger_account a JOIN ledger_line l ON l.id = a.line_id
        JOIN places_agency g ON g.id = a.agency_id
        WHERE a.heading = '{}' AND l.code = 'care' AND g.code = '{}')"""
    return {"debit_id": at.format("committed", agency), "credit_id": at.format("allocated", agency)}
