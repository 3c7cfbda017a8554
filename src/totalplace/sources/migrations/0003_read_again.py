"""A file may be read again: the new reading is in force, and the old one is kept."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON sources_superseded FROM totalplace_app;
CREATE TRIGGER sources_superseded_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON sources_superseded
    FOR EACH STATEMENT EXECUTE FUNCTION sources_refuse_change();
ALTER TABLE sources_superseded ENABLE ALWAYS TRIGGER sources_superseded_never_changed;
"""


class Migration(migrations.Migration):
    """Turns of reading, and the holdings that are no longer counted."""

    dependencies: ClassVar = [("sources", "0002_never_changed")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Superseded",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "holding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded",
                        to="sources.holding",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="reading",
            name="turn",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="1 when the file was added; the highest turn of a file is in force.",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="sheet",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.RemoveConstraint(model_name="reading", name="one_reading"),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("file", "document", "sheet", "turn"), name="one_reading_a_turn"
            ),
        ),
        migrations.RunSQL(_GUARD),
    ]
