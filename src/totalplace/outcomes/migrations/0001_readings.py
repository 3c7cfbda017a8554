"""Held tables of readings."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Held tables of readings."""

    dependencies: ClassVar = []
    operations: ClassVar = []
