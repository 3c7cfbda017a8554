"""All places are looked at every night, one after another. It may be run twice, and be stopped.

Each place is one transaction: what was found before a stop stands, and a place that is looked at
again at the same figures adds nothing.
"""

from __future__ import annotations

import logging
from typing import Final

from django.utils import timezone

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.sources.seeing import home
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring.actions.watching import look_at
from totalplace.monitoring.queries.elsewhere import MANY, Elsewhere
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused

_NIGHTLY: Final = Operator("nightly run")
_log = logging.getLogger(__name__)


def look(telling: Telling) -> str:
    """Look at everything that places watch; says how much was looked at and what was found.

    A place that cannot be looked at stops no other: it is named at the end, with why.
    """
    every, files = places.places(), home()
    others = Elsewhere(files, local_day(timezone.now()), every=len(every) > MANY)
    series = found = 0
    not_looked: list[str] = []
    for number, place in enumerate(every):
        telling.far(f"looking at {place.name}", number, len(every), "places")
        try:
            done = look_at(place.code, home=files, by=_NIGHTLY, on=timezone.now(), elsewhere=others)
        except Refused as refused:
            not_looked.append(f"{place.name} ({refused.why})")
            continue
        except Exception:  # noqa: BLE001  (one defect must not end the night for the others)
            _log.exception("%s could not be looked at", place.code)
            not_looked.append(f"{place.name} (a fault of the program; the log says which)")
            continue
        series += len(done.look.rows)
        found += len(done.made)
    return _said(len(every), series, found, not_looked)


def _said(places_: int, series: int, found: int, not_looked: list[str]) -> str:
    said = (
        f"{places_:,} place{'' if places_ == 1 else 's'} and {series:,} series were looked at; "
        f"{found:,} finding{' was' if found == 1 else 's were'} made."
    )
    return said + (f" Not looked at: {'; '.join(not_looked)}." if not_looked else "")
