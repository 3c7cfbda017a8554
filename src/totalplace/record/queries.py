"""What is on the record; the only way that other rooms and doors read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from totalplace.record import models
from totalplace.record.rules import chain
from totalplace.record.rules.chain import Citation

_AT_A_TIME: Final = 2000


def last_entry() -> chain.Entry | None:
    """The latest entry, or None while the record is empty."""
    row = models.Entry.objects.order_by("-number").first()
    return None if row is None else _entry(row)


def entries(*, after: int = 0, limit: int | None = None) -> Iterator[chain.Entry]:
    """Entries in turn, from the one after a number on, at most as many as the limit."""
    rows = models.Entry.objects.filter(number__gt=after).order_by("number")
    if limit is not None:
        rows = rows[:limit]
    return map(_entry, rows.iterator(chunk_size=_AT_A_TIME))


def latest(count: int) -> list[chain.Entry]:
    """The last so many entries, in turn."""
    rows = list(models.Entry.objects.order_by("-number")[:count])
    return [_entry(row) for row in reversed(rows)]


def about(citation: Citation) -> list[chain.Entry]:
    """Every entry about one thing, in turn."""
    rows = models.Entry.objects.filter(about_kind=citation.kind, about_id=citation.id)
    return [_entry(row) for row in rows.order_by("number")]


def holds(digest: str) -> bool:
    """Whether an entry of that digest, noted elsewhere before, stands on the record."""
    return models.Entry.objects.filter(digest=digest).exists()


def first_fault() -> chain.Fault | None:
    """The first fault of the whole record, or None where it is as it was written."""
    return chain.verify(entries())


def _entry(row: models.Entry) -> chain.Entry:
    return chain.Entry(
        number=row.number,
        on=row.on,
        by=row.by,
        verb=row.verb,
        about=Citation(row.about_kind, row.about_id),
        power=row.power,
        citing=row.citing,
        previous=row.previous,
        digest=row.digest,
    )
