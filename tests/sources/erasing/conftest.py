"""Erasing as an officer does it, and looking for a name in every byte that is kept."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest
from django.db import connection

from totalplace.places.rules.mandates import Operator
from totalplace.sources import queries
from totalplace.sources.erasing.actions import Erased, Grounds, erase
from totalplace.sources.home import Home

GROUNDS: Final = Grounds("UK GDPR article 17(1)(d)", "Published by mistake")
_CODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
Search = Callable[..., list[str]]


@pytest.fixture
def erased(home: Home, noon: Any) -> Callable[..., Erased]:
    """Erases a payee from a file that is named."""

    def do(
        file: str, payee: str, *, rows: Sequence[tuple[str, int]] | None = None,
        grounds: Grounds = GROUNDS,
    ) -> Erased:  # fmt: skip
        sha256 = queries.file_named(file).sha256
        return erase(home, sha256, payee, grounds=grounds, rows=rows, by=Operator("Ben"), on=noon)

    return do


@pytest.fixture
def traces(home: Home) -> Search:
    """Tells where a name is found: in any byte below the home, or any text of the records."""

    def look(*names: str) -> list[str]:
        found = [
            str(path.relative_to(home.root))
            for path in home.root.rglob("*")
            if path.is_file() and any(holding(path.read_bytes(), name) for name in names)
        ]
        return found + [column for column, text in texts() if any_of(names, text)]

    return look


@pytest.fixture
def holds() -> Callable[[bytes, str], bool]:
    """Tells whether a name stands in some bytes, however they are packed."""
    return holding


def any_of(names: Sequence[str], text: str) -> bool:
    return any(name.casefold() in " ".join(text.casefold().split()) for name in names)


def holding(content: bytes, name: str) -> bool:
    """Whether a name stands in some bytes, however they are packed."""
    for coding in _CODINGS:
        if any_of([name], content.decode(coding, "replace")):
            return True
    return any(holding(inner, name) for inner in unpacked(content))


def unpacked(content: bytes) -> Iterator[bytes]:
    """What is packed in some bytes: a zip, a gzip, a Parquet file."""
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)
    elif content.startswith(b"PAR1"):
        path = Path("/tmp") / f"looked-at-{id(content)}.parquet"  # noqa: S108
        path.write_bytes(content)
        try:
            yield str(duckdb.read_parquet(str(path)).fetchall()).encode()
        finally:
            path.unlink()


def texts() -> Iterator[tuple[str, str]]:
    """Every text in every table of the records, by its table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')  # noqa: S608
            for (row,) in cursor.fetchall():
                yield table, row.replace('\\"', '"')
