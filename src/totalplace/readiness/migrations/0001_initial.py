"""Assessments, scores of each side, evidence, and what was agreed."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Assessments, scores of each side, evidence, and what was agreed."""

    dependencies: ClassVar = [("places", "0005_officers_and_mandates")]

    operations: ClassVar = []
