"""Target sets, their versions, and their adoption."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Target sets, their versions, and their adoption."""

    dependencies: ClassVar = [("outcomes", "0001_readings")]
    operations: ClassVar = []
