"""The words on the areas of a treemap: as large as they fit, and left out where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from totalplace.doors.report.pictures import drawing, measure
from totalplace.doors.report.pictures.drawing import Box, Pen
from totalplace.doors.report.pictures.sums import brief
from totalplace.doors.report.pictures.tiles import Field, Tile

_HEADS: Final = (20.0, 17.0, 15.0, 13.0, 12.0, 11.0)
_NAMES: Final = (15.0, 13.0, 12.0, 11.0)
_EDGE: Final = 7.0


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a branch as SVG, and whether its name or only its number is among them."""

    svg: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class _Label:
    pen: Pen
    lines: tuple[str, ...]

    @property
    def high(self) -> float:
        return self.pen.high * len(self.lines)


def of_field(field: Field, number: int, look: str) -> Written:
    """Name and sum of a branch on its first and greatest tile, and of each tile on its own.

    Where the first tile is too small for the name, it stands across the tiles, on a plate in the
    branch's own `look`; where that is too small, a number stands for it.
    """
    first, *rest = field.tiles
    room = _inside(first.box)
    largest = sqrt(field.box.wide * field.box.high) / 13
    head = _head(field, room, largest)
    if head is None:
        return _on_a_plate(field, look) or _numbered(field, number)
    svg = "".join(_named(tile, _inside(tile.box)) for tile in rest) + _set(head, room)
    top = room.y + head.high + 7
    under = Box(room.x, top, room.wide, room.bottom - top)
    if rest:
        words = _named(first, under)
    elif drawing.plain(first.leaf.name) != drawing.plain(field.name):
        words = _set(_fitting((first.leaf.name, ""), under, head.pen.size - 2, bold=False), under)
    else:
        words = ""
    if words:
        svg += drawing.stroke(room.x, top - 4, room.right, top - 4, look="under") + words
    return Written(svg, is_named=True)


def _on_a_plate(field: Field, look: str) -> Written | None:
    """A name across the tiles of its branch, of which it hides no more than the upper half."""
    inner, money = _inside(field.box), brief(field.pence)
    room = Box(inner.x, inner.y, inner.wide, field.box.high / 2 - _EDGE)
    head = _fitting((field.name, money), room, 13, bold=True)
    if head is None:
        return None
    plate = Box(field.box.x, field.box.y, field.box.wide, head.high + 2 * _EDGE - 2)
    svg = drawing.block(plate, look, f"{field.name}: {money}") + _set(head, room)
    svg += drawing.stroke(plate.x, plate.bottom, plate.right, plate.bottom, look="gap")
    for tile in field.tiles:
        inside = _inside(tile.box)
        top = max(inside.y, plate.bottom + 4)
        svg += _named(tile, Box(inside.x, top, inside.wide, inside.bottom - top))
    return Written(svg, is_named=True)


def _numbered(field: Field, number: int) -> Written:
    first, *rest = field.tiles
    room = _inside(first.box)
    svg = "".join(_named(tile, _inside(tile.box)) for tile in rest)
    return Written(
        svg + _set(_fitting((str(number), ""), room, 13, bold=True), room), is_named=False
    )


def _inside(box: Box) -> Box:
    return Box(box.x + _EDGE, box.y + _EDGE, box.wide - 2 * _EDGE, box.high - 2 * _EDGE)


def _head(field: Field, room: Box, largest: float) -> _Label | None:
    """The label of a branch: the greatest that leaves room for its first tile's, else that fits."""
    words, first = (field.name, brief(field.pence)), field.tiles[0]
    greatest = _fitting(words, room, largest, bold=True)
    for size in (one for one in _HEADS if greatest and one <= greatest.pen.size):
        head = _fitting(words, room, size, bold=True)
        under = Box(room.x, room.y, room.wide, room.high - (head.high if head else 0) - 7)
        inner = (first.leaf.name, brief(first.pence))
        if _fitting(inner, under, _NAMES[-1], bold=False):
            return head
    return greatest


def _named(tile: Tile, room: Box) -> str:
    words = (tile.leaf.name, brief(tile.pence))
    label = _fitting(words, room, sqrt(tile.box.wide * tile.box.high) / 10, bold=False)
    return _set(label or _cut(words, room), room)


def _set(label: _Label | None, room: Box) -> str:
    return drawing.lines(room.x, room.y, label.lines, label.pen) if label else ""


def _fitting(words: tuple[str, str], room: Box, largest: float, *, bold: bool) -> _Label | None:
    """The greatest label that fits the room; a small one may do without what is in brackets."""
    sizes = _HEADS if bold else _NAMES
    for size in (one for one in sizes if one <= max(largest, sizes[-1])):
        pen = Pen(size, "on", bold)
        for texts in _ways(*words):
            lines = _broken(texts, pen, room.wide)
            if lines and len(lines) * pen.high <= room.high:
                return _Label(pen, lines)
    return None


def _ways(name: str, money: str) -> Iterator[tuple[str, ...]]:
    """A name and its sum on lines of their own, on one, and the name without its brackets."""
    shown = drawing.plain(name)
    for form in dict.fromkeys((shown, drawing.unbracketed(shown))):
        yield (form, money)
        yield (f"{form} {money}",)


def _broken(texts: Sequence[str], pen: Pen, room: float) -> tuple[str, ...]:
    """Texts in lines; none where a word is wider than the room."""
    found: list[str] = []
    for text in texts:
        broken = measure.wrapped(text, pen.size, room, bold=pen.bold)
        if broken is None:
            return ()
        found += broken
    return tuple(found)


def _cut(words: tuple[str, str], room: Box) -> _Label | None:
    """A name cut short above its sum, where at least its first word is whole."""
    name, money = drawing.plain(words[0]), words[1]
    pen = Pen(_NAMES[-1], "on")
    most = int(room.high / pen.high) - 1
    first = name.split(maxsplit=1)[0] if name else ""
    if most < 1 or not first or max(pen.width(f"{first}…"), pen.width(money)) > room.wide:
        return None
    return _Label(
        pen, (*measure.in_lines(drawing.unbracketed(name), pen.size, room.wide, most=most), money)
    )
