"""The money beside a plan, as it was said; the database refuses to change it or to skip a turn."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_GUARDS: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON commissioning_planmoney FROM totalplace_app;
CREATE TRIGGER commissioning_planmoney_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_planmoney
    FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
ALTER TABLE commissioning_planmoney ENABLE ALWAYS TRIGGER commissioning_planmoney_never_changed;

CREATE FUNCTION commissioning_money_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    IF NEW.turn <> (SELECT count(*) + 1 FROM commissioning_planmoney
                    WHERE plan_id = NEW.plan_id) THEN
        PERFORM commissioning_refuse('the money of a plan is said in turn');
    END IF;
    IF commissioning_plan_stands(NEW.plan_id) NOT IN ('a draft', 'proposed') THEN
        PERFORM commissioning_refuse('the money of a plan that is over is not said again');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commissioning_money_in_turn BEFORE INSERT ON commissioning_planmoney
    FOR EACH ROW EXECUTE FUNCTION commissioning_money_in_turn();
ALTER TABLE commissioning_planmoney ENABLE ALWAYS TRIGGER commissioning_money_in_turn;
"""


class Migration(migrations.Migration):
    """Only new."""

    dependencies: ClassVar = [("commissioning", "0002_appraisal")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="PlanMoney",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "turn",
                    models.PositiveIntegerField(help_text="From 1 in its plan, with no gap."),
                ),
                (
                    "first_year",
                    models.PositiveIntegerField(help_text="In which its first year begins."),
                ),
                ("years", models.PositiveIntegerField()),
                (
                    "text",
                    models.TextField(help_text="The cells of its sheets, in their one set form."),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text, in hexadecimals.", max_length=64
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="money",
                        to="commissioning.plan",
                    ),
                ),
            ],
            options={"ordering": ["turn"]},
        ),
        migrations.AddConstraint(
            model_name="planmoney",
            constraint=models.UniqueConstraint(
                fields=("plan", "turn"), name="plan_money_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="planmoney",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    ("years__gte", 1),
                    ("turn__gte", 1),
                ),
                name="plan_money_has_a_reason",
            ),
        ),
        migrations.RunSQL(_GUARDS),
    ]
