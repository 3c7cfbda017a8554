"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The append-only record of every act."""

    name = "totalplace.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
