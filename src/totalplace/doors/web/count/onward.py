"""Where the count's pages lead on: to the payments behind a sum."""

from __future__ import annotations

from urllib.parse import urlencode

from totalplace.doors.web import spending
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link


def payment_views(reading: Reading) -> list[Link]:
    """The views of the payments behind an edition; none where it has no payments."""
    if not reading.whole.gross_lines:
        return []
    return [Link(name, reading.to(at)) for at, name in spending.VIEWS.items()]


def payments_of(reading: Reading, *, agency: str = "", service: str = "") -> tuple[Link, ...]:
    """Where the single payments of a body, for a purpose, or both, are listed with file and row."""
    lines = [
        x
        for x in reading.whole.gross_lines
        if agency in ("", x.agency) and service in ("", x.service)
    ]
    if not lines:
        return ()
    asked = {"body": agency, "purpose": service}
    query = urlencode({name: value for name, value in asked.items() if value})
    text = "See the single payments, each with its file and row"
    return (Link(text, f"{reading.to('payments')}?{query}"),)
