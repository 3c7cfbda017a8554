"""What money is spent on, as areas: the more money, the greater the area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from totalplace.doors.report.pictures import drawing, labels
from totalplace.doors.report.pictures.colours import hue
from totalplace.doors.report.pictures.drawing import Box, Drawn, Entry, Sheet
from totalplace.doors.report.pictures.squares import squarified
from totalplace.doors.report.pictures.sums import brief, share, spoken
from totalplace.doors.report.pictures.tiles import Branch, Field, Leaf, Tile

# The pattern of a tile says how well its sum is known; from the best known to the least.
STATUSES: Final = ("measured", "apportioned", "modelled")
_MEANS: Final = {
    "measured": "plain: measured",
    "apportioned": "dots: a share of a wider body’s sum",
    "modelled": "stripes: modelled, an estimate",
}
SMALLEST: Final = 6.0  # in square pixels; what is smaller is put together with its like


def treemap(title: str, tree: Sequence[Branch], *, width: int, height: int) -> str:
    """Sums as areas, in SVG. `height` is that of the areas; notes and a key may follow below.

    Sums that are zero, negative or not known have no area: they are listed below. Refuses a
    status that is none of STATUSES: ValueError.
    """
    mark = drawing.mark_for("treemap", title, tree, width, height)
    fields = laid_out(tree, Box(0, 0, width, height))
    body, fences, unnamed = "", "", []
    for place, field in enumerate(fields):
        body += _tiles(field, place, mark)
    for place, field in enumerate(fields):
        written = labels.of_field(field, place + 1, f"d{hue(place)}")
        body += written.svg
        fences += drawing.block(field.box, "fence")
        if not written.is_named:
            unnamed.append(f"{place + 1} {field.name} {brief(field.pence)}")
    notes = [f"Too small to name above: {'; '.join(unnamed)}."] if unnamed else []
    notes += not_drawn(tree)
    below = _below(fields, notes, Box(0, height + 8 if fields else 0, width, 0), mark)
    says = _says(fields, notes)
    sheet = Sheet(mark, title, says, width, (height + 8 if fields else 0) + below.high)
    return drawing.picture(sheet, _patterns(mark) + body + fences + below.svg)


def laid_out(tree: Sequence[Branch], box: Box) -> list[Field]:
    """Where everything stands, the greatest first; areas are as sums, and fill the box."""
    sums = [(branch, _drawn(branch)) for branch in tree]
    sized = [(sum(p for p, _ in found), branch, found) for branch, found in sums if found]
    sized.sort(key=lambda one: (-one[0], one[1].name))
    whole = sum(pence for pence, _, _ in sized)
    boxes = squarified([pence for pence, _, _ in sized], box)
    fields = []
    for (pence, branch, found), place in zip(sized, boxes, strict=True):
        leaves = _folded(found, whole / (box.wide * box.high) * SMALLEST)
        inner = squarified([one for one, _ in leaves], place)
        tiles = tuple(
            Tile(branch.name, leaf, one, at) for (one, leaf), at in zip(leaves, inner, strict=True)
        )
        fields.append(Field(branch.name, pence, place, tiles))
    return fields


def _drawn(branch: Branch) -> list[tuple[int, Leaf]]:
    """The sums of a branch that have an area, the greatest first."""
    for leaf in branch.leaves:
        if leaf.status not in STATUSES:
            raise ValueError(f"a sum is one of {', '.join(STATUSES)}, and not {leaf.status!r}")
    found = [(leaf.pence, leaf) for leaf in branch.leaves if leaf.pence is not None]
    above = [(pence, leaf) for pence, leaf in found if pence > 0]
    return sorted(above, key=lambda one: (-one[0], one[1].name, one[1].status))


def _folded(found: list[tuple[int, Leaf]], least: float) -> list[tuple[int, Leaf]]:
    """Sums too small to be seen, as one; its status is that of the least well known in it."""
    small = [(pence, leaf) for pence, leaf in found if pence < least]
    if len(small) < 2:
        return found
    pence = sum(one for one, _ in small)
    worst = max((leaf.status for _, leaf in small), key=STATUSES.index)
    others = (pence, Leaf(f"{len(small)} smaller sums", pence, worst))
    return sorted([*found[: -len(small)], others], key=lambda one: -one[0])


def not_drawn(tree: Sequence[Branch]) -> list[str]:
    """What a treemap cannot show, as a sentence; none where it shows everything."""
    found = []
    for branch in tree:
        for leaf in branch.leaves:
            if leaf.pence is None:
                found.append(f"{leaf.name} ({branch.name}), not known")
            elif leaf.pence <= 0:
                found.append(f"{leaf.name} ({branch.name}), {brief(leaf.pence)}")
    if not found:
        return []
    why = "Not drawn, because no area shows nothing, less than nothing or what nobody knows"
    return [f"{why}: {'; '.join(found)}."]


def _tiles(field: Field, place: int, mark: str) -> str:
    found = ""
    for tile in field.tiles:
        how = "" if tile.leaf.status == "measured" else f", {tile.leaf.status}"
        said = share(tile.pence, field.pence)
        words = f"{tile.leaf.name}: {brief(tile.pence)}, {said} of {field.name}{how}"
        found += drawing.block(tile.box, f"d{hue(place)} gap", words)
        if how:
            fill = f' fill="url(#{mark}-{tile.leaf.status})"'
            found += drawing.block(tile.box, "gap", words, also=fill)
    return found


def _patterns(mark: str) -> str:
    """Dots and stripes, darker than any tile and lighter in the dark, so that words stay plain."""
    return (
        f'<defs><pattern id="{mark}-apportioned" width="8" height="8" '
        'patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1.3" class="dot"/>'
        '<circle cx="6" cy="6" r="1.3" class="dot"/></pattern>'
        f'<pattern id="{mark}-modelled" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<line x1="1" y1="0" x2="1" y2="7" class="shade"/></pattern></defs>'
    )


def _below(fields: Sequence[Field], notes: Sequence[str], room: Box, mark: str) -> Drawn:
    """The key of the patterns, where there is more than one, and the notes."""
    used = {tile.leaf.status for field in fields for tile in field.tiles}
    svg, y = "", room.y
    if used - {"measured"}:
        swatch = Box(0, 0, 16, 12)
        entries = []
        for status in (one for one in STATUSES if one in used):
            tile = drawing.block(swatch, "d0")
            if status != "measured":
                tile += drawing.block(swatch, "gap", also=f' fill="url(#{mark}-{status})"')
            entries.append(Entry(tile, _MEANS[status]))
        keyed = drawing.key(entries, Box(room.x, y, room.wide, 0))
        svg, y = keyed.svg, y + keyed.high + 4
    for note in notes:
        written = drawing.paragraph(note, Box(room.x, y, room.wide, 0))
        svg, y = svg + written.svg, y + written.high + 4
    if not fields and not notes:
        written = drawing.paragraph("There is no sum to draw.", room)
        svg, y = svg + written.svg, y + written.high
    return Drawn(svg, y - room.y)


def _says(fields: Sequence[Field], notes: Sequence[str]) -> str:
    """The main figures in words: the whole, and the greatest parts with their greatest parts."""
    if not fields:
        return " ".join(["There is no sum to draw.", *notes])
    whole = sum(field.pence for field in fields)
    found = [f"Areas by size, {spoken(whole)} in all."]
    for field in fields[:6]:
        top = "; ".join(f"{tile.leaf.name} {spoken(tile.pence)}" for tile in field.tiles[:2])
        found.append(f"{field.name}: {spoken(field.pence)}, {share(field.pence, whole)}: {top}.")
    if len(fields) > 6:
        rest = sum(field.pence for field in fields[6:])
        found.append(f"{len(fields) - 6} others: {spoken(rest)}, {share(rest, whole)}.")
    return " ".join([*found, *notes])
