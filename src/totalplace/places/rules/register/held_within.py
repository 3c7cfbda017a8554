"""Services with an area of their own whose money stands in another body's accounts.

A fire and rescue area has a code, whether its authority is a body of its own or a county council.
To count both the council and "its" fire service would count it twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Within:
    """A body (by GSS code) whose accounts are those of another, between days that may be open."""

    body: str
    within: str
    first_day: date | None
    last_day: date | None
    why: str

    def holds(self, on: date) -> bool:
        """Whether it is so on a day."""
        began = self.first_day is None or self.first_day <= on
        return began and (self.last_day is None or on <= self.last_day)


def holder(codes: Iterable[str], held: Iterable[Within], *, on: date) -> Within | None:
    """In whose accounts the body of these GSS codes stands on a day; None for its own."""
    known = set(codes)
    return next((one for one in held if one.body in known and one.holds(on)), None)
