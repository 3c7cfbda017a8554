"""Returns: how each was read, and the moves of its life, which follow from one another."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM totalplace_app;
CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_never_changed;
"""
# The same table as rules/returns/stages.py has; a test holds one against the other.
_MOVES: Final = """
CREATE FUNCTION sources_return_moves_lawfully() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_turn bigint;
    last_after text;
BEGIN
    SELECT turn, after INTO last_turn, last_after FROM sources_returnmove
        WHERE form = NEW.form AND agency = NEW.agency AND area = NEW.area
            AND year_start = NEW.year_start
        ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last_turn, 0) + 1 OR NEW.before <> coalesce(last_after, '') THEN
        RAISE EXCEPTION 'move % of this return does not follow from move %', NEW.turn, last_turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.before, NEW.verb, NEW.after) NOT IN (
        ('', 'request', 'requested'),
        ('', 'return', 'returned'),
        ('requested', 'return', 'returned'),
        ('requested', 'withdraw', 'withdrawn'),
        ('returned', 'return', 'returned'),
        ('returned', 'query', 'queried'),
        ('returned', 'accept', 'accepted'),
        ('returned', 'withdraw', 'withdrawn'),
        ('queried', 'return', 'returned'),
        ('queried', 'answer', 'returned'),
        ('queried', 'withdraw', 'withdrawn'),
        ('accepted', 'return', 'returned'),
        ('accepted', 'query', 'queried'),
        ('accepted', 'withdraw', 'withdrawn'),
        ('withdrawn', 'request', 'requested'),
        ('withdrawn', 'return', 'returned')
    ) THEN
        RAISE EXCEPTION 'a return that is % cannot become % by %', NEW.before, NEW.after, NEW.verb
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sources_return_moves_lawfully BEFORE INSERT ON sources_returnmove
    FOR EACH ROW EXECUTE FUNCTION sources_return_moves_lawfully();
ALTER TABLE sources_returnmove ENABLE ALWAYS TRIGGER sources_return_moves_lawfully;
"""
_KINDS: Final = [
    ("payments", "Payments"),
    ("faults", "Faults"),
    ("returns", "Returns"),
    ("return_totals", "Return Totals"),
    ("return_faults", "Return Faults"),
]


def _number() -> tuple[str, models.BigAutoField[int, int]]:
    """The number that every row has."""
    return (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    )


class Migration(migrations.Migration):
    """Readings and moves of returns, with guards. There is no way back, on purpose."""

    dependencies: ClassVar = [("sources", "0003_read_again")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="holding",
            name="kind",
            field=models.CharField(choices=_KINDS, max_length=16),
        ),
        migrations.CreateModel(
            name="ReturnMove",
            fields=[
                _number(),
                ("form", models.CharField(max_length=64)),
                (
                    "agency",
                    models.CharField(
                        help_text="As the lines of the return have it.", max_length=64
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=64)),
                ("year_start", models.PositiveSmallIntegerField()),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                ("before", models.CharField(blank=True, max_length=16)),
                ("verb", models.CharField(max_length=16)),
                ("after", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=200)),
                ("on", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="sources.sourcefile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("form", "agency", "area", "year_start", "turn"),
                        name="one_move_a_turn",
                    ),
                    models.CheckConstraint(
                        condition=~Q(verb="return") | Q(file__isnull=False),
                        name="a_return_is_a_file",
                    ),
                    models.CheckConstraint(
                        condition=~Q(verb__in=["query", "answer", "withdraw"]) | ~Q(reason=""),
                        name="some_moves_have_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnReading",
            fields=[
                _number(),
                ("form", models.CharField(max_length=64)),
                (
                    "document",
                    models.CharField(help_text="The name within an archive.", max_length=600),
                ),
                ("sheet", models.CharField(blank=True, max_length=300)),
                ("content_sha256", models.CharField(max_length=64)),
                (
                    "digest",
                    models.CharField(
                        help_text="Of the canonical rows of its file and form.", max_length=64
                    ),
                ),
                (
                    "rows_in",
                    models.BigIntegerField(help_text="Rows of a table; values of a tree."),
                ),
                (
                    "rows_without",
                    models.BigIntegerField(help_text="Rows or values that are no figures."),
                ),
                ("figures", models.BigIntegerField()),
                ("lines", models.BigIntegerField()),
                ("missing", models.BigIntegerField()),
                ("totals", models.BigIntegerField()),
                ("faults", models.BigIntegerField()),
                ("left_out", models.BigIntegerField()),
                ("said", models.JSONField(default=list)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="sources.sourcefile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "form", "document", "sheet"),
                        name="one_reading_of_a_return",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            figures=F("lines")
                            + F("missing")
                            + F("totals")
                            + F("faults")
                            + F("left_out")
                        ),
                        name="every_figure_accounted_for",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            _GUARD.format(table="sources_returnreading")
            + _GUARD.format(table="sources_returnmove")
            + _MOVES
        ),
    ]
