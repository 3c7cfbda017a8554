"""A file is written whole or not at all, also where the computer stops meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a path beside this one to write to; it takes this one's place once it is on disk."""
    partial = path.with_suffix(".part")
    try:
        yield partial
        to_disk(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Wait until a file, or what a folder says of its files, is on disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
