"""Where money comes from and goes to, as bands: the more money, the thicker the band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.doors.report.pictures import drawing, measure
from totalplace.doors.report.pictures.colours import OTHERS, hue
from totalplace.doors.report.pictures.drawing import Box, Pen, Sheet, at
from totalplace.doors.report.pictures.streams import (
    Band,
    Bar,
    Flow,
    Stop,
    Sums,
    bands,
    by_column,
    came_and_went,
    gathered,
)
from totalplace.doors.report.pictures.sums import brief, spoken

THINNEST: Final = 1.5  # in pixels: what is thinner to scale is drawn so, and a note says it
_BAR: Final = 12.0
_GAP: Final = 8.0
_ROOMY: Final = 560  # from here on names stand beside their bars; on less, above them


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its bars and its words stand, and how its words hang from that point."""

    x: float
    words_x: float
    room: float
    hangs: str
    above: bool  # words stand above their bars, and not beside them


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a bar's words, and the pen."""

    lines: tuple[str, ...]
    pen: Pen

    @property
    def high(self) -> float:
        """What the lines take."""
        return self.pen.high * len(self.lines)


@dataclass(frozen=True, slots=True)
class Laid:
    """Everything in its place."""

    bars: dict[Stop, Bar]
    labels: dict[Stop, Label]
    bands: list[Band]
    columns: list[Column]
    bottom: float
    pence_per_pixel: float


def sankey(
    title: str,
    flows: Sequence[Flow],
    *,
    heads: Sequence[str],
    width: int,
    height: int,
    most: int = 12,
) -> str:
    """Flows as bands between the columns that `heads` name, in SVG.

    `height` is that of the highest column's bars; names, a key and notes add to it. Past `most`
    names in a column, the smallest are put together. Flows that are zero, negative or not known
    are listed below. Refuses a flow outside the columns, and fewer than two columns: ValueError.
    """
    if len(heads) < 2 or any(not 0 <= flow.stage < len(heads) - 1 for flow in flows):
        raise ValueError("a flow leads from one column to the next, and each has a head")
    mark = drawing.mark_for("sankey", title, flows, heads, width, height, most)
    notes = not_drawn(flows)
    sums = gathered(flows, most)
    if not sums:
        notes = ["There is no flow to draw.", *notes]
        return _sheet(Sheet(mark, title, " ".join(notes), width, 0), "", notes)
    columns = columns_for(sums, len(heads), width)
    top, headed = _headed(heads, columns, width)
    laid = laid_out(sums, columns, Box(0, top, width, height))
    notes = [*_thin(laid), *_unbalanced(laid, len(heads)), *notes]
    hues = _hues(laid, len(heads))
    body = "".join(_band(band, hues) for band in laid.bands)
    body += "".join(_bar(bar, hues) for bar in laid.bars.values())
    body += "".join(_words(bar, laid) for bar in laid.bars.values())
    says = " ".join([*_says(laid, heads), *notes])
    return _sheet(Sheet(mark, title, says, width, laid.bottom + 10), headed + body, notes)


def _sheet(sheet: Sheet, body: str, notes: Sequence[str]) -> str:
    y = sheet.high
    for note in notes:
        written = drawing.paragraph(note, Box(0, y, sheet.wide, 0))
        body, y = body + written.svg, y + written.high + 4
    return drawing.picture(Sheet(sheet.mark, sheet.title, sheet.says, sheet.wide, y), body)


def _headed(heads: Sequence[str], columns: Sequence[Column], width: int) -> tuple[float, str]:
    """The heads of the columns, above their bars, and where they end."""
    svg, lowest, last = "", 0, len(heads) - 1
    for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
        if column.above:
            x, hangs, room = column.words_x, column.hangs, column.room
        elif place in {0, last}:  # towards the names, which stand outside
            x = column.x + (_BAR if place == 0 else 0)
            hangs, room = ("e" if place == 0 else ""), (x if place == 0 else width - x)
        else:
            x, hangs, room = column.x + _BAR / 2, "m", columns[1].x - columns[0].x - 20
        pen = Pen(12, "soft", bold=True, hangs=hangs)
        texts = measure.in_lines(drawing.plain(head), pen.size, room, bold=True)
        lowest = max(lowest, len(texts))
        svg += drawing.lines(x, 0, texts, pen)
    return lowest * Pen(12).high + 8, svg


def _room(width: float, number: int) -> float:
    """The room for words of a column whose neighbours have words at the same height."""
    return min(width / 2 - 6, (width / (number - 1) - 12) * 2 / 3)


