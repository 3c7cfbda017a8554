"""How the lines that were marked by hand were drawn: distinct words of eleven bodies, by seed.

    python benchmarks/purposes_drawn.py [folder of published data]

Prints both draws as they were put before the reader: the body, unit, purpose, detail and payee.
What is read differently some day may be drawn differently.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from python_calamine import CalamineWorkbook

from totalplace.count.rules.purposes.listening import BETWEEN_DETAILS
from totalplace.count.rules.purposes.words import Words
from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.layout import Cell, Role
from totalplace.sources.rules.rows import shown

FOLDER: Final = Path(__file__).parents[1] / ".." / "shared" / "data"
# The files of each body, and how many lines of three hundred are drawn from them.
BODIES: Final[Mapping[str, tuple[str, int]]] = {
    "burnley": ("spend_lancashire/derived/burnley*", 40),
    "cabinetoffice": ("layouts/cabinetoffice-*", 25),
    "fire": ("spend_lancashire/fire_raw/*", 15),
    "gateshead": ("layouts/gateshead-*", 25),
    "hyndburn": ("spend_lancashire/hyndburn_raw/*", 40),
    "newcastle": ("layouts/newcastle-*", 30),
    "pendle": ("spend_lancashire/derived/pendle*", 40),
    "police": ("spend_lancashire/police_raw/*", 15),
    "ribble valley": ("spend_lancashire/derived/ribble*", 30),
    "salford": ("layouts/salford-*", 25),
    "tfl": ("layouts/tfl-*", 15),
}
NOT_PAYMENTS: Final = "salford-16.csv"  # a register of contracts
DRAWS: Final = {1: (20261126, 300), 2: (20261127, 200)}  # seed, lines in all


def tables(path: Path) -> Iterator[list[list[Cell]]]:
    """The sheets of a file as rows of cells."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield [list(row) for row in book.get_sheet_by_name(name).to_python()]
        return
    held = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = held.decode("cp1252", errors="replace")
    yield [list(row) for row in csv.reader(io.StringIO(text, newline=""))]


def words_in(rows: Sequence[list[Cell]], file: str) -> Iterator[Words]:
    """The words beside each payment of a table; commitments are left out."""
    layout = understand(rows, file=file)

    def said(row: list[Cell], role: Role) -> str:
        taken = layout.taken.get(role)
        return shown(row[taken.position]) if taken and taken.position < len(row) else ""

    for number, row in enumerate(rows, start=1):
        if number < layout.first_row or number in layout.header_rows:
            continue
        if "contract" in said(row, Role.KIND).lower():
            continue
        payee = said(row, Role.PAYEE)
        if payee and said(row, Role.AMOUNT):
            cells = (shown(row[at]) for at in layout.details if at < len(row))
            detail = BETWEEN_DETAILS.join(filter(None, cells))
            yield Words(said(row, Role.UNIT), said(row, Role.PURPOSE), detail, payee)


def distinct(folder: Path, pattern: str) -> list[tuple[str, ...]]:
    """Every distinct line of words in a body's files, in order."""
    return sorted(
        {
            (words.unit, words.purpose, words.detail, words.payee)
            for path in sorted(folder.glob(pattern))
            if path.name != NOT_PAYMENTS
            for rows in tables(path)
            for words in words_in(rows, path.name)
        }
    )


def main(folder: Path = FOLDER) -> None:
    """Print both draws; what was drawn first is not drawn again."""
    pools = {body: distinct(folder, pattern) for body, (pattern, _) in BODIES.items()}
    for draw, (seed, lines) in DRAWS.items():
        print(f"draw {draw}, seed {seed}")
        for body, (_, many) in BODIES.items():
            chance = random.Random(f"{seed} {body}")  # noqa: S311
            wanted = min(len(pools[body]), many * lines // 300)
            drawn = chance.sample(pools[body], wanted)
            pools[body] = [line for line in pools[body] if line not in set(drawn)]
            for line in drawn:
                print(" | ".join((body, *line)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
