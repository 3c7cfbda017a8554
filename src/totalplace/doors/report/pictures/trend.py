"""A reading over time with its limits: a line that stops at gaps and breaks, never across them.

Each period has a place of its own, also one of which nothing was published. The band is what the
publisher's limits hold; where there are none, none is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from totalplace.doors.report.pictures import drawing
from totalplace.doors.report.pictures.drawing import Box, Entry, Pen, Sheet, at
from totalplace.doors.report.pictures.scales import Scaled, axis, scaled
from totalplace.doors.report.pictures.series import fitting

_HEAD: Final = 22.0  # above the plot, for the numbers of breaks
_HIGH: Final = 250.0
_FOOT: Final = 26.0
_DOT: Final = 3.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A reading: at which place of the row of periods, what is read out, its value and limits."""

    place: int
    spoken: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A period without a reading, and why."""

    place: int
    spoken: str


@dataclass(frozen=True, slots=True)
class Break:
    """A break just before a period, and what it is."""

    place: int
    says: str


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: the names of the periods, the runs that may be joined, and what stops them.

    `beside` are runs of another area on the same periods, drawn dashed under `beside_name`.
    """

    title: str
    name: str
    periods: tuple[str, ...]
    runs: tuple[tuple[Spot, ...], ...]
    missing: tuple[Missing, ...] = ()
    breaks: tuple[Break, ...] = ()
    beside: tuple[tuple[Spot, ...], ...] = ()
    beside_name: str = ""


def trend(what: Trend, *, width: int) -> str:
    """The picture in SVG; its words tell every value to those who do not see it."""
    plot = _plot(what, width)
    wide = plot.room.wide / max(1, len(what.periods))
    svg = axis(plot)
    for place, name in enumerate(fitting(what.periods, wide)):
        pen = Pen(drawing.SMALL, "soft", hangs="m")
        svg += drawing.line(_x(plot, wide, place), plot.room.bottom + 6, name, pen)
    svg += "".join(_gap(plot, wide, one) for one in what.missing)
    svg += _breaks(plot, wide, what.breaks)
    svg += "".join(_band(plot, wide, run) for run in what.runs)
    svg += "".join(_run(plot, wide, run, hue=1, dashed=True) for run in what.beside)
    svg += "".join(_run(plot, wide, run, hue=0, dashed=False) for run in what.runs)
    svg = f'<g transform="translate(0 {at(_HEAD)})">{svg}</g>'
    below, high = _below(what, plot, width)
    mark = drawing.mark_for("trend", what, width)
    sheet = Sheet(mark, what.title, _says(what) or "There is nothing to draw.", width, high + 4)
    return drawing.picture(sheet, svg + below)


def _plot(what: Trend, width: int) -> Scaled:
    values = [v for run in (*what.runs, *what.beside) for s in run
              for v in (s.value, s.low, s.high) if v is not None]  # fmt: skip
    return scaled(values, width=width, high=_HIGH, from_nought=True)


def _x(plot: Scaled, wide: float, place: float) -> float:
    return plot.room.x + wide * (place + 0.5)


def _band(plot: Scaled, wide: float, run: Sequence[Spot]) -> str:
    """What the limits hold: a band along a run, an upright line at a reading alone."""
    svg = ""
    for part in _with_limits(run):
        tops = [(_x(plot, wide, s.place), plot.y(s.high or 0)) for s in part]
        feet = [(_x(plot, wide, s.place), plot.y(s.low or 0)) for s in reversed(part)]
        if len(part) > 1:
            path = "L".join(f"{at(x)} {at(y)}" for x, y in tops + feet)
            svg += f'<path d="M{path}Z" class="t0"/>'
        else:
            (x, top), (_, foot) = tops[0], feet[0]
            svg += f'<line x1="{at(x)}" y1="{at(top)}" x2="{at(x)}" y2="{at(foot)}" class="axis"/>'
    return svg


