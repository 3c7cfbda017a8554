"""Estimates side by side: a bar to the least, a lighter one to the most, a mark at the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.doors.report.pictures import drawing, measure
from totalplace.doors.report.pictures.drawing import Box, Drawn, Entry, Pen, Sheet
from totalplace.doors.report.pictures.sums import finer, spoken

_ROOMY: Final = 560
_HIGH: Final = 16.0  # in pixels: the height of a bar


@dataclass(frozen=True, slots=True)
class Range:
    """A sum in pence: at least, at best, at most.

    `best` is None where only a range is known, and all three where nothing is.
    """

    name: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """Pence to pixels: from `least` at `left`, to `most` at the right of `wide`."""

    least: int
    most: int
    left: float
    wide: float

    def x(self, pence: int) -> float:
        """Where a sum stands."""
        return self.left + self.wide * (pence - self.least) / (self.most - self.least)


def ranges(title: str, rows: Sequence[Range], *, width: int) -> str:
    """Sums with the range that each lies in, as bars from nothing, in SVG.

    Refuses a best sum outside its range, or a range that is known in part: ValueError.
    """
    known = [_known(row) for row in rows]
    mark = drawing.mark_for("ranges", title, rows, width)
    above = width < _ROOMY
    left, right = (4.0, 4.0) if above else _margins(rows, known, width)
    scale = _scale(known, left, width - left - right)
    plot, y, spans = "", 4.0, []
    for row, triple in zip(rows, known, strict=True):
        drawn = _row(row.name, triple, scale, (y, width))
        plot, y = plot + drawn.svg, y + drawn.high
        # Where words stand above a bar, the lines of the scale stop below them.
        spans.append((y - _HIGH - 15, y - 5) if above else (y - drawn.high, y))
    axis = _axis(scale, y, spans)
    svg = axis.svg + plot
    keyed = drawing.key(_key(known), Box(0, y + axis.high + 6, width, 0))
    says = " ".join(
        f"{row.name}: {_told(triple, spoken)}." for row, triple in zip(rows, known, strict=True)
    )
    high = y + axis.high + 6 + keyed.high + 4
    sheet = Sheet(mark, title, says or "There is nothing to draw.", width, high)
    return drawing.picture(sheet, svg + keyed.svg)


Triple = tuple[int, int | None, int]  # at least, at best, at most


def _known(row: Range) -> Triple | None:
    if row.low is None or row.high is None:
        if (row.low, row.best, row.high) != (None, None, None):
            raise ValueError(f"the range of {row.name} is known in part")
        return None
    if not row.low <= (row.low if row.best is None else row.best) <= row.high:
        raise ValueError(f"the best sum of {row.name} lies outside its range")
    return row.low, row.best, row.high


def _told(triple: Triple | None, say: Callable[[int], str] = finer) -> str:
    if triple is None:
        return "not known"
    low, best, high = triple
    if low == high:
        return say(low)
    between = f"{say(low)} to {say(high)}"
    return between if best is None else f"{say(best)} ({between})"


def _margins(
    rows: Sequence[Range], known: Sequence[Triple | None], width: int
) -> tuple[float, float]:
    pen = Pen(13)
    names = max((pen.width(drawing.plain(row.name)) for row in rows), default=0)
    sums = max((pen.width(_told(triple)) for triple in known), default=0)
    return min(names, width * 0.3) + 12, min(sums, width * 0.35) + 14


def _scale(known: Sequence[Triple | None], left: float, wide: float) -> Scale:
    """From nothing, or the least sum below it, to the greatest."""
    sums = [pence for triple in known if triple for pence in (triple[0], triple[2])]
    least, most = min([0, *sums]), max([0, *sums])
    if least == most:
        return Scale(0, 100, left, wide)
    return Scale(least, most, left, wide)


def _step(scale: Scale, ticks: int) -> int:
    """A round step: 1, 2 or 5 and noughts, of which no more than `ticks` fit."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if (scale.most - scale.least) <= digit * power * ticks:
                return digit * power
        power *= 10


