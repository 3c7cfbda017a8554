"""What is on the record; the only way that other rooms and doors read it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from totalplace.record import models
from totalplace.record.rules import chain, verifying
from totalplace.record.rules.chain import Citation
from totalplace.record.rules.heads import Head
from totalplace.record.rules.verifying import Published, Verdict
from totalplace.record.rules.wanted import Wanted

_AT_A_TIME: Final = 2000
OWN: Final = "kept with the record"
_LONDON: Final = ZoneInfo("Europe/London")  # a day is that of a clock on an English wall


def last_entry() -> chain.Entry | None:
    """The latest entry, or None while the record is empty."""
    row = models.Entry.objects.order_by("-number").first()
    return None if row is None else _entry(row)


def last_number(*, but: Collection[str]) -> int:
    """The number of the latest entry that is about none of some kinds; 0 where there is none.

    What depends on all but those kinds stands for as long as this number does.
    """
    rows = models.Entry.objects.exclude(about_kind__in=but).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def entry(number: int) -> chain.Entry | None:
    """The entry of a number, or None where there is none."""
    row = models.Entry.objects.filter(number=number).first()
    return None if row is None else _entry(row)


def entries(
    *, after: int = 0, until: int | None = None, limit: int | None = None
) -> Iterator[chain.Entry]:
    """Entries in turn, from the one after a number on, at most as many as the limit."""
    rows = models.Entry.objects.filter(number__gt=after).order_by("number")
    if until is not None:
        rows = rows.filter(number__lte=until)
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


def how_many(wanted: Wanted) -> int:
    """How many entries are wanted. Raises Refused where the days are the wrong way round."""
    return _wanted(wanted).count()


def page_of(wanted: Wanted, *, skip: int = 0, limit: int = 50) -> list[chain.Entry]:
    """Wanted entries, the latest first, after so many of them. Raises Refused as `how_many`."""
    return [_entry(row) for row in _wanted(wanted).order_by("-number")[skip : skip + limit]]


def all_of(wanted: Wanted) -> Iterator[chain.Entry]:
    """Every wanted entry, in turn. Raises Refused as `how_many` does."""
    rows = _wanted(wanted).order_by("number")
    return map(_entry, rows.iterator(chunk_size=_AT_A_TIME))


def kinds() -> list[str]:
    """The kinds of things that entries are about, in order of the alphabet."""
    found = models.Entry.objects.order_by("about_kind").values_list("about_kind", flat=True)
    return list(found.distinct())


def heads() -> list[Head]:
    """Every head that was published, in turn."""
    return [_head(row) for row in models.Head.objects.order_by("number")]


def head(number: int) -> Head | None:
    """The head of the entry of a number, or None where none was published."""
    row = models.Head.objects.filter(number=number).first()
    return None if row is None else _head(row)


def last_head() -> Head | None:
    """The last head that was published, or None."""
    row = models.Head.objects.order_by("-number").first()
    return None if row is None else _head(row)


def first_fault() -> chain.Fault | None:
    """The first fault of the whole record, or None where it is as it was written."""
    return chain.verify(entries())


def verify(
    *,
    kept: Sequence[Published] = (),
    trusted: Collection[str] = (),
    seen: Callable[[int], None] | None = None,
) -> Verdict:
    """Compute the whole record again and hold every published head against it.

    `kept` are heads of files that were kept elsewhere, `trusted` public keys noted elsewhere;
    `seen` is told the number of each entry as it is passed.
    """
    last = last_entry()
    until = last.number if last else 0
    # While this reads, others write: a head of what was written since is left for the next time.
    own = [
        Published(head, OWN) for head in heads() if head.number <= until or not holds(head.digest)
    ]
    passed = _told(entries(until=until), seen)
    return verifying.verdict(passed, own=own, kept=kept, trusted=trusted)


def _told(
    passed: Iterable[chain.Entry], seen: Callable[[int], None] | None
) -> Iterator[chain.Entry]:
    for one in passed:
        if seen is not None:
            seen(one.number)
        yield one


def _wanted(wanted: Wanted) -> QuerySet[models.Entry]:
    wanted.check()
    rows = models.Entry.objects.all()
    asked = {
        "by": wanted.by, "verb": wanted.verb, "about_kind": wanted.kind, "about_id": wanted.id,
    }  # fmt: skip
    rows = rows.filter(**{name: said for name, said in asked.items() if said})
    if wanted.words:
        rows = rows.filter(Q(power__icontains=wanted.words) | Q(citing__icontains=wanted.words))
    if wanted.first_day:
        rows = rows.filter(on__gte=datetime.combine(wanted.first_day, time(), _LONDON))
    if wanted.last_day:
        after = datetime.combine(wanted.last_day + timedelta(days=1), time(), _LONDON)
        rows = rows.filter(on__lt=after)
    return rows


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


def _head(row: models.Head) -> Head:
    return Head(row.number, row.digest, row.on, row.key, row.signature)
