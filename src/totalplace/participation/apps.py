"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Hearings, what was said in them, and how it was answered."""

    name = "totalplace.participation"
    label = "participation"
    default_auto_field = "django.db.models.BigAutoField"
