"""OpenDocument spreadsheets, as small as the standard allows (OASIS OpenDocument 1.2, part 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from totalplace.example_place.forms.packing import packed
from totalplace.example_place.forms.table import Cell, Row
from totalplace.example_place.forms.workbook import Sheet

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_SPACE}:office:1.0"'
    f' xmlns:table="{_SPACE}:table:1.0" xmlns:text="{_SPACE}:text:1.0"'
    ' office:version="1.2"><office:body><office:spreadsheet>'
)
_CLOSE = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def saved(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of an .ods file that holds these sheets."""
    content = _OPEN + "".join(_sheet(sheet) for sheet in sheets) + _CLOSE
    # The standard wants the kind first and not compressed.
    return packed(
        {"mimetype": _KIND.encode(), "content.xml": content.encode("utf-8"),
         "META-INF/manifest.xml": _MANIFEST.encode()},
        as_it_is=("mimetype",),
    )  # fmt: skip


def _sheet(sheet: Sheet) -> str:
    rows = "".join(_row(row) for row in sheet.rows)
    return f"<table:table table:name={quoteattr(sheet.name)}>{rows}</table:table>"


def _row(row: Row) -> str:
    cells = "".join(_cell(cell) for cell in row.cells) or "<table:table-cell/>"
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(cell: Cell) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case str():
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
            return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
        case datetime() | date():
            kind, value = "date", f'office:date-value="{cell.isoformat()}"'
        case _:
            kind, value = "float", f'office:value="{cell!r}"'
    return (
        f'<table:table-cell office:value-type="{kind}" {value}>'
        f"<text:p>{cell}</text:p></table:table-cell>"
    )
