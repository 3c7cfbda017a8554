"""Where files and holdings stand on disk, below one folder, and how they get there whole."""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds originals and holdings. What is recorded is whole; the rest is not."""

    root: Path

    @property
    def originals(self) -> Path:
        """Files as they were given, by hash."""
        return self.root / "originals"

    @property
    def holdings(self) -> Path:
        """Parquet files of rows."""
        return self.root / "holdings"

    @property
    def recipes(self) -> Path:
        """What officers have said of their agencies' files, as YAML."""
        return self.root / "recipes"

    def scratch(self) -> Path:
        """A new private folder for one run; stale ones of killed runs are removed."""
        top = self.root / "scratch"
        top.mkdir(parents=True, exist_ok=True)
        for stale in top.iterdir():
            if not _alive(stale.name):
                shutil.rmtree(stale, ignore_errors=True)
        folder = top / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        folder.mkdir(mode=0o700)
        return folder

    def original(self, sha256: str) -> Path:
        """Where the file of a hash is held."""
        return self.originals / sha256

    def keep_original(self, path: Path, sha256: str) -> None:
        """Hold a file byte for byte under its hash; safe to repeat."""
        to = self.original(sha256)
        if to.exists() and to.stat().st_size == path.stat().st_size:
            return
        to.parent.mkdir(parents=True, exist_ok=True)
        partial = to.with_name(f".{sha256[:16]}.{os.getpid()}")
        shutil.copyfile(path, partial)
        _to_disk(partial)
        partial.chmod(0o440)
        partial.replace(to)

    def keep_part(self, part: Path, name: str) -> str:
        """Move a written part among the holdings; returns its path below them."""
        to = self.holdings / name
        to.parent.mkdir(parents=True, exist_ok=True)
        part.replace(to)
        return name

    def settle(self) -> None:
        """Make what was moved into place survive a loss of power."""
        for folder in (self.originals, self.holdings, *self.holdings.glob("*/")):
            if folder.is_dir():
                _to_disk(folder)


def _to_disk(path: Path) -> None:
    at = os.open(path, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def _alive(name: str) -> bool:
    pid = name.partition("-")[0]
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
