"""Who wants findings by e-mail, once a week, of which places and kinds, and what was told."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations, models

_NONE: Final = models.Value([], models.JSONField())


class Migration(migrations.Migration):
    """Only new."""

    dependencies: ClassVar = [("digests", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="digest",
            name="findings",
            field=models.BooleanField(
                default=False, db_default=False, help_text="Wants findings, once a week."
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="places",
            field=models.JSONField(
                default=list, db_default=_NONE, help_text="Codes of places; none: of all."
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="subjects",
            field=models.JSONField(
                default=list, db_default=_NONE, help_text="Kinds of what is watched; none: all."
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="findings_sent_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="digest",
            name="findings_upto",
            field=models.PositiveBigIntegerField(
                default=0,
                db_default=0,
                help_text="Findings up to this one were told, or were made before.",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="moves_upto",
            field=models.PositiveBigIntegerField(
                default=0,
                db_default=0,
                help_text="Moves of answers up to this one were told, or were made before.",
            ),
        ),
    ]
