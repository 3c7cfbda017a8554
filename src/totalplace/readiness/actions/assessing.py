"""Beginning an assessment, stating its facts, handing in scores unseen, withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.mandates import Officer, Who
from totalplace.readiness import models
from totalplace.readiness.actions.opened import (
    SCORE,
    Opened,
    one_at_a_time,
    opened,
    opened_for,
    power_for,
    said_reason,
)
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.queries.assessments import assessment, assessments
from totalplace.readiness.queries.evidence import evidence
from totalplace.readiness.queries.rows import AssessmentRow
from totalplace.readiness.queries.unseen import reading_for
from totalplace.readiness.rules.eligibility import FactSaid, check_facts, met_from
from totalplace.readiness.rules.moves import FINISHED, Verb, after
from totalplace.readiness.rules.scale import Area, Side
from totalplace.readiness.rules.scoring import Scored, check_scores
from totalplace.record import actions as record
from totalplace.refusal import Refused


@transaction.atomic
def begin(place: str, *, centre: str, why: str, side: Side, by: Who, on: datetime) -> AssessmentRow:
    """Begin a joint assessment of a place with a department.

    Raises Refused where one is unfinished, and where the other body is no department.
    """
    power = power_for(side, SCORE, place=place, centre=centre, by=by, on=on)
    here, department = places.place(place), places.agency(centre)
    what = f"An assessment of {here.name} cannot be begun"
    reason = said_reason(why, what)
    if department.kind != AgencyKind.DEPARTMENT:
        raise Refused(
            what,
            why=f"{department.name} is no department of the centre",
            next_step="Name a department with which the place assesses itself",
        )
    one_at_a_time()
    before = assessments(place)
    if before and before[0].stage not in FINISHED:
        raise Refused(
            what,
            why=f"assessment {before[0].citation.id} is {before[0].stage}",
            next_step="Finish or withdraw that one first",
        )
    row = models.Assessment.objects.create(
        place_id=here.id, number=len(before) + 1, centre_id=department.id, why=reason, by=by.name,
        on=on, day=local_day(on),
    )  # fmt: skip
    found = assessment(f"{place}/{row.number}")
    record.write(
        by.name, "began", about=found.citation, on=on, power=power, citing=f"{centre}; {reason}"
    )
    return found


@transaction.atomic
def state_facts(
    citation: str, facts: Sequence[FactSaid], *, by: Who, on: datetime
) -> AssessmentRow:
    """Say of every fact of eligibility on which day it happened, or that it never did; the source.

    Raises Refused for one too few, one without a source, and once the assessment is finished.
    """
    this = opened(citation, by=by, on=on)
    after(this.row.stage, Verb.STATE_FACTS)
    rules = fact_rules()
    said = check_facts(facts, rules, on=this.day)
    for code, rule in rules.items():
        day = said[code].day
        models.Fact.objects.create(
            assessment_id=this.row.id, code=code, happened_on=day,
            met_from=met_from(rule, said[code]), source=said[code].source.strip(), **this.said,
        )  # fmt: skip
    told = [f"{code} {said[code].day or _no_day(said[code])}" for code in rules]
    this.write("stated the facts", citing="; ".join(told))
    return assessment(this.row.citation.id)


@transaction.atomic
def hand_in(
    citation: str, side: Side, scores: Sequence[Scored], *, by: Who, on: datetime
) -> AssessmentRow:
    """Hand in the scores of a side in all four areas, once. The other side does not see them.

    Raises Refused before the facts are stated, for a score without a reason or evidence, a second
    time, and for an officer who handed in for the other side or holds mandates of both.
    """
    this = opened_for(citation, side, SCORE, by=by, on=on)
    after(this.row.stage, Verb.HAND_IN)
    _check_turn(this, side)
    held = {row.number: row for row in evidence(this.row.place)}
    good = check_scores(scores, {number: row.item for number, row in held.items()}, on=this.day)
    models.HandIn.objects.create(assessment_id=this.row.id, side=side.value, **this.said)
    with reading_for(this.row.id, side):
        for area in Area:
            score = models.Score.objects.create(
                assessment_id=this.row.id, side=side.value, area=area.value,
                level=good[area].level.value, why=good[area].why.strip(),
            )  # fmt: skip
            models.ScoreEvidence.objects.bulk_create(
                models.ScoreEvidence(score=score, evidence_id=held[number].id)
                for number in sorted(set(good[area].evidence))
            )
    # What was scored is not on the record: the other side reads the record too.
    this.write(f"handed in scores for the {side}")
    return assessment(this.row.citation.id)


@transaction.atomic
def withdraw(citation: str, *, side: Side, reason: str, by: Who, on: datetime) -> AssessmentRow:
    """Withdraw an assessment before it is agreed. Raises Refused without a reason."""
    this = opened_for(citation, side, SCORE, by=by, on=on)
    after(this.row.stage, Verb.WITHDRAW)
    why = said_reason(reason, "The assessment cannot be withdrawn")
    models.Withdrawal.objects.create(assessment_id=this.row.id, reason=why, **this.said)
    this.write("withdrew", citing=why)
    return assessment(this.row.citation.id)


def _no_day(said: FactSaid) -> str:
    return "not ended" if said.ongoing else "never"


def _check_turn(this: Opened, side: Side) -> None:
    if side in this.row.hand_ins:
        raise Refused(
            f"The {side} cannot hand in scores again",
            why="it has handed in, and what was handed in is not changed",
            next_step="Wait for the other side, then meet",
        )
    other = this.row.hand_ins.get(side.other)
    if other is not None and isinstance(this.by, Officer) and other.by == this.by.name:
        raise Refused(
            f"{this.by.name} cannot score for the {side}",
            why=f"they scored for the {side.other}, and the two sides judge apart",
            next_step="Let another officer score",
        )
