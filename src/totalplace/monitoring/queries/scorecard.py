"""The watch's own record, over all places: what it promised, raised, told late, and foretold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import fmean
from typing import Final

from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.definitions.replays import replays
from totalplace.monitoring.definitions.watch import promises
from totalplace.monitoring.queries.answering import ResponseRow, on_time, responses
from totalplace.monitoring.queries.findings import FindingRow, findings
from totalplace.monitoring.queries.watched_outcomes import code_of
from totalplace.monitoring.queries.watching import watched_in
from totalplace.monitoring.rules.answering import Verb
from totalplace.monitoring.rules.clocks import OnTime
from totalplace.monitoring.rules.closing import Ground
from totalplace.monitoring.rules.detecting import plan_of, watch
from totalplace.monitoring.rules.findings import Sort, period_of
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.making import As, watched_of
from totalplace.monitoring.rules.replaying import Replay, Replayed, replayed
from totalplace.monitoring.rules.scorecard import Foretold, Kept, Scored, foretold
from totalplace.monitoring.rules.seen import Sign
from totalplace.monitoring.rules.watched import LOOKED_AT, Standing, Watched
from totalplace.outcomes import queries as outcomes
from totalplace.places import queries as places
from totalplace.readiness import queries as readiness
from totalplace.readiness.queries import AssessmentRow
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_YEAR: Final = 365.25
_MONTH: Final = _YEAR / 12
_REAL: Final = frozenset({Ground.BACK.value, Ground.AT_LEVEL.value})


@dataclass(frozen=True, slots=True)
class PlaceKept:
    """A place's watch: since when, and its alarms. `older` were in figures from before it began."""

    place: str
    name: str
    since: date
    kept: Kept
    older: int


@dataclass(frozen=True, slots=True)
class ScorecardRow:
    """All of the record, as it stands on a day."""

    on: date
    kept: Kept
    older: int
    places: tuple[PlaceKept, ...]
    replays: tuple[Replayed, ...]
    on_time: tuple[OnTime, ...]
    scored: tuple[Scored, ...]
    foretold: Foretold


def scorecard(*, home: Home, on: date) -> ScorecardRow:
    """The watch's own record on a day; nothing is claimed of what is too few to judge."""
    found = findings()
    answers = {(row.place, row.number): row for row in responses()}
    mine = tuple(_kept(found, answers, on))
    scored = tuple(_scored(found, home, on))
    return ScorecardRow(
        on=on,
        kept=_together(one.kept for one in mine),
        older=sum(one.older for one in mine),
        places=mine,
        replays=replays_here(home=home, on=on),
        on_time=on_time(on=on),
        scored=scored,
        foretold=foretold(scored),
    )


def _together(every: Iterable[Kept]) -> Kept:
    listed = list(every)
    return Kept(
        sum(one.promised for one in listed),
        sum(one.years for one in listed),
        sum(one.raised for one in listed),
        sum(one.false for one in listed),
        sum(one.real for one in listed),
    )


def _kept(
    found: Sequence[FindingRow], answers: dict[tuple[str, int], ResponseRow], on: date
) -> Iterable[PlaceKept]:
    """Each place that set its watch or found anything, by code."""
    turns: dict[str, list[tuple[date, float]]] = {}
    for row in models.Watch.objects.select_related("place").order_by("turn"):
        turns.setdefault(row.place.code, []).append((local_day(row.on), float(row.promise)))
    for place in places.places():
        rows = [row for row in reversed(found) if row.place == place.code]
        said = turns.get(place.code, [])
        days = [local_day(row.on) for row in rows[:1]] + [day for day, _ in said[:1]]
        if not days:
            continue
        since = min(days)
        alarms = [row for row in rows if row.is_alarm]
        raised = [row for row in alarms if _while_watched(row, since)]
        revised = _revised(rows)
        kept = Kept(
            promised=_promised(since, said, on),
            years=max(0, (on - since).days) / _YEAR,
            raised=len(raised),
            false=sum(row.number in revised for row in raised),
            real=sum(
                row.number not in revised and _is_real(answers.get((row.place, row.number)))
                for row in raised
            ),
        )
        yield PlaceKept(place.code, place.name, since, kept, len(alarms) - len(raised))


