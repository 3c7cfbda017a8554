"""Who wants an e-mail of what waits for them; nobody does who has not said so."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models

# What the database puts where a release before this one adds a row.
_NONE: Final = models.Value([], models.JSONField())


class Digest(models.Model):
    """An officer's own choice, and the day of the last e-mail."""

    officer = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    wanted = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    last_sent_on = models.DateField(null=True)
    findings = models.BooleanField(
        default=False, db_default=False, help_text="Wants findings, once a week."
    )
    places = models.JSONField(
        default=list, db_default=_NONE, help_text="Codes of places; none: of all."
    )
    subjects = models.JSONField(
        default=list, db_default=_NONE, help_text="Kinds of what is watched; none: all."
    )
    findings_sent_on = models.DateField(null=True)
    findings_upto = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Findings up to this one were told, or were made before."
    )
    moves_upto = models.PositiveBigIntegerField(
        default=0,
        db_default=0,
        help_text="Moves of answers up to this one were told, or were made before.",
    )

    def __str__(self) -> str:
        return f"{self.officer_id}: {'yes' if self.wanted else 'no'}"


class Follower(models.Model):
    """A place that somebody without an account follows by e-mail.

    Nothing is known of them but an address, which is emptied when they leave, or do not confirm.
    """

    place = models.CharField(max_length=64)
    address = models.CharField(max_length=254, blank=True, help_text="Empty: it was forgotten.")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    findings_upto = models.PositiveBigIntegerField(default=0)
    moves_upto = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "address"], condition=~models.Q(address=""), name="followers_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {'confirmed' if self.confirmed_at else 'not confirmed'}"
