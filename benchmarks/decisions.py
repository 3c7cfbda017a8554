"""How long the pages of decisions take where a place has decided much.

    python benchmarks/decisions.py [decisions]

Makes a council with so many decisions (1,000 by default) at every stage, drawn by a printed seed,
and prints the median and the slowest of ten answers of each page, in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

SEED: Final = 20261126
PAGES: Final = ("/decisions/", "/decisions/all/", "/decisions/cab/1/", "/decisions/plan.ics")


def main(number: int) -> None:
    """Make the decisions and ask for each page."""
    from totalplace.doors import records

    records.start_django(records.SERVICE)
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as home:
        records.ready(Path(home) / "home")
        started = time.perf_counter()
        make(number)
        print(f"seed {SEED}: {number:,} decisions made in {time.perf_counter() - started:.0f} s")
        ask()


def make(number: int) -> None:
    """Decisions of a cabinet at every stage, over the last two years."""
    from totalplace.decisions import actions
    from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
    from totalplace.decisions.rules.days import Counting
    from totalplace.decisions.rules.proposals import Proposal, Taking
    from totalplace.places import actions as places
    from totalplace.places.rules.mandates import Operator

    chance, ada, today = random.Random(SEED), Operator("Ada"), datetime.now(UTC)  # noqa: S311
    first = today - timedelta(days=800)
    places.register_agency("wex", kind="council", by=ada, on=first)
    actions.add_body("cab", agency="wex", kind="executive", name="Cabinet", by=ada, on=first)
    rules = OwnRules(
        "council-executive", date(2020, 1, 1), "Constitution", frozenset({"executive"}),
        500_000_00, None, CallInWindow(5, Counting.WORKING, 1),
    )  # fmt: skip
    actions.set_rules("cab", rules, by=ada, on=first)
    for day in sorted(chance.randrange(730) for _ in range(number)):
        on = first + timedelta(days=day)
        planned = (on + timedelta(days=30)).date()
        proposal = Proposal(f"Matter of day {day}", "To do it", "executive", planned, 0, 1)
        cited = actions.propose("cab", proposal, by=ada, on=on).citation.id
        if chance.random() < 0.9:
            actions.take(cited, Taking("Good", ["Cllr Lee"]), by=ada, on=on)
            if chance.random() < 0.02:
                actions.call_in(cited, reason="No", members=["Cllr Day"], by=ada, on=on)


def ask() -> None:
    """Each page ten times, after once to warm."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for page in PAGES:
        client.get(page)
        took = []
        for _ in range(10):
            started = time.perf_counter()
            answer = client.get(page)
            took.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (page, answer.status_code)
        print(f"{page:24} median {statistics.median(took):6.0f} ms, slowest {max(took):6.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
