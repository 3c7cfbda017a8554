"""Random postings from many writers, while writers and server are killed and the disk runs full.

    python benchmarks/ledger_faults.py [POSTINGS] [--seed N] [--writers N] [--faults N]

Starts a server of its own with fsync on, and writers as processes of their own that post by the
actions of the room. At random moments one of these comes about: a writer is killed (SIGKILL), a
connection is cut, the server is killed (SIGKILL) and started again, or what the server writes is
refused. Where a file system can be mounted (root on Linux), that is a real one that is full; where
not, the server may not let a file grow (RLIMIT_FSIZE), which is what is printed then.

After each, and at the end, another connection looks: nothing that was acknowledged is lost, totals
are what was posted, every sign holds, partners equal the pool, and the seals compute. Prints its
seed: with it, the same choices are made again, though not the same interleaving of writers.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from ledger_writer import AGENCIES, BOOK, HOST, LINES, YEARS, payer_of

from totalplace.doors import embedded, records
from totalplace.ledger.rules.accounts import Account, Heading, Plane, Transfer
from totalplace.ledger.rules.sharing import Sharer, differences
from totalplace.ledger.rules.treatments import EVERY_LINE, Arrangement, Basis, Part, Treatment

SEED: Final = 20261126
WRITER: Final = Path(__file__).with_name("ledger_writer.py")
LARGE: Final = 10**14  # pence promised and allocated, so that not every random posting is refused
_TOTALS: Final = """
SELECT count(*) FROM ledger_total t FULL JOIN (
    SELECT account, sum(d) AS debits, sum(c) AS credits FROM (
        SELECT debit_id AS account, pence AS d, 0 AS c FROM ledger_transfer
        UNION ALL SELECT credit_id, 0, pence FROM ledger_transfer) every GROUP BY account) s
    ON s.account = t.account_id
WHERE (t.debits, t.credits) IS DISTINCT FROM (s.debits, s.credits)
"""
_SIGNS: Final = """
SELECT count(*) FROM ledger_total t JOIN ledger_account a ON a.id = t.account_id
WHERE ledger_sign(a.heading) * (t.debits - t.credits) < 0
"""
_PLANES: Final = """
SELECT count(*) FROM (
    SELECT a.book_id, a.line_id, a.year, ledger_is_control(a.heading),
        sum(t.debits - t.credits) AS pence
    FROM ledger_total t JOIN ledger_account a ON a.id = t.account_id GROUP BY 1, 2, 3, 4) sums
WHERE pence <> 0
"""
_SPENT: Final = """
SELECT count(*) FROM (
    SELECT a.line_id, a.year, a.agency_id, sum(CASE a.heading WHEN 'spent' THEN 1 ELSE -1 END
        * (t.debits - t.credits)) AS pence
    FROM ledger_total t JOIN ledger_account a ON a.id = t.account_id
    WHERE a.heading IN ('spent', 'expenditure') GROUP BY 1, 2, 3) sums
WHERE pence <> 0
"""
_PARTS: Final = """
SELECT count(*) FROM (SELECT number FROM ledger_transfer GROUP BY book_id, number
    HAVING count(*) <> max(parts)) broken
