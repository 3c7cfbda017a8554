"""What a place's watch promises, what it found, and charts that were rebased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    initial = True
    dependencies: ClassVar = [("places", "0001_initial")]
    operations: ClassVar = []
