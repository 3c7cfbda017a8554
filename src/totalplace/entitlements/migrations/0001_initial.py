"""Guarantees proposed, enacted and changed; local variants."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Guarantees proposed, enacted and changed; local variants."""

    dependencies: ClassVar = []
    operations: ClassVar = []
