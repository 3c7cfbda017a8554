"""A watched series: its points, its usual range, and each change with the days it may have begun.

A line is never drawn across a gap or a break. A point of which only a part was in, or that is
provisional, is drawn hollow; what cannot be what it says is a cross at the foot. Needs
`colours.style()` in the page, as every picture; a table with the same figures stands beside it.
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
from totalplace.doors.report.pictures.stretches import Stretch, slots, stretches
from totalplace.monitoring.rules.seen import Change, Seen
from totalplace.monitoring.rules.watched import Point, Standing, Watched

_HEAD: Final = 22.0  # above the plot, for the numbers of changes and breaks
_HIGH: Final = 260.0
_FOOT: Final = 26.0
_HOLLOW: Final = (Standing.PROVISIONAL, Standing.PARTIAL)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn, at one width: the plot, the width of a period, and where each point stands."""

    watched: Watched
    seen: Seen
    target: float | None
    plot: Scaled
    wide: float
    slots: tuple[int, ...]

    def x(self, slot: float) -> float:
        return self.plot.room.x + self.wide * (slot + 0.5)

    def said(self, value: float | None) -> str:
        return in_unit(value, self.watched.unit, self.watched.decimals)


def watched_picture(
    watched: Watched, seen: Seen, *, target: float | None = None, title: str = ""
) -> Markup:
    """The picture of a watched series, for a phone, a tablet and a desk; empty without any value.

    `target` is in the series' unit. The caption is the series and its area, or `title`.
    """
    if all(point.value is None for point in watched.points):
        return Markup("")
    caption = title or f"{watched.title}, {watched.area_name}"
    drawn = figure(caption, lambda width: _picture(watched, seen, target, caption, width))
    return Markup(drawn)  # noqa: S704 - every word is made safe where it is drawn


def _picture(watched: Watched, seen: Seen, target: float | None, title: str, width: int) -> str:
    what = _laid_out(watched, seen, target, width)
    parts = stretches(watched, seen, what.slots)
    svg = axis(what.plot) + _periods(what)
    svg += _usual(what, parts) + _spans(what, parts) + _levels(what, parts)
    svg += _goal(what) + _breaks(what) + _lines(what) + _points(what)
    svg = f'<g transform="translate(0 {at(_HEAD)})">{svg}</g>'
    below, high = _below(what, parts, width)
    mark = drawing.mark_for("watched", watched.code, watched.area, seen, target, title, width)
    return drawing.picture(Sheet(mark, title, _says(what, parts), width, high + 4), svg + below)


def _laid_out(watched: Watched, seen: Seen, target: float | None, width: int) -> _Drawing:
    shown = [point for point in watched.points if point.standing is not Standing.SET_ASIDE]
    values = [v for p in shown for v in (p.value, p.low, p.high) if v is not None]
    values += [v for v in (seen.usual_low, seen.usual_high, target) if v is not None]
    values += [v for one in (*seen.earlier, *([seen.now] if seen.now else []))
               for v in (one.before, one.after)]  # fmt: skip
    places = slots(watched)
    plot = scaled(values, width=width, high=_HIGH, from_nought=True)
    # One place more than there are periods: the usual range is that of the next one.
    return _Drawing(watched, seen, target, plot, plot.room.wide / (places[-1] + 2), places)


def _periods(what: _Drawing) -> str:
    """The names of periods below the plot, as many as fit."""
    names = [""] * (what.slots[-1] + 1)
    for slot, point in zip(what.slots, what.watched.points, strict=True):
        names[slot] = point.period.said
    pen = Pen(drawing.SMALL, "soft", hangs="m")
    svg = ""
    for slot, name in enumerate(fitting(names, what.wide)):
        half = pen.width(name) / 2
        x = min(max(what.x(slot), half), what.plot.room.right + 4 - half)
        svg += drawing.line(x, what.plot.room.bottom + 6, name, pen)
    return svg


def _usual(what: _Drawing, parts: Sequence[Stretch]) -> str:
    """Where the next point would lie, 95 times in 100, over the level that stands now."""
    low, high = what.seen.usual_low, what.seen.usual_high
    if low is None or high is None or not parts:
        return ""
    left = what.x(parts[-1].first - 0.5)
    box = Box(left, what.plot.y(high), what.plot.room.right - left,
              what.plot.y(low) - what.plot.y(high))  # fmt: skip
    return drawing.block(box, "t0", f"Usual range: {what.said(low)} to {what.said(high)}")


