"""How well and how fast payees that are public bodies are recognised.

    python benchmarks/payees.py [how many names] [seed]

Prints precision and recall, by count and by pounds, on the payees labelled by hand in
tests/places/payees.csv, those that are wrong, and on the spellings in tests/places/spellings.csv
(written by us, so no measure of what is yet unseen). Then what the forms of names alone find, with
no list of departments and agencies: a lower bound for bodies that are not listed. Then the seconds
that one core takes for many distinct made-up names, a fifth of which bear words of public bodies.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from totalplace.places.definitions.public_bodies import public_bodies
from totalplace.places.rules.recognised import Names, recognise

FACTS: Final = Path(__file__).parents[1] / "tests" / "places"
SEED: Final = 20261126
MANY: Final = 400_000
_SYLLABLES: Final = [
    "al",
    "bar",
    "bren",
    "cal",
    "den",
    "el",
    "fen",
    "gar",
    "har",
    "in",
    "jo",
    "kel",
    "lan",
    "mor",
    "nor",
    "os",
    "pen",
    "ram",
    "sal",
    "tor",
]
_TRADES: Final = ["Care", "Building", "Solutions", "Transport", "Electrical", "Design", "Services"]
_ENDS: Final = ["Ltd", "Limited", "plc", "LLP", "& Sons", "(UK) Ltd", "", "CIC", "Group"]


def labelled(file: str) -> list[tuple[str, bool, int]]:
    """Payees with whether they are public bodies, and pence; persons' names are not held."""
    with (FACTS / file).open(encoding="utf-8", newline="") as text:
        return [
            (row["payee"], row["public"] == "yes", int(row.get("pence") or 0))
            for row in csv.DictReader(text)
            if not row["payee"].startswith("sha256:")
        ]


def accuracy(rows: list[tuple[str, bool, int]], names: Names) -> Iterator[str]:
    """Precision and recall by count and by pounds, then every payee that is wrong."""
    met = [(p, want, pence, _public(p, names)) for p, want, pence in rows]
    for by in ("count", "pounds"):
        weights = [(want, got, 1 if by == "count" else pence) for _, want, pence, got in met]
        right = sum(w for want, got, w in weights if want and got)
        called = sum(w for _, got, w in weights if got)
        there = sum(w for want, _, w in weights if want)
        if there:
            yield f"by {by}: precision {right / called:.4f}, recall {right / there:.4f}"
    for payee, want, _, got in met:
        if want != got:
            yield f"  {'missed' if want else 'wrongly met'}: {payee}"


def _public(payee: str, names: Names) -> bool:
    found = recognise(payee, names)
    return found is not None and found.public


def made_up(many: int, chance: random.Random) -> list[str]:
    """Distinct names: companies and people, and one in five with a public body's words."""
    bodies = [one.name for one in public_bodies().councils]
    bodies += [name for names in public_bodies().bodies.values() for name in names]
    found: dict[str, None] = {}
    while len(found) < many:
        word = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()
        if chance.random() < 0.2:
            name = f"{chance.choice(bodies)} - {word} ({chance.randint(1000, 999_999)})"
        else:
            name = f"{word} {chance.choice(_TRADES)} {chance.choice(_ENDS)}"
        found[name.upper() if chance.random() < 0.5 else name] = None
    return list(found)


def main() -> None:
    """Print every figure."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    start = time.process_time()
    names = Names.of()
    print(f"index of names built in {time.process_time() - start:.2f} s of one core")
    for file in ("payees.csv", "spellings.csv"):
        rows = labelled(file)
        print(f"{file}: {len(rows)} names, {sum(want for _, want, _ in rows)} public")
        print("\n".join(accuracy(rows, names)))
    forms = replace(public_bodies(), bodies={}, other_names={}, not_public=())
    print("payees.csv, by forms of names and names of councils and areas alone:")
    print("\n".join(accuracy(labelled("payees.csv"), Names.of(known=forms))))
    payees = made_up(many, random.Random(seed))  # noqa: S311  # chance, not secrecy
    start = time.process_time()
    met = sum(_public(payee, names) for payee in payees)
    seconds = time.process_time() - start
    print(f"seed {seed}: {many:,} distinct names in {seconds:.2f} s of one core, {met:,} public")


if __name__ == "__main__":
    main()
