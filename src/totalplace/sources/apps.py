"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Files read as they are, faults kept."""

    name = "totalplace.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
