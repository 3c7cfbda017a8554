"""Joint responses to findings, and who wants to be told of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet."""

    dependencies: ClassVar = [("monitoring", "0001_watch")]
    operations: ClassVar = []
