"""How fast the book posts and reads, beside django-hordak and a bare database on one server.

    python benchmarks/ledger.py [POSTINGS] [--hordak PYTHON] [--rounds N] [--seed N]

PYTHON is that of an environment with django-hordak 2.0 (ledger_hordak.py says how to make one);
without it, that side is left out and said to be. Rounds of every side take turns on the same
PostgreSQL, with fsync on. Then so many postings (1,000,000 if nothing is said) are made and sealed,
and an adversarial client tries to write what must never stand in a book. Prints its seed.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from ledger_faults import prepare
from ledger_writer import AGENCIES, BOOK, HOST, LINES, YEARS, payer_of

from totalplace.doors import embedded, records

SEED: Final = 20261126
AT_ONCE: Final = 50_000
SINGLE: Final = 300
READS: Final = 300
FILLED: Final = 20_000
HORDAK: Final = Path(__file__).with_name("ledger_hordak.py")
_BARE: Final = """
CREATE TABLE bare (LIKE ledger_transfer INCLUDING DEFAULTS, PRIMARY KEY (book_id, number, part))
"""
_COLUMNS: Final = (
    "book_id, number, part, parts, day, by, kind, citation_kind, citation_id, note, reverses, "
    "debit_id, credit_id, pence"
)
# What an adversarial client tries, as superuser: each has to be refused.
HOSTILE: Final = {
    "unbalanced: one side without the other": "INSERT INTO ledger_transfer ({c}) SELECT book_id, "
    "nextval('ledger_number'), 1, 1, day, by, kind, 'x', 'x', '', NULL, debit_id, NULL, 5 "
    "FROM last",
    "unbalanced: one part of two": "INSERT INTO ledger_transfer ({c}) SELECT book_id, "
    "nextval('ledger_number'), 1, 2, day, by, kind, 'x', 'x', '', NULL, debit_id, credit_id, 5 "
    "FROM last",
    "unbalanced: a total on its own": "UPDATE ledger_total SET debits = debits + 1",
    "duplicate": "INSERT INTO ledger_transfer SELECT * FROM last",
    "duplicate under a new part": "INSERT INTO ledger_transfer ({c}) SELECT book_id, number, 2, 2, "
    "day, by, kind, 'x', 'x', '', NULL, debit_id, credit_id, 5 FROM last",
    "edited": "UPDATE ledger_transfer SET pence = pence + 1",
    "deleted": "DELETE FROM ledger_transfer",
    "emptied": "TRUNCATE ledger_transfer",
    "late: into what is sealed": "INSERT INTO ledger_transfer ({c}) SELECT book_id, number - 1, 1, "
    "1, day, by, kind, 'x', 'x', '', NULL, debit_id, credit_id, 5 FROM last",
    "at another time": 'INSERT INTO ledger_transfer ({c}, "on") SELECT book_id, '
    "nextval('ledger_number'), 1, 1, day, by, kind, 'x', 'x', '', NULL, debit_id, credit_id, 5, "
    "now() - interval '1 day' FROM last",
    "overdrawn": "INSERT INTO ledger_transfer ({c}) SELECT book_id, "
    "nextval('ledger_number'), 1, 1, day, by, kind, 'x', 'x', '', NULL, debit_id, credit_id, 10^17 "
    "FROM last",
}


class Hordak:
    """The other program, which does as it is ordered; nothing where there is none."""

    def __init__(self, python: str, home: Path, seed: int) -> None:
        self.other: subprocess.Popen[str] | None = None
        if not python:
            return
        at = embedded.attach(home)
        with psycopg.connect(host=at.host, port=at.port, user=embedded.SUPERUSER,
                             dbname="postgres", autocommit=True) as owner:  # fmt: skip
            owner.execute("CREATE DATABASE hordak")
        where = {"ENGINE": "django.db.backends.postgresql", "HOST": at.host, "PORT": str(at.port),
                 "NAME": "hordak", "USER": embedded.SUPERUSER}  # fmt: skip
        command = [python, str(HORDAK), json.dumps(where), str(seed)]
        pipe = subprocess.PIPE
        self.other = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self._answer()

    def does(self, verb: str, times: int) -> float | None:
        """The seconds that something took it so many times; None where there is no other."""
        if self.other is None or self.other.stdin is None:
            return None
        self.other.stdin.write(f"{verb} {times}\n")
        self.other.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self.other is not None
        assert self.other.stdout is not None
        said = self.other.stdout.readline()
        assert said, "the other program has ended"
        return said

    def end(self) -> None:
        """Let it go."""
        if self.other is not None:
            self.other.kill()
            self.other.wait()


class Ours:
    """What is measured of the book."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        from totalplace.places.rules.mandates import Operator

        self.home, self.chance = home, chance
        self.said: dict[str, Any] = {"by": Operator("the benchmark"), "on": datetime.now(UTC)}

    def some(self, count: int) -> Iterator[Any]:
        """Random commitments, each one balanced posting."""
        from totalplace.ledger.actions import Entered
        from totalplace.ledger.rules import verbs
        from totalplace.ledger.rules.accounts import Kind
        from totalplace.record.rules.chain import Citation

        day = date(2025, 6, 2)
        for _ in range(count):
            of = verbs.Colour(
                self.chance.choice(LINES), self.chance.choice(YEARS), payer_of(), HOST
            )
            legs = verbs.committed(of, self.chance.choice(AGENCIES), self.chance.randint(1, 10_000))
            invoice = Citation("invoice", str(self.chance.randint(1, 10**6)))
            yield Entered(legs, day, Kind.COMMITTED, invoice)

    def one_by_one(self, count: int) -> float:
        """Seconds for so many postings, each in its own transaction, mandates and all."""
        from totalplace.ledger import actions

        listed = list(self.some(count))
        began = time.perf_counter()
        for one in listed:
            actions.post(BOOK, one.legs, day=one.day, kind=one.kind, citation=one.citation,
                         **self.said)  # fmt: skip
        return time.perf_counter() - began

    def many(self, count: int) -> float:
        """Seconds for so many postings at once, sealed."""
        from totalplace.ledger import actions

        listed = list(self.some(count))
        began = time.perf_counter()
        actions.post_many(BOOK, listed, **self.said)
        return time.perf_counter() - began

    def reads(self, count: int) -> float:
        """Seconds for so many balances."""
        from totalplace.ledger import queries
        from totalplace.ledger.rules.accounts import Account, Heading

        began = time.perf_counter()
        for _ in range(count):
            agency, line = self.chance.choice(AGENCIES), self.chance.choice(LINES)
            queries.balance(BOOK, Account(Heading.COMMITTED, agency, line, YEARS[0]))
        return time.perf_counter() - began

    def bare(self, count: int) -> float:
        """Seconds for the same rows copied into a table with a key and nothing else."""
        with self.owner() as owner:
            owner.execute("DROP TABLE IF EXISTS bare")
            owner.execute(_BARE)
            began = time.perf_counter()
            put = f"COPY bare ({_COLUMNS}) FROM STDIN"
            with owner.transaction(), owner.cursor() as cursor, cursor.copy(put) as copy:
                for number in range(1, count + 1):
                    pence = self.chance.randint(1, 10_000)
                    copy.write_row((1, number, 1, 1, "2025-06-02", "the benchmark", "committed",
                                        "invoice", str(pence), "", None, 7, 8, pence))  # fmt: skip
            return time.perf_counter() - began

    def owner(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection past every grant."""
        at = embedded.attach(self.home)
        return psycopg.connect(host=at.host, port=at.port, user=embedded.SUPERUSER,
                               dbname="totalplace", autocommit=True)  # fmt: skip

    def adversary(self) -> list[str]:
        """What a client that may do anything managed to write; nothing, if the book holds."""
        managed = []
        with self.owner() as owner:
            owner.execute(
                "CREATE TEMP TABLE last AS SELECT * FROM ledger_transfer WHERE kind = 'committed'"
                " ORDER BY number DESC LIMIT 1"
            )
            for role in ("origin", "replica"):
                owner.execute(f"SET session_replication_role = {role}")
                for what, sql in HOSTILE.items():
                    try:
                        owner.execute(sql.replace("{c}", _COLUMNS))
                    except psycopg.Error:
                        continue
                    managed.append(f"{what} ({role})")
        return managed


def main(asked: argparse.Namespace) -> None:
    """Measure, and print."""
    print(f"seed {asked.seed}, {asked.postings:,} postings, {asked.rounds} rounds")
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        prepare(home)
        ours = Ours(home, random.Random(asked.seed))  # noqa: S311  (made-up postings need no secrecy)
        hordak = Hordak(asked.hordak, home, asked.seed)
        try:
            rounds(ours, hordak, asked.rounds)
            whole(ours, asked.postings)
            longer(ours, hordak, asked.rounds)
        finally:
            hordak.end()
        managed = ours.adversary()
        tries = 2 * len(HOSTILE)
        print(f"adversarial client, as superuser: {len(managed)} of {tries} succeeded {managed}")
        records.close(home)


def rounds(ours: Ours, hordak: Hordak, number: int) -> None:
    """Rounds of every side in turn; the medians, and what they are beside hordak's."""
    sides: dict[str, tuple[Callable[[], float | None], int]] = {
        "ours, one by one": (lambda: ours.one_by_one(SINGLE), SINGLE),
        "hordak, transfer_to": (lambda: hordak.does("post", SINGLE), SINGLE),
        "ours, many at once, sealed": (lambda: ours.many(AT_ONCE), AT_ONCE),
        "a bare table, COPY": (lambda: ours.bare(AT_ONCE), AT_ONCE),
        "ours, a balance read": (lambda: ours.reads(READS), READS),
        "hordak, a balance read": (lambda: hordak.does("balance", READS), READS),
    }
    took: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(number):
        for name, (does, count) in sides.items():
            seconds = does()
            if seconds is not None:
                took[name].append(count / seconds)
    rates = {name: statistics.median(found) for name, found in took.items() if found}
    for name, rate in rates.items():
        print(f"{name:30} {rate:12,.0f} a second   {[round(one) for one in took[name]]}")
    many, bare = rates["ours, many at once, sealed"], rates["a bare table, COPY"]
    print(f"many at once beside a bare table: {bare / many:.1f} times its time")
    if "hordak, transfer_to" not in rates:
        print("hordak was not measured: say --hordak PYTHON")
        return
    print(f"one by one: {rates['ours, one by one'] / rates['hordak, transfer_to']:.1f} x hordak")
    print(f"many at once: {many / rates['hordak, transfer_to']:.0f} x hordak (goal 50)")
    read = rates["ours, a balance read"] / rates["hordak, a balance read"]
    print(f"a balance: {read:.1f} x hordak ")


def longer(ours: Ours, hordak: Hordak, number: int) -> None:
    """Balances in long books: ours with all of the postings, hordak's with a few thousand more."""
    if hordak.does("fill", FILLED) is None:
        return
    took = [(ours.reads(READS), hordak.does("balance", READS) or 0.0) for _ in range(number)]
    mine, theirs = (statistics.median(side) / READS * 1000 for side in zip(*took, strict=True))
    print(f"a balance in long books: ours {mine:.2f} ms, hordak's with {FILLED:,} postings "
          f"{theirs:.2f} ms: {theirs / mine:.1f} x (goal 20)")  # fmt: skip


def whole(ours: Ours, postings: int) -> None:
    """All of the postings, sealed as they are made; and a balance read in so long a book."""
    began = time.perf_counter()
    made = 0.0
    for _ in range(0, postings, AT_ONCE):
        made += ours.many(min(AT_ONCE, postings))
    print(f"{postings:,} postings made and sealed in {made:.0f} s, {postings / made:,.0f} a second"
          f" ({time.perf_counter() - began:.0f} s with making them up)")  # fmt: skip
    print(f"a balance read then: {ours.reads(READS) / READS * 1000:.2f} ms")
    from totalplace.ledger import queries

    began = time.perf_counter()
    found = queries.verify(BOOK)
    assert not found.faults, found.faults
    print(f"{found.postings:,} postings verified in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("postings", nargs="?", type=int, default=1_000_000)
    reader.add_argument("--hordak", default="", help="the Python of an environment that has it")
    reader.add_argument("--rounds", type=int, default=5)
    reader.add_argument("--seed", type=int, default=SEED)
    main(reader.parse_args())