"""
RULES: Final = {
    "totals that are not what was posted": _TOTALS,
    "signs broken": _SIGNS,
    "lines whose debits are not their credits": _PLANES,
    "agencies whose spending differs between the planes": _SPENT,
    "postings that are not whole": _PARTS,
}


@dataclass
class Run:
    """A run: its server, its writers, and what came of it."""

    home: Path
    chance: random.Random
    count: int
    writers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    happened: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    generation: int = 0

    @property
    def server(self) -> embedded.Server:
        """The server, started again where it has ended."""
        return embedded.attach(self.home)

    def where(self, user: str) -> dict[str, Any]:
        """How the records are reached by a role."""
        at = self.server
        return {
            "ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None, "HOST": at.host,
            "PORT": str(at.port), "NAME": "totalplace", "USER": user,
        }  # fmt: skip

    def looking(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of its own, as superuser, that sees one moment."""
        at = self.where(embedded.SUPERUSER)
        found: psycopg.Connection[tuple[Any, ...]] = psycopg.connect(
            host=at["HOST"], port=at["PORT"], user=at["USER"], dbname=at["NAME"]
        )
        found.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return found

    def start(self, nth: int) -> None:
        """Start a writer in the place of the nth, with a seed of its own."""
        self.generation += 1
        where = json.dumps(self.where(records.APPLICATION))
        most = str(min(4000, max(10, self.count // 20)))
        asked = [str(self.chance.randrange(2**31)), str(self.home / f"acknowledged-{nth}"), most]
        self.writers[nth] = subprocess.Popen([sys.executable, WRITER, where, *asked])

    def acknowledged(self) -> list[list[int]]:
        """What writers noted as acknowledged, line by line."""
        found = []
        for path in self.home.glob("acknowledged-*"):
            lines = path.read_text().split("\n")[:-1]
            found += [[int(word) for word in line.split()] for line in lines]
        return found


def look(run: Run) -> None:
    """Every rule, at one moment, from a connection of its own. Ends the run where one is broken."""
    before = run.acknowledged()
    with run.looking() as other:
        for what, sql in RULES.items():
            (found,) = other.execute(sql).fetchone() or (0,)
            assert found == 0, f"{found} {what}"
        rows = other.execute(
            "SELECT number, sum(pence)::bigint FROM ledger_transfer GROUP BY number"
        )
        stands = dict(rows.fetchall())
        assert not partners_off(other), "partners do not come to the pool"
    for first, last, count, pence in before:
        held = [stands[number] for number in range(first, last + 1) if number in stands]
        assert len(held) == count, f"{first} to {last}: {count - len(held)} acknowledged and lost"
        assert sum(held) == pence, f"{first} to {last}: acknowledged otherwise"
    run.looks += 1


def partners_off(other: psycopg.Connection[tuple[Any, ...]]) -> dict[Account, int]:
    """Where the books of twelve partners, sharing by odd per cents, do not come to the pool."""
    weights = [833 + n for n in range(len(AGENCIES) - 1)]
    weights.append(100_00 - sum(weights))
    parts = zip(AGENCIES, weights, strict=True)
    joint = Arrangement(
        EVERY_LINE, date(2000, 1, 1), Basis.PERCENTAGES,
        tuple(Part(agency, Treatment.JOINT, weight) for agency, weight in parts),
    )  # fmt: skip
    accounts = {
        number: Account(Heading(heading), agency, line, year)
        for number, heading, agency, line, year in other.execute(
            "SELECT a.id, a.heading, g.code, l.code, a.year FROM ledger_account a"
            " JOIN places_agency g ON g.id = a.agency_id JOIN ledger_line l ON l.id = a.line_id"
        )
    }
    sharer = Sharer([joint], dict.fromkeys(LINES, payer_of()))
    for debit, credit, pence in other.execute(
        "SELECT debit_id, credit_id, sum(pence)::bigint FROM ledger_transfer GROUP BY 1, 2"
    ):
        sharer.put(Transfer(accounts[debit], accounts[credit], pence), date(2025, 1, 1))
    pool = {
        accounts[number]: pence
        for number, pence in other.execute("SELECT account_id, debits - credits FROM ledger_total")
        if accounts[number].heading.plane is Plane.MONEY and pence
    }
    return differences(pool, sharer.books())


def kill_a_writer(run: Run) -> None:
    """SIGKILL."""
    nth = run.chance.choice(list(run.writers))
    run.writers[nth].kill()
    run.writers[nth].wait()
    run.start(nth)


def cut_a_connection(run: Run) -> None:
    """The server ends the session of a writer."""
    with run.looking() as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s"
            " ORDER BY random() LIMIT 1", [records.APPLICATION],
        )  # fmt: skip


def kill_the_server(run: Run) -> None:
    """SIGKILL to the server; it is started again, and recovers from its log."""
    pid = run.server.pid
    os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
    assert run.server.pid != pid


def fill_the_disk(run: Run) -> None:
    """Fill the file system that the records stand on, for a while."""
    ballast = run.home / "ballast"
    with ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(run.home).free - 2**20)
        while file.write(bytes(4096)):
            pass
    time.sleep(run.chance.uniform(0.2, 1.5))
    ballast.unlink()


def refuse_growth(run: Run) -> None:
    """Let no file of the server grow beyond its largest, for a while."""
    files = (run.home / "records" / "base").rglob("*")
    largest = max((path.stat().st_size for path in files), default=0)
    _limit_files(run, str(max(largest, 2**20)))
    time.sleep(run.chance.uniform(0.2, 1.0))
    _limit_files(run, "unlimited")


def _limit_files(run: Run, limit: str) -> None:
    """Set the soft limit of what the server and its sessions may write, as their own account."""
    server = run.server.pid
    for pid in [server, *_children(server)]:
        with contextlib.suppress(FileNotFoundError):  # a session that has ended meanwhile
            account = Path(f"/proc/{pid}").stat().st_uid
            asked = ["prlimit", f"--pid={pid}", f"--fsize={limit}:unlimited"]
            other = {} if account == os.getuid() else {"user": account}
            subprocess.run(asked, check=False, capture_output=True, **other)  # type: ignore[call-overload]


def _children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in said.read_text().split()] if said.exists() else []


