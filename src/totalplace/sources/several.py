"""The files of a run, small ones read several at once and each whole in its turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from totalplace.refusal import Refused
from totalplace.sources.batch import (
    Added,
    Batch,
    NotAdded,
    copy_of,
    ends_the_run,
    not_held,
    not_taken,
    read,
    refuse_change,
    refuse_untold_sums,
    whole_or_nothing,
)
from totalplace.sources.reading.ahead import (
    FILES_AT_ONCE,
    Ahead,
    Looked,
    Underway,
    can_read_ahead,
    reading_ahead,
)
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.tables import SWIFT_BYTES, Reader


@dataclass(slots=True)
class Coming:
    """A file of a run that is begun, refused already, or still to be read alone."""

    path: Path
    looked: Looked | None = None
    underway: Underway | None = None
    refused: Refused | None = None

    def finish(self, reader: Reader, batch: Batch, scratch: Path) -> Added | NotAdded:
        """What becomes of it, in its turn; refused, it leaves nothing in the batch."""
        if self.looked is None:
            return read(self.path, reader, batch, scratch)
        looked = self.looked
        return whole_or_nothing(self.path, lambda _: self._read(looked, batch), batch, scratch)

    def _read(self, looked: Looked, batch: Batch) -> Added:
        if self.underway is None:
            raise self.refused or RuntimeError("a file was looked at and not begun")
        table = self.underway.finish(batch.spool)
        refuse_untold_sums(table)
        name, sha256 = shown_name(self.path.name), looked.sha256
        refuse_change(name, is_same=self.underway.copied() == (sha256, looked.state))
        return Added(self.path, sha256, (table,), size=looked.state[0])


@dataclass(slots=True)
class Several:
    """Files begun one after another, of which some are read at once."""

    reader: Reader
    scratch: Path
    ahead: Ahead | None
    at_once: int
    coming: list[Coming] = field(default_factory=list)

    def look(self, path: Path) -> Looked | None:
        """A small text file that may be read while others are; None where it is read alone."""
        return self.ahead.look(path) if self.ahead else None

    def must_wait(self, looked: Looked | None) -> bool:
        """Whether all that are begun are done first: for a file alone, or their content again."""
        hashes = {c.looked.sha256 for c in self.coming if c.looked}
        return looked is None or looked.sha256 in hashes

    def begin(self, path: Path, looked: Looked | None, batch: Batch) -> None:
        """Begin a file in its turn."""
        coming = Coming(path, looked)
        self.coming.append(coming)
        if self.ahead is None or looked is None:
            return
        try:
            not_held(shown_name(path.name), looked.sha256, batch)
            copy = copy_of(self.scratch, looked.sha256)
            coming.underway = self.ahead.begin(looked, self.reader, copy)
        except Refused as refused:
            coming.refused = refused
        except Exception as error:
            if ends_the_run(error):
                raise
            coming.refused = not_taken(path, error)

    def is_over(self) -> bool:
        """Whether the first is to be done now: it is to be read alone, or enough are begun."""
        if not self.coming:
            return False
        return self.coming[0].looked is None or len(self.coming) > self.at_once


@contextmanager
def several(
    files: Sequence[Path], reader: Reader, scratch: Path, *, swift: bool | None
) -> Iterator[Several]:
    """Files of which some are read at once, where there is enough to read and it is not forbidden.

    Compiled loops take a second to load, so that little is read by the plain rules.
    """
    size = 0
    for path in files:
        with suppress(OSError):
            size += path.stat().st_size
    enough = size >= SWIFT_BYTES if swift is None else swift
    if not enough or len(files) < 2 or not can_read_ahead():
        yield Several(reader, scratch, None, 0)
        return
    with reading_ahead(files) as ahead:
        yield Several(reader, scratch, ahead, FILES_AT_ONCE)
