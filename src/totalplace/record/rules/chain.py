"""The chain of the record: the text of an entry, its digest, and the first break in a run of them.

The digest is SHA-256 (FIPS 180-4) over the canonical text of an entry, which holds the digest of
the entry before. Anyone can compute it again with no more than this page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

# What the first entry gives as the digest of the entry before it.
BEGINNING: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Citation:
    """What an entry is about, as opaque text that only a door turns into a link."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as it stands on the record, with its own digest and that of the entry before."""

    number: int  # counted from 1, with no gap
    on: datetime
    by: str
    verb: str
    about: Citation
    power: str
    citing: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry at which the record is not what was written, and in what way."""

    number: int
    why: str


def canonical(entry: Entry) -> str:
    """The text that is digested: a JSON list, so that no two entries are written alike."""
    if entry.on.tzinfo is None:
        raise ValueError("the time of an entry must say its time zone")
    on = entry.on.astimezone(UTC).isoformat(timespec="microseconds")
    said = [entry.number, on, entry.by, entry.verb, entry.about.kind, entry.about.id]
    said += [entry.power, entry.citing, entry.previous]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def digest(entry: Entry) -> str:
    """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def verify(entries: Iterable[Entry], *, after: Entry | None = None) -> Fault | None:
    """The first fault in a run of entries from the first on, or from the one after `after`."""
    number, previous = (after.number, after.digest) if after else (0, BEGINNING)
    for entry in entries:
        number += 1
        if entry.number != number:
            return Fault(number, f"entry {number} is missing or out of turn")
        if entry.previous != previous:
            return Fault(number, f"entry {number} does not follow from the one before it")
        if digest(entry) != entry.digest:
            return Fault(number, f"entry {number} is not as it was written")
        previous = entry.digest
    return None
