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
        """A new private folder for one run."""
        folder = self._scratch / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        folder.mkdir(mode=0o700, parents=True)
        return folder

    @property
    def _scratch(self) -> Path:
        return self.root / "scratch"

    def tidy(self, recorded: Callable[[Collection[str]], Collection[str]]) -> None:
        """Remove what killed runs left behind, but nothing that is recorded.

        `recorded` tells which of some paths below the home are. To be called where no other run
        is under way. Of what stands among the originals and holdings, only what a killed run
        noted that it was placing is looked at.
        """
        stale = [s for s in self._scratch.glob("*") if not _alive(s.name)]
        for folder in stale:
            note = folder / _PLACING
            placing = note.read_text().splitlines() if note.exists() else []
            for path in set(placing).difference(recorded(placing) if placing else ()):
                (self.root / path).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

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

    def leave(self, scratch: Path) -> None:
        """End a run: its folder goes, unless something that it placed may not be recorded."""
        if not (scratch / _PLACING).exists():
            shutil.rmtree(scratch, ignore_errors=True)

    def original(self, sha256: str) -> Path:
        """Where the file of a hash is held."""
        return self.originals / sha256

    def keep_original(self, path: Path, sha256: str) -> None:
        """Hold a file byte for byte under its hash; safe to repeat."""
        to = self.original(sha256)
        if to.exists() and to.stat().st_size == path.stat().st_size:
            return
        to.parent.mkdir(parents=True, exist_ok=True)
        partial = to.with_name(f".{sha256}")
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
