"""How a plan was heard, what is lacking to adopt it, and what came of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from totalplace.commissioning.definitions.adopting import adopting_matters
from totalplace.commissioning.queries.answers import parts, statement
from totalplace.commissioning.queries.appraisals import not_accepted
from totalplace.commissioning.queries.plans import KIND, PlanRow, stakes
from totalplace.commissioning.rules.adopting import (
    Contested,
    Decided,
    Made,
    Stated,
    decision_lacks,
    not_as_heard,
    statement_lacks,
    unanswered,
)
from totalplace.commissioning.rules.plan_changes import Change
from totalplace.commissioning.rules.plan_moves import Stage, stands
from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.moves import Verb as Deciding
from totalplace.decisions.rules.standing import Effect
from totalplace.participation import queries as participation
from totalplace.participation.queries import AnswerRow, HearingRow
from totalplace.participation.rules.gate import Lack
from totalplace.participation.rules.hearings import Verb as Hearing
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Heard:
    """What this room asks of the hearing that counts for a plan; empty where none was opened."""

    citation: str = ""  # of the hearing
    opened: datetime | None = None
    concluded: date | None = None
    # The number of each answer that stands -> whether it says that something changed.
    answers: Mapping[int, bool] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()  # what these changed is something else, which they name


@dataclass(frozen=True, slots=True)
class Done:
    """An answer to what was said, and what was done for it: the version, and its changes.

    `said` is what was said and `who` said it, in the hearing's own words.
    """

    answer: AnswerRow
    who: str
    said: str
    version: int | None
    changes: tuple[Change, ...]


def hearing_of(about: Citation, *, on: date) -> Heard:
    """How a plan was heard by a day."""
    row = participation.counting(about)
    if row is None:
        return Heard()
    concluded = row.concluded_on
    return Heard(
        citation=str(row.citation),
        opened=next((move.on for move in row.moves if move.verb is Hearing.OPEN), None),
        concluded=concluded if concluded is not None and concluded <= on else None,
        answers={one.number: one.changed for one in row.answers},
        elsewhere=frozenset(
            one.number for one in row.answers if one.led_to and one.led_to.kind != KIND
        ),
    )


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
        _made(row), opened=heard.opened, answers=heard.answers, elsewhere=heard.elsewhere
    )
    found += unanswered(
        [
            Contested(part.agency_name, part.answer.number, answered=part.answer.reply is not None)
            for part in parts(row)
            if part.answer is not None and not part.answer.accepts
        ]
    )
    decided, lacks = _decision(row, decision, heard, on)
    stated = statement(row)
    if row.published:
        its = Stated(stated.version, stated.on) if stated else None
        found += statement_lacks(its, last=_made(row)[-1], decision=decided)
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


def you_said(row: PlanRow) -> list[Done]:
    """Every answer that stands in the hearing of a plan, and what changed in the plan for it."""
    heard = participation.counting(row.citation)
    if heard is None:
        return []
    opened = next((move.on for move in heard.moves if move.verb is Hearing.OPEN), None)
    since = [one for one in row.published if opened is not None and one.on > opened]
    points = {point.number: point for point in heard.points}
    found = []
    for answer in heard.answers:
        point = points[answer.point]
        led = [version.number for version in since if version.because == answer.number]
        changes = [change for number in led for change in row.changes(number)]
        who = point.said_by or str(point.kind)
        found.append(Done(answer, who, point.words, led[-1] if led else None, tuple(changes)))
    return found


def _decision(
    row: PlanRow, decision: Citation | None, heard: Heard, on: date
) -> tuple[Decided | None, list[Lack]]:
    """A decision as this room looks at it, and what it lacks."""
    if decision is None:
        return None, [
            Lack(
                "No decision to adopt this plan is named",
                "a plan is adopted by the body that sets the budget of the accountable agency",
                f"Propose a decision about {row.citation} to it, and name it once it is in effect",
            )
        ]
    try:
        if decision.kind != "decision":
            decisions.require_in_effect(decision, on=on)
        found = decisions.decision(decision.id)
    except Refused as refused:
        return None, [Lack(refused.what, refused.why, refused.next_step)]
    decided = _decided(found)
    lacks = decision_lacks(
        decided, about=str(row.citation), agency=row.agency, matters=adopting_matters(),
        concluded=heard.concluded, last=_made(row)[-1] if row.published else None,
    )  # fmt: skip
    effect = decisions.effective(found, on)
    if effect.effect is not Effect.IN_EFFECT:
        until = f" until {in_words(effect.day)}" if effect.day else ""
        lacks.append(
            Lack(
                f"Nothing can be done under decision {found.citation.id} yet",
                f"it is {effect.words}{until}",
                f"See what it waits for with: totalplace decisions show {found.citation.id}",
            )
        )
    return decided, lacks


def _made(row: PlanRow) -> list[Made]:
    return [Made(one.number, one.on, one.because) for one in row.published]


def _decided(row: decisions.DecisionRow) -> Decided:
    taken = next((move for move in row.moves if move.step.verb is Deciding.TAKE), None)
    return Decided(
        id=row.citation.id,
        about=str(row.about) if row.about else "",
        agency=row.body.agency,
        matter=row.matter.code,
        body_kind=row.body.kind.value,
        taken_on=(taken.taken_on or taken.step.day) if taken else None,
        recorded=taken.on if taken else None,
    )
