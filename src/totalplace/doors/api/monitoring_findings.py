"""/api/v1/monitoring/: what slipped, since when and how sure; findings; the watch's own record."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.monitoring_shown import (
    WatchAreas,
    WatchedSeriesWhole,
    WatchFinding,
    WatchGlance,
    WatchScorecard,
    areas_shown,
    finding_shown,
    scorecard_shown,
    series_shown,
    whole_shown,
)
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.monitoring.watching.answered import answers_of
from totalplace.doors.web.monitoring.watching.opening import look_at, promised, today
from totalplace.monitoring.queries.findings import FindingRow, finding, findings
from totalplace.monitoring.queries.looking import Look, SeenRow
from totalplace.monitoring.queries.scorecard import scorecard
from totalplace.monitoring.queries.units import units
from totalplace.places import queries as places
from totalplace.refusal import Refused

router = Router()
SeriesCode = Annotated[
    str, Field(min_length=1, max_length=200, description="As outcome/persistent-absence.")
]
Area = Annotated[str, Field(max_length=64, description="Of an area; left out: the first.")]
KindOfArea = Annotated[str, Field(max_length=80, description="Left out: the most numerous.")]
OfPlace = Annotated[str, Field(max_length=64, description="Only those of this one.")]


@reads(router, "/places/{place}", answers=WatchGlance)
def watch_of_place(_: Asker, *, place: Code) -> WatchGlance:
    """A place seen from a distance: every series that is watched, with its sign."""
    look = _look(place)
    return WatchGlance(
        place=place, on=look.on, promise=look.watch.promise, says=promised(look),
        left_out=dict(look.watch.left_out), series=[series_shown(row) for row in look.rows],
    )  # fmt: skip


@reads(router, "/places/{place}/series", answers=WatchedSeriesWhole)
def watched_series(
    _: Asker, *, place: Code, code: SeriesCode = "", area: Area = ""
) -> WatchedSeriesWhole:
    """One series of a place, with every figure and how each stands."""
    look = _look(place)

    def found() -> SeenRow:
        row = look.of(code, area)
        if row is None:
            raise Refused(
                f"{place} watches no series {code[:80]}",
                why="none of its series has that code in that area",
                next_step="Read the codes of those that it watches first",
            )
        return row

    return whole_shown(there(found))


@reads(router, "/findings", answers=Listed[WatchFinding])
def every_finding(
    _: Asker, *, place: OfPlace = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Findings, by place and number, each as it was told."""
    rows = there(lambda: findings(place))
    on = today()
    answers = {code: answers_of(code, on) for code in {row.place for row in rows}}
    return page(
        rows, _key, lambda row: finding_shown(row, answers[row.place]), after=after or None,
        limit=limit,
    )  # fmt: skip


@reads(router, "/findings/{place}/{number}", answers=WatchFinding)
def one_finding(_: Asker, *, place: Code, number: Number) -> WatchFinding:
    """A finding as it was told on its day."""
    row = there(lambda: finding(f"{place}/{number}"))
    return finding_shown(row, answers_of(place, today()))


@reads(router, "/areas/{indicator}", answers=WatchAreas)
def watched_areas(
    _: Asker, *, indicator: Code, area: Area = "", kind_of_area: KindOfArea = "",
    first_day: Day | None = None,
) -> WatchAreas:  # fmt: skip
    """An indicator in all areas of a kind, in a period: which stand out by more than chance."""
    row = there(
        lambda: units(
            indicator, home=home(), on=today(), kind_of_area=kind_of_area, area=area,
            first_day=first_day,
        )
    )  # fmt: skip
    return areas_shown(row)


@reads(router, "/scorecard", answers=WatchScorecard)
def watch_scorecard(_: Asker) -> WatchScorecard:
    """The watch's own record: promised, raised, told late, answered in time, foretold."""
    return scorecard_shown(scorecard(home=home(), on=today()))


def _look(place: str) -> Look:
    there(lambda: places.place(place))
    return look_at(place)


def _key(row: FindingRow) -> str:
    return f"{row.place}/{row.number:09d}"