def _spans(what: _Drawing, parts: Sequence[Stretch]) -> str:
    """Of each change the days on which it may have begun, as a hatched foot, with its number."""
    svg = ""
    for number, one, change in _numbered(parts):
        room = what.plot.room
        left, right = what.x(one.since_from - 0.5), what.x(one.since_to + 0.5)
        words = f"Began between {change.since_earliest.said} and {change.since_latest.said}"
        svg += drawing.block(Box(left, room.bottom - 7, right - left, 7), "t1", words)
        x = what.x(one.first - 0.5)
        svg += _upright(what, x, "k1", ' stroke-width="2"')
        pen = Pen(drawing.SMALL, bold=True, hangs="m")
        half = pen.width(str(number)) / 2
        svg += drawing.line(min(max(x, half), room.right - half), -16, str(number), pen)
    return svg


def _levels(what: _Drawing, parts: Sequence[Stretch]) -> str:
    """The level of each stretch: flat, or sloping where it changed little by little."""
    svg = ""
    for one in parts:
        if one.begins is None or one.ends is None:
            continue
        x, to_x = what.x(one.first - 0.5), what.x(one.last + 0.5)
        ends = (
            f'x1="{at(x)}" y1="{at(what.plot.y(one.begins))}" '
            f'x2="{at(to_x)}" y2="{at(what.plot.y(one.ends))}"'
        )
        svg += f'<line {ends} class="k8" stroke-width="1.6"/>'
    return svg


def _goal(what: _Drawing) -> str:
    if what.target is None:
        return ""
    y, room = what.plot.y(what.target), what.plot.room
    ends = f'x1="{at(room.x)}" y1="{at(y)}" x2="{at(room.right)}" y2="{at(y)}"'
    words = drawing.safe(f"Target: {what.said(what.target)}")
    return f'<line {ends} class="k5" stroke-width="2" stroke-dasharray="9 4"><title>{words}</title></line>'  # noqa: E501 - one stroke


def _breaks(what: _Drawing) -> str:
    svg = ""
    for letter, slot, _ in _lettered(what):
        x = what.x(slot - 0.5)
        svg += _upright(what, x, "edge", ' stroke-dasharray="5 3"')
        svg += drawing.line(x, -16, letter, Pen(drawing.SMALL, hangs="m"))
    return svg


def _upright(what: _Drawing, x: float, look: str, also: str) -> str:
    room = what.plot.room
    ends = f'x1="{at(x)}" y1="{at(room.y - 8)}" x2="{at(x)}" y2="{at(room.bottom)}"'
    return f'<line {ends} class="{look}"{also}/>'


def _lettered(what: _Drawing) -> list[tuple[str, int, str]]:
    """Breaks that fall within the series: a letter, the first place after it, and why."""
    found: list[tuple[str, int, str]] = []
    points = what.watched.points
    for one in sorted(what.watched.breaks, key=lambda b: b.on):
        after = [s for s, p in zip(what.slots, points, strict=True) if p.period.last_day >= one.on]
        if after and points[0].period.first_day < one.on:
            found.append((chr(ord("A") + len(found) % 26), after[0], one.why))
    return found


def _numbered(parts: Sequence[Stretch]) -> list[tuple[int, Stretch, Change]]:
    changed = [(one, one.change) for one in parts if one.change is not None]
    return [(number, one, change) for number, (one, change) in enumerate(changed, 1)]


def _lines(what: _Drawing) -> str:
    """Lines between points next to each other, of which neither is missing or apart."""
    stops = {slot for _, slot, _ in _lettered(what)}
    svg = ""
    rows = list(zip(what.slots, what.watched.points, strict=True))
    for (slot, one), (to_slot, other) in pairwise(rows):
        near = to_slot - slot == 1 or what.watched.months is None
        if not near or to_slot in stops or not (one.looked_at and other.looked_at):
            continue
        ends = (
            f'x1="{at(what.x(slot))}" y1="{at(what.plot.y(one.value or 0))}" '
            f'x2="{at(what.x(to_slot))}" y2="{at(what.plot.y(other.value or 0))}"'
        )
        soft = Standing.PROVISIONAL in (one.standing, other.standing)
        dash = ' stroke-dasharray="3 3"' if soft else ""
        svg += f'<line {ends} class="k0" stroke-width="2.2" stroke-linecap="round"{dash}/>'
    return svg


def _points(what: _Drawing) -> str:
    radius = min(3.5, max(1.6, what.wide * 0.42))
    svg = ""
    for slot, point in zip(what.slots, what.watched.points, strict=True):
        x, words = what.x(slot), drawing.safe(_spoken(what, point))
        if point.value is None or point.standing is Standing.SET_ASIDE:
            svg += f"<g><title>{words}</title>{_cross(x, what.plot.room.bottom - 14)}</g>"
            continue
        y = what.plot.y(point.value)
        if point.low is not None and point.high is not None:
            ends = f'x1="{at(x)}" y1="{at(what.plot.y(point.high))}" x2="{at(x)}"'
            svg += f'<line {ends} y2="{at(what.plot.y(point.low))}" class="axis"/>'
        hollow = point.standing in _HOLLOW
        look = 'class="paper k0" stroke-width="2"' if hollow else 'class="d0"'
        svg += f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(radius)}" {look}><title>{words}</title></circle>'  # noqa: E501 - one mark
    return svg


