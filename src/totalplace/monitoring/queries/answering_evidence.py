"""What the series of a response shows now: its text's digest, and whether the response may close.

Both sides see the same, at the same time: it is read from the readings that are held.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from totalplace.monitoring.queries.answering import ResponseRow, revised_by
from totalplace.monitoring.queries.answering_series import series_now
from totalplace.monitoring.rules.answering import Verb
from totalplace.monitoring.rules.closing import evidence, shown
from totalplace.monitoring.rules.findings import canonical, digest_of, series_said
from totalplace.refusal import Refused
from totalplace.sources.home import Home


@dataclass(frozen=True, slots=True)
class Shown:
    """What a series shows, in words; the ground on which it may close, if it may; its digest."""

    words: str
    ground: str
    digest: str


def shown_now(row: ResponseRow, verb: Verb, *, home: Home, on: date) -> Shown:
    """What the series of a response shows on a day, for a review or for closing.

    Raises Refused where the series is held no more, and, for closing, with what is lacking.
    """
    if row.about.fall is None:
        raise Refused(
            "There is nothing to show",
            why="the finding tells of no change",
            next_step="See the finding",
        )
    fall = replace(row.about.fall, revised_by=revised_by(row.finding_id))
    watched, seen = series_now(row.place, row.about.code, row.about.area, home=home, on=on)
    digest = digest_of(canonical(series_said(watched)))
    if verb is Verb.REVIEW:
        return Shown(shown(fall, watched, seen), "", digest)
    found = evidence(fall, watched, seen, points=row.course.days.points, level=row.level)
    return Shown(found.shown, found.ground.value, digest)