@contextlib.contextmanager
def home_of(megabytes: int, *, mount: bool) -> Iterator[tuple[Path, bool]]:
    """A folder for the records, on a file system of its own where one can be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="totalplace-faults-"))
    folder.chmod(0o755)
    image, at = folder / "disk", folder / "mounted"
    at.mkdir()
    mounted = False
    try:
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            mounted = mount and _mounted(image, at, megabytes)
        yield at / "home", mounted
    finally:
        embedded.leave(at / "home")
        if mounted:
            subprocess.run(["umount", "-l", at], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _mounted(image: Path, at: Path, megabytes: int) -> bool:
    """Make a file system and mount it; OSError or CalledProcessError where that cannot be."""
    with image.open("wb") as file:
        file.truncate(megabytes * 2**20)
    for command in (f"mkfs.ext4 -q -m 0 {image}", f"mount -o loop {image} {at}"):
        subprocess.run(command.split(), check=True, capture_output=True)
    return True


def prepare(home: Path) -> None:
    """A book of four lines and two years, with much promised, allocated and committed."""
    records.ready(home)
    from totalplace.ledger import actions
    from totalplace.ledger.rules import verbs
    from totalplace.ledger.rules.accounts import Kind, Nature
    from totalplace.places import actions as places
    from totalplace.places.rules.mandates import Operator
    from totalplace.record.rules.chain import Citation

    said: dict[str, Any] = {"by": Operator("the benchmark"), "on": datetime.now(UTC)}
    letter = Citation("letter", "1")
    places.register_place("here", name="Here", **said)
    for agency in AGENCIES:
        places.register_agency(agency, name=agency, kind="council", **said)
    new = actions.NewBook("A pool", "here", HOST, YEARS[0], YEARS[-1])
    actions.open_book(BOOK, new, **said)
    many = []
    for line in LINES:
        of = actions.NewLine(line, payer_of(), Nature.REVENUE, letter)
        actions.add_line(BOOK, line, of, **said)
        for year in YEARS:
            colour = verbs.Colour(line, year, payer_of(), HOST)
            day = datetime(2025, 1, 1, tzinfo=UTC).date()
            legs = verbs.promised(colour, LARGE)
            many.append(actions.Entered(legs, day, Kind.PROMISED, letter))
            for agency in AGENCIES:
                for verb, kind, pence in (
                    (verbs.allocated, Kind.ALLOCATED, LARGE // 20),
                    (verbs.committed, Kind.COMMITTED, LARGE // 200),
                ):
                    legs = verb(colour, agency, pence)
                    many.append(actions.Entered(legs, day, kind, letter))
    actions.post_many(BOOK, many, **said)


def main(asked: argparse.Namespace) -> None:
    """Run, and print what came of it."""
    megabytes = 500 + asked.postings // 150
    with home_of(megabytes, mount=not asked.no_mount) as (home, mounted):
        full = "a full disk (ext4 of its own)" if mounted else "a refused write (RLIMIT_FSIZE)"
        print(f"seed {asked.seed}, {asked.postings:,} postings, {asked.writers} writers")
        prepare(home)
        chance = random.Random(asked.seed)  # noqa: S311  (faults need chance, not secrecy)
        run = Run(home, chance, asked.postings)
        faults: dict[str, Callable[[Run], None]] = {
            "a writer killed": kill_a_writer,
            "a connection cut": cut_a_connection,
            "the server killed": kill_the_server,
            full: fill_the_disk if mounted else refuse_growth,
        }
        began = time.monotonic()
        posting(run, faults, asked)
        tell(run, time.monotonic() - began)
        records.close(home)


def posting(run: Run, faults: dict[str, Callable[[Run], None]], asked: argparse.Namespace) -> None:
    """Let writers post until enough is acknowledged, with faults at random moments between."""
    for nth in range(asked.writers):
        run.start(nth)
    rounds = -(-asked.faults // len(faults))  # every kind comes about in each round
    names = [name for _ in range(rounds) for name in run.chance.sample([*faults], len(faults))]
    at = sorted(run.chance.uniform(0.02, 0.98) * run.count for _ in range(asked.faults))
    due = list(zip(at, names, strict=False))
    try:
        while (done := sum(line[2] for line in run.acknowledged())) < run.count:
            if due and done >= due[0][0]:
                _, name = due.pop(0)
                faults[name](run)
                run.happened[name] += 1
                look(run)
                print(f"  at {done:>9,}: {name}; all is well", flush=True)
            time.sleep(0.3)
        for _, name in due:  # few postings are made too fast for every fault to come between
            faults[name](run)
            run.happened[name] += 1
    finally:
        for writer in run.writers.values():
            writer.kill()
            writer.wait()


def tell(run: Run, seconds: float) -> None:
    """Look a last time, compute the book again, and print what came of it."""
    from django.db import connection

    from totalplace.ledger import actions, queries
    from totalplace.places.rules.mandates import Operator

    look(run)
    connection.close()
    records.use(records.Address(run.where(records.APPLICATION), run.where(embedded.SUPERUSER)))
    before = queries.verify(BOOK)
    assert not before.faults, before.faults
    actions.seal(BOOK, by=Operator("the benchmark"), on=datetime.now(UTC))
    after = queries.verify(BOOK)
    assert not after.faults, after.faults
    noted = run.acknowledged()
    told = sum(line[2] for line in noted)
    print(
        f"{after.postings:,} postings stand, {told:,} of them acknowledged in {len(noted):,} acts"
    )
    print("; ".join(f"{many} times {what}" for what, many in sorted(run.happened.items())))
    print(
        f"looked {run.looks} times: 0 acknowledged lost, 0 unbalanced, 0 signs broken, "
        "12 partners equal to the pool"
    )
    print(f"{after.batches:,} seals compute, {after.unsealed} postings are unsealed")
    print(f"{seconds:.0f} s, {told / seconds:,.0f} postings a second with all of that")


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("postings", nargs="?", type=int, default=1_000_000)
    reader.add_argument("--seed", type=int, default=SEED)
    reader.add_argument("--writers", type=int, default=6)
    reader.add_argument("--faults", type=int, default=24)
    reader.add_argument("--no-mount", action="store_true", help="refuse growth, fill no disk")
    main(reader.parse_args())
