"""Plans, their versions and what agencies answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    initial = True
    dependencies: ClassVar = [
        ("agreements", "0003_keeping"),
        ("places", "0001_initial"),
    ]
    operations: ClassVar = []
