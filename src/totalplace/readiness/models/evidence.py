"""Evidence of a place, which expires; and what both sides waived, for a time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.readiness.rules.evidence import EvidenceKind
from totalplace.readiness.rules.scale import Area, Side

AREA_NAMES = [area.value for area in Area]
SIDE_NAMES = [side.value for side in Side]
AREAS = [(name, name) for name in AREA_NAMES]
SIDES = [(name, name) for name in SIDE_NAMES]
_KIND_NAMES = [kind.value for kind in EvidenceKind]
_KINDS = [(name, name) for name in _KIND_NAMES]


class Said(models.Model):
    """What somebody said at a moment, never changed after; `day` is the day in England."""

    by = models.TextField()
    on = models.DateTimeField()
    day = models.DateField(help_text="In England.")

    class Meta:
        abstract = True


class Evidence(Said):
    """An item of evidence of a place, in one area, that holds until its last day."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    area = models.CharField(max_length=16, choices=AREAS)
    kind = models.CharField(max_length=16, choices=_KINDS)
    title = models.CharField(max_length=300)
    says = models.TextField()
    where = models.TextField(help_text="Where it can be read.")
    first_day = models.DateField()
    last_day = models.DateField(help_text="The last day on which it holds.")
    renews = models.PositiveIntegerField(null=True, help_text="The number of the item it renews.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="evidence_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="evidence_says_what_it_is",
                condition=~models.Q(title="")
                & ~models.Q(says="")
                & ~models.Q(where="")
                & models.Q(area__in=AREA_NAMES, kind__in=_KIND_NAMES),
            ),
            models.CheckConstraint(
                name="evidence_begins_before_it_expires",
                condition=models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceEnd(Said):
    """That an item was withdrawn on a day: from then on it holds no more."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evidence_end_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Waiver(Said):
    """What one side would do without, until a day, and why; it holds once the other agrees."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    centre = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=SIDES)
    need = models.CharField(max_length=64, help_text="An area, or a fact of eligibility.")
    level = models.CharField(max_length=16, help_text="The level waived; of a fact: met.")
    reason = models.TextField()
    until = models.DateField(help_text="The last day on which it holds.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="waiver_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="waiver_says_why_and_until_when",
                condition=~models.Q(reason="")
                & models.Q(until__gte=models.F("day"))
                & models.Q(side__in=SIDE_NAMES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.level}"


class WaiverConsent(Said):
    """That the other side agreed to a waiver, and why."""

    waiver = models.OneToOneField(Waiver, on_delete=models.PROTECT, related_name="consent")
    side = models.CharField(max_length=8, choices=SIDES)
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="waiver_consent_has_a_reason",
                condition=~models.Q(reason="") & models.Q(side__in=SIDE_NAMES),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
