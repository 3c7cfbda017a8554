"""The series of a response as it is watched on a day, and what is seen in it."""

from __future__ import annotations

from datetime import date

from totalplace.monitoring.queries.watching import watch_of, watched_in
from totalplace.monitoring.rules.detecting import plan_of, watch
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.watched import Watched
from totalplace.refusal import Refused
from totalplace.sources.home import Home


def series_now(place: str, code: str, area: str, *, home: Home, on: date) -> tuple[Watched, Seen]:
    """A series of a place as the nightly run would look at it on a day.

    Raises Refused where it is not watched any more.
    """
    every = watched_in(place, home=home, on=on)
    found = next((one for one in every if (one.code, one.area) == (code, area)), None)
    if found is None:
        raise Refused(
            "What the series shows now cannot be said",
            why=f"{code} of {area} is not watched any more, or no reading of it is held",
            next_step="Add its readings, or watch it again",
        )
    (seen,) = watch([found], plan_of(watch_of(place).promise, every))
    return found, seen
