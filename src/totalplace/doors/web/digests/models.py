"""Who wants an e-mail of what waits for them; nobody does who has not said so."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Digest(models.Model):
    """An officer's own choice, and the day of the last e-mail."""

    officer = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    wanted = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    last_sent_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.officer_id}: {'yes' if self.wanted else 'no'}"