def _axis(scale: Scale, bottom: float, spans: Sequence[tuple[float, float]]) -> Drawn:
    """Light lines at round sums, a darker one at nothing, and the sums below."""
    pen, svg, taken = Pen(12, "soft"), "", [(-1e9, -1e9)]
    step = max(100, _step(scale, 5))
    places = range(-(-scale.least // step), scale.most // step + 1)
    for place in sorted(places, key=abs):  # nothing first, so that it always has its words
        x, text = scale.x(place * step), finer(place * step)
        look = "axis" if place == 0 else "rule"
        svg += "".join(drawing.stroke(x, top, x, end, look=look) for top, end in spans)
        wide = pen.width(text)
        # At the edges of the picture a sum stands beside its line, and not under it.
        start = max(0.0, min(x - wide / 2, scale.left + scale.wide + 4 - wide))
        if all(start > end + 6 or start + wide < begin - 6 for begin, end in taken):
            svg += drawing.line(start, bottom + 3, text, pen)
            taken.append((start, start + wide))
    return Drawn(svg, pen.high + 3)


def _row(name: str, triple: Triple | None, scale: Scale, spot: tuple[float, int]) -> Drawn:
    """A name, its sum and its bar: side by side, or one below the other where there is no room."""
    top, width = spot
    above = width < _ROOMY
    pen = Pen(12 if above else 13)
    rooms = (width, width) if above else (scale.left - 12, width - scale.left - scale.wide - 12)
    names = measure.in_lines(drawing.plain(name), pen.size, rooms[0], most=2)
    sums = measure.in_lines(_told(triple), pen.size, rooms[1], most=2)
    if above:
        texts = [*names, *sums]
        svg, high = drawing.lines(0, top, texts, pen), pen.high * len(texts)
        middle = top + high + 3 + _HIGH / 2
        return Drawn(svg + _bar(name, triple, scale, middle), high + _HIGH + 14)
    high = max(_HIGH + 14, pen.high * max(len(names), len(sums)) + 6)
    middle = top + high / 2
    svg = drawing.lines(0, middle - pen.high * len(names) / 2, names, pen)
    x = scale.left + scale.wide + 10
    svg += drawing.lines(x, middle - pen.high * len(sums) / 2, sums, pen)
    return Drawn(svg + _bar(name, triple, scale, middle), high)


def _bar(name: str, triple: Triple | None, scale: Scale, middle: float) -> str:
    """Full as far as it is sure, light over the range, and a mark at the best sum."""
    if triple is None:
        return ""
    low, best, high = triple
    words, top = f"{name}: {_told(triple)}", middle - _HIGH / 2
    svg = ""
    if low > 0 or high < 0:
        ends = sorted((scale.x(0), scale.x(low if low > 0 else high)))
        svg += drawing.block(Box(ends[0], top, ends[1] - ends[0], _HIGH), "d0", words)
    if low != high:
        start, end = scale.x(low), scale.x(high)
        svg += drawing.block(Box(start, top, max(1.5, end - start), _HIGH), "t0 k0", words)
    if low != high and best is not None:
        x = min(max(scale.x(best), scale.left + 2), scale.left + scale.wide - 2)
        svg += drawing.block(Box(x - 2, top - 4, 4, _HIGH + 8), "inkfill", words)
    return svg


def _key(known: Sequence[Triple | None]) -> list[Entry]:
    found = [triple for triple in known if triple]
    entries: list[Entry] = []
    if all(low == high for low, _, high in found):
        return entries  # every sum is sure: a bar is the sum, and needs no key
    if any(low > 0 or high < 0 for low, _, high in found):
        entries.append(Entry(drawing.block(Box(0, 0, 16, 12), "d0"), "at least"))
    if any(low != high for low, _, high in found):
        light = drawing.block(Box(0.5, 0.5, 15, 11), "t0 k0")
        entries.append(Entry(light, "from the least to the most"))
    if any(low != high and best is not None for low, best, high in found):
        entries.append(Entry(drawing.block(Box(6, 0, 4, 12), "inkfill"), "best estimate"))
    return entries
