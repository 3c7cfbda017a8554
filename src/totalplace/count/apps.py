"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class CountConfig(AppConfig):
    """What every body spends in a place, each pound once."""

    name = "totalplace.count"
    label = "count"
    default_auto_field = "django.db.models.BigAutoField"
