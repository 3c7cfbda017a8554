"""Whether a record is what was written: the whole chain, and every head of it that was published.

The chain alone shows a change, a removal and an insertion. It cannot show that the end was cut off,
or that all of it was written anew: that is what published heads are for, the more so those that
are kept where whoever might change the record cannot reach them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from totalplace.record.rules import chain, heads
from totalplace.record.rules.chain import Entry, Fault, How
from totalplace.record.rules.heads import Head

# Beyond so many faults there is nothing to be learnt from one more.
ENOUGH: Final = 100


@dataclass(frozen=True, slots=True)
class Published:
    """A head, and whence it comes: the record's own table, or a file that was kept elsewhere."""

    head: Head
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found."""

    entries: int
    last: Entry | None
    heads: int
    keys: tuple[str, ...]  # with which heads were signed, as the record itself says
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether the record is what was written, as far as the heads reach."""
        return not self.faults


@dataclass(slots=True)
class _Met:
    """What was met on the way through the record."""

    wanted: frozenset[int]
    entries: int = 0
    last: Entry | None = None
    digests: dict[int, str] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)  # from which entry on
    published: dict[int, str] = field(default_factory=dict)

    def passing(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Hand entries on, and take note of what the heads will be held against."""
        for entry in entries:
            self.entries, self.last = self.entries + 1, entry
            if entry.number in self.wanted:
                self.digests[entry.number] = entry.digest
            if entry.about.kind == heads.KEY and entry.verb == heads.BEGAN:
                self.keys.setdefault(entry.about.id, entry.number)
            if entry.about.kind == heads.HEAD and entry.verb == heads.PUBLISHED:
                self.published[entry.number] = entry.about.id
            yield entry


def verdict(
    entries: Iterable[Entry],
    *,
    own: Sequence[Published],
    kept: Sequence[Published] = (),
    trusted: Collection[str] = (),
) -> Verdict:
    """Compute every digest again, and hold every head against what stands on the record.

    `own` are the heads of the record's own table, `kept` those of files that were kept elsewhere.
    `trusted` are public keys that were noted elsewhere; without any, the keys are those that the
    record itself says it began to sign with.
    """
    both = [*own, *kept]
    met = _Met(frozenset(published.head.number for published in both))
    found = list(islice(chain.faults(met.passing(entries)), ENOUGH + 1))
    if len(found) <= ENOUGH:  # else the rest was not read
        alike = [
            number
            for number, of in ((one.head.number, one.head.digest) for one in both)
            if met.digests.get(number) == of
        ]
        for published in both:
            found += _against(published, met, trusted, alike)
        found += _lost(own, met)
    told = tuple(sorted(dict.fromkeys(found), key=lambda fault: fault.number)[:ENOUGH])
    return Verdict(met.entries, met.last, len(both), tuple(met.keys), told)


def _against(
    published: Published, met: _Met, trusted: Collection[str], alike: Collection[int]
) -> Iterator[Fault]:
    """What is wrong with a head, or with the record that it does not fit.

    `alike` are the entries at which another head fits.
    """
    head = published.head
    said = f"{head} ({published.source})"
    if not heads.is_signed(head):
        yield Fault(head.number, f"{said} is not signed as it says", How.UNSIGNED)
        return
    if not _is_known(head, met, trusted):
        yield Fault(head.number, f"{said} is signed with an unknown key", How.UNKNOWN_KEY)
        return
    last = met.last.number if met.last else 0
    if head.number > last:
        first, end = last + 1, head.number
        cut = f"entry {end} was" if first == end else f"entries {first} to {end} were"
        yield Fault(first, f"{cut} cut off: {said} has them", How.CUT_OFF)
    elif met.digests.get(head.number, head.digest) != head.digest:
        first = 1 + max((number for number in alike if number < head.number), default=0)
        which = (
            f"entry {first}" if first == head.number else f"an entry from {first} to {head.number}"
        )
        why = f"{which} was written anew: {said} has another digest"
        yield Fault(head.number, why, How.REPLACED)


def _is_known(head: Head, met: _Met, trusted: Collection[str]) -> bool:
    if trusted:
        return head.key in trusted
    # A record that was cut off before it named its key is told by the heads that reach further.
    return met.keys.get(head.key, 0 if not met.keys else head.number + 1) <= head.number


def _lost(own: Sequence[Published], met: _Met) -> Iterator[Fault]:
    """Heads that the record says were published, and that its own table has no more."""
    there = {str(published.head.number) for published in own}
    for number, of in met.published.items():
        if of not in there:
            why = f"the head of entry {of}, published at entry {number}, is kept no more"
            yield Fault(number, why, How.REMOVED)
