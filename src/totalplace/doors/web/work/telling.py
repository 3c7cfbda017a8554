"""How a job says how far it is, and hears that it is to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from totalplace.doors.web.work.rules import PutBack, Stopped, seconds_left

# A reader of the page sees a change within a second; the database is not written to for each row.
_EVERY_SECONDS: Final = 0.5

# Writes how far a piece of work is; whether it is asked to stop.
Writes = Callable[[str, int, int | None, str, int | None], bool]

ending = threading.Event()  # set when this process is to end


@dataclass(slots=True)
class Telling:
    """Says how far a job is. Raises Stopped or PutBack from `far` where the job is to end."""

    work: int
    writes: Writes
    began: float = field(default_factory=time.monotonic)
    _last: float = 0.0
    _doing: str = ""

    def far(self, doing: str, done: int = 0, total: int | None = None, unit: str = "") -> None:
        """Say what is being done and how far it is; written down twice a second at most.

        Raises Stopped where somebody asked for it, and PutBack where the process is to end.
        """
        if ending.is_set():
            raise PutBack
        now = time.monotonic()
        if now - self._last < _EVERY_SECONDS and doing == self._doing:
            return
        if doing != self._doing:
            self.began = now
        self._last, self._doing = now, doing
        left = seconds_left(done, total, now - self.began)
        if self.writes(doing, done, total, unit, left):
            raise Stopped
