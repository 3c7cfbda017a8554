"""Who follows a place by e-mail without an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Only new."""

    dependencies: ClassVar = [("digests", "0002_findings")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(max_length=64)),
                (
                    "address",
                    models.CharField(
                        blank=True, max_length=254, help_text="Empty: it was forgotten."
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("sent_on", models.DateField(null=True)),
                ("findings_upto", models.PositiveBigIntegerField(default=0)),
                ("moves_upto", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("address", ""), _negated=True),
                        fields=("place", "address"),
                        name="followers_once",
                    )
                ]
            },
        ),
    ]
