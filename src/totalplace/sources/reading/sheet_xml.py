"""What the XML of an Excel workbook says of its sheets, and how large the workbook is unpacked.

The reader asks for memory for the whole rectangle from A1 to the last used cell, and drops error
cells. So the parts are read once as a stream, which costs a sixth of reading the workbook.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.directory import refuse_long_listing
from totalplace.sources.reading.names import damaged, locked, shown_name, size

_CHUNK: Final = 2**20
# One row of XML longer than this holds no row that Excel wrote.
_LONGEST_ROW: Final = 64 * 2**20
_READ: Final = (".xml", ".rels", ".bin")
_SMALL: Final = 8 * 2**20  # workbook.xml and its relations are a few KB


def survey(path: Path, title: str, bounds: Bounds) -> Survey:
    """Look through a workbook's parts. Old workbooks (.xls) have none.

    Raises Refused where it unpacks to more than the bounds, is locked, or declares XML entities.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return Survey()
    try:
        refuse_long_listing(path, title, bounds)
        with zipfile.ZipFile(path) as archive:
            return _survey(archive, path, title, bounds)
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise locked(title) from error
    except (
        zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, struct.error,
        ElementTree.ParseError, KeyError,
    ) as error:  # fmt: skip
        raise damaged(title) from error


def _survey(archive: zipfile.ZipFile, path: Path, title: str, bounds: Bounds) -> Survey:
    entries = archive.infolist()
    names = {e.filename.lower() for e in entries}
    if len(names) < len(entries) or len(entries) > bounds.members:
        raise damaged(title)
    read = [e for e in entries if e.filename.lower().endswith(_READ)]
    _refuse_size(sum(e.file_size for e in read), path, title, bounds)
    seen = Survey()
    if any(n.endswith("vbaproject.bin") for n in names):
        seen.notes.append("it carries macros, which were not run.")
    if any(n.startswith("xl/externallinks/") for n in names):
        seen.notes.append("it refers to other workbooks; the figures saved in it were read.")
    parts = _sheet_parts(archive, title) if "xl/workbook.xml" in names else {}
    for entry in read:
        sheet = parts.get(entry.filename.lower())
        if sheet is None:
            _pass_through(archive, entry, title)
            continue
        look = SheetLook()
        _look(archive, entry, look, title)
        _refuse_area(archive, entry, (sheet, look), title, bounds)
        seen.sheets[sheet] = look
        if look.unsaved:
            seen.notes.append(
                f"{look.unsaved:,} formulas of the sheet {shown_name(sheet)} have no saved result "
                "and were read as blank; open the file in Excel and save it to keep them."
            )
    return seen


def _refuse_size(unpacked: int, path: Path, title: str, bounds: Bounds) -> None:
    """Refuse by the sizes that the zip states; zipfile unpacks no more than those."""
    packed = path.stat().st_size
    limit = bounds.workbook_unpacked_bytes
    fair = max(bounds.ratio_free_bytes, packed * bounds.unpack_ratio)
    if unpacked <= min(limit, fair):
        return
    reason = (
        f"the most that a workbook may ({size(limit)})" if unpacked > limit
        else f"more than {bounds.unpack_ratio} times its own size, which no table does"
    )  # fmt: skip
    raise Refused(
        f"{title} was not read",
        why=f"it unpacks to {size(unpacked)}, {'over ' if unpacked > limit else ''}{reason}",
        next_step="Save each of its sheets as CSV and give those",
    )


def _sheet_parts(archive: zipfile.ZipFile, title: str) -> dict[str, str]:
    """The name of the sheet that each part of a workbook holds."""
    files = {n.lower(): n for n in archive.namelist()}
    relations = files.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return {}
    targets = {
        r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", ""))).lstrip("/")
        for r in _tree(archive, relations, title)
    }
    parts: dict[str, str] = {}
    for element in _tree(archive, files["xl/workbook.xml"], title).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == "id" and value in targets:
                parts[targets[value].lower()] = element.get("name", "")
    return parts


def _tree(archive: zipfile.ZipFile, part: str, title: str) -> ElementTree.Element:
    """A small part as a tree. Entities are refused before the parser sees them."""
    if archive.getinfo(part).file_size > _SMALL:
        raise damaged(title)
    content = archive.read(part)
    _refuse_entities(content, title)
    return ElementTree.fromstring(content)


