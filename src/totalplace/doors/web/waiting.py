"""What waits for an officer: each room adds a function that says what waits in it.

A room's line in `WAITS_IN` names a function of an officer and a time, which returns `Waits`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Final

from totalplace.places.rules.mandates import Officer


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that somebody should do: what, where, and by which day if one is set."""

    words: str
    href: str
    by: date | None = None


Waits = Iterable[Wait]
Asked = Callable[[Officer, datetime], Waits]

# Each as "module:function" below this folder, so that none is loaded before it is asked.
WAITS_IN: Final[list[str]] = [
    "sources.waits:waits",
    "count_acts.waits:waits",
    "agreements.waits:waits",
    "monitoring.answering.waits:waits",
]


def for_officer(officer: Officer, *, on: datetime) -> list[Wait]:
    """What waits for an officer, in all rooms, the earliest day first."""
    found = [wait for where in WAITS_IN for wait in _asked(where)(officer, on)]
    return sorted(found, key=lambda wait: (wait.by or date.max, wait.words))


def _asked(where: str) -> Asked:
    module, _, name = where.partition(":")
    asked: Asked = getattr(import_module(f"totalplace.doors.web.{module}"), name)
    return asked
