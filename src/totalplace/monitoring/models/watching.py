"""What a place's watch promises, what it found, and charts that were begun anew; only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.monitoring.rules.findings import Sort
from totalplace.monitoring.rules.seen import Sign

_SORTS = [(one.value, one.value) for one in Sort]
_SIGNS = [(one.value, one.value) for one in Sign]
_CODE = "As the series is named for good: outcome/persistent-absence."


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Watch(_Said):
    """What a place watches from a moment on; a later turn takes its place."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    promise = models.DecimalField(
        max_digits=6, decimal_places=2, help_text="False alarms a year, over all that is watched."
    )
    left_out = models.JSONField(help_text="Code and reason of each series that is not watched.")
    alike = models.JSONField(help_text="Codes of the similar places; none: by the published list.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="watch_has_its_turn", fields=["place", "turn"]),
            models.CheckConstraint(
                name="watch_promises_and_says_why",
                condition=models.Q(promise__gt=0) & models.Q(turn__gte=1) & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"watch {self.turn} of {self.place_id}"


class Rebase(_Said):
    """That a chart was begun anew from a day, with a reason and what it cites."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    code = models.CharField(max_length=200, help_text=_CODE)
    area = models.CharField(max_length=64)
    from_day = models.DateField(help_text="The first day of the first period of the new level.")
    reason = models.TextField()
    citing_kind = models.CharField(max_length=24)
    citing_id = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="rebase_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="rebase_says_why_and_cites",
                condition=~models.Q(reason="")
                & models.Q(citing_kind__in=["decision", "finding"])
                & ~models.Q(citing_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.from_day}"


class Finding(_Said):
    """What the watch told once: its text, as it was told, with the figures that it rests on."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    code = models.CharField(max_length=200, help_text=_CODE)
    area = models.CharField(max_length=64)
    sort = models.CharField(max_length=16, choices=_SORTS)
    sign = models.CharField(max_length=40, choices=_SIGNS)
    first_day = models.DateField(help_text="Of the earliest period in which it may have begun.")
    last_day = models.DateField(help_text="Of the latest.")
    protected = models.BooleanField()
    follows = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    text = models.TextField(help_text="All of it in its one set form.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text, in hexadecimals.")

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(name="finding_of_series", fields=["place", "code", "area"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="finding_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="finding_is_whole",
                condition=~models.Q(text="")
                & models.Q(first_day__lte=models.F("last_day"))
                & (
                    models.Q(sort=Sort.NEW.value, follows__isnull=True)
                    | models.Q(
                        sort__in=[Sort.SURER.value, Sort.REVISED.value], follows__isnull=False
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.place_id}/{self.number}"
