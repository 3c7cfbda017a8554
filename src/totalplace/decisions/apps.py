"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Bodies that decide, and their decisions."""

    name = "totalplace.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"
