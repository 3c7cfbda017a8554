"""Posts, vacancies, turnover and skills, as each body gave them in; a later return is a version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CapacityReturn(models.Model):
    """What a body said of its roles in a place over a period, never changed after."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(help_text="Of the month or quarter; before the day it was given.")
    turn = models.PositiveIntegerField(help_text="From 1 of its body, place and period; no gap.")
    text = models.TextField(help_text="Its roles, in their one set form.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text, in hexadecimals.")
    anew = models.TextField(
        blank=True, help_text="Why it cannot be compared with earlier ones. Empty: it can."
    )
    reason = models.TextField(help_text="Why it is given, or given again.")
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["agency", "first_day", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="capacity_return_has_its_turn",
                fields=["place", "agency", "first_day", "turn"],
            ),
            models.CheckConstraint(
                name="capacity_return_has_a_reason",
                condition=~models.Q(reason="")
                & models.Q(turn__gte=1)
                & models.Q(last_day__gt=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.first_day} version {self.turn}"
