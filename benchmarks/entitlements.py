"""How fast a guarantee is asked of a whole population, against asking one person at a time.

    python benchmarks/entitlements.py [people]

People are drawn with a seed, which is printed; one in twenty facts is not known. Both ways are
asked for the same people, and have to agree on every one of those who are asked one by one. Times
are of the processor, so that what else the computer does counts for little.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from totalplace.entitlements.definitions.reading import shipped
from totalplace.entitlements.rules.columns import Crowd, answers, column_of
from totalplace.entitlements.rules.facts import Fact, FactKind
from totalplace.entitlements.rules.guarantee import Guarantee
from totalplace.entitlements.rules.need import Population, need
from totalplace.entitlements.rules.one_person import holds

SEED: Final = 20261126
PEOPLE: Final = 1_000_000
ONE_BY_ONE: Final = 20_000
ON: Final = date(2026, 11, 26)
_UNKNOWN: Final = 0.05


def drawn(fact: Fact, people: int, chance: np.random.Generator) -> list[Any]:
    """What so many people say of a fact; one in twenty says nothing."""
    column: Sequence[Any]
    match fact.kind:
        case FactKind.DAY:
            ages = chance.integers(0, 100 * 365, people).tolist()
            column = [ON - timedelta(days=age) for age in ages]
        case FactKind.YES_NO:
            column = (chance.random(people) < 0.5).tolist()
        case FactKind.CHOICE:
            column = [fact.choices[n] for n in chance.integers(0, len(fact.choices), people)]
        case _:
            column = chance.integers(fact.least, min(fact.most, 10**7), people).tolist()
    known = (chance.random(people) >= _UNKNOWN).tolist()
    return [value if said else None for value, said in zip(column, known, strict=True)]


def measure(guarantee: Guarantee, people: int) -> None:
    """Ask both ways, and print how long each took."""
    chance = np.random.default_rng(SEED)
    columns = {code: drawn(fact, people, chance) for code, fact in guarantee.facts.items()}
    at = guarantee.setting(ON)
    assert guarantee.who is not None
    begun = time.process_time()
    held = {code: column_of(guarantee.facts[code], said) for code, said in columns.items()}
    read = time.process_time() - begun
    begun = time.process_time()
    found = answers(guarantee.who, Crowd(held, people), at)
    together = time.process_time() - begun
    some = min(ONE_BY_ONE, people)
    rows = [{code: said[n] for code, said in columns.items()} for n in range(some)]
    begun = time.process_time()
    alone = [holds(guarantee.who, row, at) for row in rows]
    each = (time.process_time() - begun) / some
    assert found[:some].tolist() == alone
    ratio = each * people / together
    print(
        f"{guarantee.code:28} {people:,} people: columns {read:.2f} s, asked {together * 1000:.0f} "
        f"ms, one by one {each * people:.1f} s (from {some:,}): {ratio:.0f} times as fast"
    )


def counted(people: int) -> None:
    """Need by groups, as a census gives them: persons by day of birth."""
    guarantee = shipped()["school-place"]
    chance = np.random.default_rng(SEED)
    born = np.array([ON - timedelta(days=n) for n in range(100 * 365)], dtype="datetime64[D]")
    persons = chance.integers(0, 2 * people // len(born), len(born)).tolist()
    population = Population({"born": born, "lives_in_england": [True] * len(born)}, persons)
    begun = time.process_time()
    found = need(guarantee, population, on=ON)
    took = time.process_time() - begun
    print(f"need of {sum(persons):,} persons in {len(born):,} groups: {took * 1000:.0f} ms, "
          f"{found.persons:,} of them eligible")  # fmt: skip


def main() -> None:
    """Measure every guarantee of persons that ships."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    print(f"seed {SEED}")
    for guarantee in shipped().values():
        if guarantee.personal:
            measure(guarantee, people)
    counted(people)


if __name__ == "__main__":
    main()
