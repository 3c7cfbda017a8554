"""What kind of file this is, told by its content; its name is never trusted."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.directory import BROKEN, refuse_long_listing
from totalplace.sources.reading.names import NotATable, damaged, locked
from totalplace.sources.reading.old_office import Broken, stream_names

_HEAD: Final = 64 * 2**10
_MARK: Final = b"\xef\xbb\xbf"  # of UTF-8
_ASK: Final = "Ask its publisher for the table as CSV or Excel"
_RETURN: Final = "if it is a return, add it with: totalplace sources returns add"


class Form(StrEnum):
    """The forms that can hold a table, or hold files that do."""

    TEXT = "text"
    WORKBOOK = "workbook"
    ZIP = "zip"
    GZIP = "gzip"
    JSON = "json"  # only where it is asked for: no table of payments is published so


# How a kind of file begins, and what to call it.
_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"#!", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x00\x01\x00\x00Standard", "an Access database"),
    (b"PAR1", "a Parquet file"),
    (b"wOF", "a font"),
)
_PACKED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x1f\x9d", "compress"),
)
_NOT_OF_TEXT: Final = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1a")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."


def form_of(
    path: Path, name: str, *, bounds: Bounds, json: bool = False, content: bytes | None = None
) -> Form:
    """What a file is, by its first bytes and its structure; `content` is its own, where read.

    Raises NotATable where it is another kind of file, and Refused where it needs a password or is
    damaged. `name` is how the refusal names it. JSON is refused unless it is asked for.
    """
    head = _head(path) if content is None else content[:_HEAD]
    if not head or (len(head) < _HEAD and not head.removeprefix(_MARK).strip()):
        raise _not_a_table(name, "it is empty", "Download it again, or ask its publisher")
    if head.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _form_of_zip(path, name, bounds)
    if head.startswith(_OLE):
        return _form_of_ole(path, name)
    _refuse_known(head, name)
    if json and _JSON.match(_as_text(head)):
        return Form.JSON
    _refuse_marked_up(head, name)
    if _is_binary(head):
        raise _not_a_table(name, "it holds bytes that no text file or workbook has", _ASK)
    return Form.TEXT


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def workbook_form(path: Path) -> str:
    """Which form of workbook a file is that was found to be one: xlsx, xlsb, xls or ods."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            return "xls"
    with zipfile.ZipFile(path) as archive:
        names = {i.filename.lower() for i in archive.infolist()}
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "xlsx" if any(n.startswith("xl/") for n in names) else "ods"


def _not_a_table(name: str, why: str, next_step: str) -> NotATable:
    return NotATable(f"{name} was not read", why=why, next_step=next_step)


def _refuse_known(head: bytes, name: str) -> None:
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning) and not (beginning in (b"MZ", b"#!") and _is_words(head)):
            raise _not_a_table(name, f"it is {kind}, not a table", _ASK)
    for beginning, packer in _PACKED:
        if head.startswith(beginning) and not _is_words(head):
            why = f"it is packed with {packer}, which is not opened here"
            raise _not_a_table(name, why, "Unpack it and give the files inside")
    if head[257:262] == b"ustar":
        raise _not_a_table(name, "it is a tar archive, which is not opened here",
                           "Unpack it and give the files inside")  # fmt: skip
    if head.startswith(_OLD_BIFF):
        raise _not_a_table(name, "it is a workbook of a version of Excel older than 1997",
                           "Open it in Excel and save it as .xlsx")  # fmt: skip
    if b"%PDF-" in head[:1024] and b"\nendobj" in head.replace(b"\r", b"\n"):
        raise _not_a_table(name, "it is a PDF, not a table", _ASK)


def _is_words(head: bytes) -> bool:
    """Whether a short beginning such as MZ may after all be the first word of a text."""
    return b"\x00" not in head and not _is_binary(head) and b"\n" in head and b"," in head


_MARKUP: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(!doctype html|html|head|body|table|\?xml|!doctype|[a-z]+[\s>:])",
    re.IGNORECASE | re.DOTALL,
)
_JSON: Final = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[{\[\]])')


