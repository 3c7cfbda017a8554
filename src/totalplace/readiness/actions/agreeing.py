"""Meeting: levels that one side puts to the other, and what both agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from totalplace.places.rules.mandates import Who
from totalplace.readiness import models
from totalplace.readiness.actions.opened import AGREE, opened_for
from totalplace.readiness.queries.assessments import assessment
from totalplace.readiness.queries.rows import AssessmentRow
from totalplace.readiness.rules.agreeing import AgreedLevel, check_agreed
from totalplace.readiness.rules.moves import Verb, after
from totalplace.readiness.rules.scale import Area, Side
from totalplace.refusal import Refused


@transaction.atomic
def propose(
    citation: str, side: Side, levels: Sequence[AgreedLevel], *, by: Who, on: datetime
) -> AssessmentRow:
    """Put levels to the other side once both have scored; a later proposal replaces an earlier.

    Raises Refused before both have scored, and for an area without a reason.
    """
    this = opened_for(citation, side, AGREE, by=by, on=on)
    after(this.row.stage, Verb.PROPOSE)
    good = check_agreed(levels)
    proposal = models.Proposal.objects.create(
        assessment_id=this.row.id, number=len(this.row.proposals) + 1, side=side.value, **this.said
    )
    for area in Area:
        one = good[area]
        models.ProposalLevel.objects.create(
            proposal=proposal, area=area.value, level=one.level.value if one.level else None,
            reason=one.reason.strip(), disputed=one.disputed.strip(),
        )  # fmt: skip
    this.write(f"put levels to the other side for the {side}", citing=_told(good.values()))
    return assessment(this.row.citation.id)


@transaction.atomic
def consent(citation: str, side: Side, *, proposal: int, by: Who, on: datetime) -> AssessmentRow:
    """Agree to the other side's last proposal, by its number: the assessment is finished.

    Raises Refused where nothing was put forward, where it is one's own, and where another came
    meanwhile.
    """
    this = opened_for(citation, side, AGREE, by=by, on=on)
    after(this.row.stage, Verb.CONSENT)
    last = this.row.proposals[-1] if this.row.proposals else None
    if last is None or last.number != proposal or last.side is side:
        why = f"proposal {proposal} is not the last that the {side.other} put forward"
        raise Refused(
            f"The {side} cannot agree to that",
            why=why if last is not None else "nothing was put forward",
            next_step="Look at what was put forward last, or put other levels forward",
        )
    models.Consent.objects.create(
        assessment_id=this.row.id, proposal_id=last.id, side=side.value, **this.said
    )
    told = _told(last.levels.values())
    this.write(f"agreed for the {side}", citing=f"proposal {proposal}: {told}")
    return assessment(this.row.citation.id)


def _told(levels: Iterable[AgreedLevel]) -> str:
    found = {one.area: one for one in levels}
    return "; ".join(f"{area} {found[area].level or 'not agreed'}" for area in Area)
