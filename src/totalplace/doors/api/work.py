"""/api/v1/work/: how far work is that was asked for, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, number, page
from totalplace.doors.api.problems import there, there_is_none
from totalplace.doors.web.work import queries

router = Router()


class Work(Schema):
    """A piece of work: how far it is, and what came of it once it ended."""

    number: int
    job: str
    about: str
    words: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    outcome: str = Field(description="done, stopped, refused or failed; empty until it ends.")
    said: str = Field(description="How far it is, or what came of it, in a sentence.")
    percent: int | None
    seconds_left: int | None


@reads(router, "", answers=Listed[Work], alone=True)
def every_work(by: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """What you asked for lately, in turn."""
    rows = queries.asked_by(by.known().code, most=1000)
    return page(rows, lambda row: row.id, _work, after=number(after) or None, limit=limit)


@reads(router, "/{work}", answers=Work, alone=True)
def one_work(by: Asker, *, work: Number) -> Work:
    """A piece of work that you asked for."""
    row = there(lambda: queries.work(work))
    if row.officer != by.known().code:
        raise there_is_none(f"There is no work {work}")
    return _work(row)


def _work(row: queries.WorkRow) -> Work:
    return Work(
        number=row.id, job=row.job, about=row.about, words=row.words, asked_at=row.asked_at,
        started_at=row.started_at, ended_at=row.ended_at, outcome=row.outcome, said=row.said,
        percent=row.percent, seconds_left=row.seconds_left,
    )  # fmt: skip
