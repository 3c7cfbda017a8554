"""Agreements: versions of the text, decisions, signatures, variations."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Agreements: versions of the text, decisions, signatures, variations."""

    dependencies: ClassVar = [("agreements", "0001_negotiation")]

    operations: ClassVar = []