def _promised(since: date, said: Sequence[tuple[date, float]], on: date) -> float:
    """How many false alarms were promised from a day to another, as each turn had it."""
    steps = [(since, float(promises().a_year)), *said]
    ends = [day for day, _ in steps[1:]] + [on]
    return sum(
        promise * max(0, (end - max(day, since)).days) / _YEAR
        for (day, promise), end in zip(steps, ends, strict=True)
    )


def _while_watched(row: FindingRow, since: date) -> bool:
    """Whether the figure that told it came while it was watched, and not before the watch began.

    It did where it was the latest figure of then; and where its period ended once the watch had
    begun, for several figures may be published at once.
    """
    change = row.change
    if change is None:
        return False
    if change.told_at.last_day >= since:
        return True
    known = [
        period_of(point["period"])
        for point in row.said["series"]["points"]
        if point["value"] is not None and Standing(point["standing"]) in LOOKED_AT
    ]
    return bool(known) and change.told_at.first_day >= known[-1].first_day


def _revised(rows: Sequence[FindingRow]) -> set[int]:
    """The numbers of findings that their publisher revised away, and of those they followed."""
    before = {row.number: row.follows for row in rows}
    found: set[int] = set()
    for row in rows:
        at = row.follows if row.sort is Sort.REVISED else None
        while at is not None and at not in found:
            found.add(at)
            at = before.get(at)
    return found


def _is_real(row: ResponseRow | None) -> bool:
    """Whether both owners agreed to a remedy for it, or closed it with the series put right."""
    if row is None:
        return False
    return any(
        move.step.verb is Verb.AGREE or (move.step.verb is Verb.CLOSE and move.ground in _REAL)
        for move in row.moves
    )


def replays_here(*, home: Home, on: date) -> tuple[Replayed, ...]:
    """The failures of the past, replayed on what is held here; kept until anything is added."""
    last = record.last_entry()
    return _replayed_once(home, on, last.digest if last else "")


@lru_cache(maxsize=4)
def _replayed_once(home: Home, on: date, head: str) -> tuple[Replayed, ...]:
    del head  # by which it is known that nothing was added since
    said = replays()
    held = {one.code: watched for one in said.every if (watched := _held(one, home, on))}
    series = list(held.values())
    seen = watch(series, plan_of(said.share * len(series), series)) if series else []
    found = dict(zip(held, seen, strict=True))
    return tuple(replayed(one, held.get(one.code), found.get(one.code)) for one in said.every)


def _held(one: Replay, home: Home, on: date) -> Watched | None:
    try:
        series = outcomes.series(one.indicator, one.area, home=home)
    except Refused:
        return None  # no such indicator is defined here
    of_everywhere = {row.number for row in outcomes.vintages() if not row.place}
    if not series.readings or not of_everywhere.issuperset(series.vintages):
        return None  # a place's own table, made up perhaps, is not what was published then
    return judged(watched_of(series, As(code_of(one.indicator), "")), on=on)


def _scored(found: Sequence[FindingRow], home: Home, on: date) -> Iterable[Scored]:
    """Each place with an agreed score, beside what was found in its outcomes since."""
    for place in places.places():
        row = _first_agreed(place.code, on)
        if row is None or row.agreed_on is None or not row.levels:
            continue
        mine = [one for one in found if one.place == place.code]
        gone = _revised(mine)
        since = [
            one for one in mine
            if one.first_day >= row.agreed_on and one.number not in gone
            and one.sort is not Sort.REVISED
        ]  # fmt: skip
        yield Scored(
            place.code,
            place.name,
            fmean(level.rank for level in row.levels.values()),
            better=_series_of(since, Sign.BETTER),
            worse=_series_of(since, Sign.WORSE),
            watched=len(watched_in(place.code, home=home, on=on)),
            months=int((on - row.agreed_on).days / _MONTH),
        )


def _series_of(rows: Iterable[FindingRow], sign: Sign) -> int:
    """In how many series something of a sign was found."""
    return len({(row.code, row.area) for row in rows if row.sign is sign})


def _first_agreed(place: str, on: date) -> AssessmentRow | None:
    """The first assessment of a place that both sides agreed to."""
    agreed = [
        row for row in readiness.assessments(place)
        if row.agreed_on is not None and row.agreed_on <= on
    ]  # fmt: skip
    return min(agreed, key=lambda row: (row.agreed_on or on, row.number), default=None)
