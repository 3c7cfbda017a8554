"""Areas in steps of one colour: as tiles where nobody gave boundaries, else as they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.doors.report.pictures import drawing, measure
from totalplace.doors.report.pictures.drawing import Box, Entry, Pen, Sheet, at

# How dense each step of the colour is: words in ink are read on the densest.
_DENSE: Final = (0.06, 0.15, 0.25, 0.36, 0.48)
_GAP: Final = 6.0
_TILE: Final = 150.0  # the width that a tile has at most


@dataclass(frozen=True, slots=True)
class Area:
    """An area: its name, what is said of it, and its step from 0 to 4; None where not known."""

    code: str
    name: str
    says: str
    step: int | None


def tiles(title: str, areas: Sequence[Area], steps: Sequence[str], *, width: int) -> str:
    """A tile for each area, in the order given, in SVG. `steps` say what each step means."""
    columns = max(2, min(len(areas), round(width / _TILE)))
    wide = (width - _GAP * (columns - 1)) / columns
    high = max(78.0, min(wide * 0.62, 110.0))
    svg = ""
    for number, area in enumerate(areas):
        column, row = number % columns, number // columns
        box = Box(column * (wide + _GAP), row * (high + _GAP), wide, high)
        svg += _tile(box, area)
    rows = -(-len(areas) // columns)
    return _whole(title, areas, steps, (svg, rows * (high + _GAP)), width)


def _tile(box: Box, area: Area) -> str:
    svg = drawing.block(box, "paper edge", f"{area.name}: {area.says}")
    svg += drawing.block(box, _look(area), also=_dense(area))
    room = box.wide - 14
    names = measure.in_lines(drawing.plain(area.name), 13, room, bold=True, most=2)
    svg += drawing.lines(box.x + 7, box.y + 7, names, Pen(13, bold=True))
    top = box.y + 9 + len(names) * Pen(13).high
    said = measure.in_lines(drawing.plain(area.says), 13, room, most=2)
    return svg + drawing.lines(box.x + 7, top, said, Pen(13))


def drawn(
    title: str,
    areas: Sequence[Area],
    rings: Mapping[str, Sequence[Sequence[tuple[float, float]]]],
    steps: Sequence[str],
    *,
    size: tuple[int, int],
) -> str:
    """Areas as they lie, each with its number; rings stand in a box of `size` already."""
    width, high = size
    svg, listed = "", ""
    for number, area in enumerate(areas, 1):
        mine = rings.get(area.code)
        if not mine:
            continue
        path = "".join("M" + "L".join(f"{at(x)} {at(y)}" for x, y in ring) + "Z" for ring in mine)
        words = f"<title>{drawing.safe(f'{area.name}: {area.says}')}</title>"
        svg += f'<path d="{path}" class="paper edge"/>'
        looks = f'class="{_look(area)}" fill-rule="evenodd"{_dense(area)}'
        svg += f'<path d="{path}" {looks}>{words}</path>'
        x, y = _middle(mine)
        listed += drawing.line(x, y - 8, str(number), Pen(13, bold=True, hangs="m"))
    low = high + 8.0
    for number, area in enumerate(areas, 1):
        if rings.get(area.code):
            said = drawing.paragraph(
                f"{number}. {area.name}: {area.says}", Box(0, low, width, 0), look=""
            )
            listed, low = listed + said.svg, low + said.high + 2
    return _whole(title, areas, steps, (svg + listed, low + 4), width)


def _middle(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """The middle of the box around the largest ring."""
    ring = max(rings, key=lambda r: max(x for x, _ in r) - min(x for x, _ in r))
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _look(area: Area) -> str:
    return "paper" if area.step is None else "d0"


def _dense(area: Area) -> str:
    return "" if area.step is None else f' fill-opacity="{_DENSE[area.step]}"'


def _whole(
    title: str,
    areas: Sequence[Area],
    steps: Sequence[str],
    body: tuple[str, float],
    width: int,
) -> str:
    svg, high = body
    entries = [
        Entry(
            '<rect width="16" height="12" class="paper edge"/>'
            f'<rect width="16" height="12" class="d0" fill-opacity="{dense}"/>',
            means,
        )
        for dense, means in zip(_DENSE, steps, strict=True)
        if means
    ]
    if any(area.step is None for area in areas):
        entries.append(Entry('<rect width="16" height="12" class="paper edge"/>', "not known"))
    keyed = drawing.key(entries, Box(0, high + 4, width, 0))
    says = " ".join(f"{area.name}: {area.says}." for area in areas)
    mark = drawing.mark_for("map", title, areas, width)
    sheet = Sheet(mark, title, says or "There is nothing to draw.", width, high + keyed.high + 8)
    return drawing.picture(sheet, svg + keyed.svg)
