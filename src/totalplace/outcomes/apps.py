"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Indicators, readings and targets."""

    name = "totalplace.outcomes"
    label = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
