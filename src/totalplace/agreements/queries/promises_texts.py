"""The agreements that came into force, as their promises are read: every text that all signed."""

from __future__ import annotations

from functools import lru_cache

from totalplace.agreements import models
from totalplace.agreements.queries.promises_facts import Agreed, Signed
from totalplace.agreements.rules.lifecycle import Verb
from totalplace.agreements.rules.terms import Terms
from totalplace.agreements.wording import terms_of


def agreed(place: str = "") -> list[Agreed]:
    """Every agreement that came into force, of one place or of all, by its citation."""
    rows = models.Agreement.objects.select_related("place").filter(
        moves__verb=Verb.COME_INTO_FORCE.value
    )
    if place:
        rows = rows.filter(place__code=place)
    rows = rows.distinct().order_by("place__code", "number").prefetch_related("moves__version")
    return [_agreed(row) for row in rows]


def _agreed(row: models.Agreement) -> Agreed:
    moves = list(row.moves.all())
    texts = tuple(
        Signed(move.version.number, move.day, _read(move.version.text))
        for move in moves
        if move.verb == Verb.COME_INTO_FORCE
    )
    ended = [move.day for move in moves if move.verb == Verb.END]
    citation = f"{row.place.code}/{row.number}"
    return Agreed(citation, row.place.code, texts, ended[0] if ended else None)


@lru_cache(maxsize=64)
def _read(text: str) -> Terms:
    """The terms of a text, which never changes: it is read once."""
    return terms_of(text)
