"""Partners' books of a long pool: how long they take, beside adding them up posting by posting.

    python benchmarks/partners.py [POSTINGS] [--seed N] [--partners N]

Starts a server of its own, posts a pool of so many partners from a seed, with shares that change
half-way, and reads the books of all partners in turn by the query that pages ask (sums by account,
shared out) and by the rule that reads every posting. Both have to be the pool, and each other, to
the penny. Then holds a partner's ledger of as many lines against its book. Prints its seed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from totalplace.doors import records

SEED: Final = 20261126
ROUNDS: Final = 3
AT_ONCE: Final = 20_000
YEAR: Final = 2025
FIRST: Final = date(YEAR, 4, 1)


def main() -> None:
    """Post, read and compare."""
    records.start_django()
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("postings", nargs="?", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--partners", type=int, default=12)
    said = asked.parse_args()
    print(f"seed {said.seed}: {said.postings:,} postings, {said.partners} partners")
    with tempfile.TemporaryDirectory(prefix="totalplace-partners-") as folder:
        home = Path(folder) / "records"
        records.ready(home)
        try:
            chance = random.Random(said.seed)  # noqa: S311  (made-up sums need chance, not secrecy)
            measure(said.postings, said.partners, chance)
        finally:
            records.close(home)


def measure(many: int, partners: int, chance: random.Random) -> None:
    """Post a pool and time what is asked of it."""
    from totalplace.ledger import queries
    from totalplace.ledger.queries import partners as shown
    from totalplace.ledger.rules.reconciling import Line, reconcile
    from totalplace.ledger.rules.sharing import differences, shares

    codes = [f"body-{n:02d}" for n in range(partners)]
    made = timed(lambda: post(many, codes, chance))
    print(f"posted and sealed: {made[0]:.1f} s")
    pool = shown.pool_money("pool")
    fast, books = best(lambda: shown.partner_books("pool"))
    found = [row.arrangement for row in shown.arrangements("pool")]
    slow, same = best(lambda: shares(queries.postings("pool"), found, shown.payers("pool")))
    assert differences(pool, books) == {}
    assert books == same
    print(f"all partners' books by sums of accounts: {fast:.3f} s; equal to the pool, to the penny")
    print(f"the same posting by posting: {slow:.3f} s, {slow / fast:.0f} times as long; the same")
    here = [
        Line(f"posting {n}", FIRST + timedelta(chance.randrange(365)), chance.randrange(1, 10**7),
             f"INV-{n}")
        for n in range(20_000)
    ]  # fmt: skip
    there = [Line(f"row {n}", x.day, x.pence, "", f"paid {x.reference}") for n, x in
             enumerate(here)]  # fmt: skip
    lost = {line.key for line in there[::1000]}
    took, result = best(lambda: reconcile(here, [x for x in there if x.key not in lost]))
    assert result.ties
    assert len(result.differences) == len(lost)
    print(f"a ledger of 20,000 lines reconciled: {took:.2f} s; {len(lost)} planted, all found")


def post(many: int, codes: list[str], chance: random.Random) -> None:
    """A place, its agencies, a pool with a line each, and random spending of it."""
    from totalplace.ledger import actions
    from totalplace.ledger.actions import partners as arranging
    from totalplace.ledger.rules.accounts import Nature
    from totalplace.ledger.rules.treatments import Arrangement, Basis, Part, Treatment
    from totalplace.places import actions as places
    from totalplace.places.rules.mandates import Operator
    from totalplace.record.rules.chain import Citation

    by, on, cited = Operator("a benchmark"), datetime.now(UTC), Citation("agreement", "1")
    places.register_place("wexshire", name="Wexshire", by=by, on=on)
    for code in codes:
        places.register_agency(code, name=code, kind="council", by=by, on=on)
    new = actions.NewBook("A long pool", "wexshire", codes[0], YEAR, YEAR + 1)
    actions.open_book("pool", new, by=by, on=on)
    for code in codes:
        line = actions.NewLine(f"Grant of {code}", code, Nature.REVENUE, cited)
        actions.add_line("pool", f"grant-{code}", line, by=by, on=on)
    for day in (FIRST, FIRST + timedelta(180)):
        parts = tuple(Part(c, Treatment.JOINT, chance.randrange(1, 10**9)) for c in codes)
        wanted = Arrangement("", day, Basis.CONTRIBUTION, parts)
        arranging.arrange("pool", wanted, why="as agreed", citation=cited, by=by, on=on)
    entered = list(postings(many, codes, chance))
    for at in range(0, len(entered), AT_ONCE):
        actions.post_many("pool", entered[at : at + AT_ONCE], by=by, on=on)


def postings(many: int, codes: list[str], chance: random.Random) -> Iterator[Any]:
    """What is promised and committed once, and spent in as many postings as are asked for."""
    from totalplace.ledger.actions import Entered
    from totalplace.ledger.rules import verbs
    from totalplace.ledger.rules.accounts import Kind
    from totalplace.record.rules.chain import Citation

    cited, large = Citation("invoice", "1"), 10**12
    colours = [verbs.Colour(f"grant-{code}", YEAR, code, codes[0]) for code in codes]
    for of in colours:
        for kind, legs in (
            (Kind.PROMISED, verbs.promised(of, large)),
            (Kind.ALLOCATED, verbs.allocated(of, of.payer, large)),
            (Kind.COMMITTED, verbs.committed(of, of.payer, large)),
            (Kind.DUE, verbs.due(of, large)),
            (Kind.RECEIVED, verbs.received(of, large)),
        ):
            yield Entered(legs, FIRST, kind, cited)
    for _ in range(many):
        of = chance.choice(colours)
        day = FIRST + timedelta(chance.randrange(365))
        yield Entered(verbs.spent(of, of.payer, chance.randrange(1, 10**6)), day, Kind.SPENT, cited)


def best(do: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of some rounds, in seconds, and what came of it."""
    rounds = [timed(do) for _ in range(ROUNDS)]
    return min(rounds, key=lambda one: one[0])


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """How long it took, in seconds, and what came of it."""
    start = time.perf_counter()
    result = do()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main()
