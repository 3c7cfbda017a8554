"""What a file comes to: its lines, totals and faults, and every figure accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.sources.rules.returns.forms import Form
from totalplace.sources.rules.returns.found import ReturnFault, Table, Taken, Tree
from totalplace.sources.rules.returns.in_tables import of_table
from totalplace.sources.rules.returns.in_trees import of_tree
from totalplace.sources.rules.returns.rows import Row, balanced, read
from totalplace.sources.rules.returns.sums import Checked, Verdict, check

_SAID: Final = 3  # totals that differ and are said one by one; all are kept
Place = tuple[str, str]  # a document and its sheet


@dataclass(frozen=True, slots=True)
class Tally:
    """How every figure of one table or tree is accounted for."""

    document: str
    sheet: str
    rows: int = 0  # of a tree, its values
    rows_without: int = 0  # rows without a figure: blank ones and notes; of a tree, words
    figures: int = 0
    lines: int = 0
    missing: int = 0
    totals: int = 0
    faults: int = 0
    left_out: int = 0

    def accounted(self) -> int:
        """The figures that came out as something."""
        return self.lines + self.missing + self.totals + self.faults + self.left_out


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one form found in one file."""

    form: Form
    rows: tuple[Row, ...]
    checked: tuple[Checked, ...]
    faults: tuple[ReturnFault, ...]
    tallies: tuple[Tally, ...]
    worked_out: int  # lines that stand in no cell: what a total holds beyond the lines listed
    said: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many totals came out so."""
        return sum(1 for c in self.checked if c.verdict is verdict)


def outcome(form: Form, found: Sequence[Table | Tree], *, agency: str = "") -> Outcome:
    """What a form finds in the tables and trees of one file, each figure accounted for.

    Raises Refused where a table lacks what the form needs.
    """
    taken: dict[Place, Taken] = {}
    for each in found:
        if isinstance(each, Table):
            taken[each.document, each.sheet] = of_table(form, each, agency=agency)
        else:
            taken[each.document, ""] = of_tree(form, each, agency=agency)
    figures = [figure for one in taken.values() for figure in one.figures]
    got = read(form, figures)
    rows, differing = balanced(form, got.rows)
    checked, rests = check(form, rows, got.sums)
    checked += [_unbalanced(row, pence) for row, pence in differing]
    faults = [*(f for one in taken.values() for f in one.faults), *got.faults]
    said = [s for one in taken.values() for s in one.said]
    if got.rounded:
        said.append(f"{got.rounded:,} figures are finer than a penny and were rounded to one.")
    missing = Counter((f.spot.document, f.spot.sheet) for f in got.missing_sums)
    tallies = tuple(
        _tally(place, one, (got.rows, checked_in_file(checked, differing), faults), missing[place])
        for place, one in taken.items()
    )
    for tally in tallies:
        if tally.accounted() != tally.figures:
            raise RuntimeError(
                f"{tally.document} {tally.sheet}: {tally.figures} figures, of which"
                f" {tally.accounted()} are accounted for"
            )
    return Outcome(
        form, (*rows, *rests), tuple(checked), tuple(faults), tallies, len(rests),
        (*said, *_differences(checked)),
    )  # fmt: skip


def checked_in_file(
    checked: Sequence[Checked], differing: Sequence[tuple[Row, int]]
) -> Sequence[Checked]:
    """The totals that stand in a cell of their own, without the nets that were checked."""
    return checked[: len(checked) - len(differing)]


def _unbalanced(row: Row, expected: int) -> Checked:
    return Checked(
        body=row.body, year=row.year, part=row.part, line=row.title, item=row.item,
        pence=row.pence or 0, sum_pence=expected, parts=2, parts_missing=0, allowed_pence=0,
        verdict=Verdict.DIFFERS, why="it is not gross less income", spot=row.spot,
    )  # fmt: skip


def _tally(
    place: Place,
    taken: Taken,
    came: tuple[Sequence[Row], Sequence[Checked], Sequence[ReturnFault]],
    missing_sums: int,
) -> Tally:
    rows, checked, faults = came

    def here(spots: Sequence[Row] | Sequence[Checked] | Sequence[ReturnFault]) -> list[object]:
        return [x for x in spots if (x.spot.document, x.spot.sheet) == place]

    own = [row for row in rows if (row.spot.document, row.spot.sheet) == place]
    lines = sum(1 for row in own if row.pence is not None)
    before = sum(f.figures for f in taken.faults) + taken.left_out
    return Tally(
        document=place[0],
        sheet=place[1],
        rows=taken.rows,
        rows_without=taken.rows_without,
        figures=len(taken.figures) + before,
        lines=lines,
        missing=len(own) - lines + missing_sums,
        totals=len(here(checked)),
        faults=sum(f.figures for f in faults if (f.spot.document, f.spot.sheet) == place),
        left_out=taken.left_out,
    )


def _differences(checked: Sequence[Checked]) -> list[str]:
    """Totals that are not what they add up, the furthest off first."""
    off = [c for c in checked if c.verdict is Verdict.DIFFERS]
    off.sort(key=lambda c: -abs(c.difference_pence or 0))
    said = [
        f"{c.body.name}, {c.year}-{(c.year + 1) % 100:02d}: {c.line} ({c.item}) is"
        f" £{c.pence / 100:,.0f}, but what it is made of comes to £{(c.sum_pence or 0) / 100:,.0f}"
        f" ({c.why})."
        for c in off[:_SAID]
    ]
    if (more := len(off) - _SAID) > 0:
        totals = "total is not what it adds" if more == 1 else "totals are not what they add"
        said.append(f"{more:,} more {totals} up.")
    return said
