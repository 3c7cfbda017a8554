"""The database refuses to change, remove or reorder what is on the record."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

# Two guards: the application's role is not granted it, and triggers refuse whoever is.
# `ENABLE ALWAYS` keeps them on where replication would switch triggers off.
GUARDS: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON record_entry FROM totalplace_app;

CREATE FUNCTION record_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Write a new entry that puts it right.';
END $$;

CREATE TRIGGER record_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON record_entry
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuse_change();
ALTER TABLE record_entry ENABLE ALWAYS TRIGGER record_never_changed;

CREATE FUNCTION record_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_number bigint;
    last_digest text;
BEGIN
    -- One writer at a time, until it commits: the same lock as in the action, by one name.
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.record'));
    SELECT number, digest INTO last_number, last_digest
        FROM record_entry ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last_number, 0) + 1
        OR NEW.previous <> coalesce(last_digest, repeat('0', 64)) THEN
        RAISE EXCEPTION 'entry % does not follow from entry %', NEW.number, last_number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER record_in_turn BEFORE INSERT ON record_entry
    FOR EACH ROW EXECUTE FUNCTION record_in_turn();
ALTER TABLE record_entry ENABLE ALWAYS TRIGGER record_in_turn;
"""


class Migration(migrations.Migration):
    """Guards on the one table of the record. There is no way back, on purpose."""

    dependencies: ClassVar = [("record", "0001_initial")]

    operations: ClassVar = [migrations.RunSQL(GUARDS)]
