"""The scale of a plot of numbers: a round step, its ticks with their words, and its room."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from totalplace.doors.report.pictures import drawing
from totalplace.doors.report.pictures.drawing import Box, Pen
from totalplace.outcomes.rules.indicators import CLOSE_UNITS, rounded

TICKS: Final = 5
_ABOVE: Final = 8.0  # between the edge and the highest value


@dataclass(frozen=True, slots=True)
class Scaled:
    """The room of a plot, and the values at its foot and head, in whole steps."""

    room: Box
    least: float
    most: float
    step: float

    def y(self, value: float) -> float:
        """How far down a value stands; what is off the scale stands at its edge."""
        held = min(max(value, self.least), self.most)
        return self.room.bottom - self.room.high * (held - self.least) / (self.most - self.least)

    def ticks(self) -> list[float]:
        """The values that the scale names."""
        count = round((self.most - self.least) / self.step)
        return [self.least + n * self.step for n in range(count + 1)]

    def said(self, tick: float) -> str:
        """A tick in words."""
        decimals = max(0, -math.floor(math.log10(self.step) + 1e-9))
        return f"{tick:,.{decimals}f}"


def scaled(values: Iterable[float], *, width: float, high: float, from_nought: bool) -> Scaled:
    """A plot that holds some values; from nought, unless that would flatten what there is to see.

    `from_nought` allows the scale to begin at nothing.
    """
    held = list(values)
    least, most = min(held, default=0.0), max(held, default=1.0)
    if from_nought and 0 <= least < most / 2:
        least = 0.0
    if least == most:
        least, most = least - abs(least) / 10 - 0.5, most + abs(most) / 10 + 0.5
    step = round_step(most - least)
    least, most = math.floor(least / step + 1e-9) * step, math.ceil(most / step - 1e-9) * step
    plot = Scaled(Box(0, _ABOVE, width, high - _ABOVE), least, most, step)
    pen = Pen(drawing.SMALL, "soft")
    left = max(pen.width(plot.said(tick)) for tick in plot.ticks()) + 10
    return Scaled(Box(left, _ABOVE, width - left - 4, high - _ABOVE), least, most, step)


def round_step(span: float) -> float:
    """A round step, 1, 2 or 5 and noughts, of which a few fit into a span above nothing."""
    power = 10.0 ** math.floor(math.log10(span / TICKS))
    return next(d * power for d in (1, 2, 5, 10) if span <= d * power * TICKS * (1 + 1e-9))


def axis(plot: Scaled) -> str:
    """The lines of the scale with their words."""
    pen = Pen(drawing.SMALL, "soft", hangs="e")
    svg = ""
    for tick in plot.ticks():
        y = plot.y(tick)
        look = "axis" if abs(tick) < plot.step / 1e6 else "rule"
        svg += drawing.stroke(plot.room.x, y, plot.room.right, y, look=look)
        svg += drawing.line(plot.room.x - 6, y - pen.high / 2, plot.said(tick), pen)
    return svg


def in_unit(value: float | None, unit: str, decimals: int) -> str:
    """A value in its unit, rounded half up; "no figure" where it is missing."""
    if value is None or not math.isfinite(value):
        return "no figure"
    number = rounded(Decimal(repr(float(value))), decimals)
    if unit.startswith("£"):
        return f"{'-' if number.startswith('-') else ''}£{number.lstrip('-')}{unit[1:]}"
    if not unit:
        return number
    return f"{number}{unit}" if unit in CLOSE_UNITS else f"{number} {unit}"
