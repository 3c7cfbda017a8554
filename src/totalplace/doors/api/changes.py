"""/api/v1/changes: what changed since, by the numbers of the record, with a count to check.

Whoever keeps a copy asks for what changed since the number to which they have read, and reads
those things again. Anybody is told of published editions, decisions, heads, and names that were
erased; who may read the record is told of every entry. What an entry shows never changes, so a
reader who has read up to `until` must hold exactly `held` entries.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import reads
from totalplace.doors.api.paging import Limit
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act
from totalplace.record import feed
from totalplace.record import queries as record
from totalplace.record.rules import chain

router = Router()

# What a resident sees on pages, and so is told of. An edition is theirs from its sign-off on.
PUBLIC: Final = feed.Seen(
    kinds=frozenset(
        {
            "decision",
            "body",
            "head",
            "key",
            "entitlement",
            "local variant",
            "finding",
            "response",
            "watch",
            "rebase",
        }
    ),
    verbs={"file": frozenset({"erased a payee's name"})},
    once={"edition": "moved: sign off"},
)
_ALL: Final = feed.Seen(all=True)
_READ_AT: Final = {  # where what an entry is about can be read
    "edition": "/api/v1/count/editions/{}",
    "decision": "/api/v1/decisions/decisions/{}",
    "body": "/api/v1/decisions/bodies/{}",
    "head": "/api/v1/record/heads/{}",
    "submission": "/api/v1/sources/submissions/{}",
    "place": "/api/v1/places/places/{}",
    "agency": "/api/v1/places/agencies/{}",
}
Since = Annotated[
    int, Field(ge=0, le=2**62, description="The number to which you have read; 0: from the start.")
]


class Change(Schema):
    """One act on the record. Who did it, and under which power, is told to those who may read."""

    number: int
    on: datetime
    verb: str
    kind: str
    id: str
    at: str | None = Field(description="Where what it is about can be read now, if anywhere.")
    digest: str
    by: str | None
    power: str | None
    citing: str | None


class Changes(Schema):
    """What changed, in turn."""

    items: list[Change]
    since: int
    until: int = Field(description="The last number of the record that was looked at.")
    total: int = Field(description="How many changes there are from `since` to `until`.")
    held: int = Field(description="How many there are from the start to `until`.")
    complete: bool = Field(description="Whether these are all of them.")
    next: int = Field(description="Give it as `since` the next time.")


@reads(router, "", answers=Changes)
def changes(by: Asker, *, since: Since = 0, limit: Limit = 100) -> dict[str, Any]:
    """What changed since a number of the record.

    With `complete` true, `next` is `until`: ask again from there later. Numbers are given out one
    after another and none is ever given later than a higher one, so nothing can be missed.
    """
    may = by.may_anywhere(Act.READ_RECORD, on=now())
    seen, last = (_ALL if may else PUBLIC), record.last_entry()
    until = last.number if last else 0
    rows = feed.new(seen, after=since, until=until, limit=limit)
    total = feed.how_many(seen, after=since, until=until)
    complete = total <= len(rows)
    return {
        "items": [_change(row, may=may) for row in rows],
        "since": since,
        "until": until,
        "total": total,
        "held": feed.how_many(seen, until=until),
        "complete": complete,
        "next": max(since, until) if complete else rows[-1].number,
    }


def _change(row: chain.Entry, *, may: bool) -> Change:
    at = _READ_AT.get(row.about.kind)
    return Change(
        number=row.number, on=row.on, verb=row.verb, kind=row.about.kind, id=row.about.id,
        at=at.format(row.about.id) if at else None, digest=row.digest,
        by=row.by if may else None, power=row.power if may else None,
        citing=row.citing if may else None,
    )  # fmt: skip
