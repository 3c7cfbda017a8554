"""The one file of a backup: a tar archive whose last part lists all others with their hashes.

A copy that was cut off has no list, and so is none.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from totalplace.refusal import Refused

FORMAT: Final = "totalplace backup 1"
RECORDS: Final = "records.dump"
_HOME: Final = "home/"
_LIST: Final = "manifest.json"
_AT_A_TIME: Final = 1 << 20
_LIST_LIMIT: Final = 1 << 30  # of the list itself: a gigabyte names ten million files
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and how the records stood at its moment."""

    taken: str  # in UTC
    version: str  # of this program
    server_version: int
    entries: int  # of the record
    digest: str  # of the last; empty where there was none
    tables: Mapping[str, int]  # rows of each
    with_keys: bool
    files: dict[str, tuple[str, int]] = field(default_factory=dict)  # hash and bytes of each

    @property
    def bytes(self) -> int:
        """What its files come to."""
        return sum(size for _, size in self.files.values())


def write(to: Path, manifest: Manifest, dumped: Path, files: Iterable[tuple[str, Path]]) -> None:
    """Write a backup whole, and to the disk; `files` come with their paths below the home.

    The hashes are put into the manifest on the way. Until it is whole it has another name.
    """
    partial = to.with_name(f"{to.name}.part")
    at = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(at, "wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for name, path in [(RECORDS, dumped), *((_HOME + n, p) for n, p in files)]:
                manifest.files[name] = _put(tar, name, path)
            said = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1).encode()
            last = tarfile.TarInfo(_LIST)
            last.size, last.mode = len(said), 0o600
            tar.addfile(last, io.BytesIO(said))
        out.flush()
        os.fsync(out.fileno())
    partial.replace(to)
    _to_disk(to.parent)


def unpack(path: Path, into: Path) -> Manifest:
    """Unpack a backup into a folder, and check that every file of it is as it was.

    Records are put at `into / RECORDS`, files of the home below `into / "home"`. Raises Refused
    where something is missing, changed or should not be there.
    """
    found: dict[str, tuple[str, int]] = {}
    said: Any = None
    try:
        with tarfile.open(path, mode="r:") as tar:
            for part in tar:
                if part.name == _LIST and part.size < _LIST_LIMIT:
                    said = json.load(_open(tar, part))
                else:
                    found[part.name] = _take(tar, part, into)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise _damaged(path, "it cannot be read to its end") from error
    manifest = _manifest(path, said)
    for name in sorted(found.keys() | manifest.files.keys()):
        if name not in found:
            raise _damaged(path, f"{name} is missing from it")
        if name not in manifest.files:
            raise _damaged(path, f"{name} was put into it")
        if found[name] != manifest.files[name]:
            raise _damaged(path, f"{name} in it was changed")
    return manifest


def _put(tar: tarfile.TarFile, name: str, path: Path) -> tuple[str, int]:
    """Add a file as it is now; returns its hash and size."""
    with path.open("rb") as opened:
        there = os.fstat(opened.fileno())
        part = tarfile.TarInfo(name)
        part.size, part.mtime, part.mode = there.st_size, there.st_mtime, there.st_mode & 0o777
        hashed = _Hashing(opened)
        tar.addfile(part, hashed)
    return hashed.sha256.hexdigest(), part.size


def _take(tar: tarfile.TarFile, part: tarfile.TarInfo, into: Path) -> tuple[str, int]:
    """Write a part where it belongs below a folder; never above, and never but a plain file."""
    place = PurePosixPath(part.name)
    inside = part.name == RECORDS or part.name.startswith(_HOME)
    if not (inside and part.isreg()) or place.is_absolute() or ".." in place.parts:
        raise ValueError(part.name)
    to = into / place
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashed = _Hashing(_open(tar, part))
    at = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(at, "wb") as out:
        while some := hashed.read(_AT_A_TIME):
            out.write(some)
        out.flush()
        os.fsync(out.fileno())
    to.chmod(part.mode & 0o740)
    return hashed.sha256.hexdigest(), part.size


def _open(tar: tarfile.TarFile, part: tarfile.TarInfo) -> IO[bytes]:
    opened = tar.extractfile(part)
    if opened is None:
        raise ValueError(part.name)
    return opened


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file, self.sha256 = file, hashlib.sha256()

    def readable(self) -> bool:
        """It can be read, and nothing else."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        some = self.file.read(size)
        self.sha256.update(some)
        return some


def _manifest(path: Path, said: Any) -> Manifest:
    if not isinstance(said, dict) or said.pop("format", "") != FORMAT:
        raise _damaged(path, f'it has no list that says that it is a "{FORMAT}"')
    try:
        files = {str(n): (str(sha256), int(size)) for n, (sha256, size) in said["files"].items()}
        manifest = Manifest(**{**said, "files": files})
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise _damaged(path, "its list is not one of a backup") from error
    if not all(_SHA256.fullmatch(sha256) for sha256, _ in files.values()):
        raise _damaged(path, "its list is not one of a backup")
    return manifest


def _damaged(path: Path, why: str) -> Refused:
    return Refused(
        f"{path.name} cannot be restored",
        why=why,
        next_step="Take another copy of it, or an earlier backup; nothing was restored",
    )


def _to_disk(folder: Path) -> None:
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)
