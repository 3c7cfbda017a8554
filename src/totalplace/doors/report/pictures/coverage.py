"""What is held: a cell for each agency and month, and the share of its accounts explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.published import State
from totalplace.doors.report.pictures import drawing, measure
from totalplace.doors.report.pictures.drawing import Box, Drawn, Entry, Pen, Sheet

_SAID: Final = {State.HELD: "held", State.NONE: "none", State.NO_FILE: "no file"}
_ROOMY: Final = 560
_PERCENT: Final = Pen(13, bold=True)
_MOST: Final = 16.0  # in pixels: the height of a cell


@dataclass(frozen=True, slots=True)
class Covered:
    """An agency (and year) with the state of each month, and what its payments explain.

    `explained` is in thousandths of its accounts, and may pass 1000; None where there are no
    accounts to compare with.
    """

    name: str
    months: tuple[State, ...]
    explained: int | None = None


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where things stand: names, the first cell, the width of a cell, and the bars."""

    names: float
    cells: float
    cell: float
    bars: float
    bar: float
    above: bool  # names stand above their row


def coverage(
    title: str,
    rows: Sequence[Covered],
    *,
    months: Sequence[str],
    width: int,
    explains: str = "Accounts explained",
) -> str:
    """What is held of each month, as a grid with the share explained beside it, in SVG.

    `months` heads the columns. Refuses a row with more or fewer months: ValueError.
    """
    if any(len(row.months) != len(months) for row in rows):
        raise ValueError("each row has a state for each month that is headed")
    mark = drawing.mark_for("coverage", title, rows, months, width, explains)
    grid = _grid(rows, len(months), width)
    headed = _headed(grid, months, explains)
    svg, y = headed.svg, headed.high
    for row in rows:
        drawn = _row(row, months, grid, y)
        svg, y = svg + drawn.svg, y + drawn.high
    keyed = drawing.key(_key(rows), Box(0, y + 8, width, 0))
    sheet = Sheet(mark, title, _says(rows, explains), width, y + 8 + keyed.high + 4)
    return drawing.picture(sheet, svg + keyed.svg)


def _grid(rows: Sequence[Covered], months: int, width: int) -> _Grid:
    label = _PERCENT.width(">999%") + 8
    if width < _ROOMY:
        cells = width * 0.62
        bars = cells + 10
        return _Grid(width, 0, cells / max(1, months), bars, width - bars - label, above=True)
    pen = Pen(13)
    longest = max((pen.width(drawing.plain(row.name)) for row in rows), default=0)
    names = min(width * 0.3, longest) + 10
    bars = width - width * 0.2
    cell = (bars - 18 - names) / max(1, months)
    return _Grid(names - 10, names, cell, bars, width - bars - label, above=False)


def _headed(grid: _Grid, months: Sequence[str], explains: str) -> Drawn:
    """The heads: months as they fit, in full or by their first letter, else every second or so."""
    pen = Pen(12, "soft", hangs="m")
    widest = max((pen.width(drawing.plain(month)) for month in months), default=0)
    short = [drawing.plain(month)[:1] for month in months]
    heads = [drawing.plain(month) for month in months]
    if widest + 3 > grid.cell:
        heads = short
        widest = max((pen.width(head) for head in heads), default=0)
    every = 1 if widest <= grid.cell else 0
    room = grid.bar + _PERCENT.width(">999%") + 8
    side = measure.in_lines(drawing.plain(explains), 12, room, bold=True)
    high = max(1, len(side)) * pen.high + 4
    strong = Pen(12, "soft", bold=True)
    svg = drawing.lines(grid.bars, high - 4 - pen.high * len(side), side, strong)
    for place, head in enumerate(heads if every else ()):
        x = grid.cells + grid.cell * (place + 0.5)
        svg += drawing.line(x, high - 4 - pen.high, head, pen)
    return Drawn(svg, high)


