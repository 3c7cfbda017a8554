"""An entry as a line that any program can read, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from totalplace.record.rules.chain import Citation, Entry, as_time
from totalplace.refusal import Refused


def line(entry: Entry) -> str:
    """An entry as one line of JSON, with all that its digest is computed from."""
    said = {
        "number": entry.number,
        "on": as_time(entry.on),
        "by": entry.by,
        "verb": entry.verb,
        "about": {"kind": entry.about.kind, "id": entry.about.id},
        "power": entry.power,
        "citing": entry.citing,
        "previous": entry.previous,
        "digest": entry.digest,
    }
    return json.dumps(said, ensure_ascii=False)


def of_line(text: str) -> Entry:
    """The entry of a line. Raises Refused where it is none."""
    try:
        said = json.loads(text)
        return Entry(
            number=int(said["number"]),
            on=datetime.fromisoformat(said["on"]).astimezone(UTC),
            by=str(said["by"]),
            verb=str(said["verb"]),
            about=Citation(str(said["about"]["kind"]), str(said["about"]["id"])),
            power=str(said["power"]),
            citing=str(said["citing"]),
            previous=str(said["previous"]),
            digest=str(said["digest"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(
            "The copy of the record cannot be read",
            why="a line of it is no entry",
            next_step="Give a file that was written by: totalplace record export",
        ) from error
