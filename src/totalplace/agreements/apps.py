"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The block grant negotiated, the agreement signed, and how both sides keep it."""

    name = "totalplace.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
