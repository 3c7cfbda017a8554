"""Making the payments of a large edition ready to be searched, as work."""

from __future__ import annotations

from totalplace.count.queries.editions import edition_named, frozen
from totalplace.count.queries.spending.held import held
from totalplace.count.rules.words import plural
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.work.telling import Telling


def make_ready(telling: Telling, *, edition: str) -> str:
    """Make the payments of an edition ready. To be run twice does no harm."""
    row = edition_named(edition)
    ready = held(home(), row, frozen(home(), row), seen=telling.far)
    if ready is None:
        return f"Edition {edition} was made from no payments."
    return f"{plural(ready.rows, 'line')} of edition {edition} can be searched."
