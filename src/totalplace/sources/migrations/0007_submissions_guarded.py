"""The database refuses a move that does not follow, and one's own figures certified by oneself."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

_TABLES: Final = (
    "sources_submission",
    "sources_submissionmove",
    "sources_submissionrecipe",
    "sources_trial",
    "sources_setaside",
)
_FUNCTION: Final = """
CREATE FUNCTION sources_refuse_submission_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was given in is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Withdraw it, or give a later file.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM totalplace_app;
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_submission_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_never_changed;
"""
# The same table as rules/submitting/stages.py has; a test holds one against the other.
MOVES: Final = """
CREATE FUNCTION sources_submission_moves_lawfully() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_turn bigint;
    last_after text;
BEGIN
    SELECT turn, after INTO last_turn, last_after FROM sources_submissionmove
        WHERE submission_id = NEW.submission_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last_turn, 0) + 1 OR NEW.before <> coalesce(last_after, '') THEN
        RAISE EXCEPTION 'move % of this submission does not follow from move %',
            NEW.turn, last_turn USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.before, NEW.verb, NEW.after) NOT IN (
        ('', 'give', 'draft'),
        ('draft', 'correct', 'draft'),
        ('draft', 'submit', 'submitted'),
        ('draft', 'withdraw', 'withdrawn'),
        ('draft', 'replace', 'replaced'),
        ('submitted', 'certify', 'certified'),
        ('submitted', 'send back', 'sent back'),
        ('submitted', 'withdraw', 'withdrawn'),
        ('submitted', 'replace', 'replaced'),
        ('sent back', 'correct', 'draft'),
        ('sent back', 'submit', 'submitted'),
        ('sent back', 'withdraw', 'withdrawn'),
        ('sent back', 'replace', 'replaced'),
        ('certified', 'add', 'added'),
        ('certified', 'fail', 'not added'),
        ('not added', 'correct', 'draft'),
        ('not added', 'submit', 'submitted'),
        ('not added', 'withdraw', 'withdrawn'),
        ('not added', 'replace', 'replaced'),
        ('added', 'replace', 'replaced')
    ) THEN
        RAISE EXCEPTION 'a submission that is % cannot become % by %',
            NEW.before, NEW.after, NEW.verb USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.verb = 'certify' AND EXISTS (
        SELECT 1 FROM sources_submissionmove
        WHERE submission_id = NEW.submission_id AND verb IN ('give', 'correct', 'submit')
            AND officer = NEW.officer AND (officer <> '' OR "by" = NEW."by")
    ) THEN
        RAISE EXCEPTION '% had a hand in this submission and cannot certify it', NEW."by"
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sources_submission_moves_lawfully BEFORE INSERT ON sources_submissionmove
    FOR EACH ROW EXECUTE FUNCTION sources_submission_moves_lawfully();
ALTER TABLE sources_submissionmove ENABLE ALWAYS TRIGGER sources_submission_moves_lawfully;
"""


class Migration(migrations.Migration):
    """Guards on the tables of submissions. There is no way back, on purpose."""

    dependencies: ClassVar = [("sources", "0006_submissions")]

    operations: ClassVar = [
        migrations.RunSQL(_FUNCTION + "".join(_GUARD.format(table=t) for t in _TABLES) + MOVES)
    ]
