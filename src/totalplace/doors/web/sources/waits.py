"""What waits for an officer among figures: to be put right, submitted or certified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from totalplace.doors.web.sources.returns_pages import waiting_returns
from totalplace.doors.web.sources.seeing import Looking, agencies_for
from totalplace.doors.web.waiting import Wait
from totalplace.places.rules.mandates import Act, Officer
from totalplace.sources.rules.submitting.stages import ENDED, Stage
from totalplace.sources.submitting import queries

_ASKS: Final = {
    Stage.SUBMITTED: "Certify {name} of {agency}, or send it back",
    Stage.SENT_BACK: "Put {name} of {agency} right: it was sent back",
    Stage.NOT_ADDED: "See why {name} of {agency} could not be added",
    Stage.DRAFT: "Submit {name} of {agency}, which you or a colleague gave in",
}


def waits(officer: Officer, on: datetime) -> Iterator[Wait]:
    """Submissions and returns whose next move is the officer's."""
    agencies = agencies_for(officer, Act.GIVE_FIGURES, Act.CERTIFY, on=on)
    open_stages = [stage for stage in Stage if stage and stage not in ENDED]
    codes, looking = {row.code for row in agencies}, Looking(officer, on)
    for row in queries.submissions(agencies=codes, stages=open_stages, most=100) if codes else []:
        if looking.next_is_theirs(row):
            asks = _ASKS[row.stage].format(name=row.name, agency=row.agency_name)
            yield Wait(asks, f"/sources/{row.id}/")
    for standing in waiting_returns(officer, on):
        asked = f"{standing.title} of {standing.agency_name} for {standing.year}"
        said = "Give in" if standing.stage == "requested" else "Answer the query about"
        yield Wait(f"{said} {asked}", standing.href)
