"""Adopting targets that were heard, under a decision in effect about these very targets."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.outcomes import models
from totalplace.outcomes.actions.target_sets import Opened, move, one_at_a_time, opened, said_reason
from totalplace.outcomes.queries.sets import TargetSetRow, target_set, target_sets
from totalplace.outcomes.queries.targets_heard import adoption_lacks, stage_of
from totalplace.outcomes.rules.target_moves import Stage, Verb, after
from totalplace.participation.queries.adopting import hearing_of
from totalplace.places.rules.mandates import Act, Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def adopt(citation: str, decision: Citation, *, reason: str, by: Who, on: datetime) -> TargetSetRow:
    """Adopt a set of targets as it was heard. It takes the place of what was adopted before.

    Raises Refused for anything that is lacking: a hearing, an answer, a decision in effect about
    these targets by the body that may, on a day after they were heard. The database asks again.
    """
    one_at_a_time()
    this = opened(citation, act=Act.ADOPT_TARGETS, by=by, on=on)
    reason = said_reason(reason)
    _check_stage(this)
    lacks = adoption_lacks(this.row, decision, on=this.day)
    if lacks:
        first, more = lacks[0], len(lacks) - 1
        and_more = f" (and {more} more things are lacking)" if more else ""
        raise Refused(first.what, why=f"{first.why}{and_more}", next_step=first.next_step)
    after(this.stage, Verb.ADOPT)
    before = [one for one in target_sets(this.row.place) if one.kept is Stage.ADOPTED]
    models.Adoption.objects.create(
        set_id=this.row.id,
        version_id=this.row.versions[-1].id,
        decision=decision.id,
        hearing=hearing_of(this.row.citation, on=this.day).citation,
        day=this.day,
        by=by.name,
        on=on,
    )
    version = this.row.versions[-1].number
    move(this, Verb.ADOPT, reason=reason, citing=f"version {version} under {decision}")
    for old in before:
        its = Opened(old, stage_of(old, on=this.day), this.day, by, on, this.power)
        move(its, Verb.SUPERSEDE, reason=f"{this.row.citation} were adopted")
    return target_set(this.row.citation.id)


def _check_stage(this: Opened) -> None:
    """A set that is neither proposed nor heard is refused before its hearing is looked at."""
    if this.row.kept is not Stage.PROPOSED:
        after(this.row.kept, Verb.ADOPT)
