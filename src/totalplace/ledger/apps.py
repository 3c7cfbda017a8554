"""The tables of the room."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The double-entry book: postings, limits, periods and what partners hold."""

    name = "totalplace.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
