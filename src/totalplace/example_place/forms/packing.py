"""Zip archives and gzip files whose bytes depend on what is in them and on nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


def packed(members: Mapping[str, bytes], *, as_it_is: Iterable[str] = ()) -> bytes:
    """A zip archive of these members; those named in `as_it_is` are not compressed."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name, content in members.items():
            entry = ZipInfo(name)  # dated 1 January 1980, the earliest day that zip knows
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if name in as_it_is else ZIP_DEFLATED
            archive.writestr(entry, content)
    return held.getvalue()


def squeezed(content: bytes) -> bytes:
    """The same bytes, gzipped, with no name and no time inside."""
    held = BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=6, fileobj=held, mtime=0) as squeezing:
        squeezing.write(content)
    return held.getvalue()
