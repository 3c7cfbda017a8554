"""The register: what published files say of areas and bodies, and the areas of places."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables of sources, bodies, changes, coverage and measures."""

    dependencies: ClassVar = [
        ("places", "0002_one_membership_a_day"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="BodyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.IntegerField(help_text="As a person sees it in the file.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "council"),
                            ("county", "county"),
                            ("district", "district"),
                            ("combined-authority", "combined-authority"),
                            ("police", "police"),
                            ("fire", "fire"),
                            ("nhs-board", "nhs-board"),
                            ("nhs-trust", "nhs-trust"),
                            ("department", "department"),
                            ("other", "other"),
                            ("unknown", "unknown"),
                        ],
                        max_length=32,
                    ),
                ),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BodyCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=100)),
                (
                    "former",
                    models.BooleanField(help_text="Whether it is said to be a code of before."),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="places.bodyentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BodyName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("form", models.CharField(max_length=16)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="places.bodyentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RegisterSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipe", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(max_length=300)),
                ("licence", models.CharField(max_length=100)),
                ("file_name", models.CharField(max_length=300)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of its content, unpacked.", max_length=64),
                ),
                (
                    "year",
                    models.IntegerField(
                        help_text="The year it describes, if that is known.", null=True
                    ),
                ),
                (
                    "recipe_digest",
                    models.CharField(help_text="Of the recipe it was read by.", max_length=64),
                ),
                ("loaded_on", models.DateTimeField()),
                (
                    "replaced_on",
                    models.DateTimeField(help_text="When it was read again, if it was.", null=True),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_on__isnull", True)),
                        fields=("digest",),
                        name="register_source_stands_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="bodyentry",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.registersource",
            ),
        ),
        migrations.CreateModel(
            name="AreaChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.IntegerField(help_text="As a person sees it in the file.")),
                ("old", models.CharField(max_length=100)),
                ("new", models.CharField(max_length=100)),
                ("day", models.DateField(help_text="First day of the new one.", null=True)),
                (
                    "end",
                    models.DateField(
                        help_text="As said of the old one, where no day is.", null=True
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.registersource",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        help_text="Its code with its scheme: gss:E07000117.", max_length=100
                    ),
                ),
                ("said_on", models.DateTimeField()),
                ("replaced_on", models.DateTimeField(null=True)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_on__isnull", True)),
                        fields=("place", "area"),
                        name="area_in_place_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.IntegerField(help_text="As a person sees it in the file.")),
                ("area", models.CharField(max_length=100)),
                ("what", models.CharField(max_length=32)),
                ("year", models.IntegerField()),
                ("value", models.BigIntegerField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.registersource",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="measure_is_not_negative"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.IntegerField(help_text="As a person sees it in the file.")),
                ("body", models.CharField(max_length=100)),
                ("area", models.CharField(max_length=100)),
                (
                    "by",
                    models.CharField(
                        blank=True, help_text="What is counted; empty: all of it.", max_length=32
                    ),
                ),
                ("part", models.BigIntegerField(null=True)),
                ("of", models.BigIntegerField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.registersource",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", ""), ("of__isnull", True), ("part__isnull", True)),
                            models.Q(
                                models.Q(("by", ""), _negated=True),
                                ("part__gte", 0),
                                ("part__lte", models.F("of")),
                            ),
                            _connector="OR",
                        ),
                        name="coverage_in_part_is_counted",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="bodyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__isnull", True),
                    ("last_day__isnull", True),
                    ("first_day__lte", models.F("last_day")),
                    _connector="OR",
                ),
                name="body_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="areachange",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True),
                name="change_is_to_another",
            ),
        ),
    ]
