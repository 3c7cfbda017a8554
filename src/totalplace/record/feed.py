"""What is new on the record, for readers who may see some kinds of entries, or all.

Whether an entry is seen depends on it and on those before it alone, so it never changes: a reader
who has read up to a number holds all that they may see up to there, and can count it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from totalplace.record import models
from totalplace.record.queries import _entry
from totalplace.record.rules import chain


@dataclass(frozen=True, slots=True)
class Seen:
    """Which entries somebody sees: all; or of some kinds, of some by their verbs, of some once.

    `once` gives for a kind the verb that opens a thing to all: its entries are seen from that on.
    """

    all: bool = False
    kinds: frozenset[str] = frozenset()
    verbs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    once: Mapping[str, str] = field(default_factory=dict)


def new(seen: Seen, *, after: int, until: int, limit: int) -> list[chain.Entry]:
    """Entries that are seen, in turn, from the one after a number on and until another."""
    rows = _rows(seen).filter(number__gt=after, number__lte=until).order_by("number")
    return [_entry(row) for row in rows[:limit]]


def how_many(seen: Seen, *, after: int = 0, until: int) -> int:
    """How many entries are seen after a number and until another."""
    return _rows(seen).filter(number__gt=after, number__lte=until).count()


def _rows(seen: Seen) -> QuerySet[models.Entry]:
    rows = models.Entry.objects.all()
    if seen.all:
        return rows
    wanted = Q(about_kind__in=seen.kinds)
    for kind, verbs in seen.verbs.items():
        wanted |= Q(about_kind=kind, verb__in=verbs)
    for kind, verb in seen.once.items():
        opened = models.Entry.objects.filter(
            about_kind=kind,
            about_id=OuterRef("about_id"),
            verb=verb,
            number__lte=OuterRef("number"),
        )
        wanted |= Q(Exists(opened), about_kind=kind)
    return rows.filter(wanted)
