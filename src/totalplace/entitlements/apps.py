"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    """National guarantees and local variants."""

    name = "totalplace.entitlements"
    label = "entitlements"
    default_auto_field = "django.db.models.BigAutoField"
