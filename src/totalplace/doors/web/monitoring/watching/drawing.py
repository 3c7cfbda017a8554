"""A series by the rules of Making Data Count, as a page shows it: icons, chart, false alarms."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from totalplace.doors.report.pictures.counted import mdc_picture
from totalplace.doors.report.pictures.signs import assurance_icon, variation_icon
from totalplace.monitoring.rules.charts.crying_wolf import in_words
from totalplace.monitoring.rules.charts.xmr import Chart, xmr_chart
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.watched import Watched


@dataclass(frozen=True, slots=True)
class Shown:
    """The chart by the rules that users know, its icons, and how often it is wrong."""

    chart: Chart
    variation_icon: Markup
    assurance_icon: Markup
    picture: Markup
    wolf: str


def mdc_of(watched: Watched, seen: Seen, target: float | None) -> Shown | None:
    """The chart of a series by those rules, begun anew at each break; None without figures."""
    values = [point.value if point.looked_at else None for point in watched.points]
    known = sum(value is not None for value in values)
    if not known:
        return None
    chart = xmr_chart(values, better=watched.better, target=target, rebased_at=_breaks(watched))
    periods = tuple(point.period.said for point in watched.points)
    title = f"{watched.title}, {watched.area_name}: Making Data Count"
    picture = mdc_picture(
        chart, title=title, periods=periods, unit=watched.unit, decimals=watched.decimals
    )
    return Shown(
        chart,
        variation_icon(chart.variation, words_beside=True),
        assurance_icon(chart.assurance, words_beside=True),
        picture,
        in_words(known, seen.follows_itself or 0.0),
    )


def _breaks(watched: Watched) -> list[int]:
    """Before which points (from 0) a break falls."""
    found = []
    for one in watched.breaks:
        after = [n for n, p in enumerate(watched.points) if p.period.first_day >= one.on]
        found += after[:1]
    return [place for place in found if place]
