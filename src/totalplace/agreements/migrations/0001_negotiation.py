"""Negotiations, working drafts of each side, and offers that nobody changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Negotiations, working drafts of each side, and offers that nobody changes."""

    dependencies: ClassVar = [
        ("places", "0005_officers_and_mandates"),
        ("decisions", "0004_lacking"),
        ("participation", "0003_partnership"),
        ("ledger", "0001_book"),
        ("count", "0002_never_changed"),
        ("outcomes", "0002_targets"),
        ("entitlements", "0001_initial"),
        ("readiness", "0001_initial"),
    ]

    operations: ClassVar = []
