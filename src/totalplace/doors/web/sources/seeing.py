"""For which agencies an officer may do what, by the same rule that guards the acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from totalplace.doors import records
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.sources.home import Home
from totalplace.sources.rules.submitting.stages import ACTS, has_had_a_hand, verbs
from totalplace.sources.submitting.queries import SubmissionRow, who_of

_MANY: Final = 60


def home() -> Home:
    """Where files stand."""
    return Home(records.home_folder())


def agencies_for(by: Officer, *acts: Act, on: datetime) -> list[AgencyRow]:
    """The agencies for which an officer may do one of some acts at least, by name."""
    every = {row.code: row for row in places.agencies()}
    codes = set[str]()
    for act in acts:
        for matter in places.may_where(by, act, on):
            if matter.agency:
                codes.add(matter.agency)
            elif matter.place:
                codes |= {m.agency.code for m in places.members(matter.place, on=on.date())}
            else:
                codes |= set(every)
    # An own act needs a mandate of that very agency: the rule itself has the last word.
    some = [every[code] for code in codes if code in every]
    if len(some) > _MANY:  # a mandate for everywhere; asking for each would take seconds
        return _by_name(some)
    return _by_name(r for r in some if any(places.may(by, a, agency=r.code, on=on) for a in acts))


def _by_name(rows: Iterable[AgencyRow]) -> list[AgencyRow]:
    return sorted(rows, key=lambda row: row.name.casefold())


def buttons(row: SubmissionRow, by: Who, on: datetime) -> list[str]:
    """What somebody can do to a submission: the stage allows it, their mandate, and four eyes."""
    who = who_of(by.code if isinstance(by, Officer) else "", by.name)
    may = {act: places.may(by, act, agency=row.agency, on=on) for act in set(ACTS.values())}
    return [
        verb
        for verb in verbs(row.stage)
        if may[ACTS[verb]] and not (verb == "certify" and has_had_a_hand(who, row.hands))
    ]
