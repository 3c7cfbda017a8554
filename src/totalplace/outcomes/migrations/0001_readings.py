"""Held tables of readings, own definitions and lists of neighbours: only ever added to."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

_TABLES: Final = ("vintage", "measured", "owndefinition", "neighbourlist", "neighbours")
_FUNCTION: Final = """
CREATE FUNCTION outcomes_readings_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was read is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Add the corrected table as a new vintage.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON outcomes_{table} FROM totalplace_app;
CREATE TRIGGER outcomes_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON outcomes_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION outcomes_readings_refuse_change();
ALTER TABLE outcomes_{table} ENABLE ALWAYS TRIGGER outcomes_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """Held tables of readings, with guards. There is no way back, on purpose."""

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="NeighbourList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=200)),
                ("publisher", models.CharField(max_length=200)),
                ("published_on", models.DateField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=500)),
                ("areas", models.IntegerField()),
                ("set_aside", models.IntegerField(help_text="Neighbours whose code nobody knows.")),
                ("added_at", models.DateTimeField()),
                ("by", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "sha256"), name="one_list_a_file")
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                (
                    "text",
                    models.TextField(help_text="The whole file of definitions that it stands in."),
                ),
                ("by", models.CharField(max_length=200)),
                ("on", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "turn"), name="one_definition_a_turn")
                ],
            },
        ),
        migrations.CreateModel(
            name="Vintage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(help_text="Of the file as it was given.", max_length=64),
                ),
                ("name", models.CharField(max_length=500)),
                ("sheet", models.CharField(blank=True, max_length=300)),
                ("form", models.CharField(max_length=64)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("published_on", models.DateField(help_text="Null where nobody said.", null=True)),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Of a place's own readings.", max_length=64
                    ),
                ),
                ("rows", models.BigIntegerField(help_text="Rows below the headings.")),
                ("figures", models.BigIntegerField(help_text="Rows by columns of figures.")),
                (
                    "kept",
                    models.BigIntegerField(help_text="Figures that are readings with a value."),
                ),
                (
                    "missing",
                    models.BigIntegerField(help_text="Readings without one, each with its reason."),
                ),
                (
                    "set_aside",
                    models.BigIntegerField(help_text="Figures that are no readings, with why."),
                ),
                (
                    "added_up",
                    models.BigIntegerField(help_text="Readings made by adding whole counts."),
                ),
                ("digest", models.CharField(help_text="Of the canonical rows.", max_length=64)),
                ("path", models.CharField(help_text="Below the holdings folder.", max_length=200)),
                ("aside_path", models.CharField(blank=True, max_length=200)),
                (
                    "said",
                    models.JSONField(
                        default=list, help_text="How the table was taken, in sentences."
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("by", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sha256", "sheet", "form"), name="one_vintage_a_table"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "figures",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("kept"), "+", models.F("missing")
                                    ),
                                    "+",
                                    models.F("set_aside"),
                                ),
                            )
                        ),
                        name="every_reading_accounted_for",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Neighbours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(max_length=16)),
                ("neighbours", models.TextField(help_text="GSS codes, parted by spaces.")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="outcomes.neighbourlist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("list", "area"), name="one_row_an_area")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measured",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=500)),
                ("unit", models.CharField(blank=True, max_length=200)),
                ("readings", models.BigIntegerField()),
                ("missing", models.BigIntegerField()),
                ("areas", models.BigIntegerField()),
                ("periods", models.BigIntegerField()),
                (
                    "vintage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="outcomes.vintage",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["measure"], name="outcomes_measure")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vintage", "measure"), name="one_measure_a_vintage"
                    )
                ],
            },
        ),
        migrations.RunSQL(_FUNCTION + "".join(_GUARD.format(table=t) for t in _TABLES)),
    ]
