"""How wide a text may be: a rule on the safe side, because nobody knows the reader's font.

The page asks for the system's own font. Of those that systems bring (Segoe UI, Roboto, San
Francisco, Noto Sans, Arial, DejaVu Sans), DejaVu Sans is the widest, letter by letter, so its
widths stand here, rounded up to a fiftieth of the font's size. A letter that is in no table is
measured generously, and `drawing.line` then presses the text into the room that was measured.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LINE: Final = 1.25  # from one line to the next, in sizes of the font
BASE: Final = 0.95  # from the top of a line to its baseline
UNKNOWN: Final = 1.2  # a letter of another script

# Widths in hundredths of the font's size, of DejaVu Sans 2.37.
_PLAIN: Final = {
    28: "'ijl", 30: "IJ", 32: " ,.·‘’", 34: "/:;\\|¦", 36: "f", 38: "-", 40: "()[]t",
    42: "!r¡²³¹", 46: '"', 48: "ªº", 50: "*_`§¨¯°´¸–", 52: "“”", 54: "?sz¿", 56: "Lc", 58: "Fk",
    60: "vxy•", 62: "PTYaeo«»ÝÞ", 64: "$0123456789ESbdghnpqu{}¢£¤¥µ¶ß€ðøþđ",
    70: "BCRVXZ", 72: "AK", 74: "U", 76: "HN", 78: "&DGÐ", 80: "OQØ", 82: "w",
    84: "#+<=>^~¬±×÷−→", 88: "M", 96: "%", 98: "m¼½¾Æ", 100: "@W©®æ—…", 104: "œ", 108: "Œ",
}  # fmt: skip
_BOLD: Final = {
    32: "'", 36: " ijl", 38: ",./IJ\\|¦·‘’", 40: ":;", 42: "-", 44: "f²³¹", 46: "!()[]¡", 48: "t",
    50: "_`r§¨¯°´¸–", 54: '"*', 58: "ªº", 60: "?csz¿", 64: "L¤¶•", 66: "vxy«»“”", 68: "aek",
    70: "$0123456789EFo¢£¥€ðø", 72: "Tbdghnpqu{}ßþđ", 74: "CPSYZµÝÞ", 78: "ABKRVX", 82: "U",
    84: "#+<=>DGHN^~¬±Ð×÷−→", 86: "OQØ", 88: "&", 94: "w", 100: "@M©®—…", 102: "%", 104: "¼½¾",
    106: "mæ", 110: "Æœ", 112: "W", 118: "Œ",
}  # fmt: skip


def _by_letter(table: dict[int, str]) -> dict[str, float]:
    return {letter: width / 100 for width, letters in table.items() for letter in letters}


_WIDTHS: Final = {False: _by_letter(_PLAIN), True: _by_letter(_BOLD)}


def _letter(letter: str, widths: dict[str, float]) -> float | None:
    # A letter with an accent is as wide as without: ŵ as w, É as E. An accent on i is not.
    base = unicodedata.normalize("NFD", letter)[0]
    found = widths.get(base)
    return found if base == letter or found is None else max(found, widths["r"])


def is_known(text: str) -> bool:
    """Whether every letter of a text is in the table, so that its width is sure."""
    return all(_letter(letter, _WIDTHS[False]) is not None for letter in text)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The most that a text takes, in the unit of `size`."""
    widths = _WIDTHS[bold]
    found = (_letter(letter, widths) for letter in text)
    return size * sum(UNKNOWN if one is None else one for one in found)


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str] | None:
    """A text in lines no wider than the room, broken between words; None where a word is wider."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        elif width(word, size, bold=bold) <= room:
            lines.append(word)
        else:
            return None
    return lines


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text on one line, cut with … where it must be; empty where not even that has room."""
    if width(text, size, bold=bold) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = f"{text[:end].rstrip()}…"
        if width(cut, size, bold=bold) <= room:
            return cut
    return ""


def in_lines(
    text: str, size: float, room: float, *, bold: bool = False, most: int = 0
) -> list[str]:
    """A text in lines, whatever its words: one that is too long is cut, and so is the last line.

    `most` is the greatest number of lines; zero is no limit.
    """
    words = [shortened(word, size, room, bold=bold) for word in text.split()]
    lines = wrapped(" ".join(words), size, room, bold=bold) or []
    if most and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], shortened(rest, size, room, bold=bold)]
    return [line for line in lines if line]
