"""The database refuses to change what was ruled, frozen or decided, and moves out of turn."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

_TABLES: Final = ("count_ruling", "count_edition", "count_move")
_FUNCTION: Final = """
CREATE FUNCTION count_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a ruling, an edition or a decision about one is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Add a later one.';
END $$;

CREATE FUNCTION count_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_turn integer;
    standing text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.count'));
    SELECT turn, after INTO last_turn, standing
        FROM count_move WHERE edition_id = NEW.edition_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last_turn, 0) + 1
        OR NEW.before <> coalesce(standing, 'provisional') THEN
        RAISE EXCEPTION 'move % of the edition is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER count_move_in_turn BEFORE INSERT ON count_move
    FOR EACH ROW EXECUTE FUNCTION count_move_in_turn();
ALTER TABLE count_move ENABLE ALWAYS TRIGGER count_move_in_turn;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM totalplace_app;
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION count_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_never_changed;
"""


class Migration(migrations.Migration):
    """Guards on the tables of the room. There is no way back, on purpose."""

    dependencies: ClassVar = [("count", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(_FUNCTION + "".join(_GUARD.format(table=t) for t in _TABLES))
    ]
