"""The database refuses to change what a token allows, and what was answered."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

_GUARD: Final = """
CREATE FUNCTION api_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a token allows and what was answered is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Revoke the token, and make another.';
END $$;

CREATE FUNCTION api_token_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.officer, NEW.name, NEW.digest, NEW.made_at, NEW.last_day)
        IS DISTINCT FROM (OLD.officer, OLD.name, OLD.digest, OLD.made_at, OLD.last_day)
        OR (OLD.first_used_at IS NOT NULL
            AND NEW.first_used_at IS DISTINCT FROM OLD.first_used_at)
        OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
        RAISE EXCEPTION 'a token is used and revoked, and never changed otherwise'
            USING ERRCODE = 'restrict_violation', HINT = 'Revoke it, and make another.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER api_token_only_ends BEFORE UPDATE ON api_token
    FOR EACH ROW EXECUTE FUNCTION api_token_only_ends();
ALTER TABLE api_token ENABLE ALWAYS TRIGGER api_token_only_ends;
CREATE TRIGGER api_token_never_erased BEFORE DELETE OR TRUNCATE ON api_token
    FOR EACH STATEMENT EXECUTE FUNCTION api_refuse_change();
ALTER TABLE api_token ENABLE ALWAYS TRIGGER api_token_never_erased;
ALTER TABLE api_token ADD CONSTRAINT api_token_lasts_a_year_at_most
    CHECK (last_day <= (made_at AT TIME ZONE 'UTC')::date + 366);
"""
_NEVER: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON api_{table} FROM totalplace_app;
CREATE TRIGGER api_{table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON api_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION api_refuse_change();
ALTER TABLE api_{table} ENABLE ALWAYS TRIGGER api_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """Guards of tokens, of their acts, and of answers."""

    dependencies: ClassVar = [("api", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(_GUARD, migrations.RunSQL.noop),
        *(migrations.RunSQL(_NEVER.format(table=table), migrations.RunSQL.noop)
          for table in ("tokenact", "answer")),
    ]  # fmt: skip
