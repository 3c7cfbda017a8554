"""The database refuses to change or remove what is recorded of a file that was taken."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

_TABLES: Final = ("sources_sourcefile", "sources_reading", "sources_holding", "sources_heldin")
_FUNCTION: Final = """
CREATE FUNCTION sources_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was read from a file is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Add the corrected file.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM totalplace_app;
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_never_changed;
"""


class Migration(migrations.Migration):
    """Guards on the tables of the room. There is no way back, on purpose."""

    dependencies: ClassVar = [("sources", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(_FUNCTION + "".join(_GUARD.format(table=t) for t in _TABLES))
    ]
