"""Sets of targets, their versions, and how they came to be adopted: only added to.

There is no column here for a department or for the centre: targets are the place's own.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.target_moves import KEPT, MOVES, Stage, Verb

_BETTER = [(better.value, better.value) for better in Better]
# What is kept as a move: that a set was heard is known from its hearing, so none starts there.
_KEPT_STAGES = [stage for stage in Stage if stage is not Stage.HEARD]
_STAGES = [(stage.value, stage.value) for stage in _KEPT_STAGES]
_VERBS = [(verb.value, verb.value) for verb in KEPT]


def _kept_moves() -> list[tuple[Stage, Verb, Stage]]:
    """The moves as they are kept: from what was proposed, where it was heard meanwhile."""
    found: list[tuple[Stage, Verb, Stage]] = []
    for (stage, verb), following in MOVES.items():
        before = Stage.PROPOSED if stage is Stage.HEARD else stage
        if verb in KEPT and (before, verb, following) not in found:
            found.append((before, verb, following))
    return found


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class TargetSet(_Said):
    """The targets of a place for some years, for which an agency is accountable."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    why = models.TextField()
    first_year = models.PositiveIntegerField(help_text="In which its first year begins.")
    last_year = models.PositiveIntegerField(help_text="In which its last year begins.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_set_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="target_set_says_what_it_is",
                condition=~models.Q(title="") & ~models.Q(why="") & models.Q(number__gte=1),
            ),
            models.CheckConstraint(
                name="target_set_begins_before_it_ends",
                condition=models.Q(first_year__lte=models.F("last_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TargetVersion(_Said):
    """All targets of a set as they stood from a moment on; number 0 is a draft's."""

    set = models.ForeignKey(TargetSet, on_delete=models.PROTECT, related_name="versions")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap, drafts too.")
    number = models.PositiveIntegerField(help_text="From 1 once it is proposed; 0: a draft.")
    because = models.PositiveIntegerField(null=True, help_text="The answer that led to it.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_version_has_its_turn", fields=["set", "turn"]),
            models.UniqueConstraint(
                name="target_version_has_its_number",
                fields=["set", "number"],
                condition=models.Q(number__gte=1),
            ),
            models.CheckConstraint(
                name="target_version_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.set_id}"


class Target(models.Model):
    """A target within a version, in the words in which its outcome was defined."""

    version = models.ForeignKey(TargetVersion, on_delete=models.PROTECT, related_name="targets")
    line = models.PositiveIntegerField()
    indicator = models.CharField(max_length=200)
    area = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=100)
    better = models.CharField(max_length=8, choices=_BETTER)
    baseline = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    baseline_period = models.TextField(blank=True)
    baseline_source = models.TextField(blank=True)
    why_no_baseline = models.TextField(blank=True)
    why = models.TextField()
    against = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["line"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_has_its_line", fields=["version", "line"]),
            models.UniqueConstraint(
                name="outcome_has_one_target", fields=["version", "indicator", "area"]
            ),
            models.CheckConstraint(
                name="target_has_a_baseline_or_says_why_not",
                condition=(
                    models.Q(baseline__isnull=False)
                    & ~models.Q(baseline_period="")
                    & ~models.Q(baseline_source="")
                )
                | (models.Q(baseline__isnull=True) & ~models.Q(why_no_baseline="")),
            ),
            models.CheckConstraint(name="target_says_why", condition=~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return self.title


class TargetStep(models.Model):
    """What an outcome is to be by a day."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="steps")
    day = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_has_one_step_a_day", fields=["target", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.value} by {self.day}"


class TargetPart(models.Model):
    """How much of an outcome an agency can move; without an agency, what nobody here can."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="parts")
    agency = models.ForeignKey(
        "places.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    share = models.PositiveIntegerField(help_text="In per cent.")
    pence = models.BigIntegerField(null=True, help_text="Put beside it; empty: not known.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="agency_has_one_part", fields=["target", "agency"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="part_is_of_a_hundred",
                condition=models.Q(share__lte=100)
                & (models.Q(pence__isnull=True) | models.Q(pence__gte=0))
                & (models.Q(agency__isnull=False) | models.Q(pence__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} per cent"


class TargetMove(_Said):
    """One move of a set; what it was moved from must be where it stood."""

    set = models.ForeignKey(TargetSet, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    before = models.CharField(max_length=16, choices=_STAGES)
    after = models.CharField(max_length=16, choices=_STAGES)
    day = models.DateField(help_text="In England.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_move_has_its_turn", fields=["set", "turn"]),
            models.CheckConstraint(
                name="target_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for before, verb, following in _kept_moves()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(name="target_move_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.set_id}: {self.verb}"


class Adoption(_Said):
    """That a version of a set was adopted on a day, under a decision in effect."""

    set = models.OneToOneField(TargetSet, on_delete=models.PROTECT, related_name="adoption")
    version = models.OneToOneField(TargetVersion, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(help_text="As it is cited: BODY/NUMBER.")
    hearing = models.TextField(help_text="As it is cited.")
    day = models.DateField(help_text="In England.")

    def __str__(self) -> str:
        return f"{self.set_id} on {self.day}"
