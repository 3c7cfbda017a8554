"""Who decides for a body, where that is one person's to do."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """An office of a body, beside those of its agency."""

    dependencies: ClassVar = [
        ("decisions", "0002_never_changed"),
        ("places", "0005_officers_and_mandates"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="officeheld",
            name="body",
            field=models.ForeignKey(
                help_text="Of which body, where it is one that decides for a body.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.body",
            ),
        ),
        migrations.AlterField(
            model_name="officeheld",
            name="office",
            field=models.CharField(
                choices=[
                    ("decider", "decider"),
                    ("scrutiny-chair", "scrutiny-chair"),
                    ("council-chair", "council-chair"),
                    ("council-vice-chair", "council-vice-chair"),
                    ("authority-chair", "authority-chair"),
                    ("authority-vice-chair", "authority-vice-chair"),
                    ("chief-finance-officer", "chief-finance-officer"),
                ],
                max_length=32,
            ),
        ),
        migrations.AddConstraint(
            model_name="officeheld",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body__isnull", False), ("office", "decider")),
                    models.Q(
                        models.Q(("office", "decider"), _negated=True), ("body__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="decider_is_of_a_body",
            ),
        ),
    ]
