"""A workbook (XLSX or ODS) without the words of some cells: the same zip, part by part.

Every part in which words can stand is gone through. A part that cannot be looked into (macros, a
file within the workbook) makes the copy unsafe, and so does a name that is left anywhere.
"""

from __future__ import annotations

import base64
import mmap
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from totalplace.sources.erasing.open_document import ContentXml
from totalplace.sources.erasing.sheet_edits import (
    CalculationXml,
    SheetXml,
    StringsXml,
    sheet_parts,
)
from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.erasing.xml_edits import (
    Content,
    Edit,
    Words,
    WordsXml,
    all_words,
    spliced,
)
from totalplace.sources.reading.kinds import workbook_form
from totalplace.sources.rules.erasure import Eraser

# By sheet, as the workbook names it: the new text of cells, by row and column from 0.
Cells = Mapping[str, Mapping[tuple[int, int], str]]

_CHUNK: Final = 2**20
_WORDED: Final = (".xml", ".rels", ".rdf", ".vml")
_CANNOT_BE_SEEN: Final = re.compile(
    r"vbaproject\.bin$|/embeddings/|/activex/|/externallinks/.*\.bin$|^basic/|\.ole$"
)
_THUMBNAIL: Final = re.compile(r"^thumbnails/|^docprops/thumbnail|^objectreplacements/")
# In place of a picture of the first page: one pixel that cannot be seen.
_PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_SEARCHED_AS: Final = ("utf-8", "utf-16-le", "cp1252")
_STRINGS: Final = "xl/sharedstrings.xml"
_CALCULATION: Final = "xl/calcchain.xml"


def rewrite(path: Path, to: Path, cells: Cells, eraser: Eraser, *, only_cells: bool) -> None:
    """Copy a workbook with some cells replaced, and every other mention of the name.

    `only_cells` leaves other mentions. Raises Unsafe where nothing but the removal of the whole
    copy is certain to take the name away.
    """
    form = workbook_form(path)
    if form not in ("xlsx", "ods"):
        raise Unsafe(f"it is a workbook in the form of .{form}, which is not rewritten here")
    words: Words = (lambda text: text) if only_cells else eraser.without
    with zipfile.ZipFile(path) as archive:
        plan = _Plan(archive, cells, eraser, words, to.parent, only_cells)
        edits = plan.of_excel() if form == "xlsx" else plan.of_open_document()
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in archive.infolist():
                plan.copy(entry, edits.get(entry.filename, []), out)
    if eraser.name.several and not only_cells:
        with zipfile.ZipFile(to) as written:
            _Plan(written, {}, eraser, words, to.parent, only_cells).refuse_left()


Edits = dict[str, list[Edit]]


@dataclass(slots=True)
class _Plan:
    """What is to be done to each part of a workbook."""

    archive: zipfile.ZipFile
    cells: Cells
    eraser: Eraser
    words: Words
    scratch: Path  # a folder for the part being looked at
    only_cells: bool
    changed: set[tuple[str, int, int]] = field(default_factory=set)

    def of_excel(self) -> Edits:
        """The edits of every part of an Excel workbook."""
        names = {name.lower(): name for name in self.archive.namelist()}
        sheets, edits = sheet_parts(self.archive), Edits()
        used, formulas = set[int](), set[str]()
        with self._content(names.get(_STRINGS)) as strings:
            shared = StringsXml(strings, self.eraser)
            shared.read()
            for part in sheets.keys() & names.keys():
                with self._content(names[part]) as content:
                    cells = self.cells.get(sheets[part], {})
                    sheet = SheetXml(content, self.words, cells, shared.found)
                    edits[names[part]] = sheet.read()
                used |= sheet.used
                formulas |= sheet.formulas
                self.changed |= {(sheets[part], *place) for place in sheet.changed}
            if strings:
                edits[names[_STRINGS]] = shared.without(used)
        if formulas and _CALCULATION in names:
            with self._content(names[_CALCULATION]) as content:
                edits[names[_CALCULATION]] = CalculationXml(content, formulas).read()
        return self._with_others(edits)

    def of_open_document(self) -> Edits:
        """The edits of every part of an OpenDocument spreadsheet."""
        with self._content("content.xml") as content:
            followed = ContentXml(content, self.words, self.cells)
            edits = {"content.xml": followed.read()}
        self.changed |= followed.changed
        return self._with_others(edits)

    def _with_others(self, edits: Edits) -> Edits:
        """The edits of parts that hold no cells, too: titles, comments, who wrote it."""
        for name in self.archive.namelist():
            if name not in edits and name.lower().endswith(_WORDED):
                with self._content(name) as content:
                    edits[name] = WordsXml(content, self.words).read()
        planned = {(s, *place) for s, places in self.cells.items() for place in places}
        if planned != self.changed:
            raise Unsafe("a cell with the name was not found in it again")
        return edits

    def copy(self, entry: zipfile.ZipInfo, edits: Sequence[Edit], out: zipfile.ZipFile) -> None:
        """Write a part with its edits. Raises Unsafe where the name is left, or may be."""
        name = entry.filename.lower()
        if _CANNOT_BE_SEEN.search(name):
            raise Unsafe("it carries macros, or a file within it, which are not looked into")
        written = zipfile.ZipInfo(entry.filename, entry.date_time)
        written.compress_type, written.external_attr = entry.compress_type, entry.external_attr
        written.file_size = entry.file_size + sum(len(edit.new) for edit in edits)
        with self._content(entry.filename) as content, out.open(written, "w") as part:
            if _THUMBNAIL.search(name):
                part.write(_PIXEL)
            else:
                spliced(content, edits, part)
                if not edits and not name.endswith(_WORDED):
                    self._refuse_bytes(content)

    def refuse_left(self) -> None:
        """Raise Unsafe where the name stands in a part, over however many runs of text."""
        for name in self.archive.namelist():
            if name.lower().endswith(_WORDED):
                with self._content(name) as content:
                    if self.eraser.stands_in(all_words(content)):
                        raise Unsafe("the name stands in it in a form that is not rewritten here")

    def _refuse_bytes(self, content: Content) -> None:
        if self.eraser.name.several and not self.only_cells:
            for coding in _SEARCHED_AS:
                if self.eraser.may_be_in(bytes(content).decode(coding, "ignore")):
                    raise Unsafe("the name stands in a part of it that holds no words")

    @contextmanager
    def _content(self, name: str | None) -> Iterator[Content]:
        """The bytes of a part, on disk as long as they are looked at."""
        if name is None or not self.archive.getinfo(name).file_size:
            yield b""
            return
        with tempfile.TemporaryFile(dir=self.scratch) as file:  # without a name: it cannot stay
            with self.archive.open(name) as packed:
                shutil.copyfileobj(packed, file, _CHUNK)
            file.flush()
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as pages:
                yield pages
