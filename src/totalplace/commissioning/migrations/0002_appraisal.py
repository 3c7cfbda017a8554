"""Appraisals as they were made, and effects that an officer accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar = [("commissioning", "0001_plan")]
    operations: ClassVar = []
