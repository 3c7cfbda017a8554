"""What an OpenDocument spreadsheet says of itself: how far it reaches, and where its errors are.

A cell or row is written once with how often it repeats, so that a few bytes can claim billions of
cells; the reader would write out every one.
"""

from __future__ import annotations

from typing import IO, Final
from xml.parsers import expat

from totalplace.sources.reading.look import MOST_FORMULAS, DeclaresEntities, SheetLook

_CHUNK: Final = 2**20
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_ERROR: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_CELLS: Final = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_NUMBERS: Final = ("float", "percentage", "currency")
_SHOWN: Final = 200  # letters of a formula that are kept
# An error repeated over more rows than this is shown in the first of them.
_ROWS_OF_AN_ERROR: Final = 1_000


class OdsLook:
    """Follows the XML of a spreadsheet as it streams past."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetLook] = {}
        self._look = SheetLook()
        self._row = self._row_times = self._column = 0
        self._error: tuple[int, int] | None = None  # first column, times
        self._words: list[str] = []
        self._row_errors: list[tuple[int, int, str]] = []

    def read(self, part: IO[bytes]) -> dict[str, SheetLook]:
        """What each sheet says. Raises DeclaresEntities, or expat's error where it is no XML."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return self.sheets

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _TABLE + "table":
            self._look, self._row = SheetLook(), 0
            self.sheets[attributes.get(_TABLE + "name", "")] = self._look
        elif tag == _TABLE + "table-row":
            self._row_times = _times(attributes.get(_TABLE + "number-rows-repeated"))
            self._column, self._row_errors = 0, []
        elif tag in _CELLS:
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        times = _times(attributes.get(_TABLE + "number-columns-repeated"))
        if _OFFICE + "value-type" in attributes or _TABLE + "formula" in attributes:
            self._look.last_row = max(self._look.last_row, self._row + self._row_times)
            self._look.last_column = max(self._look.last_column, self._column + times)
        if _TABLE + "formula" in attributes and not _has_result(attributes):
            self._formula(attributes[_TABLE + "formula"], times)
        if attributes.get(_ERROR) == "error":
            self._error, self._words = (self._column, min(times, _ROWS_OF_AN_ERROR)), []
        self._column += times

    def _formula(self, formula: str, times: int) -> None:
        """Keep a formula without a result, in each cell in which it stands."""
        look = self._look
        look.unsaved += 1
        if times * self._row_times > MOST_FORMULAS - len(look.formulas):
            look.unplaced = True
            return
        said = "=" + formula.partition("=")[2][:_SHOWN]
        for row in range(self._row, self._row + self._row_times):
            places = range(self._column, self._column + times)
            look.formulas.update({(row, column): said for column in places})

    def _characters(self, words: str) -> None:
        if self._error:
            self._words.append(words[:100])

    def _end(self, tag: str) -> None:
        if tag in _CELLS and self._error:
            word = "".join(self._words).strip()[:100] or "#ERROR!"
            self._row_errors.append((*self._error, word))
            self._error = None
        elif tag == _TABLE + "table-row":
            for row in range(self._row, self._row + min(self._row_times, _ROWS_OF_AN_ERROR)):
                for first, times, word in self._row_errors:
                    self._look.errors.update({(row, first + n): word for n in range(times)})
            self._row += self._row_times


def _has_result(attributes: dict[str, str]) -> bool:
    """Whether a formula's cell says what it came to; words stand within it, and may be none."""
    kind = attributes.get(_OFFICE + "value-type", "")
    return bool(kind) and (kind not in _NUMBERS or _OFFICE + "value" in attributes)


def _times(repeated: str | None) -> int:
    return max(1, int(repeated[:12])) if repeated and repeated.isdecimal() else 1


def _refuse_doctype(*_: object) -> None:
    raise DeclaresEntities
