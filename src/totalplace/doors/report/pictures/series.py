"""What changes from month to month: bars from nothing, and lines that stop where they must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.doors.report.pictures import drawing
from totalplace.doors.report.pictures.drawing import Box, Pen, Sheet
from totalplace.doors.report.pictures.sums import finer, spoken

_HIGH: Final = 240.0
_FOOT: Final = 26.0  # below the plot, for names of months
_TICKS: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name below it, its name read out, and its sum in pence."""

    name: str
    spoken: str
    pence: int


@dataclass(frozen=True, slots=True)
class Plot:
    """The room of the bars or lines, and the sums at its foot and head."""

    room: Box
    least: int
    most: int

    def y(self, pence: int) -> float:
        """How far down a sum stands."""
        return self.room.bottom - self.room.high * (pence - self.least) / (self.most - self.least)


def bars(title: str, rows: Sequence[Bar], *, width: int) -> str:
    """Bars side by side from nothing, up or down, in SVG."""
    plot = plot_of([row.pence for row in rows], width)
    wide = plot.room.wide / max(1, len(rows))
    svg = axis(plot)
    names = fitting([row.name for row in rows], wide)
    for at, row in enumerate(rows):
        x = plot.room.x + at * wide
        top, foot = sorted((plot.y(row.pence), plot.y(0)))
        box = Box(x + wide * 0.12, top, wide * 0.76, foot - top)
        svg += drawing.block(box, "d0", f"{row.spoken}: {finer(row.pence)}")
        svg += under(x + wide / 2, plot, names[at])
    said = " ".join(f"{row.spoken}: {spoken(row.pence)}." for row in rows)
    mark = drawing.mark_for("bars", title, rows, width)
    sheet = Sheet(mark, title, said or "There is nothing to draw.", width, _HIGH + _FOOT)
    return drawing.picture(sheet, svg)


def plot_of(pence: Sequence[int], width: int) -> Plot:
    """A plot that holds some sums and nothing, with room for its scale."""
    least, most = min([0, *pence]), max([0, *pence])
    if least == most:
        most = least + 100
    step = _step(most - least)
    least, most = (
        -(-least // step) * step if least > 0 else least // step * step,
        (-(-most // step) * step),
    )
    pen = Pen(drawing.SMALL, "soft")
    left = max(pen.width(finer(tick)) for tick in _ticks(least, most)) + 8
    return Plot(Box(left, 8, width - left - 4, _HIGH - 8), least, most)


def axis(plot: Plot) -> str:
    """The lines of the scale with their sums."""
    pen = Pen(drawing.SMALL, "soft", hangs="e")
    svg = ""
    for tick in _ticks(plot.least, plot.most):
        y = plot.y(tick)
        look = "axis" if tick == 0 else "rule"
        svg += drawing.stroke(plot.room.x, y, plot.room.right, y, look=look)
        svg += drawing.line(plot.room.x - 6, y - pen.high / 2, finer(tick), pen)
    return svg


def _ticks(least: int, most: int) -> range:
    step = _step(most - least)
    return range(least, most + 1, step)


def _step(span: int) -> int:
    """A round step: 1, 2 or 5 and noughts, of which a few fit into a span."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if span <= digit * power * _TICKS:
                return digit * power
        power *= 10


def fitting(names: Sequence[str], wide: float) -> list[str]:
    """Names that do not run into each other: every one, or every second, third and so on."""
    pen = Pen(drawing.SMALL, "soft")
    widest = max((pen.width(name) for name in names), default=0) + 6
    every = max(1, -(-int(widest) // max(1, int(wide))))
    return [name if at % every == 0 else "" for at, name in enumerate(names)]


def under(x: float, plot: Plot, name: str) -> str:
    """A name below the plot."""
    return drawing.line(x, plot.room.bottom + 6, name, Pen(drawing.SMALL, "soft", hangs="m"))
