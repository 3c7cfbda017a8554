"""How often may be asked: for each token and each address, counted in each process by itself.

A service of several processes so lets through at most as many times more. It keeps one program that
asks in a loop from taking the service from others; it is no wall against a flood, which is for
whatever stands in front.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest

from totalplace.doors.web.sign_in.pages import asked_from

_MOST: Final = 20_000  # whom it remembers; the one longest not seen is forgotten first


class Throttle:
    """So many times a minute for each, with as much at once as half a minute's."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # left, when
        self._lock = threading.Lock()

    def wait(self, who: str) -> float:
        """Count one time of somebody: 0 where they may, else the seconds until they may."""
        now, rate = self._clock(), self.per_minute / 60
        most = max(1.0, self.per_minute / 2)
        with self._lock:
            left, when = self._left.pop(who, (most, now))
            left = min(most, left + (now - when) * rate)
            may = left >= 1
            self._left[who] = (left - 1 if may else left, now)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0.0 if may else (1 - left) / rate

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._left.clear()


READS: Final = Throttle(1_200)  # of one address
ACTS: Final = Throttle(240)  # of one token
UNKNOWN_TOKENS: Final = Throttle(30)  # of one address, that are none or no longer good


def address_of(request: HttpRequest) -> str:
    """From where is asked, past the proxies that are one's own."""
    return asked_from(request) or ""
