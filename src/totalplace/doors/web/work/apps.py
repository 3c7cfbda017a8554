"""The table of work."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """What is being done in the background, and what came of it."""

    name = "totalplace.doors.web.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
