"""How well columns are understood: every body held out in turn, its own labels never used.

    python benchmarks/columns.py [folder of layouts]

Prints, per body and in all, the share of labelled columns found: strictly, and accepting the
pairs that docs/explanation/columns.md defends; then what names and cells are worth alone.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from totalplace.sources.rules.columns import SHIPPED, understand
from totalplace.sources.rules.layout import Cell, Layout, Role
from totalplace.sources.rules.teaching import Lesson, taught
from totalplace.sources.rules.words import ColumnWords, unmarked

FOLDER: Final = Path(__file__).parents[1] / ".." / "shared" / "data" / "layouts"
ROLES: Final = {
    "Amount": Role.AMOUNT,
    "Payment Date": Role.DATE,
    "Beneficiary Name": Role.PAYEE,
    "Organisational Unit": Role.UNIT,
}
# A label, and the column that is as right or more so where both are published.
ACCEPTED: Final[Mapping[tuple[Role, str], frozenset[str]]] = {
    (Role.AMOUNT, "Gross"): frozenset(["Net"]),
    (Role.AMOUNT, "Amount"): frozenset(["Net"]),
    (Role.UNIT, "Entity"): frozenset(["Expense Area"]),
    (Role.UNIT, "Expenditure Account"): frozenset(["Entity"]),
    (Role.UNIT, "Service Label"): frozenset(["Organisational Unit"]),
    (Role.UNIT, "Service Category Label"): frozenset(
        ["Directorate / Service Where Expenditure Incurred"]
    ),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One layout: its body, its rows, and the name of the column of each labelled role."""

    body: str
    file: str
    rows: list[list[Cell]]
    labels: Mapping[Role, str]

    @property
    def header(self) -> list[str]:
        return [unmarked(" ".join(str(c).split())) for c in self.rows[0]]

    def positions(self, role: Role, *, accepting: bool) -> frozenset[int]:
        """Where a role may stand: as labelled, or accepting the defended pairs too."""
        label = " ".join(self.labels[role].split())
        names = {label} | (ACCEPTED.get((role, label), frozenset()) if accepting else set())
        header = self.header
        if len(self.rows) > 1 and not str(self.rows[1][0]):  # the names go over two rows
            header = [a or str(b) for a, b in zip(header, self.rows[1], strict=False)]
        return frozenset(at for at, name in enumerate(header) if name in names)


def labelled_layouts(folder: Path) -> list[Labelled]:
    """All layouts with their labels."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    found = []
    for file, told in sorted(labels.items()):
        with (folder / file).open(encoding="utf-8", errors="replace", newline="") as text:
            rows: list[list[Cell]] = [list(row) for row in csv.reader(text)]
        named = {ROLES[label]: name for label, name in told["labels"].items()}
        found.append(Labelled(told["from"].split("/")[0], file, rows, named))
    return found


def held_out(layouts: Iterable[Labelled], words: ColumnWords) -> dict[str, ColumnWords]:
    """For each body, words taught by the layouts of all other bodies, each body weighing alike."""
    every = list(layouts)
    many = Counter(layout.body for layout in every)
    return {
        body: taught(
            words,
            [
                Lesson(
                    layout.rows,
                    {r: layout.positions(r, accepting=True) for r in layout.labels},
                    1 / many[layout.body],
                )
                for layout in every
                if layout.body != body
            ],
        )
        for body in many
    }


Score = Counter[tuple[str, Role, str]]


def score(layouts: Iterable[Labelled], words: Mapping[str, ColumnWords]) -> Score:
    """Labels, and those found strictly and acceptingly, by body and role."""
    tally: Score = Counter()
    for layout in layouts:
        understood = understand(layout.rows, words=words[layout.body])
        for role in layout.labels:
            tally[layout.body, role, "labels"] += 1
            for how in ("strict", "accepting"):
                right = layout.positions(role, accepting=how == "accepting")
                tally[layout.body, role, how] += _place(understood, role) in right
    return tally


def _place(layout: Layout, role: Role) -> int:
    taken = layout.taken.get(role)
    return taken.position if taken else -1


def share(tally: Score, role: Role, how: str, body: str | None = None) -> float:
    """The share of labels found for a role, in one body or in all."""
    labels, found = (
        sum(n for (b, r, h), n in tally.items() if r is role and h == what and body in (None, b))
        for what in ("labels", how)
    )
    return found / labels if labels else 1.0


def without_cells(words: ColumnWords) -> ColumnWords:
    """Words by which a column is known by its name alone."""
    return replace(words, evidence={r: {"none": -1.5} for r in words.evidence}, must_hold={})


def without_names(words: ColumnWords) -> ColumnWords:
    """Words by which a column is known by its cells alone; headers are still found."""
    return replace(words, names={role: {} for role in words.names}, beside={})


def show(title: str, tally: Score) -> None:
    """Print one table of shares."""
    print(f"\n{title}\n{'':16}" + "".join(f"{role.value:>22}" for role in ROLES.values()))
    bodies = sorted({body for body, _, _ in tally})
    for body in [*bodies, None]:
        cells = "".join(
            f"{share(tally, role, 'strict', body):>14.3f}"
            f"{share(tally, role, 'accepting', body):>8.3f}"
            for role in ROLES.values()
        )
        print(f"{body or 'all':16}{cells}")


def main(folder: Path = FOLDER) -> None:
    """Print every table, and the time a file takes."""
    layouts = labelled_layouts(folder)
    bodies = {layout.body for layout in layouts}
    print(f"{len(layouts)} layouts of {len(bodies)} bodies; strict share, then accepting share")
    started = time.perf_counter()
    show("General words, no label used", score(layouts, dict.fromkeys(bodies, SHIPPED)))
    spent = (time.perf_counter() - started) / len(layouts)
    show(
        "General words, taught by the other bodies",
        score(layouts, held_out(layouts, SHIPPED)),
    )
    bare = without_names(SHIPPED)
    show(
        "No words of names but those the other bodies teach",
        score(layouts, held_out(layouts, bare)),
    )
    show("Names alone", score(layouts, dict.fromkeys(bodies, without_cells(SHIPPED))))
    show("Cells alone", score(layouts, dict.fromkeys(bodies, bare)))
    print(f"\n{1000 * spent:.1f} ms a layout")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
