"""The database refuses that an agency is a member of one place twice on one day."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

# Ranges of one number stand for equality, which GiST indexes compare without an extension.
GUARD: Final = """
ALTER TABLE places_member ADD CONSTRAINT member_once_a_day EXCLUDE USING gist (
    int8range(place_id, place_id, '[]') WITH &&,
    int8range(agency_id, agency_id, '[]') WITH &&,
    daterange(first_day, last_day, '[]') WITH &&
);
"""


class Migration(migrations.Migration):
    """A guard on the table of members."""

    dependencies: ClassVar = [("places", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(GUARD, "ALTER TABLE places_member DROP CONSTRAINT member_once_a_day"),
    ]