def _with_limits(run: Sequence[Spot]) -> list[list[Spot]]:
    found: list[list[Spot]] = [[]]
    for spot in run:
        if spot.low is None or spot.high is None:
            found.append([])
        else:
            found[-1].append(spot)
    return [part for part in found if part]


def _run(plot: Scaled, wide: float, run: Sequence[Spot], *, hue: int, dashed: bool) -> str:
    spots = [(_x(plot, wide, one.place), plot.y(one.value)) for one in run]
    dash = ' stroke-dasharray="7 4"' if dashed else ""
    svg = ""
    for (x, y), (to_x, to_y) in pairwise(spots):
        ends = f'x1="{at(x)}" y1="{at(y)}" x2="{at(to_x)}" y2="{at(to_y)}"'
        svg += f'<line {ends} class="k{hue}" stroke-width="2.5" stroke-linecap="round"{dash}/>'
    radius = _DOT if not dashed else _DOT - 1
    for (x, y), one in zip(spots, run, strict=True):
        dot = f'cx="{at(x)}" cy="{at(y)}" r="{radius}" class="d{hue}"'
        svg += f"<circle {dot}><title>{drawing.safe(one.spoken)}</title></circle>"
    return svg


def _gap(plot: Scaled, wide: float, one: Missing) -> str:
    """A cross at the foot of a period of which there is no reading."""
    x, y = _x(plot, wide, one.place), plot.room.bottom - 9
    return f"<g><title>{drawing.safe(one.spoken)}</title>{_cross(x, y)}</g>"


def _cross(x: float, y: float) -> str:
    return "".join(
        f'<line x1="{at(x - 4)}" y1="{at(y - way * 4)}" x2="{at(x + 4)}" y2="{at(y + way * 4)}" '
        'class="cross"/>'
        for way in (1, -1)
    )


def _breaks(plot: Scaled, wide: float, breaks: Sequence[Break]) -> str:
    svg = ""
    for number, one in enumerate(breaks, 1):
        x = plot.room.x + wide * one.place
        ends = f'x1="{at(x)}" y1="{at(plot.room.y - 8)}" x2="{at(x)}" y2="{at(plot.room.bottom)}"'
        svg += f'<line {ends} class="edge" stroke-dasharray="5 3"/>'
        svg += drawing.line(x, -16, str(number), Pen(drawing.SMALL, bold=True, hangs="m"))
    return svg


def _below(what: Trend, plot: Scaled, width: int) -> tuple[str, float]:
    """The key, the words of each break, and where the scale begins."""
    entries = [Entry('<line x1="0" y1="6" x2="16" y2="6" class="k0" stroke-width="2.5"/>',
                     what.name)]  # fmt: skip
    if any(s.low is not None for run in what.runs for s in run):
        entries.append(Entry('<rect width="16" height="12" class="t0"/>', "within its limits"))
    if what.beside:
        mark = '<line x1="0" y1="6" x2="16" y2="6" class="k1" stroke-width="2.5"'
        entries.append(Entry(f'{mark} stroke-dasharray="7 4"/>', what.beside_name))
    if what.missing:
        entries.append(Entry(_cross(8, 6), "no reading"))
    top = _HEAD + _HIGH + _FOOT + 4
    keyed = drawing.key(entries, Box(0, top, width, 0))
    svg, high = keyed.svg, top + keyed.high + 4
    says = [f"{n}. {one.says}." for n, one in enumerate(what.breaks, 1)]
    if plot.least > 0:
        says.append(f"The scale begins at {plot.said(plot.least)}, not at nothing.")
    for words in says:
        drawn = drawing.paragraph(words, Box(0, high, width, 0))
        svg, high = svg + drawn.svg, high + drawn.high + 3
    return svg, high


def _says(what: Trend) -> str:
    spoken = [(float(s.place), s.spoken) for run in what.runs for s in run]
    spoken += [(float(m.place), m.spoken) for m in what.missing]
    spoken += [(b.place - 0.5, f"The line stops: {b.says}") for b in what.breaks]
    return " ".join(f"{words}." for _, words in sorted(spoken))
