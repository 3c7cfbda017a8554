"""/api/v1/record/: the entries of the record, for those who may read it; its heads, for all."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Query, Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker, not_allowed
from totalplace.doors.api.frame import Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, listed, number, page
from totalplace.doors.api.problems import there_is_none
from totalplace.doors.api.words import Day
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act
from totalplace.record import feed
from totalplace.record import queries as record
from totalplace.record.rules import chain
from totalplace.record.rules.heads import Head as HeadRow
from totalplace.record.rules.wanted import Wanted

router = Router()
_ALL: Final = feed.Seen(all=True)
Asked = Annotated[str, Field(max_length=200, description="Only entries with this.")]


class Entry(Schema):
    """An act as it stands on the record, with its digest and that of the entry before."""

    number: int
    on: datetime
    by: str
    verb: str
    kind: str = Field(description="What it is about: edition, decision, mandate and so on.")
    id: str
    power: str
    citing: str
    previous: str
    digest: str


class Head(Schema):
    """How far the record went at a moment, signed by Ed25519."""

    number: int
    digest: str
    on: datetime
    key: str
    signature: str


@reads(router, "/entries", answers=Listed[Entry], needs=Act.READ_RECORD)
def entries(by: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Every entry of the record, in turn."""
    _check_may_read(by)
    begin, last = number(after), record.last_entry()
    until = last.number if last else 0
    rows = feed.new(_ALL, after=begin, until=until, limit=limit + 1)
    return listed(rows, lambda row: row.number, entry_of, total=until, limit=limit)


@reads(router, "/entries/{entry}", answers=Entry, needs=Act.READ_RECORD)
def one_entry(by: Asker, *, entry: Number) -> Entry:
    """An entry of the record, by its number."""
    _check_may_read(by)
    found = record.entry(entry)
    if found is None:
        raise there_is_none(f"There is no entry {entry}")
    return entry_of(found)


class LookedFor(Schema):
    """Which entries are wanted; what is not said is not asked."""

    who: Asked = ""
    verb: Asked = ""
    kind: Asked = ""
    id: Asked = ""
    words: Asked = ""
    first_day: Day | None = None
    last_day: Day | None = None


@reads(router, "/found", answers=Listed[Entry], needs=Act.READ_RECORD)
def found(
    by: Asker, *, looked: Query[LookedFor], after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The entries by somebody, of a kind, with words, or of some days, the latest first."""
    _check_may_read(by)
    wanted = Wanted(*dict(looked).values())
    total = record.how_many(wanted)
    # Later entries come before: so many more than there were when the first page was read.
    begun, _, skipped = after.partition(".")
    first, skip = (number(begun), number(skipped)) if after else (total, 0)
    rows = record.page_of(wanted, skip=max(0, total - first) + skip, limit=limit + 1)
    return listed(rows, lambda _: f"{first}.{skip + limit}", entry_of, total=total, limit=limit)


@reads(router, "/heads", answers=Listed[Head])
def heads(_: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Every head that was published, in turn. Kept elsewhere, they show what was changed."""
    rows = record.heads()
    return page(rows, lambda row: row.number, _head, after=number(after) or None, limit=limit)


@reads(router, "/heads/{head}", answers=Head)
def one_head(_: Asker, *, head: Number) -> Head:
    """The head at the entry of a number."""
    found = record.head(head)
    if found is None:
        raise there_is_none(f"There is no head at entry {head}")
    return _head(found)


def entry_of(row: chain.Entry) -> Entry:
    """An entry as it is told."""
    return Entry(
        number=row.number, on=row.on, by=row.by, verb=row.verb, kind=row.about.kind,
        id=row.about.id, power=row.power, citing=row.citing, previous=row.previous,
        digest=row.digest,
    )  # fmt: skip


def _head(row: HeadRow) -> Head:
    return Head.from_orm(row)


def _check_may_read(by: Asker) -> None:
    if not by.may_anywhere(Act.READ_RECORD, on=now()):
        raise not_allowed(
            "The record cannot be read",
            why="no mandate of yours allows it today",
            next_step="Ask an administrator for one",
        )
