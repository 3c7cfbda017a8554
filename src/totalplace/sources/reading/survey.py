"""A workbook looked through before it is opened: its size unpacked, its reach, its errors."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError

from totalplace.refusal import Refused
from totalplace.sources.reading import sheet_binary, sheet_xml
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.directory import BROKEN, ENCRYPTED, refuse_long_listing
from totalplace.sources.reading.look import DeclaresEntities, SheetLook, Survey
from totalplace.sources.reading.names import damaged, locked, shown_name, size
from totalplace.sources.reading.ods_xml import OdsLook
from totalplace.sources.reading.old_office import old_sheets

_CHUNK: Final = 2**20
_PICTURES: Final = ("xl/media/", "pictures/", "thumbnails/")  # never read
_SMALL: Final = 8 * 2**20  # workbook.xml and its relations are a few KB
_RELATIONS: Final = "xl/_rels/workbook.{}.rels"


def survey(path: Path, title: str, bounds: Bounds) -> Survey:
    """Look through a workbook.

    Raises Refused where it unpacks to more than the bounds, reaches over too many cells, is locked
    or damaged, or declares XML entities.
    """
    try:
        with path.open("rb") as file:
            is_zip = file.read(2) == b"PK"
        if is_zip:
            refuse_long_listing(path, title, bounds)
            with zipfile.ZipFile(path) as archive:
                return _Parts(archive, path, title, bounds).survey()
        sheets, is_locked = old_sheets(path)
    except DeclaresEntities as error:
        raise _entities(title) from error
    except (*BROKEN, ET.ParseError, ExpatError, LookupError) as error:
        raise damaged(title) from error
    if is_locked:
        raise locked(title)
    _refuse_all(sheets, title, bounds)
    return Survey(sheets)


def _refuse_all(sheets: dict[str, SheetLook], title: str, bounds: Bounds) -> None:
    """Refuse sheets that reach over too many cells between them."""
    left = bounds.cells
    for name, look in sheets.items():
        left -= look.last_row * look.last_column
        if left < 0:
            raise too_far(title, name, (look.last_row, look.last_column), bounds)


def too_far(title: str, sheet: str, reach: tuple[int, int], bounds: Bounds) -> Refused:
    """The refusal of a sheet whose used cells lie so far apart that it would fill the memory."""
    return Refused(
        f"{title} was not read",
        why=f"its sheet {shown_name(sheet)} reaches over {reach[0]:,} rows and {reach[1]:,} "
        f"columns, and a workbook may reach over up to {bounds.cells:,} cells",
        next_step="Delete what stands far from the table, or save the sheet as CSV and give that",
    )


def _past_the_end(title: str, sheet: str, row: int, bounds: Bounds) -> Refused:
    return Refused(
        f"{title} was not read",
        why=f"its sheet {shown_name(sheet)} has something in row {row:,}, and the last row of a "
        f"sheet is {bounds.rows_per_sheet:,}",
        next_step="Save the sheet as CSV and give that, or divide it into several sheets",
    )


def _entities(title: str) -> Refused:
    return Refused(
        f"{title} was not read",
        why="its XML declares entities, which no workbook does and a file made to exhaust a "
        "computer does",
        next_step="Ask its publisher for the table as CSV or Excel",
    )


class _Parts:
    """The parts of a workbook that is a zip."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, title: str, bounds: Bounds) -> None:
        self._archive, self._path, self._title, self._bounds = archive, path, title, bounds
        self._entries = archive.infolist()
        self._files = {e.filename.lower(): e.filename for e in self._entries}
        self._seen = Survey()

    def survey(self) -> Survey:
        """Read every part that the reader will read, and no more than their stated sizes."""
        if len(self._files) < len(self._entries) or len(self._entries) > self._bounds.members:
            raise damaged(self._title)
        if any(e.flag_bits & ENCRYPTED for e in self._entries) or (
            "encryption-data" in self._manifest()
        ):
            raise locked(self._title)
        self._refuse_size(sum(e.file_size for e in self._entries))
        self._note_company()
        named = self._names_of_sheets()
        for entry in self._entries:
            part = entry.filename.lower()
            if part in named:
                self._sheet(entry, named[part])
            elif part == "content.xml":
                self._open_document(entry)
            elif not part.startswith(_PICTURES):
                self._pass_through(entry)
        return self._seen

    def _manifest(self) -> str:
        """An OpenDocument's list of parts, which says whether they are encrypted."""
        entry = self._files.get("meta-inf/manifest.xml")
        if entry is None or self._archive.getinfo(entry).file_size > _SMALL:
            return ""
        return self._archive.read(entry).decode("utf-8", "replace")

    def _refuse_size(self, unpacked: int) -> None:
        """Refuse by the sizes that the zip states: zipfile unpacks no more than those."""
        limit, ratio = self._bounds.workbook_unpacked_bytes, self._bounds.unpack_ratio
        packed = self._path.stat().st_size
        if unpacked > limit:
            why = f"the most that a workbook may is {size(limit)}"
        elif unpacked > max(self._bounds.ratio_free_bytes, packed * ratio):
            why = f"that is more than {ratio} times its own size, which no table is"
        else:
            return
        raise Refused(
            f"{self._title} was not read",
            why=f"it unpacks to {size(unpacked)}, and {why}",
            next_step="Save each of its sheets as CSV and give those, or ask its publisher for CSV",
        )

    def _note_company(self) -> None:
        if any(n.endswith("vbaproject.bin") for n in self._files):
            self._seen.notes.append("it carries macros, which were not run.")
        if any(n.startswith("xl/externallinks/") for n in self._files):
            self._seen.notes.append(
                "it refers to other workbooks, which were not opened; the figures saved in it "
                "were read."
            )

    def _names_of_sheets(self) -> dict[str, str]:
        """The name of the sheet that each part of an Excel workbook holds."""
        for ending in ("xml", "bin"):
            book = self._files.get(f"xl/workbook.{ending}")
            relations = self._files.get(_RELATIONS.format(ending))
            if book is None or relations is None:
                continue
            targets = {r.get("Id"): r.get("Target", "") for r in self._tree(relations)}
            if ending == "bin":
                pairs = sheet_binary.sheet_names(self._small(book))
            else:
                pairs = _named(self._tree(book))
            return {
                posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/").lower(): name
                for key, name in pairs
                if key in targets
            }
        return {}

    def _small(self, part: str) -> bytes:
        if self._archive.getinfo(part).file_size > _SMALL:
            raise damaged(self._title)
        content = self._archive.read(part)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise DeclaresEntities
        return content

    def _tree(self, part: str) -> ET.Element:
        # Whatever declares entities was refused by `_small`.
        return ET.fromstring(self._small(part))  # noqa: S314

    def _pass_through(self, entry: zipfile.ZipInfo) -> None:
        with self._archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                if entry.filename.endswith(".xml") and b"<!ENTITY" in chunk:
                    raise DeclaresEntities

    def _sheet(self, entry: zipfile.ZipInfo, name: str) -> None:
        binary = entry.filename.lower().endswith(".bin")
        with self._archive.open(entry) as part:
            look = (sheet_binary if binary else sheet_xml).look_through(part)
        if look.last_row > self._bounds.rows_per_sheet:
            raise damaged(self._title)
        reach = (look.last_row, look.last_column)
        if not binary and reach[0] * reach[1] > self._bounds.cells:
            with self._archive.open(entry) as part:
                reach = sheet_xml.reach(part)
        if reach[0] * reach[1] > self._bounds.cells:
            raise too_far(self._title, name, reach, self._bounds)
        self._seen.sheets[name] = look
        if look.unsaved:
            many = look.unsaved > 1
            self._seen.notes.append(
                f"{f'{look.unsaved:,} formulas' if many else 'a formula'} of the sheet "
                f"{shown_name(name)} {'have' if many else 'has'} no saved result, which was read "
                "as blank; open the file in Excel and save it to keep the result."
            )

    def _open_document(self, entry: zipfile.ZipInfo) -> None:
        with self._archive.open(entry) as part:
            looks = OdsLook().read(part)
        _refuse_all(looks, self._title, self._bounds)  # its reader holds every sheet at once
        for name, look in looks.items():
            if look.last_row > self._bounds.rows_per_sheet:  # its reader would leave them out
                raise _past_the_end(self._title, name, look.last_row, self._bounds)
        self._seen.sheets.update(looks)


def _named(book: ET.Element) -> list[tuple[str, str]]:
    """The relation and the name of each sheet, whatever prefixes the writer used."""
    return [
        (value, element.get("name", ""))
        for element in book.iter()
        if element.tag.rpartition("}")[2] == "sheet"
        for key, value in element.attrib.items()
        if key.rpartition("}")[2] == "id"
    ]
