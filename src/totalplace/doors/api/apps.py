"""The tables of the service for other programs."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens of officers, and the answers given to their acts."""

    name = "totalplace.doors.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
