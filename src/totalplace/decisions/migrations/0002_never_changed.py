"""The database refuses to change what was decided, moves out of turn, and decisions too early."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

_TABLES: Final = (
    "body", "bodyrules", "officeheld", "decision", "move", "named", "advice", "interest", "paper",
    "papermark",
)  # fmt: skip
_FUNCTION: Final = """
CREATE FUNCTION decisions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Add a later move, or propose a new decision.';
END $$;

CREATE FUNCTION decisions_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last decisions_move%ROWTYPE;
    about decisions_decision%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.decisions'));
    SELECT * INTO last FROM decisions_move
        WHERE decision_id = NEW.decision_id ORDER BY turn DESC LIMIT 1;
    SELECT * INTO about FROM decisions_decision WHERE id = NEW.decision_id;
    IF NEW.turn <> coalesce(last.turn, 0) + 1
        OR NEW.before <> coalesce(last.after, 'proposed') OR NEW.day < last.day THEN
        RAISE EXCEPTION 'move % of the decision is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.verb = 'take' THEN
        -- Nobody takes what is another body's, a key decision without notice, or one too early.
        IF NEW.taken_by_id <> about.body_id OR NEW.taken_on > NEW.day
            OR (NEW.before = 'proposed' AND about.key)
            OR (NEW.before = 'under notice'
                AND NEW.taken_on < coalesce(last.opens_on, 'infinity'::date)) THEN
            RAISE EXCEPTION 'the decision may not be taken by that body on that day'
                USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NEW.verb = 'call in' AND NEW.day > coalesce(last.closes_on, '-infinity'::date) THEN
        RAISE EXCEPTION 'the window for a call-in is closed' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.before = 'called in' AND NEW.day > coalesce(last.closes_on, 'infinity'::date) THEN
        RAISE EXCEPTION 'the call-in no longer holds' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER decisions_move_in_turn BEFORE INSERT ON decisions_move
    FOR EACH ROW EXECUTE FUNCTION decisions_move_in_turn();
ALTER TABLE decisions_move ENABLE ALWAYS TRIGGER decisions_move_in_turn;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON decisions_{table} FROM totalplace_app;
CREATE TRIGGER decisions_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuse_change();
ALTER TABLE decisions_{table} ENABLE ALWAYS TRIGGER decisions_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """Guards on the tables of the room. There is no way back, on purpose."""

    dependencies: ClassVar = [("decisions", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(_FUNCTION + "".join(_GUARD.format(table=t) for t in _TABLES))
    ]
