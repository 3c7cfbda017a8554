"""The parts of an Excel workbook (XLSX) without the words of some cells; ECMA-376, part 1, 18.3."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.erasing.xml_edits import (
    Content,
    Edit,
    Words,
    WordsXml,
    attributes_of,
    coded,
    prefix_of,
    tagged,
)
from totalplace.sources.rules.erasure import ERASED, Eraser, position_of
from totalplace.sources.rules.rows import letter

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What is printed above and below each page; 18.3.1.39, "Header/Footer" has the codes.
_MARGINS: Final = (
    "oddHeader",
    "evenHeader",
    "firstHeader",
    "oddFooter",
    "evenFooter",
    "firstFooter",
)
_CODES: Final = re.compile(r'(&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]+|[A-Za-z&+-]))')
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"

Place = tuple[int, int]  # row and column, from 0


class SheetXml(WordsXml):
    """One sheet: cells that change get their new text in line, so that no other cell does.

    Notes which of some shared strings are still used by cells that do not change.
    """

    def __init__(
        self, content: Content, words: Words, cells: Mapping[Place, str], shared: Collection[int]
    ) -> None:
        super().__init__(content, words)
        self._cells, self._shared = cells, shared
        self.used, self.formulas, self.changed = set[int](), set[str](), set[Place]()
        self._row = self._column = -1
        self._at = 0  # where the cell being read begins
        self._new: str | None = None
        self._is_shared = False

    def begins(self, tag: str, attributes: dict[str, str], at: int, /) -> None:
        """Follow rows and cells, which may leave out where they stand."""
        if tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif tag == "c":
            self._begin_cell(attributes, at)
        elif tag == "f" and self._new is not None:
            self.formulas.add(f"{letter(self._column)}{self._row + 1}")
            if "ref" in attributes:
                raise Unsafe("a cell with the name is a formula that other cells share")

    def _begin_cell(self, attributes: dict[str, str], at: int) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        if found:
            self._row, self._column = int(found[2]) - 1, position_of(found[1])
        else:
            self._column += 1
        self._at, self._is_shared = at, attributes.get("t") == "s"
        self._new = self._cells.get((self._row, self._column))
        self.muted = self._new is not None

    def words(self, text: str, start: int, end: int, /) -> None:
        """Note which shared string a cell uses; all other text as everywhere."""
        if self._is_shared and self.inside == "v":
            number = int(text) if text.strip().isdecimal() else -1
            if self._new is None and number in self._shared:
                self.used.add(number)
            return
        if self.inside in _MARGINS and not self.muted:
            # &C and its like say where words stand; the words follow without a space.
            new = "".join(self.change(part) for part in _CODES.split(text))
            if new != text:
                self.replace(start, end, new)
            return
        super().words(text, start, end)

    def finished(self, tag: str, end: int, /) -> None:
        """Replace a cell that changes as a whole."""
        if tag != "c":
            return
        if self._new is not None:
            self.changed.add((self._row, self._column))
            self.edits.append(Edit(self._at, end, self._cell(self._new)))
        self._new, self._is_shared, self.muted = None, False, False

    def _cell(self, new: str) -> bytes:
        raw = self.tag_at(self._at)
        prefix = prefix_of(raw)
        kept = [said for name, said in attributes_of(raw) if name in ("r", "s")]
        if not new:
            return tagged(prefix + b"c", b"", kept)
        text = tagged(prefix + b"t", _text(new), [b'xml:space="preserve"'])
        return tagged(prefix + b"c", tagged(prefix + b"is", text), [*kept, b't="inlineStr"'])


def _text(new: str) -> bytes:
    """Text of a cell: control characters, which XML cannot hold, as Excel spells them."""
    return coded(re.sub(r"[\x00-\x08\x0b-\x1f]", lambda c: f"_x{ord(c[0]):04X}_", new))


class StringsXml(WordsXml):
    """The shared strings: where each that may hold the name stands, by its number."""

    def __init__(self, content: Content, eraser: Eraser) -> None:
        super().__init__(content, lambda text: text)
        self._eraser = eraser
        self.found: dict[int, tuple[int, int]] = {}
        self._number, self._at, self._parts = -1, 0, list[str]()

    def begins(self, tag: str, _attributes: dict[str, str], at: int, /) -> None:
        """A string begins; what is written above its letters (`rPh`) belongs to it."""
        if tag == "si":
            self._number, self._at, self._parts = self._number + 1, at, []

    def words(self, text: str, _start: int, _end: int, /) -> None:
        """A run of a string, which may be in several."""
        self._parts.append(text)

    def finished(self, tag: str, end: int, /) -> None:
        """A string has ended."""
        if tag == "si" and self._eraser.may_hold("".join(self._parts)):
            self.found[self._number] = (self._at, end)

    def without(self, used: Collection[int]) -> list[Edit]:
        """Edits that blank every such string that no cell uses any more."""
        edits = []
        for number, (start, end) in self.found.items():
            if number not in used:
                prefix = prefix_of(self.tag_at(start))
                blank = tagged(prefix + b"si", tagged(prefix + b"t", coded(ERASED)))
                edits.append(Edit(start, end, blank))
        return edits


class CalculationXml(WordsXml):
    """The order in which formulas are computed, without those that are there no more."""

    def __init__(self, content: Content, gone: Collection[str]) -> None:
        super().__init__(content, lambda text: text)
        self._gone, self._at = gone, -1

    def begins(self, tag: str, attributes: dict[str, str], at: int, /) -> None:
        """A cell with a formula."""
        self._at = at if tag == "c" and attributes.get("r") in self._gone else -1

    def finished(self, tag: str, end: int, /) -> None:
        """Leave it out."""
        if tag == "c" and self._at >= 0:
            self.edits.append(Edit(self._at, end, b""))
            self._at = -1


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of the sheet that each part holds, by the part's name in small letters."""
    names = {entry.lower(): entry for entry in archive.namelist()}
    if _BOOK not in names or _RELATIONS not in names:
        raise Unsafe("it does not say which of its parts are sheets")
    # What declares entities is refused when a file is added, and by every other way in here.
    book = ET.fromstring(archive.read(names[_BOOK]))  # noqa: S314
    relations = ET.fromstring(archive.read(names[_RELATIONS]))  # noqa: S314
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    found = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            for key, value in sheet.attrib.items():
                if key.rpartition("}")[2] == "id" and value in targets:
                    part = posixpath.normpath(posixpath.join("/xl", targets[value]))
                    found[part.lstrip("/").lower()] = sheet.get("name", "")
    return found