def laid_out(sums: Sums, columns: list[Column], room: Box) -> Laid:
    """Bars, words and bands in their places; the room's height is that of the highest bars."""
    stops, both = by_column(sums), came_and_went(sums)
    totals = [sum(max(both[stop]) for stop in column) for column in stops.values()]
    scale = max(totals) / room.high
    labels = {
        stop: _label(stop, max(both[stop]), max(both[stop]) / scale, total, columns[place])
        for (place, column), total in zip(stops.items(), totals, strict=True)
        for stop in column
    }
    highs = {stop: max(THINNEST, max(both[stop]) / scale) for stop in both}
    slots = {stop: _slot(labels[stop], highs[stop], columns[stop.column]) for stop in both}
    tallest = max(_stacked([slots[stop] for stop in column]) for column in stops.values())
    bars: dict[Stop, Bar] = {}
    for place, column in stops.items():
        free = tallest - _stacked([slots[stop] for stop in column])
        more = min(26.0, free / (len(column) - 1)) if len(column) > 1 else 0.0
        y = room.y + (free - more * (len(column) - 1)) / 2
        for stop in column:
            drop = slots[stop] - highs[stop]
            box_y = y + (drop if columns[place].above else drop / 2)
            box = Box(columns[place].x, box_y, _BAR, highs[stop])
            bars[stop] = Bar(stop, *both[stop], box)
            y += slots[stop] + _GAP + more
    bottom = room.y + tallest
    return Laid(bars, labels, bands(sums, bars, scale), columns, bottom, scale)


def _stacked(slots: Sequence[float]) -> float:
    return sum(slots) + _GAP * (len(slots) - 1)


def _slot(label: Label, high: float, column: Column) -> float:
    """The height that a bar and its words need, so that no words meet."""
    return label.high + 3 + high if column.above else max(label.high, high)


def columns_for(sums: Sums, number: int, width: float) -> list[Column]:
    """Where columns stand: names of the outer ones beside the picture, or all above their bars."""
    stops, both = by_column(sums), came_and_went(sums)
    last = number - 1
    if width < _ROOMY:
        step, room = (width - _BAR) / last, _room(width, number)
        hangs = ["", *["m"] * (number - 2), "e"]
        points = [0.0, *[step * n + _BAR / 2 for n in range(1, last)], float(width)]
        return [Column(step * n, points[n], room, hangs[n], above=True) for n in range(number)]

    def need(place: int) -> float:
        pen = Pen(13, bold=True)
        names = (f"{drawing.plain(s.name)} {brief(max(both[s]))}" for s in stops.get(place, ()))
        return min(width * 0.23, max((pen.width(name) for name in names), default=0))

    left, right = need(0) + 8, need(last) + 8
    step = (width - left - right - _BAR) / last
    inner = min(step - _BAR - 16, max(120.0, step * 0.45))
    found = [Column(left, left - 8, left - 8, "e", above=False)]
    found += [
        Column(left + step * n, left + step * n + _BAR + 6, inner, "", above=False)
        for n in range(1, last)
    ]
    x = width - right - _BAR
    return [*found, Column(x, x + _BAR + 8, right - 8, "", above=False)]


def _label(stop: Stop, pence: int, high: float, total: int, column: Column) -> Label:
    """A name and its sum; bold for a tenth of the column, on one line where the bar is low."""
    name, money = drawing.plain(stop.name), brief(pence)
    pen = Pen(11 if column.above else 13, "halo", bold=10 * pence >= total, hangs=column.hangs)
    if pen.width(f"{name} {money}") <= column.room and high < 2 * pen.high:
        return Label((f"{name} {money}",), pen)
    lines = measure.in_lines(name, pen.size, column.room, bold=pen.bold)
    if len(lines) > 3:
        short = drawing.unbracketed(name)
        lines = measure.in_lines(short, pen.size, column.room, bold=pen.bold, most=3)
    if lines and len(lines) > 1 and pen.width(f"{lines[-1]} {money}") <= column.room:
        return Label((*lines[:-1], f"{lines[-1]} {money}"), pen)
    money = measure.shortened(money, pen.size, column.room, bold=pen.bold)
    return Label((*lines, money), pen)


def _words(bar: Bar, laid: Laid) -> str:
    label, column = laid.labels[bar.stop], laid.columns[bar.stop.column]
    middle = bar.box.y + bar.box.high / 2 - label.high / 2
    top = bar.box.y - label.high - 3 if column.above else middle
    return drawing.lines(column.words_x, top, label.lines, label.pen)


