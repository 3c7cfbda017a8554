"""What the public said, and the themes of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """What the public said, and the themes of it."""

    dependencies: ClassVar = [("participation", "0001_hearings")]
    operations: ClassVar = []
