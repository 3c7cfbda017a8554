"""The cells of an OpenDocument spreadsheet without some of their words; ODF 1.2, part 1, 9."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.erasing.xml_edits import (
    Content,
    Edit,
    Words,
    WordsXml,
    attributes_of,
    coded,
    name_of,
    tagged,
)

_CELLS: Final = ("table-cell", "covered-table-cell")
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
# What stays of a cell whose words change; what said its value or formula does not.
_KEPT: Final = (
    "style-name", "number-columns-repeated", "number-columns-spanned", "number-rows-spanned",
    "content-validation-name",
)  # fmt: skip

Place = tuple[int, int]  # row and column, from 0


class ContentXml(WordsXml):
    """All sheets: a cell that changes is written anew, as text."""

    def __init__(
        self, content: Content, words: Words, sheets: Mapping[str, Mapping[Place, str]]
    ) -> None:
        super().__init__(content, words)
        self._sheets = sheets
        self._rows: dict[int, dict[int, str]] = {}  # of the sheet being read
        self._prefixes: dict[str, bytes] = {}
        self.changed: set[tuple[str, int, int]] = set()
        self._sheet = ""
        self._row, self._row_times, self._column = 0, 1, 0
        self._at = 0
        self._new: str | None = None

    def begins(self, tag: str, attributes: dict[str, str], at: int, /) -> None:
        """Follow sheets, rows and cells, each of which is written once for several alike."""
        for name, value in attributes.items():
            if name.startswith("xmlns:") and value in (_OFFICE, _TEXT):
                self._prefixes.setdefault(value, name.removeprefix("xmlns:").encode() + b":")
        said = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "table":
            self._begin_sheet(said.get("name", ""))
        elif tag == "table-row":
            self._row_times, self._column = _times(said.get("number-rows-repeated")), 0
        elif tag in _CELLS:
            self._begin_cell(_times(said.get("number-columns-repeated")), at)

    def finished(self, tag: str, end: int, /) -> None:
        """Write a cell that changes anew."""
        if tag == "table-row":
            self._row += self._row_times
        elif tag in _CELLS and self._new is not None:
            self.edits.append(Edit(self._at, end, self._cell(self._new)))
            self._new, self.muted = None, False

    def _begin_sheet(self, name: str) -> None:
        self._sheet, self._row, self._rows = name, 0, {}
        for (row, column), new in self._sheets.get(name, {}).items():
            self._rows.setdefault(row, {})[column] = new

    def _begin_cell(self, times: int, at: int) -> None:
        """The one text that all cells written here have from now on, if any."""
        columns = range(self._column, self._column + times)
        self._column += times
        rows = range(self._row, self._row + self._row_times)
        near = [self._row] if len(rows) == 1 else [row for row in self._rows if row in rows]
        found = {
            (self._sheet, row, column): new
            for row in near
            for column, new in self._rows.get(row, {}).items()
            if column in columns
        }
        if not found:
            return
        if len(found) < len(rows) * len(columns) or len(set(found.values())) > 1:
            raise Unsafe("cells that are written once for several are to differ from now on")
        self.changed |= found.keys()
        self._at, self._new, self.muted = at, next(iter(found.values())), True

    def _cell(self, new: str) -> bytes:
        raw = self.tag_at(self._at)
        office, text = self._prefixes.get(_OFFICE), self._prefixes.get(_TEXT)
        if office is None or text is None:
            raise Unsafe("a part of it is written in a way that is not known here")
        kept = [said for name, said in attributes_of(raw) if name.rpartition(":")[2] in _KEPT]
        tag = name_of(raw)
        if not new:
            return tagged(tag, b"", kept)
        lines = b"".join(tagged(text + b"p", coded(line)) for line in new.split("\n"))
        return tagged(tag, lines, [*kept, office + b'value-type="string"'])


def _times(repeated: str | None) -> int:
    return max(1, int(repeated[:9])) if repeated and repeated.isdecimal() else 1
