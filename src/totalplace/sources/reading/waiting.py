"""Rows that were read before it is their turn in a spool."""

from __future__ import annotations

from totalplace.sources.reading.block import Block
from totalplace.sources.reading.outcome import Place
from totalplace.sources.reading.words import TableWords
from totalplace.sources.rules.rows import Fault


class Waiting:
    """The rows and faults of one table, in memory."""

    def __init__(self) -> None:
        self._words: TableWords | None = None
        self._added: list[tuple[Block | None, list[Fault]]] = []

    def begin(self, words: TableWords) -> None:
        """Start the table."""
        self._words = words

    def add(self, block: Block | None, faults: list[Fault]) -> None:
        """Add rows and faults."""
        self._added.append((block, faults))

    def take_back(self) -> None:
        """Forget them."""
        self._added.clear()

    def move(self, place: Place) -> None:
        """Give them over, in their order."""
        if self._words is not None:
            place.begin(self._words)
        for block, faults in self._added:
            place.add(block, faults)
        self._added.clear()
