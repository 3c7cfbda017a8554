"""How long a record takes to write, to verify, to export, and to check by another program.

    python benchmarks/record.py [ENTRIES]

Makes a record of so many entries (100,000 if nothing is said) in a home of its own, with a head
for every thousand, and prints what each took on this computer.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from totalplace.doors import records

SEED: Final = 20261126
ONE_BY_ONE: Final = 500
BEGAN: Final = datetime(2026, 4, 1, 9, tzinfo=UTC)
VERIFIER: Final = Path(__file__).parents[1] / "docs" / "reference" / "verify_record.py"


@contextmanager
def timed(what: str, entries: int) -> Iterator[None]:
    """Print how long something took, and how many entries a second that is."""
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    print(f"{what:48} {seconds:8.2f} s {entries / seconds:12,.0f} entries a second")


def main(count: int) -> None:
    """Measure on a record of so many entries."""
    print(f"seed {SEED}, {count:,} entries")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        records.ready(home)
        measure(home, count)
        records.close(home)


def measure(home: Path, count: int) -> None:
    """Write, publish, verify, export, and check."""
    from totalplace.record import actions, keys, queries
    from totalplace.record.rules import heads, written_out

    key = keys.kept(home / "keys" / "record.pem")
    some = acts(random.Random(SEED), count)  # noqa: S311  (made-up acts need chance, not secrecy)
    with timed("written as acts, each in its own transaction", ONE_BY_ONE):
        for _ in range(ONE_BY_ONE):
            write(*next(some))
    from django.db import transaction

    with transaction.atomic(), timed("written in one transaction", count - ONE_BY_ONE):
        for number, act in enumerate(some):
            write(*act)
            if number % 1000 == 0:
                actions.publish_head("ada", key=key, on=BEGAN)
    last = queries.last_entry()
    assert last is not None
    with timed("verified, with every head", last.number):
        verdict = queries.verify()
    assert verdict.whole, verdict.faults
    copy, head = home / "record.jsonl", home / "head.json"
    with timed("exported", last.number), copy.open("w") as out:
        out.writelines(f"{written_out.line(entry)}\n" for entry in queries.entries())
    (published,) = queries.heads()[-1:]
    head.write_text(heads.written(published))
    with timed("checked by the independent program, with a head", last.number):
        subprocess.run([sys.executable, VERIFIER, copy, head], check=True, stdout=subprocess.PIPE)


Act = tuple[str, str, str, datetime, str]


def acts(chance: random.Random, count: int) -> Iterator[Act]:
    """Made-up acts: who, what, about what, when, citing what."""
    for number in range(count):
        who = f"officer-{chance.randrange(200)}"
        verb = chance.choice(["signed off", "disputed", "certified figures", "added a file"])
        on = BEGAN + timedelta(seconds=30 * number)
        yield who, verb, str(chance.randrange(10_000)), on, f"minute {chance.randrange(500)}"


def write(by: str, verb: str, of: str, on: datetime, citing: str) -> None:
    """Put an act on the record."""
    from totalplace.record import actions
    from totalplace.record.rules.chain import Citation

    power = "scheme of delegation, part 3"
    actions.write(by, verb, about=Citation("edition", of), on=on, power=power, citing=citing)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
