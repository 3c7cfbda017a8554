"""The strokes that pictures are made of, as SVG text; every word is made safe here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from totalplace.doors.report.pictures import measure

_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")
SMALL: Final = 12.0  # the size of notes and keys


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its left and top edge, its width and its height."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.high


@dataclass(frozen=True, slots=True)
class Drawn:
    """Strokes, and how much height they take."""

    svg: str
    high: float


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line of text is set: its size, class, weight and the point that it hangs from."""

    size: float = 13.0
    look: str = ""
    bold: bool = False
    hangs: str = ""  # from its start; "m" from its middle, "e" from its end

    def width(self, text: str) -> float:
        """The most that a text takes."""
        return measure.width(text, self.size, bold=self.bold)

    @property
    def high(self) -> float:
        """From one line to the next."""
        return self.size * measure.LINE


def plain(text: str) -> str:
    """A text on one line, without letters that cannot be seen or that turn others round."""
    kept = (
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter
        for letter in unicodedata.normalize("NFC", text)
        if unicodedata.category(letter) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def unbracketed(text: str) -> str:
    """A plain text without what it ends with in brackets, where there is little room for it."""
    return _IN_BRACKETS.sub("", text) or text


def safe(text: str) -> str:
    """A text as it may stand in SVG."""
    return escape(plain(text))


def at(value: float) -> str:
    """A length to a hundredth, as short as it can be written."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written in {"-0", ""} else written


def line(x: float, top: float, text: str, pen: Pen) -> str:
    """A line of text whose upper edge is at `top`; empty for an empty text."""
    shown = plain(text)
    if not shown:
        return ""
    looks = " ".join(look for look in (pen.look, "b" if pen.bold else "", pen.hangs) if look)
    named = f' class="{looks}"' if looks else ""
    # Letters of which the width is not known are pressed into what was measured for them.
    pressed = ""
    if not measure.is_known(shown):
        pressed = f' textLength="{at(pen.width(shown))}" lengthAdjust="spacingAndGlyphs"'
    base = at(top + pen.size * measure.BASE)
    size = at(pen.size)
    return f'<text x="{at(x)}" y="{base}" font-size="{size}"{named}{pressed}>{escape(shown)}</text>'


def lines(x: float, top: float, texts: Sequence[str], pen: Pen) -> str:
    """Lines of text, one below the other."""
    return "".join(line(x, top + pen.high * row, text, pen) for row, text in enumerate(texts))


def paragraph(text: str, room: Box, *, look: str = "soft", bold: bool = False) -> Drawn:
    """A text in as many lines as it needs, from the upper edge of the room, in its width."""
    pen = Pen(SMALL, look, bold)
    written = measure.in_lines(plain(text), pen.size, room.wide, bold=bold)
    return Drawn(lines(room.x, room.y, written, pen), pen.high * len(written))


def block(box: Box, look: str, words: str = "", *, also: str = "") -> str:
    """A rectangle with its words; its edges are rounded, so that neighbours meet."""
    left, top = round(box.x, 2), round(box.y, 2)
    wide, high = round(box.right, 2) - left, round(box.bottom, 2) - top
    inside = f"<title>{safe(words)}</title>" if words else ""
    places = f'x="{at(left)}" y="{at(top)}" width="{at(wide)}" height="{at(high)}"'
    return f'<rect {places} class="{look}"{also}>{inside}</rect>'


def stroke(x: float, y: float, to_x: float, to_y: float, *, look: str) -> str:
    """A straight line."""
    return f'<line x1="{at(x)}" y1="{at(y)}" x2="{at(to_x)}" y2="{at(to_y)}" class="{look}"/>'


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a key: a mark of 16 by 12, drawn at 0, 0, and what it means."""

    mark: str
    means: str


def key(entries: Sequence[Entry], room: Box) -> Drawn:
    """Entries side by side, in as many rows as they need."""
    pen = Pen(SMALL, "soft")
    x, y, found = room.x, room.y, ""
    for entry in entries:
        texts = measure.in_lines(plain(entry.means), pen.size, room.wide - 22)
        wide = 22 + max((pen.width(text) for text in texts), default=0)
        if x > room.x and x + wide > room.right:
            x, y = room.x, y + pen.high + 3
        found += f'<g transform="translate({at(x)} {at(y + 2)})">{entry.mark}</g>'
        found += lines(x + 22, y, texts, pen)
        x += wide + 18
        if len(texts) > 1:
            x, y = room.x, y + pen.high * len(texts) + 3
    return Drawn(found, y - room.y + (pen.high if x > room.x else 0))


def mark_for(*what: object) -> str:
    """A name for the parts of a picture of these things: the same for the same, else another.

    Several pictures stand on one page, and names on a page must differ.
    """
    return f"p{hashlib.sha256(repr(what).encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a picture is drawn on: its mark, title, the words that tell it, and its size."""

    mark: str
    title: str
    says: str
    wide: float
    high: float


def picture(sheet: Sheet, body: str) -> str:
    """A whole picture; `says` tells its main figures to those who do not see it."""
    size, mark = f"0 0 {at(sheet.wide)} {at(sheet.high)}", sheet.mark
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img" '
        f'aria-labelledby="{mark}-t" aria-describedby="{mark}-d">'
        f'<title id="{mark}-t">{safe(sheet.title)}</title>'
        f'<desc id="{mark}-d">{safe(sheet.says)}</desc>{body}</svg>'
    )
