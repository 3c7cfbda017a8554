"""The partnership: members, meetings, motions, advice."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """The partnership: members, meetings, motions, advice."""

    dependencies: ClassVar = [("participation", "0002_public")]
    operations: ClassVar = []