def _refuse_marked_up(head: bytes, name: str) -> None:
    """HTML, XML and JSON: text, but no table."""
    text = _as_text(head)
    if _JSON.match(text):
        raise _not_a_table(name, "it is JSON, not a table", f"{_ASK}; {_RETURN}")
    if b"Content-Type: multipart/related" in text[:4096] and b"<html" in text.lower():
        raise _a_web_page(name)
    if not _MARKUP.match(text):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise _not_a_table(name, "it is a workbook in the XML form of Excel 2003",
                           "Open it in Excel and save it as .xlsx")  # fmt: skip
    lower = text.lower()
    if b"<html" in lower or b"<table" in lower or b"<!doctype html" in lower or b"<head" in lower:
        raise _a_web_page(name)
    if text.lstrip().startswith((b"<?xml", b"<!DOCTYPE")) or b"</" in text:
        raise _not_a_table(name, "it is XML, not a table", _ASK)


def _as_text(head: bytes) -> bytes:
    """The beginning of a text without the mark of its encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(_MARK)


def _a_web_page(name: str) -> NotATable:
    return _not_a_table(
        name,
        "it is a web page (HTML), although it may be named as a workbook",
        "Open it in Excel and save it as .xlsx, or ask its publisher for the CSV or Excel file",
    )


def _is_binary(head: bytes) -> bool:
    """More than one byte in fifty is a control character that text does not use."""
    sample = head[:8192]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(sample):
        return False
    odd = len(sample) - len(sample.translate(None, _NOT_OF_TEXT))
    return odd * 50 > len(sample)


def _is_wide(sample: bytes) -> bool:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    return (odd > half * 0.6 and even < half * 0.1) or (even > half * 0.6 and odd < half * 0.1)


def _form_of_zip(path: Path, name: str, bounds: Bounds) -> Form:
    """A zip is an archive, or the wrapping of a workbook or of a document."""
    try:
        refuse_long_listing(path, name, bounds)
        with zipfile.ZipFile(path) as archive:
            names = {i.filename.lower(): i for i in archive.infolist()}
            return _form_of_names(archive, names, name)
    except BROKEN as error:
        raise damaged(name) from error


def _form_of_names(
    archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo], name: str
) -> Form:
    if "[content_types].xml" in names:
        if any(n.startswith("xl/workbook.") for n in names):
            return Form.WORKBOOK
        for folder, kind in (("word/", "a Word document"), ("ppt/", "a PowerPoint document")):
            if any(n.startswith(folder) for n in names):
                raise _not_a_table(name, f"it is {kind}, not a table", _ASK)
        if any(n.startswith("xl/") for n in names):
            return Form.WORKBOOK
    if "index/document.iwa" in names or "index.zip" in names:
        raise _not_a_table(name, "it is an Apple Numbers or Pages document",
                           "Export it as CSV or Excel")  # fmt: skip
    if "mimetype" in names and "content.xml" in names:
        with archive.open(names["mimetype"]) as file:
            kind = file.read(200).decode("ascii", "replace").strip()
        if kind.startswith(_OPEN_DOCUMENT + "spreadsheet"):
            return Form.WORKBOOK
        if kind.startswith(_OPEN_DOCUMENT):
            raise _not_a_table(name, "it is an OpenDocument text or drawing, not a table", _ASK)
    return Form.ZIP


def _form_of_ole(path: Path, name: str) -> Form:
    """Old Office files and encrypted new ones share a wrapping, a small file system."""
    try:
        streams = stream_names(path)
    except (Broken, struct.error) as error:
        raise damaged(name) from error
    if "EncryptedPackage" in streams:
        raise locked(name)
    if streams & {"Workbook", "Book"}:
        return Form.WORKBOOK
    kind = "a Word document" if "WordDocument" in streams else "an old Office file without sheets"
    raise _not_a_table(name, f"it is {kind}, not a table", _ASK)
