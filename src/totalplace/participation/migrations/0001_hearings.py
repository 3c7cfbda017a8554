"""Hearings: what is asked, of whom, and how it was answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Hearings: what is asked, of whom, and how it was answered."""

    dependencies: ClassVar = []
    operations: ClassVar = []