def _refuse_entities(content: bytes, title: str) -> None:
    """No workbook declares a document type; a file made to swell without end does."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(
            f"{title} was not read",
            why="its XML declares entities, which no workbook does and a file made to exhaust a "
            "computer does",
            next_step="Ask its publisher for the table as CSV or Excel",
        )


def _pass_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, title: str) -> None:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            _refuse_entities(chunk, title)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, title: str) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end between two rows."""
    carried = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            carried += chunk
            cut = max(carried.rfind(b"<row"), carried.rfind(b":row "))
            if cut > 0:
                cut = carried.rfind(b"<", 0, cut + 1)
                yield carried[:cut]
                carried = carried[cut:]
            elif len(carried) > _LONGEST_ROW:
                raise damaged(title)
    yield carried


def _look(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, look: SheetLook, title: str) -> None:
    patterns: _Patterns | None = None
    for piece in _pieces(archive, entry, title):
        if patterns is None:
            patterns = _Patterns.of(piece)
        _refuse_entities(piece, title)
        rows = patterns.row.findall(piece)
        if rows:
            look.last_row = max(look.last_row, *map(int, (r[:10] for r in rows)))
        wide = patterns.wide.findall(piece)
        if wide:
            look.last_letters = max(look.last_letters, *wide, key=lambda w: (len(w), w))
        if b't="e"' in piece or b"t='e'" in piece:
            for attributes, word in patterns.error.findall(piece):
                if at := _reference(attributes):
                    look.errors[at] = word.decode("ascii")
        look.unsaved += len(patterns.unsaved.findall(piece))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How rows and cells are written in one sheet, with its own prefix of names."""

    row: re.Pattern[bytes]
    wide: re.Pattern[bytes]
    error: re.Pattern[bytes]
    unsaved: re.Pattern[bytes]
    used: re.Pattern[bytes]

    @classmethod
    def of(cls, head: bytes) -> _Patterns:
        """Patterns for a sheet, from its first bytes."""
        found = re.search(rb"<([A-Za-z_][\w.-]*:)?worksheet[\s>]", head)
        p = re.escape(found[1] or b"") if found else b""
        c = rb"<" + p + rb"c\s([^>]*?)"
        f = rb"(?:</" + p + rb"f>|<" + p + rb"f\b[^>]*/>)"
        v = rb"<" + p + rb"v"
        return cls(
            row=re.compile(rb"<" + p + rb"row\s(?:[^>]*?\s)?r=[\"'](\d+)"),
            wide=re.compile(rb" r=\"([A-Z]{2,3})\d"),
            error=re.compile(
                c + rb"(?<=\W)t=[\"']e[\"'][^>]*>(?:(?!</" + p + rb"c>).)*?" + v
                + rb">(#[A-Z0-9/!?_]{1,30})<", re.DOTALL,
            ),  # fmt: skip
            unsaved=re.compile(f + rb"(?:</" + p + rb"c>|" + v + rb"/>|" + v + rb"></)"),
            used=re.compile(c + rb"(?<!/)>\s*<" + p + rb"(?:v|is|f)\b"),
        )


def _reference(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, from 0, of a cell by its `r="B7"`."""
    found = re.search(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']", attributes)
    return (int(found[2]) - 1, column_number(found[1].decode()) - 1) if found else None


def column_number(letters: str) -> int:
    """The place of a column by its letters, from 1: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _refuse_area(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    sheet: tuple[str, SheetLook],
    title: str,
    bounds: Bounds,
) -> None:
    """Refuse a sheet whose used cells lie so far apart that the rectangle is too large."""
    name, look = sheet
    if look.last_row > bounds.rows_per_sheet:
        raise damaged(title)
    if look.last_row * column_number(look.last_letters.decode()) <= bounds.cells:
        return
    last_row = last_column = 0
    patterns: _Patterns | None = None
    for piece in _pieces(archive, entry, title):
        patterns = patterns or _Patterns.of(piece)
        for attributes in patterns.used.findall(piece):
            if at := _reference(attributes):
                last_row, last_column = max(last_row, at[0] + 1), max(last_column, at[1] + 1)
    if last_row * last_column > bounds.cells:
        raise Refused(
            f"{title} was not read",
            why=f"its sheet {shown_name(name)} reaches over {last_row:,} rows and {last_column:,} "
            f"columns, and a sheet may reach over up to {bounds.cells:,} cells",
            next_step="Delete what stands far from the table, or save the sheet as CSV and give it",
        )
