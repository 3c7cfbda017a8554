"""Where files and holdings stand on disk, below one folder, and how they get there whole."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PLACING: Final = "placing"  # the note, in a run's scratch folder, of what it is moving into place

# Tells which of some paths below the home are recorded.
Recorded = Callable[[Collection[str]], Collection[str]]


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

    @property
    def forms(self) -> Path:
        """Forms of returns that officers wrote, as YAML."""
        return self.root / "forms"

    def scratch(self) -> Path:
        """A new private folder for one run."""
        folder = self._scratch / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        folder.mkdir(mode=0o700, parents=True)
        return folder

    @property
    def _scratch(self) -> Path:
        return self.root / "scratch"

    def tidy(self, recorded: Recorded) -> None:
        """Remove what killed runs left behind, but nothing that is recorded.

        `recorded` tells which of some paths below the home are. To be called where no other run
        is under way. Of what stands among the originals and holdings, only what a killed run
        noted that it was placing is looked at.
        """
        for folder in [s for s in self._scratch.glob("*") if not _alive(s.name)]:
            self.take_back(folder, recorded)

    def take_back(self, scratch: Path, recorded: Recorded) -> None:
        """Remove a run's folder, and what it noted that it was placing and is not recorded."""
        self.unplace(scratch, recorded)
        shutil.rmtree(scratch, ignore_errors=True)

    def unplace(self, scratch: Path, recorded: Recorded) -> None:
        """Remove what a run noted that it was placing and is not recorded."""
        note = scratch / _PLACING
        placing = note.read_text().splitlines() if note.exists() else []
        for path in set(placing).difference(recorded(placing) if placing else ()):
            if (self.root / path).is_file():
                (self.root / path).unlink()
        note.unlink(missing_ok=True)

    def placing(self, scratch: Path, paths: Iterable[str]) -> None:
        """Note what is about to be moved into place, for `tidy` should the run be killed."""
        partial = scratch / f"{_PLACING}.part"
        partial.write_text("".join(f"{path}\n" for path in paths))
        _to_disk(partial)
        partial.replace(scratch / _PLACING)
        _to_disk(scratch)

    def placed(self, scratch: Path) -> None:
        """All that was noted is recorded."""
        (scratch / _PLACING).unlink()

    def original(self, sha256: str) -> Path:
        """Where the file of a hash is held."""
        return self.originals / sha256

    def keep_original(self, copy: Path, sha256: str) -> None:
        """Move a whole copy of a file, made in a run's scratch folder, under its hash."""
        to = self.original(sha256)
        to.parent.mkdir(parents=True, exist_ok=True)
        _to_disk(copy)
        copy.chmod(0o440)
        copy.replace(to)

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
    if not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
