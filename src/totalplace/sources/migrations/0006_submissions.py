"""Submissions: their moves, how they are read, trial readings, and files set aside."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables; the next migration guards them."""

    dependencies: ClassVar = [
        ("places", "0005_officers_and_mandates"),
        ("sources", "0005_erasure"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SetAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=200)),
                ("on", models.DateTimeField()),
                (
                    "by_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sets_aside",
                        to="sources.sourcefile",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_aside",
                        to="sources.sourcefile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("payments", "Payments"), ("return", "Return")], max_length=10
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True, help_text="Of a return, where it was said.", max_length=64
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField(help_text="Bytes.")),
                ("licence", models.CharField(blank=True, max_length=200)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="sources.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubmissionMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                ("before", models.CharField(blank=True, max_length=16)),
                ("verb", models.CharField(max_length=16)),
                ("after", models.CharField(max_length=16)),
                ("by", models.CharField(help_text="As it stands on the record.", max_length=200)),
                (
                    "officer",
                    models.CharField(
                        blank=True, help_text="Their code; none: operator.", max_length=200
                    ),
                ),
                ("on", models.DateTimeField()),
                (
                    "reason",
                    models.TextField(blank=True, help_text="Or, of a submission, its note."),
                ),
                (
                    "trial",
                    models.PositiveIntegerField(
                        help_text="The turn of the reading meant.", null=True
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="sources.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "turn"), name="one_submission_move"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("verb__in", ["send back", "withdraw", "fail"]), _negated=True
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="some_submission_moves_have_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verb__in", ["submit", "certify"]), _negated=True),
                            ("trial__isnull", False),
                            _connector="OR",
                        ),
                        name="what_is_certified_was_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmissionRecipe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                (
                    "written",
                    models.TextField(
                        help_text="YAML for this file alone; none where it was taken back."
                    ),
                ),
                (
                    "later",
                    models.TextField(blank=True, help_text="YAML for the agency's later files."),
                ),
                ("by", models.CharField(max_length=200)),
                ("on", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipes",
                        to="sources.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "turn"), name="one_submission_recipe"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                (
                    "recipe",
                    models.PositiveIntegerField(
                        default=0, help_text="The turn of the recipe; 0: none."
                    ),
                ),
                ("on", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("read", "Read"), ("refused", "Refused")], max_length=10
                    ),
                ),
                ("what", models.TextField(blank=True)),
                ("why", models.TextField(blank=True)),
                ("next_step", models.TextField(blank=True)),
                ("tables", models.PositiveIntegerField(default=0)),
                (
                    "rows_in",
                    models.BigIntegerField(default=0, help_text="Of a return, its figures."),
                ),
                (
                    "payments",
                    models.BigIntegerField(default=0, help_text="Of a return, its lines."),
                ),
                ("cards", models.BigIntegerField(default=0)),
                ("commitments", models.BigIntegerField(default=0)),
                ("faults", models.BigIntegerField(default=0)),
                (
                    "other_rows",
                    models.BigIntegerField(
                        default=0,
                        help_text="Headers, notes, blanks, totals; of a return, blanks.",
                    ),
                ),
                ("sum_pence", models.BigIntegerField(default=0)),
                ("cards_pence", models.BigIntegerField(default=0)),
                ("commitments_pence", models.BigIntegerField(default=0)),
                ("faults_pence", models.BigIntegerField(default=0)),
                ("first_date", models.DateField(null=True)),
                ("last_date", models.DateField(null=True)),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        help_text="Of the canonical rows, to tell whether it is the same.",
                        max_length=64,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trials",
                        to="sources.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "turn"), name="one_trial_a_turn"),
                    models.CheckConstraint(
                        condition=models.Q(
                            rows_in=models.F("payments")
                            + models.F("cards")
                            + models.F("commitments")
                            + models.F("faults")
                            + models.F("other_rows")
                        ),
                        name="every_row_of_a_trial_accounted_for",
                    ),
                ],
            },
        ),
    ]
