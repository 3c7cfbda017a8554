"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Findings of the watch and the answers to them, capacity, and quality of partnership."""

    name = "totalplace.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
