"""A Making Data Count chart: points, mean and limits of each part, and the target.

As its users know it: blue for improvement, orange for concern, grey for usual variation. A point is
told by its shape as well: improvement a square, concern a diamond, out of the ordinary a triangle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from totalplace.doors.report.pictures import drawing
from totalplace.doors.report.pictures.drawing import Box, Entry, Pen, Sheet, at
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.scales import Scaled, axis, in_unit, scaled
from totalplace.doors.report.pictures.series import fitting
from totalplace.monitoring.rules.charts.special_cause import Kind
from totalplace.monitoring.rules.charts.xmr import Chart, ChartPoint

_HEAD: Final = 22.0
_HIGH: Final = 250.0
_FOOT: Final = 26.0
_LOOKS: Final = {
    Kind.COMMON: "d8", Kind.IMPROVEMENT: "d3", Kind.CONCERN: "d1", Kind.HIGH: "d2", Kind.LOW: "d2",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labels:
    """What a chart is called, the names of its periods, its unit and decimals."""

    title: str
    periods: tuple[str, ...]
    unit: str = ""
    decimals: int = 1

    def said(self, value: float | None) -> str:
        """A value as it is shown."""
        return in_unit(value, self.unit, self.decimals)


@dataclass(frozen=True, slots=True)
class _Drawing:
    chart: Chart
    labels: Labels
    plot: Scaled
    wide: float

    def x(self, place: float) -> float:
        return self.plot.room.x + self.wide * (place + 0.5)


def mdc_picture(
    chart: Chart, *, title: str, periods: Sequence[str], unit: str = "", decimals: int = 1
) -> Markup:
    """The chart for a phone, a tablet and a desk; empty without any value.

    `periods` name the points, one each. Raises ValueError where they do not.
    """
    if len(periods) != len(chart.points):
        raise ValueError("each point of a chart has a period")
    if chart.latest is None:
        return Markup("")
    labels = Labels(title, tuple(periods), unit, decimals)
    drawn = figure(title, lambda width: _picture(chart, labels, width))
    return Markup(drawn)  # noqa: S704 - every word is made safe where it is drawn


def _picture(chart: Chart, labels: Labels, width: int) -> str:
    values = [v for p in chart.points for v in (p.value, p.lower, p.upper, p.target)
              if v is not None]  # fmt: skip
    plot = scaled(values, width=width, high=_HIGH, from_nought=False)
    what = _Drawing(chart, labels, plot, plot.room.wide / len(chart.points))
    svg = axis(plot)
    pen = Pen(drawing.SMALL, "soft", hangs="m")
    for place, name in enumerate(fitting(labels.periods, what.wide)):
        half = pen.width(name) / 2
        x = min(max(what.x(place), half), plot.room.right + 4 - half)
        svg += drawing.line(x, plot.room.bottom + 6, name, pen)
    svg += _parts(what) + _targets(what) + _line(what) + _points(what)
    svg = f'<g transform="translate(0 {at(_HEAD)})">{svg}</g>'
    below, high = _below(what, width)
    mark = drawing.mark_for("counted", chart, labels, width)
    return drawing.picture(Sheet(mark, labels.title, _says(what), width, high + 4), svg + below)


def _parts(what: _Drawing) -> str:
    """The mean and the limits of each part; where one begins anew, an upright with its number."""
    points, svg = what.chart.points, ""
    starts = [0, *what.chart.rebased_at]
    for number, (first, last) in enumerate(pairwise((*starts, len(points)))):
        one = points[first]
        x, to_x = what.x(first - 0.5), what.x(last - 0.5)
        for value, look, dash in (
            (one.mean, "axis", ""),
            (one.upper, "k8", ' stroke-dasharray="6 4" stroke-width="1.6"'),
            (one.lower, "k8", ' stroke-dasharray="6 4" stroke-width="1.6"'),
        ):
            if value is not None:
                y = at(what.plot.y(value))
                ends = f'x1="{at(x)}" y1="{y}" x2="{at(to_x)}" y2="{y}"'
                svg += f'<line {ends} class="{look}"{dash}/>'
        if number:
            room = what.plot.room
            ends = f'x1="{at(x)}" y1="{at(room.y - 8)}" x2="{at(x)}" y2="{at(room.bottom)}"'
            svg += f'<line {ends} class="edge" stroke-dasharray="5 3"/>'
            svg += drawing.line(x, -16, str(number), Pen(drawing.SMALL, bold=True, hangs="m"))
    return svg


def _targets(what: _Drawing) -> str:
    """The target of each point, as a dashed line that steps where the target changes."""
    svg = ""
    runs: list[tuple[int, int, float]] = []
    for place, point in enumerate(what.chart.points):
        if point.target is None:
            continue
        if runs and runs[-1][1] == place and runs[-1][2] == point.target:
            runs[-1] = (runs[-1][0], place + 1, point.target)
        else:
            runs.append((place, place + 1, point.target))
    for first, last, value in runs:
        y = at(what.plot.y(value))
        ends = f'x1="{at(what.x(first - 0.5))}" y1="{y}" x2="{at(what.x(last - 0.5))}" y2="{y}"'
        words = drawing.safe(f"Target: {what.labels.said(value)}")
        svg += f'<line {ends} class="k5" stroke-width="2" stroke-dasharray="9 4">'
        svg += f"<title>{words}</title></line>"
    return svg


def _line(what: _Drawing) -> str:
    """The line from point to point; it stops at a missing one and where the chart begins anew."""
    svg = ""
    for place, (one, other) in enumerate(pairwise(what.chart.points)):
        if one.value is None or other.value is None or one.part != other.part:
            continue
        ends = (
            f'x1="{at(what.x(place))}" y1="{at(what.plot.y(one.value))}" '
            f'x2="{at(what.x(place + 1))}" y2="{at(what.plot.y(other.value))}"'
        )
        svg += f'<line {ends} class="k8" stroke-width="1.8" stroke-linecap="round"/>'
    return svg


def _points(what: _Drawing) -> str:
    size = min(4.2, max(2.0, what.wide * 0.45))
    svg = ""
    for place, point in enumerate(what.chart.points):
        if point.value is None:
            continue
        x, y = what.x(place), what.plot.y(point.value)
        words = drawing.safe(_spoken(what, place, point))
        svg += f"<g><title>{words}</title>{dot(x, y, size, point.kind)}</g>"
    return svg


def dot(x: float, y: float, size: float, kind: Kind) -> str:
    """A point by what it is: a circle, a square, a diamond, or a triangle up or down."""
    look = f'class="{_LOOKS[kind]}"'
    match kind:
        case Kind.COMMON:
            return f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(size * 0.85)}" {look}/>'
        case Kind.IMPROVEMENT:
            corner = f'x="{at(x - size)}" y="{at(y - size)}"'
            return f'<rect {corner} width="{at(2 * size)}" height="{at(2 * size)}" {look}/>'
        case Kind.CONCERN:
            s = size * 1.35
            return f'<path d="M{at(x)} {at(y - s)}l{at(s)} {at(s)} {at(-s)} {at(s)} {at(-s)} {at(-s)}Z" {look}/>'  # noqa: E501 - one mark
        case Kind.HIGH | Kind.LOW:
            way = 1 if kind is Kind.HIGH else -1
            s = size * 1.2
            return f'<path d="M{at(x)} {at(y - way * s)}l{at(s)} {at(way * 1.8 * s)}h{at(-2 * s)}Z" {look}/>'  # noqa: E501 - one mark


def _spoken(what: _Drawing, place: int, point: ChartPoint) -> str:
    period = what.labels.periods[place]
    if point.value is None:
        return f"{period}: no figure"
    told = f": {point.kind}, {point.rule}" if point.rule is not None else ""
    return f"{period}: {what.labels.said(point.value)}{told}"


def _below(what: _Drawing, width: int) -> tuple[str, float]:
    chart = what.chart
    kinds = {point.kind for point in chart.points if point.value is not None}
    line = '<line x1="0" y1="6" x2="16" y2="6" class="{}"{}/>'
    entries = [Entry(line.format("axis", ""), "mean")]
    if any(point.upper is not None for point in chart.points):
        dash = ' stroke-dasharray="6 4" stroke-width="1.6"'
        entries.append(Entry(line.format("k8", dash), "limits"))
    if any(point.target is not None for point in chart.points):
        dash = ' stroke-width="2" stroke-dasharray="9 4"'
        entries.append(Entry(line.format("k5", dash), "target"))
    entries += [Entry(dot(8, 6, 4, kind), str(kind)) for kind in Kind if kind in kinds]
    top = _HEAD + _HIGH + _FOOT + 4
    keyed = drawing.key(entries, Box(0, top, width, 0))
    svg, high = keyed.svg, top + keyed.high + 4
    says = [f"{n}. The lines begin anew at {what.labels.periods[place]}."
            for n, place in enumerate(chart.rebased_at, 1)]  # fmt: skip
    if what.plot.least > 0:
        says.append(f"The scale begins at {what.plot.said(what.plot.least)}, not at nothing.")
    for words in says:
        drawn = drawing.paragraph(words, Box(0, high, width, 0))
        svg, high = svg + drawn.svg, high + drawn.high + 3
    return svg, high


def _says(what: _Drawing) -> str:
    chart, labels = what.chart, what.labels
    found = [chart.variation_words]
    if chart.latest is not None and chart.latest.target is not None:
        found += [f"Target: {labels.said(chart.latest.target)}.", chart.assurance_words]
    for place in (0, *chart.rebased_at):
        one = chart.points[place]
        if one.mean is not None and one.lower is not None and one.upper is not None:
            found.append(
                f"From {labels.periods[place]}: mean {labels.said(one.mean)}, limits "
                f"{labels.said(one.lower)} to {labels.said(one.upper)}."
            )
    found += [f"{_spoken(what, place, point)}." for place, point in enumerate(chart.points)]
    return " ".join(found)
