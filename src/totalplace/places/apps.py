"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places, and the agencies that spend in them."""

    name = "totalplace.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
