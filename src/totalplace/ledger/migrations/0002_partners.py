"""Partners' treatments, their own ledgers as given in, and differences explained."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Partners' treatments, their own ledgers as given in, and differences explained."""

    dependencies: ClassVar = [("ledger", "0001_book")]

    operations: ClassVar = []
