"""What is done with the record in the background. Each may be run twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from django.utils import timezone

from totalplace.doors import heads as publishing
from totalplace.doors import records
from totalplace.doors.web.work.telling import Telling
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries
from totalplace.record.rules import heads as rules
from totalplace.record.rules.heads import Head
from totalplace.record.rules.verifying import Published
from totalplace.refusal import Refused

_EVERY: Final = 5_000
_NIGHTLY: Final = Operator("nightly run")


def verify(telling: Telling, *, heads: str, key: str) -> str:
    """Verify the whole record; `heads` are those kept elsewhere, one after another as JSON."""
    last = queries.last_entry()
    length = last.number if last else 0
    kept = [Published(head, "a file of yours") for head in _each(heads)]

    def seen(number: int) -> None:
        if number % _EVERY == 0:
            telling.far("verifying the record", number, length, "entries")

    verdict = queries.verify(kept=kept, trusted=[key] if key else [], seen=seen)
    if verdict.whole:
        return (
            f"The record is whole: {verdict.entries:,} entries, none missing, none changed, and "
            f"{verdict.heads:,} heads, each signed and true of it."
        )
    raise Refused(
        "The record is not whole",
        why="; ".join(f"entry {f.number:,} ({f.how}): {f.why}" for f in verdict.faults[:10]),
        next_step="Keep the computer as it is, and compare with a copy of the records",
    )


def publish(telling: Telling) -> str:
    """Publish a head, as is done every night; nothing where nothing was done since the last."""
    telling.far("publishing a head of the record")
    head = publishing.publish(records.home_folder(), by=_NIGHTLY, on=timezone.now())
    return f"The record is published as far as entry {head.number:,}."


def _each(text: str) -> Iterator[Head]:
    """Heads that stand one after another."""
    read = json.JSONDecoder()
    at = 0
    while (text := text[at:].lstrip()) != "":
        said, at = read.raw_decode(text)
        yield from rules.read(json.dumps(said), name="a file of yours")
