"""Assessments: facts, the scores of each side, what was agreed, and what followed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.readiness.models.evidence import (
    AREA_NAMES,
    AREAS,
    SIDE_NAMES,
    SIDES,
    Evidence,
    Said,
)
from totalplace.readiness.rules.scale import Level

_LEVEL_NAMES = [level.value for level in Level]
_LEVELS = [(name, name) for name in _LEVEL_NAMES]


class Assessment(Said):
    """A joint assessment of a place, by the place and one department."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    centre = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="assessment_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(name="assessment_says_why", condition=~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return f"assessment {self.number} of {self.place_id}"


class Fact(Said):
    """What is said of a fact of eligibility, with its source; the last that is said counts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="facts")
    code = models.CharField(max_length=64)
    happened_on = models.DateField(null=True, help_text="Empty: it never happened.")
    met_from = models.DateField(null=True, help_text="Empty: it is not met.")
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fact_has_a_source", condition=~models.Q(source="") & ~models.Q(code="")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class HandIn(Said):
    """That a side handed in all its scores, on a day."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="hand_ins")
    side = models.CharField(max_length=8, choices=SIDES)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="side_scores_once", fields=["assessment", "side"]),
            models.CheckConstraint(
                name="hand_in_is_of_a_side", condition=models.Q(side__in=SIDE_NAMES)
            ),
        ]

    def __str__(self) -> str:
        return self.side


class Score(models.Model):
    """A side's level in an area. The database shows it to its own side alone until both are in."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    side = models.CharField(max_length=8, choices=SIDES)
    area = models.CharField(max_length=16, choices=AREAS)
    level = models.CharField(max_length=16, choices=_LEVELS)
    why = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="area_is_scored_once", fields=["assessment", "side", "area"]
            ),
            models.CheckConstraint(
                name="score_is_on_the_scale",
                condition=models.Q(side__in=SIDE_NAMES, area__in=AREA_NAMES, level__in=_LEVEL_NAMES)
                & ~models.Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.level}"


class ScoreEvidence(models.Model):
    """An item that a score rests on."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="rests_on")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="item_is_named_once", fields=["score", "evidence"]),
        ]

    def __str__(self) -> str:
        return f"{self.score_id} rests on {self.evidence_id}"


class Proposal(Said):
    """Levels that one side puts to the other once both have scored."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField(help_text="From 1 in its assessment, with no gap.")
    side = models.CharField(max_length=8, choices=SIDES)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="proposal_has_its_number", fields=["assessment", "number"]
            ),
            models.CheckConstraint(
                name="proposal_is_of_a_side", condition=models.Q(side__in=SIDE_NAMES)
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.number}"


class ProposalLevel(models.Model):
    """The level put forward in an area, or none where they do not agree; why; what is disputed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="levels")
    area = models.CharField(max_length=16, choices=AREAS)
    level = models.CharField(max_length=16, choices=_LEVELS, null=True)  # noqa: DJ001  (none is no level)
    reason = models.TextField()
    disputed = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="area_is_put_forward_once", fields=["proposal", "area"]),
            models.CheckConstraint(
                name="what_is_not_agreed_is_said",
                condition=models.Q(area__in=AREA_NAMES)
                & ~models.Q(reason="")
                & (
                    models.Q(level__in=_LEVEL_NAMES)
                    | (models.Q(level=None) & ~models.Q(disputed=""))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.level}"


class Consent(Said):
    """That the other side agreed to the last proposal: the assessment is finished."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="consent")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=SIDES)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="consent_is_of_a_side", condition=models.Q(side__in=SIDE_NAMES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} agreed"


class Withdrawal(Said):
    """That an assessment was withdrawn before it was agreed."""

    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assessment_withdrawal_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Followed(Said):
    """What followed an agreed level in an area: whether it went as it let one expect."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="followed")
    side = models.CharField(max_length=8, choices=SIDES)
    area = models.CharField(max_length=16, choices=AREAS)
    went_well = models.BooleanField()
    what = models.TextField()
    source = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_followed_has_a_source",
                condition=~models.Q(what="")
                & ~models.Q(source="")
                & models.Q(area__in=AREA_NAMES, side__in=SIDE_NAMES),
            ),
        ]

    def __str__(self) -> str:
        return self.what
