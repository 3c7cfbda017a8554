"""What is being done in the background, how far it is, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Work(models.Model):
    """One piece of work that somebody asked for. It holds no personal data but who asked."""

    class Outcome(models.TextChoices):
        DONE = "done"
        STOPPED = "stopped"
        REFUSED = "refused"
        FAILED = "failed"

    job = models.CharField(max_length=64)
    args = models.JSONField(default=dict)
    about = models.CharField(max_length=200, help_text="What it is about, as on the record.")
    words = models.CharField(max_length=400, help_text="What is done, for people.")
    by = models.CharField(max_length=200)
    officer = models.CharField(max_length=200, blank=True, help_text="Their code; none: operator.")
    agency = models.CharField(max_length=64, blank=True, help_text="Whose officers may see it.")
    place = models.CharField(max_length=64, blank=True)
    back = models.CharField(max_length=300, blank=True, help_text="The page that asked for it.")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When it last said how far it is.")
    doing = models.CharField(max_length=400, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    seconds_left = models.BigIntegerField(null=True)
    tries = models.PositiveIntegerField(default=0)
    stop_asked_at = models.DateTimeField(null=True)
    stop_asked_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome)
    outcome_words = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about", "-id"], name="work_about")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="work_that_ended_says_how",
                condition=models.Q(ended_at=None, outcome="")
                | models.Q(ended_at__isnull=False, outcome__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.outcome or 'under way'})"
