"""Books, accounts, postings, limits and periods, and what the database refuses."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Books, accounts, postings, limits and periods, and what the database refuses."""

    dependencies: ClassVar = [("places", "0005_officers_and_mandates")]

    operations: ClassVar = []
