"""Promises kept, breaches, disputes, remedies and the docket of changes of rules."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Promises kept, breaches, disputes, remedies and the docket of changes of rules."""

    dependencies: ClassVar = [("agreements", "0002_agreement")]

    operations: ClassVar = []
