"""The table of digests."""

from __future__ import annotations

from django.apps import AppConfig


class DigestsConfig(AppConfig):
    """Who wants an e-mail of what waits for them."""

    name = "totalplace.doors.web.digests"
    label = "digests"
    default_auto_field = "django.db.models.BigAutoField"
