"""What is told of readiness: assessments, evidence and waivers, as others read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ninja import Schema

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Officer
from totalplace.readiness import queries
from totalplace.readiness.queries import AssessmentRow, EvidenceRow, FollowedRow, WaiverRow
from totalplace.readiness.rules.evidence import EvidenceKind
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.readiness.rules.scoring import Scored


class ReadinessScore(Schema):
    """A side's level in an area, why, and the items it rests on."""

    area: Area
    level: Level
    why: str
    evidence: list[int]


class ReadinessFact(Schema):
    """What is said of a fact of eligibility; a day of null: it never happened, or has not ended."""

    code: str
    happened_on: date | None
    ongoing: bool
    met: bool
    source: str


class ReadinessLevel(Schema):
    """What was agreed in an area; a level of null: the sides did not agree."""

    area: Area
    level: Level | None
    reason: str
    disputed: str
    unsupported_since: date | None


class Assessment(Schema):
    """A joint assessment; scores of null may not be seen yet."""

    place: str
    number: int
    centre: str
    why: str
    stage: str
    begun_on: date
    agreed_on: date | None
    sides_in: list[Side]
    place_scores: list[ReadinessScore] | None
    centre_scores: list[ReadinessScore] | None
    agreed: list[ReadinessLevel]
    facts: list[ReadinessFact]


class EvidenceItem(Schema):
    """An item of evidence of a place."""

    place: str
    number: int
    area: Area
    kind: EvidenceKind
    title: str
    says: str
    where: str
    first_day: date
    last_day: date
    renews: int | None
    withdrawn_on: date | None


class ReadinessWaiver(Schema):
    """What one side would do without, and whether the other agreed."""

    place: str
    number: int
    centre: str
    side: Side
    need: str
    level: str
    reason: str
    until: date
    agreed_on: date | None
    agreed_why: str


class ReadinessFollowed(Schema):
    """What followed in an area of an assessment."""

    assessment: str
    area: Area
    went_well: bool
    what: str
    source: str
    side: Side
    day: date


class PowerTold(Schema):
    """A power of a model of devolution: whether it is open, and what is lacking where it is not."""

    code: str
    title: str
    open: bool
    needs: list[str]


class ReadinessLack(Schema):
    """What is lacking, why it is needed, and what to do."""

    what: str
    why: str
    next_step: str


def shown(row: AssessmentRow, seen: Mapping[Side, Officer | None]) -> Assessment:
    """An assessment; `seen` is in whose name the scores of each side are read."""
    on = local_day(now())
    rests = queries.rests(row, queries.items(row.place), on=on) if row.agreed else {}
    told = {side: queries.scores(row, side, by=seen[side], on=on) for side in Side}
    return Assessment(
        place=row.place, number=row.number, centre=row.centre, why=row.why, stage=row.stage.value,
        begun_on=row.day, agreed_on=row.agreed_on, sides_in=sorted(row.hand_ins),
        place_scores=_scores(told[Side.PLACE]),
        centre_scores=_scores(told[Side.CENTRE]),
        agreed=[
            ReadinessLevel(
                area=area, level=one.level, reason=one.reason, disputed=one.disputed,
                unsupported_since=rests[area].since,
            )
            for area, one in row.agreed.items()
        ],
        facts=[
            ReadinessFact(
                code=one.code, happened_on=one.happened_on, source=one.source,
                met=one.is_met(on), ongoing=one.ongoing,
            )
            for one in row.facts.values()
        ],
    )  # fmt: skip


def _scores(found: Mapping[Area, Scored] | None) -> list[ReadinessScore] | None:
    if found is None:
        return None
    return [
        ReadinessScore(area=one.area, level=one.level, why=one.why, evidence=list(one.evidence))
        for one in found.values()
    ]


def item_shown(row: EvidenceRow) -> EvidenceItem:
    """An item of evidence."""
    item = row.item
    return EvidenceItem(
        place=row.place, number=item.number, area=item.area, kind=row.kind, title=row.title,
        says=row.says, where=row.where, first_day=item.first_day, last_day=item.last_day,
        renews=item.renews, withdrawn_on=item.withdrawn_on,
    )  # fmt: skip


def waiver_shown(row: WaiverRow) -> ReadinessWaiver:
    """A waiver."""
    return ReadinessWaiver(
        place=row.place, number=row.number, centre=row.centre, side=row.side, need=row.need,
        level=row.level, reason=row.reason, until=row.until, agreed_on=row.agreed_on,
        agreed_why=row.agreed_why,
    )  # fmt: skip


def followed_shown(row: FollowedRow) -> ReadinessFollowed:
    """What followed."""
    return ReadinessFollowed(
        assessment=row.assessment, area=row.area, went_well=row.went_well, what=row.what,
        source=row.source, side=row.side, day=row.day,
    )  # fmt: skip
