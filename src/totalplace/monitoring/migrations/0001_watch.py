"""What a place's watch promises, what it found, and charts that were begun anew.

The database refuses to change what was said or found, to skip a number, to let a finding follow
another series' finding, and a text that is not what its digest says: whoever asks it.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = ("watch", "rebase", "finding")
_SORTS: Final = [(x, x) for x in ("new", "more certain", "revised away")]
_SIGNS: Final = [
    (x, x)
    for x in (
        "worse", "worse, not certain", "no sign of change", "better, not certain", "better",
        "changed", "changed, not certain", "too early to say", "cannot be watched as it stands",
    )
]  # fmt: skip
_NEVER_CHANGED: Final = """
CREATE FUNCTION monitoring_watch_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what the watch promised or found is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say something later.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON monitoring_{table} FROM totalplace_app;
CREATE TRIGGER monitoring_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_watch_refuse_change();
ALTER TABLE monitoring_{table} ENABLE ALWAYS TRIGGER monitoring_{table}_never_changed;
"""
_IN_TURN: Final = """
CREATE FUNCTION monitoring_watch_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION monitoring_watch_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.watch'));
    IF NEW.turn <> (SELECT count(*) + 1 FROM monitoring_watch WHERE place_id = NEW.place_id) THEN
        PERFORM monitoring_watch_refuse('what a place watches is said in turn');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_watch_in_turn BEFORE INSERT ON monitoring_watch
    FOR EACH ROW EXECUTE FUNCTION monitoring_watch_in_turn();
ALTER TABLE monitoring_watch ENABLE ALWAYS TRIGGER monitoring_watch_in_turn;

CREATE FUNCTION monitoring_rebase_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.watch'));
    IF NEW.number <> (SELECT count(*) + 1 FROM monitoring_rebase WHERE place_id = NEW.place_id)
    THEN
        PERFORM monitoring_watch_refuse('charts of a place are begun anew in turn');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_rebase_in_turn BEFORE INSERT ON monitoring_rebase
    FOR EACH ROW EXECUTE FUNCTION monitoring_rebase_in_turn();
ALTER TABLE monitoring_rebase ENABLE ALWAYS TRIGGER monitoring_rebase_in_turn;

CREATE FUNCTION monitoring_finding_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before monitoring_finding%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.watch'));
    IF NEW.number <> (SELECT count(*) + 1 FROM monitoring_finding WHERE place_id = NEW.place_id)
    THEN
        PERFORM monitoring_watch_refuse('findings of a place are numbered in turn');
    END IF;
    IF NEW.digest <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        PERFORM monitoring_watch_refuse('the text of a finding is not what its digest says');
    END IF;
    IF NEW.follows_id IS NOT NULL THEN
        SELECT * INTO before FROM monitoring_finding WHERE id = NEW.follows_id;
        IF (before.place_id, before.code, before.area)
            IS DISTINCT FROM (NEW.place_id, NEW.code, NEW.area)
        THEN
            PERFORM monitoring_watch_refuse('a finding follows one of the same series only');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_finding_in_turn BEFORE INSERT ON monitoring_finding
    FOR EACH ROW EXECUTE FUNCTION monitoring_finding_in_turn();
ALTER TABLE monitoring_finding ENABLE ALWAYS TRIGGER monitoring_finding_in_turn;
"""


class Migration(migrations.Migration):
    """The first tables of the room."""

    initial = True
    dependencies: ClassVar = [("places", "0005_officers_and_mandates")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Finding",
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
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="As the series is named for good: outcome/persistent-absence.",
                        max_length=200,
                    ),
                ),
                ("area", models.CharField(max_length=64)),
                ("sort", models.CharField(choices=_SORTS, max_length=16)),
                ("sign", models.CharField(choices=_SIGNS, max_length=40)),
                (
                    "first_day",
                    models.DateField(
                        help_text="Of the earliest period in which it may have begun."
                    ),
                ),
                ("last_day", models.DateField(help_text="Of the latest.")),
                ("protected", models.BooleanField()),
                ("text", models.TextField(help_text="All of it in its one set form.")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text, in hexadecimals.", max_length=64
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="monitoring.finding",
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
                "ordering": ["number"],
                "indexes": [
                    models.Index(fields=["place", "code", "area"], name="finding_of_series")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "number"), name="finding_has_its_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            ("first_day__lte", models.F("last_day")),
                            models.Q(
                                models.Q(("follows__isnull", True), ("sort", "new")),
                                models.Q(
                                    ("follows__isnull", False),
                                    ("sort__in", ["more certain", "revised away"]),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="finding_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rebase",
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
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="As the series is named for good: outcome/persistent-absence.",
                        max_length=200,
                    ),
                ),
                ("area", models.CharField(max_length=64)),
                (
                    "from_day",
                    models.DateField(
                        help_text="The first day of the first period of the new level."
                    ),
                ),
                ("reason", models.TextField()),
                ("citing_kind", models.CharField(max_length=24)),
                ("citing_id", models.CharField(max_length=100)),
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
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "number"), name="rebase_has_its_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            ("citing_kind__in", ["decision", "finding"]),
                            models.Q(("citing_id", ""), _negated=True),
                        ),
                        name="rebase_says_why_and_cites",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
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
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "promise",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="False alarms a year, over all that is watched.",
                        max_digits=6,
                    ),
                ),
                (
                    "left_out",
                    models.JSONField(
                        help_text="Code and reason of each series that is not watched."
                    ),
                ),
                (
                    "alike",
                    models.JSONField(
                        help_text="Codes of the similar places; none: by the published list."
                    ),
                ),
                ("reason", models.TextField()),
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
                "ordering": ["turn"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "turn"), name="watch_has_its_turn"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("promise__gt", 0),
                            ("turn__gte", 1),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="watch_promises_and_says_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            _NEVER_CHANGED + "".join(_GUARD.format(table=table) for table in _TABLES)
        ),
        migrations.RunSQL(_IN_TURN),
    ]
