"""Small numbers: a table of which no cell tells of a few people, not even by taking away.

No count below a threshold is shown, and where its row or column would give it away another cell is
hidden too (secondary suppression by row and by column, as UK LLC, Suppression policy). The
threshold stands in the definition. This hides by cell; it does not guard against what somebody
knows from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

HIDDEN: Final = None  # what stands for a count that is not shown
Counts = Sequence[Sequence[int]]
Shown = list[list[int | None]]


def shown(count: int, *, below: int) -> int | None:
    """A count that stands alone; None where it is too small to be shown."""
    return count if count >= below else HIDDEN


def hide_small(
    counts: Counts, *, below: int, hidden_already: Sequence[Sequence[bool]] = ()
) -> Shown:
    """A table of counts whose rows and columns have totals, as it may be shown.

    None stands for what is hidden. In each row and column either nothing is hidden, or at least
    two cells are whose sum is not small itself; where that cannot be, the whole line is hidden.
    `hidden_already` are cells that another table of the same people hides.
    """
    hidden = [[count < below for count in row] for row in counts]
    for r, row in enumerate(hidden_already):
        hidden[r] = [mine or other for mine, other in zip(hidden[r], row, strict=True)]
    lines = _lines(counts)
    changed = True
    while changed:
        changed = False
        for line in lines:
            changed |= _hide_one_more(counts, hidden, line, below)
    return [
        [HIDDEN if hidden[r][c] else count for c, count in enumerate(row)]
        for r, row in enumerate(counts)
    ]


Line = list[tuple[int, int]]


def _lines(counts: Counts) -> list[Line]:
    rows = [[(r, c) for c in range(len(row))] for r, row in enumerate(counts)]
    width = len(counts[0]) if counts else 0
    columns = [[(r, c) for r in range(len(counts))] for c in range(width)]
    return rows + columns


def _hide_one_more(counts: Counts, hidden: list[list[bool]], line: Line, below: int) -> bool:
    """Hide the smallest cell that still shows, where those hidden could be worked out."""
    gone = [(r, c) for r, c in line if hidden[r][c]]
    if not gone:
        return False
    left = [(counts[r][c], r, c) for r, c in line if not hidden[r][c]]
    enough = len(gone) > 1 and sum(counts[r][c] for r, c in gone) >= below
    if enough or not left:
        return False
    _, row, column = min(left)
    hidden[row][column] = True
    return True
