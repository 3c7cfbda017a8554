"""What is told of the watch: changes, series, findings, all areas, its own record."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.scorecard_told import on_time_words
from totalplace.doors.report.watch_told import finite
from totalplace.doors.web.monitoring.watching.answered import Answers
from totalplace.monitoring.queries.findings import FindingRow
from totalplace.monitoring.queries.looking import SeenRow
from totalplace.monitoring.queries.scorecard import ScorecardRow
from totalplace.monitoring.queries.units import UnitsRow
from totalplace.monitoring.rules.replaying import Replayed
from totalplace.monitoring.rules.seen import Change, Sign
from totalplace.monitoring.rules.watched import Point, Standing, Subject


class WatchChange(Schema):
    """A change: since when, how big, how sure. Levels and sizes are in the unit of the series."""

    sign: Sign
    shape: str
    since: str
    since_earliest: str
    since_latest: str
    told_at: str
    figures_late: int = Field(description="1: it could be told by its first figure.")
    before: float
    after: float
    size: float
    size_low: float
    size_high: float
    evidence: float
    limit: float = Field(description="The weight of evidence from which it is told as an alarm.")


class WatchedSeries(Schema):
    """A series as it stands today: its sign, in words, and the change that stands or null."""

    code: str
    title: str
    subject: Subject
    area: str
    area_name: str
    unit: str
    better: str
    protected: bool
    sign: Sign
    says: list[str]
    latest: float | None
    latest_period: str | None
    change: WatchChange | None
    usual_low: float | None
    usual_high: float | None
    figures: int
    figures_needed: int


class WatchedFigure(Schema):
    """One period. A figure that is missing is null, never nought, and says why."""

    period: str
    first_day: date
    last_day: date
    value: float | None
    standing: Standing
    why: str
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None


class WatchBreak(Schema):
    """A day across which nothing is compared, and why."""

    on: date
    why: str


class WatchedSeriesWhole(WatchedSeries):
    """A series with every figure, what was told of it before, and its part of the promise."""

    figures_of: list[WatchedFigure]
    breaks: list[WatchBreak]
    earlier: list[WatchChange]
    false_alarms_a_year: float = Field(description="Of this series alone, at the most.")


class WatchGlance(Schema):
    """A place seen from a distance: its promise, what it leaves out, and every series."""

    place: str
    on: date
    promise: float = Field(description="False alarms a year over all that is watched.")
    says: str
    left_out: dict[str, str]
    series: list[WatchedSeries]


class WatchFinding(Schema):
    """A finding, as it was told on its day, and where its answer stands."""

    place: str
    number: int
    told_on: date
    code: str
    title: str
    area: str
    area_name: str
    sort: str
    sign: Sign
    protected: bool
    since: str
    says: list[str]
    answer: str = Field(description="Empty: none was opened.")
    follows: int | None
    followed_by: int | None
    citation: str
    digest: str


class WatchArea(Schema):
    """An area among all of its kind, in one period."""

    area: str
    area_name: str
    value: float | None
    numerator: float | None
    denominator: float | None
    stands_out: bool
    says: str


class WatchAreas(Schema):
    """An indicator in all areas of a kind: which stand out by more than chance."""

    indicator: str
    kind_of_area: str
    period: str | None
    unit: str
    all_together: float | None
    share_false: float = Field(description="Of those that stand out, at most so many by chance.")
    areas: list[WatchArea]
    notes: list[str]


class WatchAlarms(Schema):
    """False alarms promised and raised; `low` and `high` are the range that `false` stands for."""

    promised: float
    years: float
    raised: int
    judged_false: int
    low: float
    high: float
    judged_real: int
    not_judged: int
    older: int
    says: str


class WatchReplay(Schema):
    """A failure of the past: how many of its figures the watch needed; null: not told."""

    title: str
    indicator: str
    area: str
    began: date
    found_on: date
    found_by: str
    source: str
    held: bool
    figures_needed: int | None
    says: str


class WatchOnTime(Schema):
    """How a side keeps its clocks."""

    side: str
    due: int
    in_time: int
    late: int
    unanswered: int
    says: str


class WatchForetold(Schema):
    """Whether readiness scores foretold results; null: too few places to say."""

    places: int
    agreement: float | None
    low: float | None
    high: float | None
    says: str


class WatchScorecard(Schema):
    """The watch's own record."""

    on: date
    alarms: WatchAlarms
    failures_of_the_past: list[WatchReplay]
    answers: list[WatchOnTime]
    readiness: WatchForetold


