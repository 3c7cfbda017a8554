"""A funnel: each unit by its size, and what chance alone would do to units of that size.

A unit that stands out is a diamond with its number, told below; a reader's own unit a square.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from totalplace.doors.report.pictures import drawing
from totalplace.doors.report.pictures.drawing import Box, Entry, Pen, Sheet, at
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.scales import Scaled, axis, in_unit, round_step, scaled
from totalplace.monitoring.rules.charts.funnel import Funnel, Line, Shown

_HEAD: Final = 4.0
_HIGH: Final = 300.0
_FOOT: Final = 44.0
_MOST_NAMED: Final = 12  # units that stand out and are named below; the table names all
_WIDE_APART: Final = 30  # with the largest so many times the smallest, sizes stand by their tens


@dataclass(frozen=True, slots=True)
class _Drawing:
    funnel: Funnel
    title: str
    size_name: str
    own: str
    say: Callable[[float | None], str]
    plot: Scaled
    least: float
    most: float

    @property
    def by_tens(self) -> bool:
        return self.least > 0 and self.most / self.least > _WIDE_APART

    def x(self, size: float) -> float:
        room = self.plot.room
        if self.by_tens:
            part = math.log(size / self.least) / math.log(self.most / self.least)
        else:
            part = (size - self.least) / (self.most - self.least)
        return room.x + 8 + (room.wide - 16) * part


def funnel_picture(
    funnel: Funnel,
    *,
    title: str,
    unit: str = "",
    decimals: int = 1,
    size_name: str = "people",
    own: str = "",
) -> Markup:
    """The funnel for a phone, a tablet and a desk; empty where there is none.

    `size_name` says what the size of a unit counts; `own` is the code of the reader's own unit.
    """
    if not funnel.lines or funnel.centre is None:
        return Markup("")

    def draw(width: int) -> str:
        return _picture(_laid_out(funnel, (title, unit, decimals, size_name, own), width), width)

    return Markup(figure(title, draw))  # noqa: S704 - every word is made safe where it is drawn


def _laid_out(funnel: Funnel, words: tuple[str, str, int, str, str], width: int) -> _Drawing:
    title, unit, decimals, size_name, own = words
    sizes = [line.size for line in funnel.lines] + [one.size for one in funnel.units]
    least, most = min(sizes), max(sizes)
    plot = scaled(_worth_showing(funnel), width=width, high=_HIGH, from_nought=True)

    def say(value: float | None) -> str:
        return in_unit(value, unit, decimals)

    return _Drawing(funnel, title, size_name, own, say, plot, least, most)


def _worth_showing(funnel: Funnel) -> list[float]:
    """All units, and the limits as far as three times the units' reach: the mouth may be cut."""
    values = [one.value for one in funnel.units]
    centre = funnel.centre or 0.0
    reach = 3 * max((abs(value - centre) for value in values), default=1.0)
    ends = [v for line in funnel.lines for v in (line.low_998, line.high_998)]
    return values + [min(max(v, centre - reach), centre + reach) for v in ends]


def _picture(what: _Drawing, width: int) -> str:
    svg = axis(what.plot) + _sizes(what) + _limits(what) + _units(what)
    svg = f'<g transform="translate(0 {at(_HEAD)})">{svg}</g>'
    below, high = _below(what, width)
    mark = drawing.mark_for("funnel", what.funnel, what.title, what.own, what.size_name, width)
    return drawing.picture(Sheet(mark, what.title, _says(what), width, high + 4), svg + below)


def _sizes(what: _Drawing) -> str:
    """A few sizes below the plot, and what they count."""
    pen, room = Pen(drawing.SMALL, "soft", hangs="m"), what.plot.room
    svg, right = "", room.x - 10
    for size in _round_sizes(what):
        name = _short(size)
        half = pen.width(name) / 2
        x = min(max(what.x(size), room.x + half), room.right + 4 - half)
        if x - half > right + 6:
            svg += drawing.line(x, room.bottom + 6, name, pen)
            right = x + half
    middle = room.x + room.wide / 2
    return svg + drawing.line(middle, room.bottom + 23, f"Size: {what.size_name}", pen)


def _round_sizes(what: _Drawing) -> list[float]:
    """Round sizes within the plot: 1, 2, 5 and noughts by tens, else steps of one size."""
    if what.by_tens:
        first = math.floor(math.log10(what.least))
        powers = range(first, math.ceil(math.log10(what.most)) + 1)
        found = [digit * 10.0**power for power in powers for digit in (1, 2, 5)]
    else:
        step = round_step(what.most - what.least)
        start = math.ceil(what.least / step)
        found = [n * step for n in range(start, math.floor(what.most / step) + 1)]
    return [size for size in found if what.least <= size <= what.most]


def _short(size: float) -> str:
    """A round size in words."""
    if size >= 1e6:
        return f"{size / 1e6:g} million"
    return f"{size:,.0f}" if size >= 1 else f"{size:g}"


