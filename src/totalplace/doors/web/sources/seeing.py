"""For which agencies an officer may do what, by the same rule that guards the acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from totalplace.doors import records
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act, Matter, Officer, Who, permitting
from totalplace.sources.home import Home
from totalplace.sources.rules.submitting.stages import ACTS, ENDED, Stage, has_had_a_hand, verbs
from totalplace.sources.submitting.queries import SubmissionRow, who_of


def home() -> Home:
    """Where files stand."""
    return Home(records.home_folder())


def agencies_for(by: Officer, *acts: Act, on: datetime) -> list[AgencyRow]:
    """The agencies for which an officer may do one of some acts at least, by name.

    The same rule that guards the acts is asked for each agency, from what was read once.
    """
    held, members = places.mandates(officer=by.code), places.memberships(on)
    if not held:
        return []
    may = [
        row
        for row in places.agencies()
        if any(permitting(held, act, Matter(row.code), members=members, on=on) for act in acts)
    ]
    return sorted(may, key=lambda row: row.name.casefold())


def buttons(row: SubmissionRow, by: Who, on: datetime) -> list[str]:
    """What somebody can do to a submission: the stage allows it, their mandate, and four eyes."""
    return Looking(by, on).can(row)


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who looks at many submissions; what they may for an agency is asked once."""

    by: Who
    on: datetime
    _acts: dict[str, frozenset[Act]] = field(default_factory=dict)

    def can(self, row: SubmissionRow) -> list[str]:
        """What they can do to one."""
        who = who_of(self.by.code if isinstance(self.by, Officer) else "", self.by.name)
        may = self._may(row.agency)
        return [
            verb
            for verb in verbs(row.stage)
            if ACTS[verb] in may and not (verb == "certify" and has_had_a_hand(who, row.hands))
        ]

    def next_is_theirs(self, row: SubmissionRow) -> bool:
        """Whether the next move of a submission is theirs."""
        if row.stage in ENDED or row.stage is Stage.CERTIFIED:
            return False
        return ("certify" if row.stage is Stage.SUBMITTED else "submit") in self.can(row)

    def _may(self, agency: str) -> frozenset[Act]:
        if agency not in self._acts:
            self._acts[agency] = frozenset(
                act
                for act in set(ACTS.values())
                if places.may(self.by, act, agency=agency, on=self.on)
            )
        return self._acts[agency]