def change_shown(one: Change) -> WatchChange:
    """A change, as it is told."""
    return WatchChange(
        sign=one.sign, shape=one.shape.value, since=one.since.said,
        since_earliest=one.since_earliest.said, since_latest=one.since_latest.said,
        told_at=one.told_at.said, figures_late=one.points_late, before=one.before,
        after=one.after, size=one.size, size_low=one.size_low, size_high=one.size_high,
        evidence=finite(one.evidence), limit=finite(one.limit),
    )  # fmt: skip


def series_shown(row: SeenRow) -> WatchedSeries:
    """A series among others."""
    one, seen, latest = row.watched, row.seen, row.watched.latest
    return WatchedSeries(
        code=one.code, title=one.title, subject=one.subject, area=one.area,
        area_name=one.area_name, unit=one.unit, better=one.better.value,
        protected=one.protected, sign=seen.sign, says=list(row.told.sentences),
        latest=latest.value if latest else None,
        latest_period=latest.period.said if latest else None,
        change=change_shown(seen.now) if seen.now else None, usual_low=seen.usual_low,
        usual_high=seen.usual_high, figures=seen.points, figures_needed=seen.short_by,
    )  # fmt: skip


def whole_shown(row: SeenRow) -> WatchedSeriesWhole:
    """A series with all of its figures."""
    return WatchedSeriesWhole(
        **series_shown(row).dict(),
        figures_of=[_figure(point) for point in row.watched.points],
        breaks=[WatchBreak(on=one.on, why=one.why) for one in row.watched.breaks],
        earlier=[change_shown(one) for one in row.seen.earlier],
        false_alarms_a_year=row.under.chance,
    )


def _figure(point: Point) -> WatchedFigure:
    return WatchedFigure(
        period=point.period.said, first_day=point.period.first_day,
        last_day=point.period.last_day, value=point.value, standing=point.standing,
        why=point.why, numerator=point.numerator, denominator=point.denominator,
        low=point.low, high=point.high,
    )  # fmt: skip


def finding_shown(row: FindingRow, answers: Answers) -> WatchFinding:
    """A finding, with where its answer stands."""
    return WatchFinding(
        place=row.place, number=row.number, told_on=local_day(row.on), code=row.code,
        title=row.title, area=row.area, area_name=row.area_name, sort=row.sort.value,
        sign=row.sign, protected=row.protected, since=row.since.said,
        says=list(row.told.sentences), answer=answers.words(row.number), follows=row.follows,
        followed_by=row.followed_by, citation=str(row.citation), digest=row.digest,
    )  # fmt: skip


def areas_shown(row: UnitsRow) -> WatchAreas:
    """All areas of a kind in a period."""
    funnel = row.funnel
    placed = {one.code: one for one in funnel.units} if funnel else {}
    left = {one.code: one.why for one in funnel.left} if funnel else {}
    areas = []
    for one in row.rows:
        code, its = one.watched.area, placed.get(one.watched.area)
        areas.append(
            WatchArea(
                area=code, area_name=one.watched.area_name, value=one.point.value,
                numerator=one.point.numerator, denominator=one.point.denominator,
                stands_out=its is not None and its.stands_out,
                says=its.says if its else f"Not placed: {left.get(code, 'there is no figure')}.",
            )
        )  # fmt: skip
    return WatchAreas(
        indicator=row.indicator.code, kind_of_area=row.kind_of_area,
        period=row.period.said if row.period else None, unit=row.indicator.unit,
        all_together=funnel.centre if funnel else None,
        share_false=funnel.share_false if funnel else 0.0, areas=areas,
        notes=list(funnel.notes) if funnel else [],
    )  # fmt: skip


def scorecard_shown(row: ScorecardRow) -> WatchScorecard:
    """The watch's own record."""
    kept, told = row.kept, row.foretold
    low, high = kept.range
    return WatchScorecard(
        on=row.on,
        alarms=WatchAlarms(
            promised=kept.promised, years=kept.years, raised=kept.raised,
            judged_false=kept.false, low=low, high=high, judged_real=kept.real,
            not_judged=kept.open, older=row.older, says=kept.words,
        ),
        failures_of_the_past=[_replay(one) for one in row.replays],
        answers=[
            WatchOnTime(side=str(one.side), due=one.due, in_time=one.in_time, late=one.late,
                        unanswered=one.unanswered, says=on_time_words(one))
            for one in row.on_time
        ],
        readiness=WatchForetold(
            places=told.places, agreement=told.agreement, low=told.low, high=told.high,
            says=told.words,
        ),
    )  # fmt: skip


def _replay(one: Replayed) -> WatchReplay:
    said = one.replay
    return WatchReplay(
        title=said.title, indicator=said.indicator, area=said.area, began=said.began,
        found_on=said.found_on, found_by=said.found_by, source=said.source, held=one.held,
        figures_needed=one.points_late, says=one.words,
    )  # fmt: skip
