"""Published heads, with the guards of the record; and quicker answers to who did what on a day."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations, models

GUARDS: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON record_head FROM totalplace_app;

CREATE TRIGGER record_head_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON record_head
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuse_change();
ALTER TABLE record_head ENABLE ALWAYS TRIGGER record_head_never_changed;

CREATE FUNCTION record_head_is_an_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM record_entry WHERE number = NEW.number AND digest = NEW.digest
    ) THEN
        RAISE EXCEPTION 'a head has the number and the digest of an entry'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER record_head_is_an_entry BEFORE INSERT ON record_head
    FOR EACH ROW EXECUTE FUNCTION record_head_is_an_entry();
ALTER TABLE record_head ENABLE ALWAYS TRIGGER record_head_is_an_entry;
"""


class Migration(migrations.Migration):
    """Heads with their guards. There is no way back, on purpose."""

    dependencies: ClassVar = [("record", "0002_never_erased")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "number",
                    models.BigIntegerField(
                        help_text="Of the entry that it is.", primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("on", models.DateTimeField()),
                (
                    "key",
                    models.CharField(
                        help_text="The public key, in hexadecimal digits.", max_length=64
                    ),
                ),
                ("signature", models.CharField(max_length=128)),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.AddIndex("entry", models.Index(fields=["by", "number"], name="record_by")),
        migrations.AddIndex("entry", models.Index(fields=["on", "number"], name="record_on")),
        migrations.RunSQL(GUARDS),
    ]
