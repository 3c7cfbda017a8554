"""Rounds of questions on the partnership, and each person's own answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar = [("monitoring", "0003_capacity")]
    operations: ClassVar = []
