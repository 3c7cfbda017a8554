"""A line through months, which stops at gaps and changes; each change has its number and its words.

A line across a change would show a growth that is none, so a run is all that is ever joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from totalplace.doors.report.pictures import drawing
from totalplace.doors.report.pictures.drawing import Box, Pen, Sheet, at
from totalplace.doors.report.pictures.series import Plot, axis, fitting, plot_of, under
from totalplace.doors.report.pictures.sums import finer, spoken

_HEAD: Final = 22.0  # above the plot, for the numbers of changes
_FOOT: Final = 26.0
_HIGH: Final = 240.0
_DOT: Final = 3.5


@dataclass(frozen=True, slots=True)
class At:
    """A sum in pence, and at which place of the row of months it stands."""

    place: int
    spoken: str
    pence: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A change just before a month, and what it is."""

    place: int
    says: str


def lines(
    title: str,
    months: Sequence[str],
    runs: Sequence[Sequence[At]],
    marks: Sequence[Mark],
    *,
    width: int,
) -> str:
    """Runs of months as lines, a lone month as a dot, in SVG."""
    plot = plot_of([one.pence for run in runs for one in run], width)
    wide = plot.room.wide / max(1, len(months))
    svg = axis(plot)
    for place, name in enumerate(fitting(months, wide)):
        svg += under(_x(plot, wide, place), plot, name)
    svg += _marks(plot, wide, marks)
    for run in runs:
        svg += _run(plot, wide, run)
    svg = f'<g transform="translate(0 {at(_HEAD)})">{svg}</g>'
    below = Box(0, _HEAD + _HIGH + _FOOT + 6, width, 0)
    high = below.y
    for n, mark in enumerate(_places(marks), 1):
        words = drawing.paragraph(f"{n}. {mark.says}.", Box(0, high, width, 0))
        svg, high = svg + words.svg, high + words.high + 3
    says = " ".join(f"{one.spoken}: {spoken(one.pence)}." for run in runs for one in run)
    stops = " ".join(f"The line stops: {mark.says}." for mark in marks)
    name = drawing.mark_for("lines", title, months, runs, marks, width)
    sheet = Sheet(name, title, f"{says} {stops}".strip() or "Nothing to draw.", width, high + 4)
    return drawing.picture(sheet, svg)


def _places(marks: Sequence[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda m: (m.place, m.says))


def _x(plot: Plot, wide: float, place: float) -> float:
    """The middle of a month."""
    return plot.room.x + wide * (place + 0.5)


def _run(plot: Plot, wide: float, run: Sequence[At]) -> str:
    spots = [(_x(plot, wide, one.place), plot.y(one.pence)) for one in run]
    svg = ""
    for (x, y), (to_x, to_y) in pairwise(spots):
        ends = f'x1="{at(x)}" y1="{at(y)}" x2="{at(to_x)}" y2="{at(to_y)}"'
        svg += f'<line {ends} class="k0" stroke-width="2.5" stroke-linecap="round"/>'
    for (x, y), one in zip(spots, run, strict=True):
        words = drawing.safe(f"{one.spoken}: {finer(one.pence)}")
        dot = f'cx="{at(x)}" cy="{at(y)}" r="{_DOT}" class="d0"'
        svg += f"<circle {dot}><title>{words}</title></circle>"
    return svg


def _marks(plot: Plot, wide: float, marks: Sequence[Mark]) -> str:
    """A line from foot to head before each change, with the numbers of all that fall there."""
    svg = ""
    numbers: dict[int, list[str]] = {}
    for number, mark in enumerate(_places(marks), 1):
        numbers.setdefault(mark.place, []).append(str(number))
    for place, listed in numbers.items():
        x = plot.room.x + wide * place
        ends = f'x1="{at(x)}" y1="{at(plot.room.y - 8)}" x2="{at(x)}" y2="{at(plot.room.bottom)}"'
        svg += f'<line {ends} class="edge" stroke-dasharray="5 3"/>'
        pen = Pen(drawing.SMALL, bold=True, hangs="m")
        half = pen.width(",".join(listed)) / 2
        middle = min(max(x, half), plot.room.right - half)
        svg += drawing.line(middle, -16, ",".join(listed), pen)
    return svg
