"""One writer of random postings, for ledger_faults.py: it notes what was acknowledged, and goes on.

    python benchmarks/ledger_writer.py WHERE SEED ACKNOWLEDGED MOST

WHERE is how the records are reached, as JSON. Each line of the file ACKNOWLEDGED says the first and
last number of what an action returned, how many postings those are, and how many pence they moved.
MOST is how many postings are made at once at most. Ends with the program that started it.
The choices follow from the seed; in which order writers come to the book does not.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import UTC, date, datetime
from typing import Any, Final

import psycopg
from django.db import Error, connection

from totalplace.doors import records

AGENCIES: Final = [f"body-{n}" for n in range(12)]
LINES: Final = ["care", "skills", "roads", "beds"]
YEARS: Final = [2024, 2025]
HOST: Final = AGENCIES[0]
BOOK: Final = "pool"
BATCHES: Final = 0.04  # of acts


def main(where: str, seed: int, acknowledged: str, most: int) -> None:
    """Post until told to stop."""
    said = json.loads(where)
    records.start_django()
    records.use(records.Address(application=said, owner=said))
    log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    chance = random.Random(seed)  # noqa: S311  (made-up postings need chance, not secrecy)
    writer, parent = Writer(chance, most), os.getppid()
    while os.getppid() == parent:
        try:
            found = writer.act()
        except (Error, psycopg.Error):  # the server or the connection is gone, or the disk is full
            connection.close()
            time.sleep(0.02)
            continue
        if found is not None:
            os.write(log, (" ".join(map(str, found)) + "\n").encode())


class Writer:
    """Random lawful and unlawful postings of one seed."""

    def __init__(self, chance: random.Random, most: int) -> None:
        from totalplace.places.rules.mandates import Operator

        self.chance, self.most = chance, most
        self.by = Operator("a writer")
        self.last = 0

    def act(self) -> tuple[int, int, int, int] | None:
        """Post one or many; what was acknowledged, or None where it was refused."""
        from totalplace.ledger import actions
        from totalplace.refusal import Refused

        now = datetime.now(UTC)
        try:
            if self.chance.random() < BATCHES:
                many = [self._many() for _ in range(self.chance.randint(1, self.most))]
                first, last = actions.post_many(BOOK, many, by=self.by, on=now)
                pence = sum(leg.pence for one in many for leg in one.legs if leg.pence > 0)
                return first, last, len(many), pence
            if self.last and self.chance.random() < 0.05:
                row = actions.reverse(BOOK, self.last, why="by chance", by=self.by, on=now)
            else:
                row = actions.do(BOOK, self._one(), by=self.by, on=now)
        except Refused:
            return None
        self.last = row.number
        return row.number, row.number, 1, row.pence

    def _one(self) -> Any:
        from totalplace.ledger.rules.deeds import BOTH_WAYS, Deed, Verb
        from totalplace.ledger.rules.posting_sheet import Given
        from totalplace.record.rules.chain import Citation

        verb = self.chance.choice(list(Verb))
        pence = self.chance.randint(1, 10 ** self.chance.randint(1, 9))
        if verb in BOTH_WAYS and self.chance.random() < 0.2:
            pence = -pence
        line, to_line = self.chance.sample(LINES, 2)
        year, to_year = self.chance.sample(YEARS, 2)
        deed = Deed(verb, line, year, pence, self.chance.choice(AGENCIES), to_line, to_year)
        citation = Citation("decision", str(self.chance.randint(1, 999)))
        return Given(deed, self._day(), citation, f"note {self.chance.random()}")

    def _many(self) -> Any:
        from totalplace.ledger.actions import Entered
        from totalplace.ledger.rules import verbs
        from totalplace.ledger.rules.accounts import Kind
        from totalplace.record.rules.chain import Citation

        of = verbs.Colour(self.chance.choice(LINES), self.chance.choice(YEARS), payer_of(), HOST)
        agency, pence = self.chance.choice(AGENCIES), self.chance.randint(1, 100_000)
        citation = Citation("invoice", str(self.chance.randint(1, 10**6)))
        if self.chance.random() < 0.3:
            return Entered(verbs.spent(of, agency, pence), self._day(), Kind.SPENT, citation)
        return Entered(verbs.committed(of, agency, pence), self._day(), Kind.COMMITTED, citation)

    def _day(self) -> date:
        return date(2025, self.chance.randint(1, 12), self.chance.randint(1, 28))


def payer_of() -> str:
    """Who pays every line of the made-up book."""
    return AGENCIES[1]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
