"""Counts of tries, and codes already used: short-lived, and one table for every process.

As Django's `createcachetable` makes it. Kept in memory instead, each process would count by itself.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

MAKE: Final = """
CREATE TABLE sign_in_counts (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX sign_in_counts_expires ON sign_in_counts (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_counts TO totalplace_app;
"""


class Migration(migrations.Migration):
    """The table of counts."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [migrations.RunSQL(MAKE, "DROP TABLE sign_in_counts")]
