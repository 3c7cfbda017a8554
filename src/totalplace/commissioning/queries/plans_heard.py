"""How a plan was heard, what is lacking to adopt it, and what came of what was said."""

from __future__ import annotations

from datetime import date

from totalplace.commissioning.definitions.adopting import adopting_matters
from totalplace.commissioning.queries.answers import parts, statement
from totalplace.commissioning.queries.appraisals import not_accepted
from totalplace.commissioning.queries.plans import PlanRow, stakes
from totalplace.commissioning.rules.adopting import (
    CALLED,
    Contested,
    Stated,
    not_as_heard,
    statement_lacks,
    unanswered,
)
from totalplace.commissioning.rules.plan_changes import Change
from totalplace.commissioning.rules.plan_moves import Stage, stands
from totalplace.decisions import queries as decisions
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


def stage_of(row: PlanRow, *, on: date) -> Stage:
    """Where a plan stands on a day."""
    if row.kept is not Stage.PROPOSED:
        return row.kept
    return stands(row.kept, heard=hearing_of(row.citation, on=on).concluded is not None)


def adoption_lacks(row: PlanRow, decision: Citation | None, *, on: date) -> list[Lack]:
    """All that is lacking for a plan to be adopted on a day; nothing: it may be.

    The hearing's own gate is asked for the agencies of what stands now. Without a decision that is
    named, the one that is lacking is said too.
    """
    heard = hearing_of(row.citation, on=on)
    found = list(participation.lacking(row.citation, affected=set(stakes(row.last)), on=on))
    found += not_as_heard(
        made(row.published), opened=heard.opened, answers=heard.answers, elsewhere=heard.elsewhere
    )
    found += unanswered(
        [
            Contested(part.agency_name, part.answer.number, answered=part.answer.reply is not None)
            for part in parts(row)
            if part.answer is not None and not part.answer.accepts
        ]
    )
    decided, lacks = decision_as_lacking(CALLED, _needs(row), decision, heard, on=on)
    stated = statement(row)
    if row.published:
        its = Stated(stated.version, stated.on) if stated else None
        found += statement_lacks(its, last=made(row.published)[-1], decision=decided)
    found += [
        Lack(
            "An effect drives money that nobody answers for",
            why,
            "Accept it on the record, or revise the plan without it",
        )
        for why in not_accepted(row.place, row.last.case)
    ]
    return found + lacks


def best_decision(row: PlanRow, *, on: date) -> tuple[decisions.DecisionRow | None, list[Lack]]:
    """Of the decisions about a plan that for which least is lacking on a day, and what that is."""
    tried = [(one, adoption_lacks(row, one.citation, on=on)) for one in decisions_about(row)]
    if not tried:
        return None, adoption_lacks(row, None, on=on)
    return min(tried, key=lambda one: len(one[1]))


def decisions_about(row: PlanRow) -> list[decisions.DecisionRow]:
    """The decisions that are about a plan, by body and number."""
    return decisions.decisions(about=row.citation)


def hearings_about(row: PlanRow) -> list[HearingRow]:
    """The hearings about a plan, the latest first, a draft and one withdrawn too."""
    return participation.hearings(about=row.citation)


def you_said(row: PlanRow) -> list[Done[Change]]:
    """Every answer that stands in the hearing of a plan, and what changed in the plan for it."""
    return adopting.you_said(row.citation, row.published, row.changes)


def _needs(row: PlanRow) -> Needs:
    unnamed = Lack(
        "No decision to adopt this plan is named",
        "a plan is adopted by the body that sets the budget of the accountable agency",
        f"Propose a decision about {row.citation} to it, and name it once it is in effect",
    )
    last = made(row.published)[-1] if row.published else None
    return Needs(row.citation, row.agency, adopting_matters(), last, unnamed)
