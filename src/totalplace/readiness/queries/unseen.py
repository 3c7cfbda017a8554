"""The scores of the two sides, unseen by each other until both have handed in.

Both the rule here and the database keep them so. Here: who asks is asked for a mandate of that
side, and whoever holds one of both sides sees neither. In the database: a question that does not
say for which side it reads gets nothing (row level security, migration 0001).

Who could still read them: whoever runs the server and its database, as owner of the tables or
superuser, from the tables or a backup; and whoever changes this program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.readiness import models
from totalplace.readiness.queries.rows import AssessmentRow
from totalplace.readiness.rules.moves import Stage
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.readiness.rules.scoring import Gap, Scored, gaps

_READS = "totalplace.readiness_reads"
_SCORING = {Side.PLACE: Act.SCORE_FOR_PLACE, Side.CENTRE: Act.SCORE_FOR_CENTRE}
_AGREEING = {
    Side.PLACE: Act.AGREE_READINESS_FOR_PLACE,
    Side.CENTRE: Act.AGREE_READINESS_FOR_CENTRE,
}


def sides_of(by: Who | None, row: AssessmentRow, *, on: date) -> frozenset[Side]:
    """The sides for which somebody may score or agree in an assessment."""
    return frozenset(side for side in Side if _may_for(by, side, row, on))


def scores(
    row: AssessmentRow, side: Side, *, by: Who | None, on: date
) -> Mapping[Area, Scored] | None:
    """The scores of a side, or None where whoever asks may not see them yet.

    Once both are in, the officers of both sides see both; once levels are agreed, anybody does.
    Before, a side's officers see their own; an officer with mandates of both sides sees neither.
    """
    if row.stage is Stage.AGREED:
        return _read(row, side)
    mine = sides_of(by, row, on=on)
    if row.both_in:
        return _read(row, side) if mine else None
    if side not in mine or side not in row.hand_ins:
        return None
    if isinstance(by, Officer) and len(mine) > 1:
        return None
    with reading_for(row.id, side):
        return _read(row, side)


def gaps_of(row: AssessmentRow, *, by: Who | None, on: date) -> list[Gap] | None:
    """The two scores of each area beside each other, or None where they may not be seen yet."""
    if not row.both_in:
        return None
    place = scores(row, Side.PLACE, by=by, on=on)
    centre = scores(row, Side.CENTRE, by=by, on=on)
    return gaps(place, centre) if place and centre else None


@contextmanager
def reading_for(assessment: int, side: Side) -> Iterator[None]:
    """Say to the database, for the length of a block, for which side is read and written."""
    with transaction.atomic():
        _say(f"{assessment}:{side.value}")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _say("")


def _say(whom: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [_READS, whom])


def _may_for(by: Who | None, side: Side, row: AssessmentRow, on: date) -> bool:
    agency, place = ("", row.place) if side is Side.PLACE else (row.centre, "")
    return any(
        places.may(by, act, agency=agency, place=place, on=on)
        for act in (_SCORING[side], _AGREEING[side])
    )


def _read(row: AssessmentRow, side: Side) -> dict[Area, Scored]:
    rows = models.Score.objects.filter(assessment_id=row.id, side=side.value).prefetch_related(
        "rests_on__evidence"
    )
    found = {
        Area(one.area): Scored(
            Area(one.area), Level(one.level), one.why,
            tuple(sorted(on_it.evidence.number for on_it in one.rests_on.all())),
        )
        for one in rows
    }  # fmt: skip
    return {area: found[area] for area in Area if area in found}
