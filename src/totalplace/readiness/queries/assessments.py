"""Assessments as they stand, with no score in them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from totalplace.places.rules.kinds import code_is_sound
from totalplace.readiness import models
from totalplace.readiness.queries.rows import AssessmentRow, FactRow, HandInRow, ProposalRow
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.moves import stands
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.refusal import Refused


def assessments(place: str = "") -> list[AssessmentRow]:
    """All assessments, of a place or of every place, the last first."""
    rows = _rows()
    if place:
        rows = rows.filter(place__code=place)
    return [_row(row) for row in rows.order_by("place__code", "-number")]


def assessment(citation: str) -> AssessmentRow:
    """An assessment by its citation, as wexshire/1. Raises Refused where there is none."""
    place, _, number = citation.rpartition("/")
    sound = code_is_sound(place) and number.isascii() and number.isdigit() and len(number) < 9
    row = _rows().filter(place__code=place, number=int(number)).first() if sound else None
    if row is None:
        raise Refused(
            f"There is no assessment {citation}",
            why="none was begun with that place and number",
            next_step="See them with: totalplace readiness list",
        )
    return _row(row)


def agreed_assessment(place: str, *, on: date) -> AssessmentRow | None:
    """The last assessment of a place that both sides had agreed by a day."""
    done = [one for one in assessments(place) if one.agreed_on is not None and one.agreed_on <= on]
    return done[0] if done else None


def _rows() -> QuerySet[models.Assessment]:
    return models.Assessment.objects.select_related(
        "place", "centre", "consent", "withdrawal"
    ).prefetch_related("facts", "hand_ins", "proposals__levels")


def _row(row: models.Assessment) -> AssessmentRow:
    consent = getattr(row, "consent", None)
    withdrawal = getattr(row, "withdrawal", None)
    sides = {
        Side(one.side): HandInRow(Side(one.side), one.day, one.by) for one in row.hand_ins.all()
    }
    facts = {
        one.code: FactRow(one.code, one.happened_on, one.met_from, one.source, one.by, one.on)
        for one in row.facts.all()
    }
    return AssessmentRow(
        id=row.pk,
        place=row.place.code,
        place_name=row.place.name,
        number=row.number,
        centre=row.centre.code,
        centre_name=row.centre.name,
        why=row.why,
        day=row.day,
        by=row.by,
        facts=facts,
        hand_ins=sides,
        proposals=tuple(_proposal(one) for one in row.proposals.all()),
        agreed_on=consent.day if consent else None,
        withdrawn_why=withdrawal.reason if withdrawal else "",
        stage=stands(
            facts=bool(facts),
            sides_in=len(sides),
            agreed=consent is not None,
            withdrawn=withdrawal is not None,
        ),
    )


def _proposal(row: models.Proposal) -> ProposalRow:
    found = {Area(one.area): _level(one) for one in row.levels.all()}
    levels = {area: found[area] for area in Area if area in found}
    return ProposalRow(row.pk, row.number, Side(row.side), levels, row.day, row.by)


def _level(row: models.ProposalLevel) -> AgreedLevel:
    level = Level(row.level) if row.level is not None else None
    return AgreedLevel(Area(row.area), level, row.reason, row.disputed)