def _cross(x: float, y: float) -> str:
    return "".join(
        f'<line x1="{at(x - 3.5)}" y1="{at(y - way * 3.5)}" x2="{at(x + 3.5)}" '
        f'y2="{at(y + way * 3.5)}" class="cross"/>'
        for way in (1, -1)
    )


def _spoken(what: _Drawing, point: Point) -> str:
    value = what.said(point.value)
    if point.standing is Standing.FIRM:
        return f"{point.period.said}: {value}"
    why = f", {point.why}" if point.why else ""
    return f"{point.period.said}: {value} ({point.standing}{why})"


def _below(what: _Drawing, parts: Sequence[Stretch], width: int) -> tuple[str, float]:
    """The key, and the words of each change, break and scale."""
    top = _HEAD + _HIGH + _FOOT + 4
    keyed = drawing.key(_key(what, parts), Box(0, top, width, 0))
    svg, high = keyed.svg, top + keyed.high + 4
    says = [f"{number}. {_change(what, change)}" for number, _, change in _numbered(parts)]
    says += [f"{letter}. {why.rstrip('.')}: nothing is compared across it."
             for letter, _, why in _lettered(what)]  # fmt: skip
    if what.plot.least > 0:
        says.append(f"The scale begins at {what.plot.said(what.plot.least)}, not at nothing.")
    for words in says:
        drawn = drawing.paragraph(words, Box(0, high, width, 0))
        svg, high = svg + drawn.svg, high + drawn.high + 3
    return svg, high


def _key(what: _Drawing, parts: Sequence[Stretch]) -> list[Entry]:
    standings = {point.standing for point in what.watched.points}
    line = '<line x1="0" y1="6" x2="16" y2="6" class="{}" stroke-width="2.2"{}/>'
    found = [Entry(line.format("k0", ""), what.watched.area_name)]
    if what.seen.usual_low is not None:
        found.append(Entry('<rect width="16" height="12" class="t0"/>', "usual range now"))
    if any(one.begins is not None for one in parts):
        found.append(Entry(line.format("k8", ""), "level"))
    if _numbered(parts):
        found.append(Entry('<rect y="4" width="16" height="7" class="t1"/>', "may have begun here"))
    if what.target is not None:
        found.append(Entry(line.format("k5", ' stroke-dasharray="9 4"'), "target"))
    if standings & set(_HOLLOW):
        mark = '<circle cx="8" cy="6" r="3.5" class="paper k0" stroke-width="2"/>'
        found.append(Entry(mark, "provisional, or only part of it was in"))
    if standings & {Standing.MISSING, Standing.SET_ASIDE}:
        found.append(Entry(_cross(8, 6), "no figure, or set aside"))
    return found


def _change(what: _Drawing, change: Change) -> str:
    sign = change.sign.value
    began = change.since_earliest.said, change.since_latest.said
    between = "" if began[0] == began[1] else f" (between {began[0]} and {began[1]})"
    low, high = sorted((change.size_low, change.size_high))
    return (
        f"{sign[0].upper()}{sign[1:]}, {change.shape}, since {change.since.said}{between}: from "
        f"{what.said(change.before)} to {what.said(change.after)}, a change of {what.said(low)} to "
        f"{what.said(high)}. First told at {change.told_at.said}."
    )


def _says(what: _Drawing, parts: Sequence[Stretch]) -> str:
    """All that the picture shows, for those who do not see it."""
    seen = what.seen
    found = [f"{seen.sign.value[0].upper()}{seen.sign.value[1:]}."]
    found += [_change(what, change) for _, _, change in _numbered(parts)]
    if seen.usual_low is not None and seen.usual_high is not None:
        found.append(f"Usual range: {what.said(seen.usual_low)} to {what.said(seen.usual_high)}.")
    if what.target is not None:
        found.append(f"Target: {what.said(what.target)}.")
    rows = [(float(slot), f"{_spoken(what, point)}.")
            for slot, point in zip(what.slots, what.watched.points, strict=True)]  # fmt: skip
    rows += [
        (slot - 0.5, f"The line stops: {why.rstrip('.')}.") for _, slot, why in _lettered(what)
    ]
    return " ".join([*found, *(words for _, words in sorted(rows))])