def _limits(what: _Drawing) -> str:
    def curve(value: Callable[[Line], float], look: str) -> str:
        spots = "L".join(
            f"{at(what.x(line.size))} {at(what.plot.y(value(line)))}" for line in what.funnel.lines
        )
        return f'<path d="M{spots}" fill="none" {look}/>'

    outer = 'class="k8" stroke-width="1.8"'
    inner = 'class="k8" stroke-width="1.4" stroke-dasharray="5 4"'
    svg = curve(lambda line: line.low_998, outer) + curve(lambda line: line.high_998, outer)
    svg += curve(lambda line: line.low_95, inner) + curve(lambda line: line.high_95, inner)
    y = what.plot.y(what.funnel.centre or 0.0)
    return svg + drawing.stroke(what.plot.room.x, y, what.plot.room.right, y, look="axis")


def _numbered(what: _Drawing) -> dict[str, int]:
    named = what.funnel.standing_out[:_MOST_NAMED]
    return {one.code: number for number, one in enumerate(named, 1)}


def _units(what: _Drawing) -> str:
    numbers = _numbered(what)
    svg = ""
    # Those that stand out last, and the reader's own on top of all.
    order = sorted(what.funnel.units, key=lambda one: (one.code == what.own, one.stands_out))
    for one in order:
        x, y = what.x(one.size), what.plot.y(one.value)
        words = drawing.safe(_spoken(what, one))
        svg += f"<g><title>{words}</title>{_mark(x, y, one, own=one.code == what.own)}</g>"
        if one.code in numbers:
            pen = Pen(drawing.SMALL, "halo", bold=True)
            svg += drawing.line(x + 7, y - pen.high / 2, str(numbers[one.code]), pen)
    return svg


def _mark(x: float, y: float, one: Shown, *, own: bool) -> str:
    hue = "d8" if not one.stands_out else {True: "d1", False: "d3", None: "d2"}[one.worse]
    if one.stands_out:
        s = 6.0
        body = f'<path d="M{at(x)} {at(y - s)}l{s} {s} -{s} {s} -{s} -{s}Z" class="{hue}"/>'
    else:
        body = f'<circle cx="{at(x)}" cy="{at(y)}" r="3.2" class="{hue}"/>'
    if own:
        corner = f'x="{at(x - 8.5)}" y="{at(y - 8.5)}" width="17" height="17"'
        body += f'<rect {corner} fill="none" class="k0" stroke-width="2.4"/>'
    return body


def _spoken(what: _Drawing, one: Shown) -> str:
    return f"{one.name}: {what.say(one.value)}. {one.says}"


def _below(what: _Drawing, width: int) -> tuple[str, float]:
    line = '<line x1="0" y1="6" x2="16" y2="6" class="{}"{}/>'
    plain = '<circle cx="8" cy="6" r="3.2" class="d8"/>'
    dash = ' stroke-width="1.4" stroke-dasharray="5 4"'
    entries = [
        Entry(plain, "no different from all together"),
        Entry(line.format("k8", dash), "95 in 100 lie within"),
        Entry(line.format("k8", ' stroke-width="1.8"'), "998 in 1,000 lie within"),
        Entry(line.format("axis", ""), "all together"),
    ]  # fmt: skip
    if what.funnel.standing_out:
        mark = '<path d="M8 0l6 6-6 6-6-6Z" class="{}"/>'
        hue = "d2" if what.funnel.standing_out[0].worse is None else "d1"
        entries.append(Entry(mark.format(hue), "stands out"))
    if any(one.code == what.own for one in what.funnel.units):
        mark = (
            '<rect x="2" y="0" width="12" height="12" fill="none" class="k0" stroke-width="2.4"/>'
        )
        entries.append(Entry(mark, "this place"))
    top = _HEAD + _HIGH + _FOOT + 4
    keyed = drawing.key(entries, Box(0, top, width, 0))
    svg, high = keyed.svg, top + keyed.high + 4
    for words in _listed(what):
        drawn = drawing.paragraph(words, Box(0, high, width, 0))
        svg, high = svg + drawn.svg, high + drawn.high + 3
    return svg, high


def _listed(what: _Drawing) -> Sequence[str]:
    numbers, by_code = _numbered(what), {one.code: one for one in what.funnel.units}
    found = [f"{n}. {_spoken(what, by_code[code])}" for code, n in numbers.items()]
    more = len(what.funnel.standing_out) - len(numbers)
    if more:
        found.append(f"{more} more stand out; the table names them.")
    if what.plot.least > 0:
        found.append(f"The scale begins at {what.plot.said(what.plot.least)}, not at nothing.")
    return found


def _says(what: _Drawing) -> str:
    funnel = what.funnel
    found = [f"All together: {what.say(funnel.centre)}. {len(funnel.units)} units."]
    out = funnel.standing_out
    found.append(f"{len(out)} stand out." if out else "None stands out.")
    own = next((one for one in funnel.units if one.code == what.own), None)
    if own is not None:
        found.append(_spoken(what, own))
    found += [_spoken(what, one) for one in out]
    return " ".join([*found, *funnel.notes])
