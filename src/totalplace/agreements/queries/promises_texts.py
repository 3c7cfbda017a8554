"""The agreements that came into force, as their promises are read."""

from __future__ import annotations

from totalplace.agreements.queries.promises_facts import Agreed


def agreed(place: str = "") -> list[Agreed]:
    """Every agreement that came into force, of one place or of all, by its citation."""
    return []
