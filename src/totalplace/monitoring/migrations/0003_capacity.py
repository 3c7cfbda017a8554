"""Posts, vacancies, turnover and skills, as each body returned them.

The database refuses to change a return, to skip a version, to take one of a period that is not over
or that overlaps another of the same body, and a text that is not what its digest says.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_GUARDS: Final = """
CREATE FUNCTION monitoring_given_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was given in or answered is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Give it in again.';
END $$;

CREATE FUNCTION monitoring_given_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'restrict_violation';
END $$;

REVOKE UPDATE, DELETE, TRUNCATE ON monitoring_capacityreturn FROM totalplace_app;
CREATE TRIGGER monitoring_capacityreturn_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_capacityreturn
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_given_refuse_change();
ALTER TABLE monitoring_capacityreturn
    ENABLE ALWAYS TRIGGER monitoring_capacityreturn_never_changed;

CREATE FUNCTION monitoring_capacity_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.capacity'));
    IF NEW.turn <> (SELECT count(*) + 1 FROM monitoring_capacityreturn o
                    WHERE o.place_id = NEW.place_id AND o.agency_id = NEW.agency_id
                    AND o.first_day = NEW.first_day) THEN
        PERFORM monitoring_given_refuse('a return is given in turn');
    END IF;
    IF EXISTS (SELECT FROM monitoring_capacityreturn o
               WHERE o.place_id = NEW.place_id AND o.agency_id = NEW.agency_id
               AND o.first_day <= NEW.last_day AND NEW.first_day <= o.last_day
               AND (o.first_day, o.last_day) <> (NEW.first_day, NEW.last_day)) THEN
        PERFORM monitoring_given_refuse('a return overlaps another period of the same body');
    END IF;
    IF NEW.last_day >= (NEW."on" AT TIME ZONE 'Europe/London')::date THEN
        PERFORM monitoring_given_refuse('a return is of a period that is over');
    END IF;
    IF NEW.digest <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        PERFORM monitoring_given_refuse('the digest is not that of the text');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_capacity_in_turn BEFORE INSERT ON monitoring_capacityreturn
    FOR EACH ROW EXECUTE FUNCTION monitoring_capacity_in_turn();
ALTER TABLE monitoring_capacityreturn ENABLE ALWAYS TRIGGER monitoring_capacity_in_turn;
"""


class Migration(migrations.Migration):
    """Only new."""

    dependencies: ClassVar = [("monitoring", "0002_answering"), ("places", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CapacityReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                (
                    "last_day",
                    models.DateField(
                        help_text="Of the month or quarter; before the day it was given."
                    ),
                ),
                (
                    "turn",
                    models.PositiveIntegerField(
                        help_text="From 1 of its body, place and period; no gap."
                    ),
                ),
                ("text", models.TextField(help_text="Its roles, in their one set form.")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text, in hexadecimals.", max_length=64
                    ),
                ),
                (
                    "anew",
                    models.TextField(
                        blank=True,
                        help_text="Why it cannot be compared with earlier ones. Empty: it can.",
                    ),
                ),
                ("reason", models.TextField(help_text="Why it is given, or given again.")),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "ordering": ["agency", "first_day", "turn"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "agency", "first_day", "turn"),
                        name="capacity_return_has_its_turn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            ("turn__gte", 1),
                            ("last_day__gt", models.F("first_day")),
                        ),
                        name="capacity_return_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_GUARDS),
    ]
