"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    """Options appraised, plans proposed, answered, decided and adopted."""

    name = "totalplace.commissioning"
    label = "commissioning"
    default_auto_field = "django.db.models.BigAutoField"
