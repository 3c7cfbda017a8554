"""The table of contents of a zip, checked before anything in it is unpacked."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import BinaryIO, Final

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import damaged, locked, shown_name

# What zipfile raises where a zip is not what it says; OSError is a place before its beginning.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
# A listing takes 46 bytes an entry and its name; past this it is made to exhaust memory.
_LISTING_BYTES_AN_ENTRY: Final = 1_024
_END: Final = b"PK\x05\x06"
_END_LENGTH: Final = 22
_END_64: Final = b"PK\x06\x06"
_LOCATOR_LENGTH: Final = 20
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
ENCRYPTED: Final = 0x1  # a flag of an entry
_UNTIDY: Final = re.compile(
    r"(?:^|/)(?:__MACOSX|\.[^/]*)(?:/|$)|(?:^|/)(?:Thumbs\.db|desktop\.ini)$"
)


def members_of(path: Path, name: str, *, bounds: Bounds, said: list[str]) -> list[zipfile.ZipInfo]:
    """The files in a zip that may be tables, in its order; hidden ones are said and left out.

    Raises Refused where any entry is one that an honest archive does not have.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_too_many(len(entries), name, bounds)
            _refuse_overlaps(path, entries, archive.start_dir, name)
    except BROKEN as error:
        raise damaged(name) from error
    _refuse_repeated(entries, name)
    for entry in entries:
        _refuse_odd(entry, name)
    files = [e for e in entries if not e.is_dir()]
    hidden = [e for e in files if _UNTIDY.search(e.filename)]
    if hidden:
        listed = ", ".join(shown_name(e.filename) for e in hidden[:3])
        more = f" and {len(hidden) - 3} more" if len(hidden) > 3 else ""
        said.append(f"{name}: hidden files were passed over ({listed}{more}).")
    return [e for e in files if not _UNTIDY.search(e.filename)]


def _refusal(name: str, why: str, next_step: str = "") -> Refused:
    return Refused(
        f"{name} was not read",
        why=why,
        next_step=next_step or "Unpack it yourself and give the files that you know",
    )


def _refuse_too_many(count: int, name: str, bounds: Bounds) -> None:
    if count > bounds.members:
        raise _refusal(
            name,
            f"it lists {count:,} files, and an archive may hold up to {bounds.members:,}",
            "Split it into smaller archives",
        )


def refuse_long_listing(path: Path, name: str, bounds: Bounds) -> None:
    """Measure the listing of a zip before it is loaded, by what the end of the file says of it.

    Raises Refused where it is longer than that of `Bounds.members` files, or is damaged.
    """
    with path.open("rb") as file:
        length = file.seek(0, 2)
        start = max(0, length - 65_535 - _END_LENGTH)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) < at + _END_LENGTH:
            raise damaged(name)
        (listing,) = struct.unpack_from("<I", tail, at + 12)
        if listing == 0xFFFFFFFF:
            listing = _listing_64(file, start + at)
    if listing > bounds.members * _LISTING_BYTES_AN_ENTRY:
        raise _refusal(
            name,
            f"its list of contents is far longer than that of {bounds.members:,} files, "
            "the most that an archive may hold",
            "Split it into smaller archives",
        )


def _listing_64(file: BinaryIO, end_at: int) -> int:
    """The length of the listing of an archive over 4 GB."""
    file.seek(max(0, end_at - _LOCATOR_LENGTH))
    (record_at,) = struct.unpack_from("<Q", file.read(_LOCATOR_LENGTH), 8)
    file.seek(record_at)
    record = file.read(56)
    if not record.startswith(_END_64):
        raise zipfile.BadZipFile("no zip64 record")
    (listing,) = struct.unpack_from("<Q", record, 40)
    return int(listing)


def _refuse_overlaps(
    path: Path, entries: list[zipfile.ZipInfo], listing_at: int, name: str
) -> None:
    """Two entries that share bytes unpack to more than their sizes say (Fifield, 2019)."""
    end = 0
    with path.open("rb") as file:
        for entry in sorted(entries, key=lambda e: e.header_offset):
            file.seek(entry.header_offset)
            header = _LOCAL.unpack(file.read(_LOCAL.size))
            if header[0] != b"PK\x03\x04":
                raise damaged(name)
            if entry.header_offset < end:
                why = "two files in it share the same bytes, which honest archives do not have"
                raise _refusal(name, why)
            end = entry.header_offset + _LOCAL.size + header[9] + header[10] + entry.compress_size
    if end > listing_at:
        raise _refusal(name, "a file in it runs over the list of contents")


def _refuse_repeated(entries: list[zipfile.ZipInfo], name: str) -> None:
    seen = Counter(e.filename for e in entries)
    twice = next((n for n, count in seen.items() if count > 1), None)
    if twice is not None:
        raise _refusal(name, f"two files in it have the same name, {shown_name(twice)}")


def _refuse_odd(entry: zipfile.ZipInfo, name: str) -> None:
    """Refuse names that lead out of a folder, links, passwords and unknown ways of packing."""
    shown = shown_name(entry.filename)
    if why := _bad_path(entry):
        raise _refusal(name, f"it holds a file named {shown}, {why}")
    mode = entry.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or not stat.S_IFMT(mode)):
        raise _refusal(name, f"{shown} in it is a link or a device, not a file")
    if entry.flag_bits & ENCRYPTED:
        raise locked(f"{name}/{shown}")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refusal(
            name,
            f"{shown} in it is packed in a way that is not opened here",
            "Pack it again as an ordinary zip, or give the files inside",
        )


def _bad_path(entry: zipfile.ZipInfo) -> str:
    path = entry.filename
    if "\x00" in entry.orig_filename:
        return "whose name is cut by a hidden character"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "which is a place on a disk and not a place in the archive"
    if "\\" in path:
        return "which has a backslash, so that programs do not agree where it belongs"
    if ".." in path.split("/"):
        return "which leads out of the archive"
    return ""
