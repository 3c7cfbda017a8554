"""How a set of targets was heard, what is lacking to adopt it, and what came of what was said."""

from __future__ import annotations

from datetime import date

from totalplace.decisions import queries as decisions
from totalplace.outcomes.definitions.adopting import adopting_matters
from totalplace.outcomes.queries.sets import TargetSetRow
from totalplace.outcomes.rules.adopting import CALLED, not_as_heard
from totalplace.outcomes.rules.target_changes import Change
from totalplace.outcomes.rules.target_moves import Stage, stands
from totalplace.participation import queries as participation
from totalplace.participation.queries import HearingRow, adopting
from totalplace.participation.queries.adopting import (
    Done,
    Needs,
    decision_as_lacking,
    hearing_of,
    made,
)
from totalplace.participation.rules.gate import Lack
from totalplace.record.rules.chain import Citation


def stage_of(row: TargetSetRow, *, on: date) -> Stage:
    """Where a set of targets stands on a day."""
    if row.kept is not Stage.PROPOSED:
        return row.kept
    return stands(row.kept, heard=hearing_of(row.citation, on=on).concluded is not None)


def adoption_lacks(row: TargetSetRow, decision: Citation | None, *, on: date) -> list[Lack]:
    """All that is lacking for a set to be adopted on a day; nothing: it may be.

    The hearing's own gate is asked for the agencies of what stands now. Without a decision that is
    named, the one that is lacking is said too.
    """
    heard = hearing_of(row.citation, on=on)
    found = list(participation.lacking(row.citation, affected=set(row.affected), on=on))
    found += not_as_heard(
        made(row.published), opened=heard.opened, answers=heard.answers, elsewhere=heard.elsewhere
    )
    _, lacks = decision_as_lacking(CALLED, _needs(row), decision, heard, on=on)
    return found + lacks


def best_decision(
    row: TargetSetRow, *, on: date
) -> tuple[decisions.DecisionRow | None, list[Lack]]:
    """Of the decisions about a set that for which least is lacking on a day, and what that is."""
    tried = [(one, adoption_lacks(row, one.citation, on=on)) for one in decisions_about(row)]
    if not tried:
        return None, adoption_lacks(row, None, on=on)
    return min(tried, key=lambda one: len(one[1]))


def decisions_about(row: TargetSetRow) -> list[decisions.DecisionRow]:
    """The decisions that are about a set of targets, by body and number."""
    return decisions.decisions(about=row.citation)


def hearings_about(row: TargetSetRow) -> list[HearingRow]:
    """The hearings about a set of targets, the latest first, a draft and one withdrawn too."""
    return participation.hearings(about=row.citation)


def you_said(row: TargetSetRow) -> list[Done[Change]]:
    """Every answer that stands in the hearing of a set, and what changed in the targets for it."""
    return adopting.you_said(row.citation, row.published, row.changes)


def _needs(row: TargetSetRow) -> Needs:
    unnamed = Lack(
        "No decision to adopt these targets is named",
        "targets are adopted by the body that sets the policy of the place",
        f"Propose a decision about {row.citation} to it, and name it once it is in effect",
    )
    last = made(row.published)[-1] if row.published else None
    return Needs(row.citation, row.agency, adopting_matters(), last, unnamed)
