"""Tombstones, and the one change that the database lets be made to what was read: an erasure."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM totalplace_app;
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_never_changed;
"""
# The words that a reading has from its file may have the name of a person within them: a header
# that was none, the name of a sheet. They, and no figure, may be changed where the file has a
# tombstone, and then only to words that say that something was erased.
_WORDS: Final = """
CREATE FUNCTION sources_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words text[] := TG_ARGV[1]::text[];
    word text;
    of_file bigint;
BEGIN
    of_file := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
    IF to_jsonb(OLD) - words <> to_jsonb(NEW) - words
        OR NOT EXISTS (SELECT 1 FROM sources_tombstone WHERE file_id = of_file) THEN
        RAISE EXCEPTION 'what was read from a file is never changed, unless a name is erased'
            USING ERRCODE = 'restrict_violation', HINT = 'Add the corrected file.';
    END IF;
    FOREACH word IN ARRAY words LOOP
        IF to_jsonb(OLD) -> word <> to_jsonb(NEW) -> word
            AND position('(erased)' in (to_jsonb(NEW) -> word)::text) = 0 THEN
            RAISE EXCEPTION 'words that were read from a file are erased, and not written anew'
                USING ERRCODE = 'restrict_violation', HINT = 'Add the corrected file.';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""
_ONLY_ERASED: Final = """
DROP TRIGGER {table}_never_changed ON {table};
CREATE TRIGGER {table}_never_removed BEFORE DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_change();
CREATE TRIGGER {table}_only_erased BEFORE UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION sources_only_erased('{file}', '{{{words}}}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_never_removed;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_only_erased;
GRANT UPDATE ({words}) ON {table} TO totalplace_app;
"""


def _number() -> tuple[str, models.BigAutoField[int, int]]:
    """The number that every row has."""
    return (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    )


class Migration(migrations.Migration):
    """Tombstones with their guards. There is no way back, on purpose."""

    dependencies: ClassVar = [("sources", "0004_returns")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                _number(),
                (
                    "turn",
                    models.PositiveSmallIntegerField(
                        help_text="From 1; the last says what is held now."
                    ),
                ),
                ("published_sha256", models.CharField(max_length=64)),
                (
                    "held_sha256",
                    models.CharField(
                        blank=True,
                        help_text="Of the copy without the name; none where it is gone.",
                        max_length=64,
                    ),
                ),
                (
                    "removed_why",
                    models.TextField(blank=True, help_text="Why no copy is held, where none is."),
                ),
                (
                    "left_out",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Files of an archive that were no tables and are held no more.",
                    ),
                ),
                ("payee_rows", models.BigIntegerField(help_text="Rows whose payee was erased.")),
                (
                    "payee_pence",
                    models.BigIntegerField(help_text="What those rows come to, as before."),
                ),
                (
                    "file_rows",
                    models.BigIntegerField(help_text="Rows of the file, before and after."),
                ),
                (
                    "file_pence",
                    models.BigIntegerField(help_text="What they come to, before and after."),
                ),
                ("power", models.TextField()),
                ("reason", models.TextField()),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tombstones",
                        to="sources.sourcefile",
                    ),
                ),
            ],
            options={
                "ordering": ["file_id", "turn"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "turn"), name="one_tombstone_a_turn"),
                    models.CheckConstraint(
                        condition=~Q(power="") & ~Q(reason=""), name="tombstone_says_why"
                    ),
                    models.CheckConstraint(
                        condition=Q(held_sha256="", removed_why__gt="")
                        | Q(held_sha256__gt="", removed_why=""),
                        name="a_copy_is_held_or_it_is_said_why_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasedRow",
            fields=[
                _number(),
                ("document", models.CharField(max_length=600)),
                ("sheet", models.CharField(blank=True, max_length=300)),
                ("row", models.BigIntegerField()),
                (
                    "pence",
                    models.BigIntegerField(
                        help_text="Null where the row has no amount.", null=True
                    ),
                ),
                (
                    "columns",
                    models.TextField(blank=True, help_text="Their letters, such as B, F."),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        help_text="None where no copy was held that has the row.",
                        max_length=64,
                    ),
                ),
                (
                    "tombstone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="sources.tombstone",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasedHolding",
            fields=[
                _number(),
                (
                    "holding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased",
                        to="sources.holding",
                    ),
                ),
                (
                    "tombstone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="sources.tombstone",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "".join(
                _GUARD.format(table=f"sources_{name}")
                for name in ("tombstone", "erasedrow", "erasedholding")
            )
            + _WORDS
            + _ONLY_ERASED.format(
                table="sources_reading",
                file="file_id",
                words="document, sheet, columns, unsure, notices",
            )
            + _ONLY_ERASED.format(table="sources_sourcefile", file="id", words="name")
        ),
    ]
