"""Appraisals as they were made, and effects that an officer accepted: only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Appraisal(_Said):
    """An option of a place that is appraised; what is said of it stands in its versions."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    option = models.CharField(max_length=64, help_text="As plans call it.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="appraisal_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="appraisal_is_of_an_option",
                condition=~models.Q(option="") & models.Q(number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"appraisal {self.number} of place {self.place_id}"


class AppraisalVersion(_Said):
    """An appraisal as it stood from a moment on: one text, which says all of it."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="From 1, with no gap.")
    title = models.CharField(max_length=1000)
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of its UTF-8.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="appraisal_version_has_its_number", fields=["appraisal", "number"]
            ),
            models.CheckConstraint(
                name="appraisal_version_says_why",
                condition=~models.Q(reason="") & ~models.Q(text="") & models.Q(number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AppraisalPublished(_Said):
    """That a version was laid open to the public, for good."""

    version = models.OneToOneField(
        AppraisalVersion, on_delete=models.PROTECT, related_name="published"
    )
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appraisal_published_says_why", condition=~models.Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version_id}, published"


class AcceptedEffect(_Said):
    """That an effect which nobody graded may drive money all the same, and why."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    option = models.CharField(max_length=64)
    indicator = models.CharField(max_length=200)
    area = models.CharField(max_length=64)
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="accepted_effect_has_its_number", fields=["place", "number"]
            ),
            models.CheckConstraint(
                name="accepted_effect_says_which_and_why",
                condition=~models.Q(option="") & ~models.Q(indicator="") & ~models.Q(area="")
                & ~models.Q(reason="") & models.Q(number__gte=1),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.option}: {self.indicator} in {self.area}"


class EffectTakenBack(_Said):
    """That an effect which was accepted no longer drives money, and why."""

    accepted = models.OneToOneField(
        AcceptedEffect, on_delete=models.PROTECT, related_name="taken_back"
    )
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="effect_taken_back_says_why", condition=~models.Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"taken back: {self.accepted_id}"