def _row(row: Covered, months: Sequence[str], grid: _Grid, top: float) -> Drawn:
    pen = Pen(12 if grid.above else 13)
    texts = measure.in_lines(drawing.plain(row.name), pen.size, grid.names, most=2)
    words = pen.high * len(texts)
    high = max(24.0, words + 6) if not grid.above else words + _MOST + 10
    middle = top + (high / 2 if not grid.above else words + 3 + _MOST / 2)
    svg = drawing.lines(0, top + (0 if grid.above else (high - words) / 2), texts, pen)
    if not grid.above:
        svg += drawing.stroke(0, top, grid.bars + grid.bar, top, look="rule")
    for place, state in enumerate(row.months):
        x = grid.cells + grid.cell * place
        edge = min(1.5, grid.cell / 8)
        box = Box(x + edge, middle - _MOST / 2, grid.cell - 2 * edge, _MOST)
        svg += _cell(box, state, f"{row.name}, {months[place]}: {_SAID[state]}")
    return Drawn(svg + _explained(row, grid, middle), high)


def _cell(box: Box, state: State, words: str) -> str:
    """Held is full; none is empty with a dash; no file is empty and crossed out."""
    if state is State.HELD:
        return drawing.block(box, "d0", words)
    svg = drawing.block(box, "paper edge", words)
    middle, inset = box.y + box.high / 2, min(4.0, box.wide / 4)
    if state is State.NONE:
        look = "cross"
        return svg + drawing.stroke(box.x + inset, middle, box.right - inset, middle, look=look)
    svg += drawing.stroke(box.x, box.y, box.right, box.bottom, look="cross")
    return svg + drawing.stroke(box.x, box.bottom, box.right, box.y, look="cross")


def _explained(row: Covered, grid: _Grid, middle: float) -> str:
    pen = _PERCENT
    if row.explained is None:
        quiet = Pen(12, "soft")
        room = grid.bar + pen.width(">999%") + 8
        said = next(s for s in ("no accounts held", "not known", "–") if quiet.width(s) <= room)
        return drawing.line(grid.bars, middle - quiet.high / 2, said, quiet)
    percent = _percent(row.explained)
    box = Box(grid.bars, middle - _MOST / 2, grid.bar, _MOST)
    part = max(0, min(1000, row.explained)) / 1000
    words = f"{row.name}: payments explain {percent}"
    svg = drawing.block(box, "paper edge", words)
    if part:
        svg += drawing.block(Box(box.x, box.y, max(1.5, box.wide * part), _MOST), "d0", words)
    return svg + drawing.line(box.right + 6, middle - pen.high / 2, percent, pen)


def _percent(thousandths: int) -> str:
    """A share in thousandths as it is shown: 28%, 0.3%; over 999%, which no bar shows."""
    if thousandths >= 9_995:
        return ">999%"
    if 0 < thousandths < 10:
        return f"0.{thousandths}%"
    return f"{(thousandths + 5) // 10}%"


def _key(rows: Sequence[Covered]) -> list[Entry]:
    used = {state for row in rows for state in row.months}
    means = {
        State.HELD: "held",
        State.NONE: "none: a file covers the month and has no payment in it",
        State.NO_FILE: "no file reaches the month",
    }
    swatch = Box(0, 0, 16, 12)
    return [Entry(_cell(swatch, s, ""), said) for s, said in means.items() if s in used]


def _says(rows: Sequence[Covered], explains: str) -> str:
    found = []
    for row in rows[:12]:
        states = Counter(row.months)
        held = f"{states[State.HELD]} of {len(row.months)} months held"
        lost = f", {states[State.NO_FILE]} without a file" if states[State.NO_FILE] else ""
        share = "not known" if row.explained is None else _percent(row.explained)
        found.append(f"{row.name}: {held}{lost}; {explains.lower()} {share}.")
    if len(rows) > 12:
        found.append(f"{len(rows) - 12} others are in the table.")
    return " ".join(found) or "There is nothing to draw."
