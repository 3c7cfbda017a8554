"""The database refuses to change or remove what a published file was read to say."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

_TABLES: Final = ("bodyentry", "bodycode", "bodyname", "areachange", "coverage", "measure")
_FUNCTION: Final = """
CREATE FUNCTION places_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a register was read to say is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Load the corrected file.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON places_{table} FROM totalplace_app;
CREATE TRIGGER places_{table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON places_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION places_refuse_change();
ALTER TABLE places_{table} ENABLE ALWAYS TRIGGER places_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """Guards on what the register was read to say. There is no way back, on purpose."""

    dependencies: ClassVar = [("places", "0003_register")]

    operations: ClassVar = [
        migrations.RunSQL(_FUNCTION + "".join(_GUARD.format(table=t) for t in _TABLES))
    ]
