"""A count is built and frozen in the background; asked for twice, the second says the same."""

from __future__ import annotations

import shutil
import time
from datetime import date
from typing import Final

from django.utils import timezone

from totalplace.count.actions.editions import freeze as frozen
from totalplace.count.actions.editions import tidy
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.rulings import rulings_in_force
from totalplace.count.queries.whole_place import STAGES, Wanted, whole_place
from totalplace.doors.web.sources.seeing import home
from totalplace.doors.web.work.telling import Telling
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources.submitting.queries import unsettled

_PATIENCE: Final = 300  # seconds for figures that are on their way in


def freeze(telling: Telling, *, place: str, year: str, officer: str) -> str:
    """Build the count of a place and year and freeze it as its next edition."""
    by, wanted = places.officer(officer), FinancialYear.parse(year)
    _wait_for_figures(telling, place, timezone.now().date())
    steps = iter(range(1, STAGES + 1))
    scratch = home().scratch()

    def seen(what: str) -> None:
        telling.far(what[:1].upper() + what[1:], next(steps, STAGES), STAGES, "steps")

    try:
        telling.far("Beginning", 0, STAGES, "steps")
        built = whole_place(Wanted(home(), place, wanted, rulings_in_force(), scratch, seen=seen))
        seen("freezing")
        tidy(home())
        made = frozen(home(), ready_to_freeze(built), by=by, on=timezone.now())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return f"Edition {made.number} of {made.year} is {made.standing}."


def _wait_for_figures(telling: Telling, place: str, on: date) -> None:
    """Wait until what was certified is added. Raises Refused where that takes too long."""
    members = {member.agency.code for member in places.members(place, on=on)}
    until = time.monotonic() + _PATIENCE
    while unsettled(members):
        telling.far("Waiting for certified figures to be added")
        if time.monotonic() > until:
            raise Refused(
                "The count was not frozen",
                why="figures of a member were certified and are not added yet",
                next_step="See what became of them on the page of figures, and freeze it then",
            )
        time.sleep(1)
