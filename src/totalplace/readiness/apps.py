"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """The joint assessment of whether a place is ready."""

    name = "totalplace.readiness"
    label = "readiness"
    default_auto_field = "django.db.models.BigAutoField"
