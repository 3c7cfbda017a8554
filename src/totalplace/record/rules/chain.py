"""The chain of the record: the text of an entry, its digest, and every break in a run of them.

The digest is SHA-256 (FIPS 180-4) over the canonical text of an entry, which holds the digest of
the entry before. Anyone can compute it again with no more than this page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain as one_after_another
from itertools import pairwise
from typing import Final

# What the first entry gives as the digest of the entry before it.
BEGINNING: Final = "0" * 64
# How far from where an entry stands it is looked for where it was written.
_NEAR: Final = 200


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


class How(StrEnum):
    """In what way the record is not what was written."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "out of turn"
    CUT_OFF = "cut off at the end"
    REPLACED = "not what was published"
    UNSIGNED = "not signed as it says"
    UNKNOWN_KEY = "signed with another key"


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry at which the record is not what was written, and in what way."""

    number: int
    why: str
    how: How = How.CHANGED


def canonical(entry: Entry) -> str:
    """The text that is digested: a JSON list, so that no two entries are written alike.

    Raises ValueError where the time of the entry has no zone.
    """
    if entry.on.tzinfo is None:
        raise ValueError("the time of an entry must say its time zone")
    said = [entry.number, as_time(entry.on), entry.by, entry.verb, entry.about.kind]
    said += [entry.about.id, entry.power, entry.citing, entry.previous]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def as_time(on: datetime) -> str:
    """A time as it is digested: in UTC, to the microsecond."""
    return on.astimezone(UTC).isoformat(timespec="microseconds")


def digest(entry: Entry) -> str:
    """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def verify(entries: Iterable[Entry], *, after: Entry | None = None) -> Fault | None:
    """The first fault in a run of entries from the first on, or from the one after `after`."""
    number, previous = (after.number, after.digest) if after else (0, BEGINNING)
    return next(faults(entries, number=number, previous=previous), None)


def faults(
    entries: Iterable[Entry], *, number: int = 0, previous: str = BEGINNING
) -> Iterator[Fault]:
    """Every fault in a run of entries, in turn, from the one after a number and its digest on.

    After a fault it goes on from what stands there, so that one change is told once.
    """
    reading = _Reading(number, frozenset({previous}))
    for entry, following in pairwise(one_after_another(entries, [None])):
        if entry is not None:
            found, reading = _next(reading, entry, following)
            yield from found


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where the reading of a record is, and which digests may come before the next entry.

    None where any may: the entry before is known to stand where it was not written.
    """

    number: int
    before: frozenset[str] | None
    moved_by: int = 0  # what stands as entry 5 was written as entry 5 + moved_by


def _next(reading: _Reading, entry: Entry, following: Entry | None) -> tuple[list[Fault], _Reading]:
    """What is wrong with the next entry, and where the reading then is."""
    expected, number = reading.number + 1, entry.number
    found = [] if number == expected else [_gap(expected, number)]
    written = digest(replace(entry, number=number + reading.moved_by))
    then = _Reading(number, frozenset({entry.digest, written}), reading.moved_by)
    if written == entry.digest:
        follows = found or reading.before is None or entry.previous in reading.before
        return (found if follows else [_unlike(number)]), then
    moved_by = _moved_by(entry)
    if moved_by is None or moved_by == reading.moved_by:
        return [*found, Fault(number, f"entry {number} is not as it was written")], then
    alone = reading.before is None if following is None else not _stands(following, moved_by)
    if alone:
        why = f"what stands as entry {number} was written as entry {number + moved_by}"
        return [*found, Fault(number, why, How.MOVED)], replace(then, before=None)
    shifted = _shifted(number, moved_by - reading.moved_by)
    return [*found, shifted], _Reading(number, frozenset({entry.digest}), moved_by)


def _gap(number: int, found: int) -> Fault:
    if found < number:
        return Fault(found, f"entry {found} stands more than once", How.INSERTED)
    if found == number + 1:
        return Fault(number, f"entry {number} is missing", How.REMOVED)
    return Fault(number, f"entries {number} to {found - 1} are missing", How.REMOVED)


def _unlike(number: int) -> Fault:
    """An entry that is whole, but was written after another than the one that stands before it."""
    if number == 1:
        return Fault(1, "entry 1 was not written as the first", How.REMOVED)
    why = f"entry {number - 1} is not what entry {number} was written after"
    return Fault(number - 1, f"{why}: one of them was put in another's place")


def _shifted(number: int, shift: int) -> Fault:
    """From here on everything stands so many places from where it was written."""
    if shift > 0:
        removed = "1 entry was" if shift == 1 else f"{shift} entries were"
        return Fault(number, f"{removed} removed before entry {number}", How.REMOVED)
    first = number + shift
    inserted = f"entry {first}" if shift == -1 else f"entries {first} to {number - 1}"
    what = "was" if shift == -1 else "were"
    return Fault(first, f"{inserted} {what} inserted", How.INSERTED)


def _stands(entry: Entry, moved_by: int) -> bool:
    """Whether an entry is whole if it was written so many places further on."""
    return digest(replace(entry, number=entry.number + moved_by)) == entry.digest


def _moved_by(entry: Entry) -> int | None:
    """How many places further on an entry was written than it stands; None where it is changed."""
    first = max(1, entry.number - _NEAR)
    near = range(first - entry.number, _NEAR + 1)
    return next((by for by in sorted(near, key=abs) if _stands(entry, by)), None)
