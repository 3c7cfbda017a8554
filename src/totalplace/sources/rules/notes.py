"""What is said of many tables at once: each sentence one time, with the tables that it is true of.

Fifty files of one publisher share their oddities. An officer who is told each of them fifty times
reads none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# What is counted in a table: said of one, said of several.
COUNTED: Final[Mapping[str, tuple[str, str]]] = {
    "trailing_minus": (
        "amount has its minus sign after the figure, and is read as negative",
        "amounts have their minus sign after the figure, and are read as negative",
    ),
    "duplicates_flagged": (
        "row is an exact copy of an earlier one: flagged, and kept, as it may be real",
        "rows are exact copies of earlier ones: flagged, and kept, as they may be real",
    ),
    "serial_dates": (
        "date is written as the number by which a spreadsheet counts days",
        "dates are written as the numbers by which a spreadsheet counts days",
    ),
    "commitments": (
        "commitment (a contract) stands beside the payments, and is never added to them",
        "commitments (contracts) stand beside the payments, and are never added to them",
    ),
    "cards": (
        "card purchase stands beside the payments, and is counted apart",
        "card purchases stand beside the payments, and are counted apart",
    ),
    "redacted": ("row has its payee redacted", "rows have their payee redacted"),
    "undated": ("row has no date of its own", "rows have no date of their own"),
}
_SEVERAL: Final = {f"{one}.": f"{several}." for one, several in COUNTED.values()}
_LEADING: Final = re.compile(r"([0-9][0-9,]*) (.+)", re.DOTALL)
_FIGURES: Final = re.compile(r"£?[0-9][0-9,.]*%?")


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, and the tables that it is true of, in the order in which they were read."""

    sentence: str
    tables: tuple[str, ...]


def counted(what: str, number: int) -> str:
    """How many of what there are, in a full sentence; nothing where there are none."""
    one, several = COUNTED[what]
    return f"{number:,} {one if number == 1 else several}." if number else ""


def grouped(said: Iterable[tuple[str, str]]) -> list[Note]:
    """Tables and sentences, each kind of sentence once: the kind said of most tables comes first.

    Sentences that count are added up. Others are of one kind where they differ only in figures,
    and the first is shown.
    """
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, sentence in said:
        kinds[_kind(sentence)].append((table, sentence))
    notes = [
        Note(_together(kind, [s for _, s in same]), tuple(dict.fromkeys(t for t, _ in same)))
        for kind, same in kinds.items()
    ]
    return sorted(notes, key=lambda note: -len(note.tables))


def _kind(sentence: str) -> str:
    if number := _LEADING.fullmatch(sentence):
        rest = _SEVERAL.get(number[2], number[2])
        if rest in _SEVERAL.values():
            return rest
    return _FIGURES.sub("#", sentence)


def _together(kind: str, sentences: Sequence[str]) -> str:
    if kind not in _SEVERAL.values() or len(sentences) == 1:
        return sentences[0]
    numbers = (_LEADING.fullmatch(sentence) for sentence in sentences)
    return f"{sum(int(n[1].replace(',', '')) for n in numbers if n):,} {kind}"