def _hues(laid: Laid, number: int) -> dict[Stop, int]:
    """A colour for each name of one column: the middle one where there is one, else the first."""
    coloured = 1 if number > 2 else 0
    stops = [stop for stop in laid.bars if stop.column == coloured]
    return {stop: OTHERS if stop.is_others else hue(place) for place, stop in enumerate(stops)}


def _bar(bar: Bar, hues: Mapping[Stop, int]) -> str:
    look = f"d{hues[bar.stop]}" if bar.stop in hues else "inkfill"
    said = [f"{brief(bar.came)} comes in"] if bar.came else []
    said += [f"{brief(bar.went)} goes out"] if bar.went else []
    return drawing.block(bar.box, look, f"{bar.stop.name}: {', '.join(said)}")


def _band(band: Band, hues: Mapping[Stop, int]) -> str:
    colour = hues.get(band.target.stop, hues.get(band.source.stop, OTHERS))
    thick = max(THINNEST, band.thick)
    start = _kept(band.leaves_at, band.thick, thick, band.source.box)
    end = _kept(band.comes_at, band.thick, thick, band.target.box)
    x, to_x = band.source.box.right, band.target.box.x
    mid = at((x + to_x) / 2)
    path = (
        f"M{at(x)} {at(start)}C{mid} {at(start)} {mid} {at(end)} {at(to_x)} {at(end)}"
        f"V{at(end + thick)}C{mid} {at(end + thick)} {mid} {at(start + thick)} "
        f"{at(x)} {at(start + thick)}Z"
    )
    words = f"{band.source.stop.name} to {band.target.stop.name}: {brief(band.pence)}"
    look = f"t{colour} k{colour} band"
    return f'<path d="{path}" class="{look}"><title>{drawing.safe(words)}</title></path>'


def _kept(top: float, scaled: float, drawn: float, bar: Box) -> float:
    """The upper edge of a band drawn thicker than to scale: about its middle, on its bar."""
    middle = top + scaled / 2
    return max(bar.y, min(middle - drawn / 2, bar.bottom - drawn))


def not_drawn(flows: Sequence[Flow]) -> list[str]:
    """What no band can show, as a sentence; none where all is shown."""
    found = [
        f"{flow.source} to {flow.target}, "
        f"{'not known' if flow.pence is None else brief(flow.pence)}"
        for flow in flows
        if flow.pence is None or flow.pence <= 0
    ]
    why = "Not drawn, because no band shows nothing, less than nothing or what nobody knows"
    return [f"{why}: {'; '.join(found)}."] if found else []


def _thin(laid: Laid) -> list[str]:
    if all(band.thick >= THINNEST for band in laid.bands):
        return []
    least = brief(int(laid.pence_per_pixel * THINNEST))
    return [f"Bands of less than {least} are drawn thicker than to scale, so that they are seen."]


def _unbalanced(laid: Laid, number: int) -> list[str]:
    """Bodies of inner columns through which more comes in than goes out, or less."""
    inner = [bar for bar in laid.bars.values() if 0 < bar.stop.column < number - 1]
    uneven = [bar for bar in inner if bar.came != bar.went]
    if not uneven:
        return []
    told = [
        f"{bar.stop.name} ({brief(abs(bar.came - bar.went))} more "
        f"{'comes in' if bar.came > bar.went else 'goes out'})"
        for bar in uneven[:5]
    ]
    if len(uneven) > 5:
        told.append(f"{len(uneven) - 5} others")
    return [f"More is drawn on one side than on the other of {'; '.join(told)}."]


def _says(laid: Laid, heads: Sequence[str]) -> list[str]:
    """The main figures in words: what each column comes to, and the greatest flows."""
    found = []
    for place, head in enumerate(heads):
        bars = [bar for bar in laid.bars.values() if bar.stop.column == place]
        whole = sum(bar.pence for bar in bars)
        top = ", ".join(f"{bar.stop.name} {spoken(bar.pence)}" for bar in bars[:4])
        found.append(f"{head}: {spoken(whole)}, of which {top}.")
    greatest = sorted(laid.bands, key=lambda band: -band.pence)[:5]
    told = "; ".join(
        f"{band.source.stop.name} to {band.target.stop.name} {spoken(band.pence)}"
        for band in greatest
    )
    return [*found, f"The greatest flows: {told}."]
