"""How far a piece of work is, and how long it is likely to take still. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LEAST_SECONDS: Final = 2.0  # before this, speed says little


@dataclass(frozen=True, slots=True)
class Asked:
    """Who may see a piece of work beside whoever asked, and the page that asked for it."""

    agency: str = ""
    place: str = ""
    back: str = ""


# No reader may take these for a fault of a file, which readers catch as an Exception.
class Stopped(BaseException):
    """Somebody asked for the work to be stopped, and it was, with nothing half done."""


class PutBack(BaseException):
    """The process that does the work is ending; the work is taken up again by the next."""


def seconds_left(done: int, total: int | None, elapsed: float) -> int | None:
    """How long the rest takes at the speed so far; None where that cannot be told yet."""
    if total is None or done <= 0 or elapsed < _LEAST_SECONDS:
        return None
    return max(0, round(elapsed * (total - done) / done))


def left_said(seconds: int | None) -> str:
    """Time left in words: "about 3 minutes left"; empty where it is not known."""
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 90:
        return f"about {round(seconds, -1)} seconds left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minutes left"
    return f"about {round(minutes / 60)} hours left"


def percent(done: int, total: int | None) -> int | None:
    """How much is done, from 0 to 100; None where the whole is not known."""
    if not total:
        return None
    return max(0, min(100, 100 * done // total))
